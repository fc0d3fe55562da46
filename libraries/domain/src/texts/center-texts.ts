import type { TextCatalogue } from './text.ts';

/** Texts that the center names on screens; ids begin with what they stand on. */
export const centerTexts = {} as const satisfies TextCatalogue;
