import { centerTexts } from './center-texts.ts';
import { issuerTexts } from './issuer-texts.ts';
import { kioskTexts } from './kiosk-texts.ts';

export type { Text, TextCatalogue } from './text.ts';

/** Every text a screen may name: a label with an unknown id does not compile. */
export const texts = { ...centerTexts, ...issuerTexts, ...kioskTexts } as const;
export type TextId = keyof typeof texts;
