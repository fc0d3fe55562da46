/** From text to glyphs. What the font cannot show exactly as written is refused: a base glyph in place of a variant would
 *  be another name on an official paper. */
import type { RegisterText } from '@dokodemo/domain';
import { isVariationSelector, type TrueTypeFont } from './true-type.ts';

export type SetGlyph = {
  readonly glyph: number;
  /** What the glyph says, with its selector: for the text layer. */
  readonly text: string;
  /** Width in thousandths of the size. */
  readonly width: number;
};

export class GlyphMissing extends Error {
  readonly character: string;

  constructor(character: string) {
    const points = [...character].map(
      (it) => `U+${(it.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`,
    );
    super(`no glyph for ${points.join(' ')}`);
    this.character = points.join(' ');
  }
}

const privateUse = (codePoint: number) => (codePoint >= 0xe000 && codePoint <= 0xf8ff) || codePoint >= 0xf0000;

export function glyphsOf(font: TrueTypeFont, { text, glyphs }: RegisterText): readonly SetGlyph[] {
  const points = [...text].map((character) => character.codePointAt(0) as number);
  const set: SetGlyph[] = [];
  for (let i = 0; i < points.length; i++) {
    const point = points[i] as number;
    const next = points[i + 1];
    const selector = next !== undefined && isVariationSelector(next) ? next : undefined;
    const written = String.fromCodePoint(point, ...(selector === undefined ? [] : [selector]));
    if (selector !== undefined) i++;
    const glyph = findGlyph(font, point, selector, glyphs);
    if (glyph === undefined || glyph === 0) throw new GlyphMissing(written);
    set.push({ glyph, text: written, width: (font.advance(glyph) * 1000) / font.unitsPerEm });
  }
  return set;
}

function findGlyph(
  font: TrueTypeFont,
  point: number,
  selector: number | undefined,
  named: RegisterText['glyphs'],
): number | undefined {
  if (selector !== undefined) return font.glyphOfSequence(point, selector);
  const mjNumber = named?.[String.fromCodePoint(point)];
  // A private-use character means nothing by itself: without its MJ number nobody knows which character it is.
  if (privateUse(point)) return mjNumber === undefined ? undefined : font.glyphNamed(mjNumber.toLowerCase());
  return font.glyphOf(point);
}

export function widthOf(glyphs: readonly SetGlyph[]): number {
  return glyphs.reduce((sum, { width }) => sum + width, 0);
}
