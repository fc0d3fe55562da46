import type { Label } from '@dokodemo/protocol';

/** The personal labels of one visit: screens carry their numbers, the sealed dictionary their words. */
export type LabelBook = { personal(words: string): Label; readonly words: readonly string[] };

export function openLabelBook(): LabelBook {
  const words: string[] = [];
  return {
    words,
    personal(text) {
      words.push(text);
      return { sealed: words.length - 1 };
    },
  };
}

/** A name as a screen can show it: characters without a code point (private use, drawn from the MJ font on paper) are
 *  shown as 〓. */
export function onScreen(text: string): string {
  return text.replace(/[\u{E000}-\u{F8FF}\u{F0000}-\u{FFFFD}\u{100000}-\u{10FFFD}]/gu, '〓');
}
