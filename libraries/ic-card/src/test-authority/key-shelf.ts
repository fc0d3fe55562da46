import { createPrivateKey, generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import type { Entropy } from '@dokodemo/domain';
import type { Shelf } from './shelf.ts';

const generate = promisify(generateKeyPair);

/**
 * The key of that name, made on first use and kept: an RSA-2048 key takes up to 0.1 s, and a demo town has many cards.
 * Keys lie unencrypted, as fits keys of a fictional authority.
 */
export async function keptKey(shelf: Shelf, name: string, kind: 'rsa' | 'ec'): Promise<KeyObject> {
  const kept = shelf.read(name);
  if (kept) return createPrivateKey(Buffer.from(kept));
  const { privateKey } =
    kind === 'rsa'
      ? await generate('rsa', { modulusLength: 2_048 })
      : await generate('ec', { namedCurve: 'prime256v1' });
  shelf.write(name, Buffer.from(privateKey.export({ type: 'pkcs8', format: 'pem' })));
  return privateKey;
}

/** The bytes of that name, made on first use and kept. */
export function kept(shelf: Shelf, name: string, make: () => Uint8Array): Uint8Array {
  const found = shelf.read(name);
  if (found) return found;
  const made = make();
  shelf.write(name, made);
  return made;
}

/** A serial number of nine bytes with a leading one that keeps it positive and of one length. */
export function serialFrom(entropy: Entropy): Uint8Array {
  return Uint8Array.of(0x01 + ((entropy.bytes(1)[0] ?? 0) & 0x3f), ...entropy.bytes(8));
}
