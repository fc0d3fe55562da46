export { type Piece, pieces, type Stock } from './change.ts';
export * from './memory-file.ts';
export * from './money-unit.ts';
export * from './power.ts';
export * from './printer.ts';
export * from './screen-pin-pad.ts';
export * from './state-store.ts';
