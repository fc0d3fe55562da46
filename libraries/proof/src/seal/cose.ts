/** What the sealing and the opening side have in common of COSE (RFC 9052). */
import { decode, encode, Tagged } from 'cborg';

/** Said with everything that is signed and sealed, so that it is of use nowhere else. */
export const external = new TextEncoder().encode('dokodemo/back/v1');
export const tags = { encrypt0: 16, sign1: 18 } as const;
export const header = { algorithm: 1, nonce: 5, certificates: 33, derivation: -70_001 } as const;
export const algorithms = { es256: -7, a256gcm: 3 } as const;
/** 2^10 blocks of 1 KiB: a megabyte and some milliseconds for each code that is tried. */
export const cost = { N: 1_024, r: 8, p: 1 } as const;

/** The bytes that ES256 signs, and that are sealed with A256GCM beside what is hidden. */
export const statementOf = (protectedHeader: unknown, payload: Uint8Array): Uint8Array =>
  encode(['Signature1', protectedHeader, external, payload]);
export const additionalOf = (protectedHeader: unknown): Uint8Array => encode(['Encrypt0', protectedHeader, external]);

const decodeOptions = {
  strict: true,
  useMaps: true,
  rejectDuplicateMapKeys: true,
  tags: { ...Tagged.preserve(tags.encrypt0, tags.sign1) },
} as const;

export function taggedParts(bytes: Uint8Array, tag: number, count: number): unknown[] | undefined {
  try {
    const value: unknown = decode(bytes, decodeOptions);
    if (!(value instanceof Tagged) || value.tag !== tag) return undefined;
    return Array.isArray(value.value) && value.value.length === count ? value.value : undefined;
  } catch {
    return undefined; // not CBOR: said by the caller
  }
}

export function labelsOf(bytes: unknown): ReadonlyMap<unknown, unknown> | undefined {
  if (!(bytes instanceof Uint8Array)) return undefined;
  try {
    const value: unknown = decode(bytes, decodeOptions);
    return value instanceof Map ? value : undefined;
  } catch {
    return undefined; // likewise
  }
}
