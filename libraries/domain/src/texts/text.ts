/** The languages that a resident may choose, in the order of the welcome screen. `ja-easy` is やさしい日本語: short
 *  sentences, everyday words, mostly kana, with spaces between words. */
export const textLanguages = ['ja', 'ja-easy', 'en', 'zh-Hans', 'zh-Hant', 'ko', 'pt', 'vi'] as const;
export type TextLanguage = (typeof textLanguages)[number];

/** A text for people, in every language that the panel offers: a missing one does not compile. `{name}` takes an
 *  argument. */
export type Text = Readonly<Record<TextLanguage, string>>;
export type TextCatalogue = Readonly<Record<string, Text>>;
