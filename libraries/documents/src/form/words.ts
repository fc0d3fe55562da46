/** Words of a form with `{places}` in them, and the values that go there. */
import type { RegisterText } from '@dokodemo/domain';
import { NotRenderable, type Value } from './filling.ts';

const placePattern = /\{([a-zA-Z][a-zA-Z0-9-]*)\}/g;

export function placesIn(words: string): readonly string[] {
  return [...words.matchAll(placePattern)].map(([, name]) => name as string);
}

/** Nothing but the letters that are printed as they stand. */
export function withoutPlaces(words: string): string {
  return words.replaceAll(placePattern, '').replaceAll('\n', '');
}

export const asText = (value: string | RegisterText): RegisterText =>
  typeof value === 'string' ? { text: value } : value;

/** The texts of a value, one for each line that it begins. */
export function paragraphsOf(value: Value): readonly RegisterText[] {
  return Array.isArray(value) ? value.map((it) => asText(it)) : [asText(value as string | RegisterText)];
}

/** Two texts one behind the other, with the names of their glyphs. A private-use character that means one thing here and
 *  another there cannot be joined. */
export function joinTexts(parts: readonly (string | RegisterText)[], between = ''): RegisterText {
  const glyphs: Record<string, string> = {};
  for (const part of parts) {
    if (typeof part === 'string') continue;
    for (const [character, mjNumber] of Object.entries(part.glyphs ?? {})) {
      if ((glyphs[character] ?? mjNumber) !== mjNumber)
        throw new NotRenderable('GLYPH_MISSING', 'a text: one private-use character with two MJ numbers');
      glyphs[character] = mjNumber;
    }
  }
  const text = parts.map((part) => (typeof part === 'string' ? part : part.text)).join(between);
  return Object.keys(glyphs).length === 0 ? { text } : { text, glyphs };
}

/** `find` answers undefined for a name that it does not know. */
export function fillWords(
  words: string,
  find: (name: string) => string | RegisterText | undefined,
): RegisterText | { readonly missing: string } {
  if (!words.includes('{')) return { text: words };
  const parts: (string | RegisterText)[] = [];
  let at = 0;
  for (const match of words.matchAll(placePattern)) {
    const name = match[1] as string;
    const found = find(name);
    if (found === undefined) return { missing: name };
    parts.push(words.slice(at, match.index), found);
    at = match.index + match[0].length;
  }
  return joinTexts([...parts, words.slice(at)]);
}
