import type { TextCatalogue } from './text.ts';

/** Texts that the issuer names on screens; ids begin with what they stand on. */
export const issuerTexts = {} as const satisfies TextCatalogue;
