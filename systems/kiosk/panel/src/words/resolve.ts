/** From a label on a screen to words in the resident's language. */
import { type TextId, type TextLanguage, texts } from '@dokodemo/domain';
import type { Label } from '@dokodemo/protocol';
import { dayText, numberText } from './format.ts';

export type Args = Readonly<Record<string, string | number>>;

const catalogue: Readonly<Record<string, Readonly<Record<TextLanguage, string>>>> = texts;

function argumentText(value: string | number, language: TextLanguage): string {
  if (typeof value === 'number') return numberText(value, language);
  return /^\d{4}-\d{2}-\d{2}$/.test(value) ? dayText(value, language) : value;
}

/** `{name}` is replaced by the argument of that name: numbers and days (YYYY-MM-DD) as the language writes them. */
export function fill(pattern: string, args: Args, language: TextLanguage): string {
  return pattern.replace(/\{([a-zA-Z]+)\}/g, (whole, name: string) => {
    const value = args[name];
    return value === undefined ? whole : argumentText(value, language);
  });
}

export function say(id: TextId, language: TextLanguage, args: Args = {}): string {
  return fill(texts[id][language], args, language);
}

/** A municipality's own words stand as they are. A text that this kiosk does not know yet (a newer center) shows its id,
 *  which staff can tell; sealed labels never come here: the agent has opened them. */
export function resolve(label: Label, language: TextLanguage): string {
  if ('plain' in label) return label.plain;
  if ('sealed' in label) return '';
  const text = Object.hasOwn(catalogue, label.text) ? catalogue[label.text] : undefined;
  return text === undefined ? label.text : fill(text[language], label.args ?? {}, language);
}
