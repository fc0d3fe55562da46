import { type TextLanguage, texts } from '@dokodemo/domain';

const catalogue: Readonly<Record<string, Readonly<Record<TextLanguage, string>>>> = texts;

/** A kind's name; a kind that this page does not know yet, or an option of one, is named by its id. */
export function kindText(kindId: string, language: TextLanguage): string {
  const id = `kind.${kindId}`;
  return Object.hasOwn(catalogue, id) ? (catalogue[id]?.[language] ?? kindId) : kindId;
}
