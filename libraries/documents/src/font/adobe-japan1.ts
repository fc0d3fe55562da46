/**
 * Variation sequences of the Adobe-Japan1 collection (U+E0100, U+E0101) that this font has under a Moji_Joho selector.
 * The two collections are not compatible, and no published table joins them: each pair here was compared by eye, Source
 * Han Serif's outline of the one beside IPAmj明朝's of the other, and only pairs that nobody can take for another stand
 * here. Every other Adobe-Japan1 sequence is refused.
 */
const pairs: readonly (readonly [character: string, first: number, second: number])[] = [
  ['葛', 0xe0102, 0xe0103], // 匃 with ヒ; with 人
  ['辻', 0xe0102, 0xe0103], // one dot; two dots
  ['祇', 0xe0102, 0xe0103], // ネ; 示
  ['榊', 0xe0102, 0xe0103], // ネ; 示
  ['樋', 0xe0102, 0xe0103], // one dot; two dots
  ['逢', 0xe0103, 0xe0104], // one dot; two dots
  ['芦', 0xe0102, 0xe0103], // 戸 with a level stroke; with a falling one
  ['噌', 0xe0102, 0xe0103], // 曽; 曾
];

const selectors = new Map(
  pairs.flatMap(([character, first, second]) => [
    [`${character}\u{E0100}`, first],
    [`${character}\u{E0101}`, second],
  ]),
);

/** The Moji_Joho selector of the same shape, when there is one. */
export function mojiJohoSelector(codePoint: number, selector: number): number | undefined {
  return selectors.get(String.fromCodePoint(codePoint, selector));
}
