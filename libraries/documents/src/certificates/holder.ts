/** The holder as several certificates print them: name, address, birth, from the resident register. */
import type { HolderRecord, RegisterText } from '@dokodemo/domain';
import type { Filling, Value } from '../form/filling.ts';
import { joinTexts } from '../form/words.ts';

/** Only what there is: the form says what stands in the place of the rest. */
export function present(values: Readonly<Record<string, Value | undefined>>): NonNullable<Filling['values']> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Record<string, Value>;
}

/** Address and 方書 in one. */
export function wholeAddress(address: RegisterText, detail: RegisterText | undefined): RegisterText {
  return detail === undefined ? address : joinTexts([address, detail], '　');
}

/** A foreign resident's name in Latin letters, and in kanji where the card has it. */
export function holderName({ name, nameInKanji }: HolderRecord): RegisterText {
  return nameInKanji === undefined ? name : joinTexts([name, nameInKanji], '　');
}
