/** Fits text into a box: as it is, then narrower (長体), then smaller, then on more lines; else it does not fit. */
import { type SetGlyph, widthOf } from '../font/text-glyphs.ts';
import type { Fit } from './form.ts';
import { breakLines } from './line-breaking.ts';

export const pointsPerMm = 72 / 25.4;
/** From one baseline to the next, in sizes of the type. */
export const leading = 1.18;
/** The middle of a character above its baseline, in sizes of the type. */
export const middleOfType = 0.38;

/** Between more than one line and the rules above and below, together. */
const airPt = 2;

export type Line = readonly SetGlyph[];
export type Fitted = { readonly lines: readonly Line[]; readonly sizePt: number; readonly condense: number };

type Step = { readonly sizePt: number; readonly condense: number; readonly lines: number };
const stepsOf = new WeakMap<Fit, readonly Step[]>();

/** All ways to give way, the least harm first: a little narrower hurts less than a second line, a second line less than
 *  very small. */
function waysToFit(fit: Fit): readonly Step[] {
  const known = stepsOf.get(fit);
  if (known !== undefined) return known;
  const steps: Step[] = [];
  for (let lines = 1; lines <= Math.min(fit.maxLines, 4); lines++) {
    for (let sizePt = fit.sizePt; sizePt >= fit.minSizePt; sizePt -= 0.5) {
      for (let condense = 1; condense >= fit.minCondense - 0.001; condense -= 0.05)
        steps.push({ sizePt, condense, lines: lines < 4 ? lines : fit.maxLines });
    }
  }
  const harm = ({ sizePt, condense, lines }: Step) =>
    (1 - condense) * 1.1 + (1 - sizePt / fit.sizePt) * 1.6 + (lines - 1) * 0.35;
  steps.sort((a, b) => harm(a) - harm(b));
  stepsOf.set(fit, steps);
  return steps;
}

function linesAt(paragraphs: readonly Line[], room: number, most: number): readonly Line[] | undefined {
  const lines: Line[] = [];
  for (const paragraph of paragraphs) {
    const broken = widthOf(paragraph) <= room ? [paragraph] : breakLines(paragraph, room, most - lines.length);
    if (broken === undefined) return undefined;
    lines.push(...broken);
    if (lines.length > most) return undefined;
  }
  return lines;
}

/** `widthMm`, `heightMm`: the box inside its padding; infinitely high when the box grows. Undefined: too long for it. */
export function fitParagraphs(
  paragraphs: readonly Line[],
  widthMm: number,
  heightMm: number,
  fit: Fit,
): Fitted | undefined {
  for (const { sizePt, condense, lines: most } of waysToFit(fit)) {
    const room = (widthMm * pointsPerMm * 1000) / (sizePt * condense);
    const lines = linesAt(paragraphs, room, most);
    if (lines === undefined) continue;
    if (lines.length > 1 && ((lines.length - 1) * leading + 1) * sizePt + airPt > heightMm * pointsPerMm) continue;
    return { lines, sizePt, condense };
  }
  return undefined;
}
