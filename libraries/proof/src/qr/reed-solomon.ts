/**
 * Blocks of a QR code put right again: errors, and places that are known to be doubtful (erasures), of which twice as
 * many can be borne. Berlekamp–Massey begun at the erasures, roots by trial, values by Forney (R. E. Blahut, Algebraic
 * Codes for Data Transmission, 7.5). The roots of the generator are 1, α, α² … (ISO/IEC 18004, 7.5.2).
 */
import { inverse, multiply, power } from './galois.ts';

/** r(1), r(α) …: all zero where nothing is wrong. `block`: data, then check bytes, highest power first. */
export function syndromesOf(block: Uint8Array, checkBytes: number): Uint8Array {
  return Uint8Array.from({ length: checkBytes }, (_, i) => {
    const root = power(i);
    let sum = 0;
    for (const value of block) sum = multiply(sum, root) ^ value;
    return sum;
  });
}

/** The polynomial whose roots say where the errors are, lowest power first. */
function locatorOf(syndromes: Uint8Array, erased: readonly number[], length: number): Uint8Array | undefined {
  const n = syndromes.length;
  let locator = new Uint8Array(n + 1);
  locator[0] = 1;
  for (const at of erased) {
    const x = power(length - 1 - at);
    for (let j = n; j > 0; j--) locator[j] = (locator[j] as number) ^ multiply(locator[j - 1] as number, x);
  }
  let older = locator.slice();
  let degree = erased.length;
  for (let r = erased.length + 1; r <= n; r++) {
    let off = 0;
    for (let j = 0; j <= Math.min(degree, r - 1); j++)
      off ^= multiply(locator[j] as number, syndromes[r - 1 - j] as number);
    older.copyWithin(1, 0);
    older[0] = 0;
    if (off === 0) continue;
    const next = locator.map((it, j) => it ^ multiply(off, older[j] as number));
    if (2 * degree <= r + erased.length - 1) {
      const scale = inverse(off);
      older = locator.map((it) => multiply(it, scale));
      degree = r + erased.length - degree;
    }
    locator = next;
  }
  return degree <= n ? locator.subarray(0, degree + 1) : undefined;
}

function valueAt(polynomial: Uint8Array, x: number): number {
  let sum = 0;
  for (let j = polynomial.length - 1; j >= 0; j--) sum = multiply(sum, x) ^ (polynomial[j] as number);
  return sum;
}

/**
 * The block as it was, or undefined: too much is wrong. More than half of `checkBytes` less half of the erasures may
 * also give another block than it was; who needs to know has a checksum.
 */
export function corrected(
  block: Uint8Array,
  syndromes: Uint8Array,
  erased: readonly number[] = [],
): Uint8Array | undefined {
  if (syndromes.every((it) => it === 0)) return block;
  const n = syndromes.length;
  if (erased.length > n) return undefined;
  const locator = locatorOf(syndromes, erased, block.length);
  if (locator === undefined) return undefined;
  const values = new Uint8Array(n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= Math.min(i, locator.length - 1); j++)
      values[i] = (values[i] as number) ^ multiply(locator[j] as number, syndromes[i - j] as number);
  const slope = locator.map((it, j) => (j % 2 === 1 ? it : 0)).subarray(1);
  const out = block.slice();
  let found = 0;
  for (let i = 0; i < block.length; i++) {
    const x = power(block.length - 1 - i);
    const back = inverse(x);
    if (valueAt(locator, back) !== 0) continue;
    found++;
    const under = valueAt(slope, back);
    if (under === 0) return undefined;
    out[i] = (out[i] as number) ^ multiply(multiply(x, valueAt(values, back)), inverse(under));
  }
  if (found !== locator.length - 1) return undefined;
  return syndromesOf(out, n).every((it) => it === 0) ? out : undefined;
}
