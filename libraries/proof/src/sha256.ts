import { sha256 as digest } from '@noble/hashes/sha2.js';

/** The same in Node.js and in a browser. */
export function sha256(bytes: Uint8Array): Uint8Array {
  return digest(bytes);
}
