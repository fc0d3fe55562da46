import { createPrivateKey, generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
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
