/**
 * What stands in the log of issues: that a paper of this number was made, with a digest that only whoever holds the
 * paper can recompute; or that the number counts no more. Nothing else: no kind, no time, no person.
 */
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { fromBase64, toBase64 } from './base64.ts';

export type LogEntry =
  | { readonly kind: 'issued'; readonly number: string; readonly digest: Uint8Array }
  | { readonly kind: 'void'; readonly number: string };

/** One line of JSON, its members always in this order. */
export function encodeEntry(entry: LogEntry): Uint8Array {
  const { kind, number } = entry;
  const line = kind === 'issued' ? { kind, number, digest: toBase64(entry.digest) } : { kind, number };
  return new TextEncoder().encode(JSON.stringify(line));
}

/** Undefined for anything that `encodeEntry` would write otherwise. */
export function decodeEntry(bytes: Uint8Array): LogEntry | undefined {
  if (bytes.length > 1_000) return undefined;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    const { kind, number, digest } = JSON.parse(text) as { [name: string]: unknown };
    if (typeof number !== 'string' || number.length === 0 || number.length > 64) return undefined;
    const read = typeof digest === 'string' ? fromBase64(digest) : undefined;
    const entry: LogEntry | undefined =
      kind === 'issued' && read?.length === 32
        ? { kind, number, digest: read }
        : kind === 'void'
          ? { kind, number }
          : undefined;
    return entry !== undefined && new TextDecoder().decode(encodeEntry(entry)) === text ? entry : undefined;
  } catch {
    return undefined;
  }
}

/** HMAC-SHA-256 with the paper's salt over SHA-256 of the fronts' digests, one after the other. */
export function paperDigest(salt: Uint8Array, fronts: readonly Uint8Array[]): Uint8Array {
  const all = sha256.create();
  for (const front of fronts) {
    if (front.length !== 32) throw new RangeError('a digest of a front has 32 bytes');
    all.update(front);
  }
  return hmac(sha256, salt, all.digest());
}
