export * from './base64.ts';
export * from './checkpoint.ts';
export * from './entry.ts';
export * from './growing-tree.ts';
export * from './merkle.ts';
export * from './proof-text.ts';
export * from './tiles.ts';
