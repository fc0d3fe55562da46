import type { TextCatalogue } from './text.ts';

/** Texts that the kiosk names on screens; ids begin with what they stand on. */
export const kioskTexts = {} as const satisfies TextCatalogue;
