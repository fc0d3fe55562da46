/** `c2sp.org/tlog-proof@v1`: that an entry stands in a log, as a text that can be checked offline. */
import { fromBase64, toBase64 } from './base64.ts';
import { type Checkpoint, openCheckpoint } from './checkpoint.ts';
import { type Hash, hashBytes, leafHash, verifyInclusion } from './merkle.ts';

const firstLine = 'c2sp.org/tlog-proof@v1';
const mostProofChars = 65_536;

export function writeProof(index: number, proof: readonly Hash[], checkpointNote: string): string {
  return [firstLine, `index ${index}`, ...proof.map(toBase64), '', checkpointNote].join('\n');
}

export type ProofVerdict =
  | { readonly included: true; readonly index: number; readonly checkpoint: Checkpoint }
  | { readonly included: false; readonly why: 'not-a-proof' | 'not-signed-by-a-known-log' | 'proof-wrong' };

/** Whether this very entry stands in a log whose verifier key is one of `keys`. */
export function checkProof(text: string, entry: Uint8Array, keys: readonly string[]): ProofVerdict {
  const split = text.indexOf('\n\n');
  if (text.length > mostProofChars || split < 0) return { included: false, why: 'not-a-proof' };
  const [head, second = '', ...rest] = text.slice(0, split).split('\n');
  const hasExtra = second.startsWith('extra ');
  const line = hasExtra ? rest.shift() : second;
  const index = /^index (0|[1-9][0-9]{0,15})$/.exec(line ?? '')?.[1];
  const proof = rest.map(fromBase64);
  const isWhole = proof.length <= 60 && proof.every((it): it is Hash => it?.length === hashBytes);
  if (head !== firstLine || index === undefined || !isWhole) return { included: false, why: 'not-a-proof' };
  const checkpoint = openCheckpoint(text.slice(split + 2), keys);
  if (checkpoint === undefined) return { included: false, why: 'not-signed-by-a-known-log' };
  return verifyInclusion(Number(index), checkpoint.size, leafHash(entry), proof, checkpoint.root)
    ? { included: true, index: Number(index), checkpoint }
    : { included: false, why: 'proof-wrong' };
}
