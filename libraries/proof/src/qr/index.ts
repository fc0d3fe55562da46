export { isBlack } from '../bit-image.ts';
export * from './address-symbols.ts';
export * from './qr-symbol.ts';
