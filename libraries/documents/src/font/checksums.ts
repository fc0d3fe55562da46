/** Sums that can be put together from the sums of parts, so that a part is summed once and used in many documents. */

const modulus = 65_521;

/** Adler-32 (RFC 1950) as its two halves. */
export type Adler = { readonly a: number; readonly b: number };
export const emptyAdler: Adler = { a: 1, b: 0 };

export function adlerOf(bytes: Uint8Array): Adler {
  let a = 1;
  let b = 0;
  for (let i = 0; i < bytes.length; ) {
    // 3,800 additions fit into 32 bits before a modulus is needed.
    for (const end = Math.min(i + 3_800, bytes.length); i < end; i++) {
      a += bytes[i] as number;
      b += a;
    }
    a %= modulus;
    b %= modulus;
  }
  return { a, b };
}

/** Adler-32 of two parts set one behind the other; `length`: of the second. */
export function joinAdler(first: Adler, second: Adler, length: number): Adler {
  return {
    a: (first.a + second.a - 1 + modulus) % modulus,
    b: (first.b + second.b + (length % modulus) * ((first.a - 1 + modulus) % modulus)) % modulus,
  };
}

/** The TrueType table checksum: the sum of big-endian words, the last one padded with zeros. */
export function tableChecksum(bytes: Buffer): number {
  let sum = 0;
  const whole = bytes.length & ~3;
  for (let i = 0; i < whole; i += 4) sum = (sum + bytes.readUInt32BE(i)) >>> 0;
  for (let i = whole; i < bytes.length; i++) sum = (sum + (bytes.readUInt8(i) << (24 - 8 * (i & 3)))) >>> 0;
  return sum;
}
