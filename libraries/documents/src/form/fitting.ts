/** Fits text into a box: as it is, then narrower (長体), then smaller, then on more lines; else it does not fit. */
import type { RegisterText } from '@dokodemo/domain';
import { glyphsOf, type SetGlyph, widthOf } from '../font/text-glyphs.ts';
import type { TrueTypeFont } from '../font/true-type.ts';

const pointsPerMm = 72 / 25.4;

export type Fit = {
  readonly sizePt: number;
  /** Smallest size at which an official text may be printed here. */
  readonly minSizePt: number;
  /** Narrowest permitted form. */
  readonly minCondense: number;
  readonly maxLines: number;
};

export type Fitted = {
  readonly lines: readonly (readonly SetGlyph[])[];
  readonly sizePt: number;
  readonly condense: number;
};

/** 行頭禁則, 行末禁則 (JIS X 4051): these do not begin, those do not end a line. */
const notAtStart = new Set([
  ...'、。，．・：；？！゛゜ヽヾゝゞ々ー）〕］｝〉》」』】ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ％)',
]);
const notAtEnd = new Set([...'（〔［｛〈《「『【(']);

/** Lines of at most `width` thousandths; undefined when a line would need more than that even alone. */
export function breakLines(glyphs: readonly SetGlyph[], width: number): readonly (readonly SetGlyph[])[] | undefined {
  const lines: SetGlyph[][] = [];
  let rest = [...glyphs];
  while (rest.length > 0) {
    let used = 0;
    let count = 0;
    while (count < rest.length && used + (rest[count] as SetGlyph).width <= width)
      used += (rest[count++] as SetGlyph).width;
    if (count === 0) return undefined;
    if (count < rest.length) {
      let better = count;
      while (
        better > 1 &&
        (notAtStart.has((rest[better] as SetGlyph).text) || notAtEnd.has((rest[better - 1] as SetGlyph).text))
      )
        better--;
      if (better > 1) count = better;
    }
    lines.push(rest.slice(0, count));
    rest = rest.slice(count);
  }
  return lines;
}

function fitsAt(glyphs: readonly SetGlyph[], widthMm: number, sizePt: number, condense: number, lines: number) {
  const room = (widthMm * pointsPerMm * 1000) / (sizePt * condense);
  if (widthOf(glyphs) <= room) return [glyphs];
  if (lines === 1) return undefined;
  const broken = breakLines(glyphs, room);
  return broken !== undefined && broken.length <= lines ? broken : undefined;
}

type Step = { readonly sizePt: number; readonly condense: number; readonly lines: number };

const stepsOf = new WeakMap<Fit, readonly Step[]>();

/** All ways to give way, the least harm first: a little narrower hurts less than a second line, a second line less than
 *  very small. */
function waysToFit(fit: Fit): readonly Step[] {
  const known = stepsOf.get(fit);
  if (known !== undefined) return known;
  const steps: Step[] = [];
  for (let lines = 1; lines <= fit.maxLines; lines++) {
    for (let sizePt = fit.sizePt; sizePt >= fit.minSizePt; sizePt -= 0.5) {
      for (let condense = 1; condense >= fit.minCondense - 0.001; condense -= 0.05)
        steps.push({ sizePt, condense, lines });
    }
  }
  const harm = ({ sizePt, condense, lines }: Step) =>
    (1 - condense) * 1.1 + (1 - sizePt / fit.sizePt) * 1.6 + (lines - 1) * 0.35;
  steps.sort((a, b) => harm(a) - harm(b));
  stepsOf.set(fit, steps);
  return steps;
}

/** `widthMm`, `heightMm`: the box inside its padding. Undefined: too long for this box. Throws GlyphMissing. */
export function fitText(
  font: TrueTypeFont,
  text: RegisterText,
  widthMm: number,
  heightMm: number,
  fit: Fit,
): Fitted | undefined {
  const glyphs = glyphsOf(font, text);
  for (const { sizePt, condense, lines } of waysToFit(fit)) {
    // Lines stand 1.15 of their size apart.
    if (lines > 1 && sizePt * 1.15 * lines > heightMm * pointsPerMm + 0.5) continue;
    const set = fitsAt(glyphs, widthMm, sizePt, condense, lines);
    if (set !== undefined) return { lines: set, sizePt, condense };
  }
  return undefined;
}
