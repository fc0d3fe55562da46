/** Where a line may end (JIS X 4051): no closing bracket or small kana begins a line, no opening bracket ends one, words
 *  and numbers of Latin letters and digits stay whole, and a space hangs over the edge instead of beginning a line. */
import type { SetGlyph } from '../font/text-glyphs.ts';

/** 行頭禁則, 行末禁則. */
const notAtStart = new Set([
  ...'、。，．・：；？！゛゜ヽヾゝゞ々ー）〕］｝〉》」』】ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ％)]}',
]);
const notAtEnd = new Set([...'（〔［｛〈《「『【([{']);
const spaces = new Set([' ', '　']);
const ofWord = /^[0-9A-Za-z０-９Ａ-Ｚａ-ｚ.,'’-]$/;

function mayBreak(before: SetGlyph, after: SetGlyph): boolean {
  if (notAtStart.has(after.text) || notAtEnd.has(before.text)) return false;
  return !(ofWord.test(before.text) && ofWord.test(after.text));
}

/** How many glyphs go on a line: as many as fit, less what the rules send to the next one. Where no place is permitted
 *  the line ends where it is full. `atSpaces`: a space in its second half is the better end. */
function lengthOfLine(glyphs: readonly SetGlyph[], from: number, width: number, atSpaces: boolean): number {
  let used = 0;
  let end = from;
  while (end < glyphs.length && used + (glyphs[end] as SetGlyph).width <= width)
    used += (glyphs[end++] as SetGlyph).width;
  if (end === from) return 0;
  const full = end;
  while (end < glyphs.length && spaces.has((glyphs[end] as SetGlyph).text)) end++;
  if (end > full || end === glyphs.length) return end - from;
  if (atSpaces) {
    for (let at = end; at > from + (end - from) / 2; at--)
      if (spaces.has((glyphs[at - 1] as SetGlyph).text)) return at - from;
  }
  let better = end;
  while (better > from + 1 && !mayBreak(glyphs[better - 1] as SetGlyph, glyphs[better] as SetGlyph)) better--;
  return (better > from + 1 ? better : end) - from;
}

function brokenLines(glyphs: readonly SetGlyph[], width: number, most: number, atSpaces: boolean) {
  const lines: (readonly SetGlyph[])[] = [];
  for (let at = 0; at < glyphs.length; ) {
    const length = lengthOfLine(glyphs, at, width, atSpaces);
    if (length === 0 || lines.length === most) return undefined;
    lines.push(glyphs.slice(at, at + length));
    at += length;
  }
  return lines;
}

/** Lines of at most `width` thousandths; undefined when one glyph alone is wider, or more than `most` lines come out.
 *  Between words where that costs no line. */
export function breakLines(
  glyphs: readonly SetGlyph[],
  width: number,
  most: number,
): readonly (readonly SetGlyph[])[] | undefined {
  const lines = brokenLines(glyphs, width, most, false);
  if (lines === undefined || lines.length === 1) return lines;
  return brokenLines(glyphs, width, lines.length, true) ?? lines;
}
