/** A text for people, in every language that the panel offers. `{name}` takes an argument. */
export type Text = { readonly ja: string; readonly en: string };
export type TextCatalogue = Readonly<Record<string, Text>>;
