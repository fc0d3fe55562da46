import type { SymbolKind } from './qr-symbol.ts';

/** Addresses on a screen, as long as they are: 122 bytes in 45 modules, 213 in 57. */
export const version7M: SymbolKind = { version: 7, level: 'M', checkBytes: 18, blocks: 4 };
export const version10M: SymbolKind = { version: 10, level: 'M', checkBytes: 26, blocks: 5 };
