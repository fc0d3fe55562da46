/**
 * The mark of the front: a QR code of version 2-Q that says the check code, so that nobody has to type it, and tells a
 * scan's place and turn. `DK1` and the code's 16 symbols.
 */
import type { BitImage } from './bit-image.ts';
import { qrSymbol, version2Q } from './qr/qr-symbol.ts';
import { readCheckCode } from './seal/check-code.ts';

const symbol = qrSymbol(version2Q);
export const markModules = symbol.size;
const dotsPerModule = 12;
/** Where it stands on the sheet: upper left corner and side, in millimetres. */
export const markPlace = {
  leftMm: 15,
  topMm: 9,
  sideMm: (symbol.size * dotsPerModule * 25.4) / 600,
} as const;

/** One dot a module. */
export function drawMark(code: string): BitImage {
  const bytes = new TextEncoder().encode(`DK1${code}`);
  return symbol.encode(bytes);
}

/** The check code in what a QR code says; undefined: it is no mark of ours. */
export function readMark(bytes: Uint8Array): string | undefined {
  const text = new TextDecoder().decode(bytes);
  return text.startsWith('DK1') ? readCheckCode(text.slice(3)) : undefined;
}
