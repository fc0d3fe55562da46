/** From text to glyphs. What the font cannot show exactly as written is refused: a base glyph in place of a variant would
 *  be another name on an official paper. */
import type { RegisterText } from '@dokodemo/domain';
import { mojiJohoSelector } from './adobe-japan1.ts';
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

const isPrivateUse = (codePoint: number) => (codePoint >= 0xe000 && codePoint <= 0xf8ff) || codePoint >= 0xf0000;

/** Characters as this font sets them, each made once: the same outline may stand for two characters, and the text layer
 *  must say which, so that a set glyph and not its outline is what a document numbers. */
const knownOf = new WeakMap<TrueTypeFont, Map<number, SetGlyph>>();

function setGlyph(font: TrueTypeFont, point: number, selector: number, named: RegisterText['glyphs']): SetGlyph {
  let known = knownOf.get(font);
  if (known === undefined) {
    known = new Map();
    knownOf.set(font, known);
  }
  const key = point * 0x100 + (selector === 0 ? 0 : selector - 0xe00ff);
  // What a private-use character means, each text says for itself.
  const found = isPrivateUse(point) ? undefined : known.get(key);
  if (found !== undefined) return found;
  const text = selector === 0 ? String.fromCodePoint(point) : String.fromCodePoint(point, selector);
  const glyph = findGlyph(font, point, selector, named);
  if (glyph === undefined || glyph === 0) throw new GlyphMissing(text);
  const ownKey = isPrivateUse(point) ? -(glyph * 0x200000 + point) : key;
  const made = known.get(ownKey) ?? { glyph, text, width: (font.advance(glyph) * 1000) / font.unitsPerEm };
  known.set(ownKey, made);
  return made;
}

/** Throws GlyphMissing. */
export function glyphsOf(font: TrueTypeFont, { text, glyphs }: RegisterText): readonly SetGlyph[] {
  const set: SetGlyph[] = [];
  for (let i = 0; i < text.length; ) {
    const point = text.codePointAt(i) as number;
    i += point > 0xffff ? 2 : 1;
    const next = text.codePointAt(i);
    const selector = next !== undefined && isVariationSelector(next) ? next : 0;
    if (selector !== 0) i += 2;
    set.push(setGlyph(font, point, selector, glyphs));
  }
  return set;
}

function findGlyph(
  font: TrueTypeFont,
  point: number,
  selector: number,
  named: RegisterText['glyphs'],
): number | undefined {
  if (selector !== 0) {
    const own = mojiJohoSelector(point, selector) ?? selector;
    return font.glyphOfSequence(point, own);
  }
  const mjNumber = named?.[String.fromCodePoint(point)];
  // A private-use character means nothing by itself: without its MJ number nobody knows which character it is.
  if (isPrivateUse(point)) return mjNumber === undefined ? undefined : font.glyphNamed(mjNumber.toLowerCase());
  return font.glyphOf(point);
}

export function widthOf(glyphs: readonly SetGlyph[]): number {
  let sum = 0;
  for (const { width } of glyphs) sum += width;
  return sum;
}
