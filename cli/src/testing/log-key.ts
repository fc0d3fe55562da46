/** A log's key for tests. */
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { type Checkpoint, signCheckpoint, verifierKey } from '@dokodemo/issue-log';

export type LogKey = {
  /** As trust bundles name it. */
  readonly verifier: string;
  note(checkpoint: Omit<Checkpoint, 'origin'>): string;
};

const rawOf = (key: KeyObject) => new Uint8Array(Buffer.from(String(key.export({ format: 'jwk' }).x), 'base64url'));

export function makeLogKey(origin: string): LogKey {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const raw = rawOf(publicKey);
  return {
    verifier: verifierKey(origin, raw),
    note: (checkpoint) =>
      signCheckpoint({ origin, ...checkpoint }, raw, (text) => new Uint8Array(sign(null, text, privateKey))),
  };
}
