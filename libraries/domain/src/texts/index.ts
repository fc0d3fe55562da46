import { centerTexts } from './center-texts.ts';
import { enrolmentTexts } from './enrolment-texts.ts';
import { familyTexts } from './family-texts.ts';
import { issuerTexts } from './issuer-texts.ts';
import { kioskTexts } from './kiosk-texts.ts';
import { refusalTexts } from './refusal-texts.ts';
import { taxTexts } from './tax-texts.ts';

export { type Text, type TextCatalogue, type TextLanguage, textLanguages } from './text.ts';

/** Every text a screen may name: a label with an unknown id does not compile. */
export const texts = {
  ...centerTexts,
  ...enrolmentTexts,
  ...familyTexts,
  ...issuerTexts,
  ...kioskTexts,
  ...refusalTexts,
  ...taxTexts,
} as const;
export type TextId = keyof typeof texts;
