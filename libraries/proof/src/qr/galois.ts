/** GF(2^8) with the polynomial of QR codes, x^8 + x^4 + x^3 + x^2 + 1 (ISO/IEC 18004, 7.5.2). */

const exponents = new Uint8Array(510);
const logarithms = new Uint8Array(256);
for (let i = 0, value = 1; i < 255; i++) {
  exponents[i] = value;
  exponents[i + 255] = value;
  logarithms[value] = i;
  value <<= 1;
  if (value & 0x100) value ^= 0x11d;
}

export function multiply(a: number, b: number): number {
  if (a === 0 || b === 0) return 0;
  return exponents[(logarithms[a] as number) + (logarithms[b] as number)] as number;
}

/** α to a power, `exponent` from 0 to 509. */
export function power(exponent: number): number {
  return exponents[exponent] as number;
}

export function inverse(a: number): number {
  if (a === 0) throw new RangeError('zero has no inverse');
  return exponents[255 - (logarithms[a] as number)] as number;
}

/** Coefficients of the generator polynomial for `count` check bytes, without its leading one, highest power first. */
export function generator(count: number): Uint8Array {
  const coefficients = new Uint8Array(count);
  coefficients[count - 1] = 1;
  let root = 1;
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < count; j++) {
      coefficients[j] =
        multiply(coefficients[j] as number, root) ^ (j + 1 < count ? (coefficients[j + 1] as number) : 0);
    }
    root = multiply(root, 2);
  }
  return coefficients;
}

/** `row[b]` is `a · b`. */
export function multiplesOf(a: number): Uint8Array {
  const row = new Uint8Array(256);
  for (let b = 0; b < 256; b++) row[b] = multiply(a, b);
  return row;
}
