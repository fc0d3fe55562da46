/**
 * 照合コード, the check code that stands on the front alone and opens the back: 16 symbols of Crockford's base 32, of which
 * 15 are chance (75 bits) and the last finds any one wrong symbol and any two neighbours exchanged.
 * Why so many: docs/adr/0008.
 */
const symbols = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const length = 16;

/** Times x in GF(2^5) with x^5 + x^2 + 1. */
const timesX = (value: number) => ((value << 1) ^ (value & 16 ? 0x25 : 0)) & 31;

function checkSymbol(values: readonly number[]): number {
  return values.reduce((sum, value) => timesX(sum ^ value), 0);
}

/** `chance`: 15 unpredictable bytes. Sixteen symbols without hyphens. */
export function makeCheckCode(chance: Uint8Array): string {
  if (chance.length < length - 1) throw new RangeError('15 bytes of chance are needed');
  const values = Array.from(chance.subarray(0, length - 1), (byte) => byte & 31);
  return [...values, checkSymbol(values)].map((value) => symbols[value]).join('');
}

/** As it is printed: ABCD-EFGH-JKMN-PQRS. */
export function printedCheckCode(code: string): string {
  return code.match(/.{4}/g)?.join('-') ?? code;
}

/** As a person typed it: any case, with or without hyphens, O for 0, I and L for 1. Undefined: mistyped. */
export function readCheckCode(typed: string): string | undefined {
  const code = typed
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[\s\-‐–—ー]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');
  const values = [...code].map((symbol) => symbols.indexOf(symbol));
  if (values.length !== length || values.includes(-1)) return undefined;
  return checkSymbol(values.slice(0, -1)) === values.at(-1) ? code : undefined;
}
