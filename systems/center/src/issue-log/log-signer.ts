/** Draws the log on and signs it, and signs nothing that does not begin with what was signed before. */
import { createPublicKey, type KeyObject, sign } from 'node:crypto';
import {
  hashBytes,
  leafHash,
  maxTreeSize,
  nodeHash,
  type ReadNodes,
  rootOf,
  sameHash,
  signCheckpoint,
  tileWidth,
  verifierKey,
} from '@dokodemo/issue-log';
import type { CenterNote } from '../center-options.ts';
import type { IssueLog, KeptCheckpoint } from './issue-log.ts';

export type LogKey = {
  /** Names the log: 'dokodemo.example/issue-log'. */
  readonly origin: string;
  /** Ed25519. */
  readonly key: KeyObject;
};

export type LogSigner = {
  /** Draws a bounded part of what is new, checks, and signs; answers how many events were drawn. */
  round(): Promise<number>;
  /** Why the log may not be asked now; undefined: it may. */
  fault(): string | undefined;
};

/** As verifiers are configured with it. */
export function logVerifierKey({ origin, key }: LogKey): string {
  return verifierKey(origin, publicBytes(key));
}

function publicBytes(key: KeyObject): Uint8Array {
  const { x } = createPublicKey(key).export({ format: 'jwk' });
  const bytes = new Uint8Array(Buffer.from(x ?? '', 'base64url'));
  if (bytes.length !== hashBytes) throw new RangeError('the key of the log of issues is no Ed25519 key');
  return bytes;
}

/** Throws RangeError where a hash is missing. */
export function readNodes(log: Pick<IssueLog, 'hashes'>): ReadNodes {
  return async (nodes) =>
    (await log.hashes(nodes)).map((hash, i) => {
      if (hash === undefined) throw new RangeError(`no hash ${nodes[i]?.index} of level ${nodes[i]?.level}`);
      return hash;
    });
}

const roundsAtOnce = 20;

export function logSigner(log: IssueLog, logKey: LogKey | undefined, note: (note: CenterNote) => void): LogSigner {
  const known = logKey === undefined ? undefined : publicBytes(logKey.key);
  let fault = logKey === undefined ? undefined : 'the log has not been looked at yet';
  let told: string | undefined;
  let block = 0;

  /** What was signed is still there; undefined: all is well. */
  async function faultOf(signed: KeptCheckpoint | undefined, size: number): Promise<string | undefined> {
    if (size > maxTreeSize) return 'it is full';
    if (signed !== undefined && size < signed.size) return `it has ${size} entries, and ${signed.size} are signed`;
    if (signed !== undefined && !sameHash(await rootOf(readNodes(log), signed.size), signed.root))
      return `its first ${signed.size} entries are not those that are signed`;
    const wrong = await wrongEntryIn(log, block, size);
    if (wrong === undefined) block = (block + 1) * tileWidth < size ? block + 1 : 0;
    return wrong;
  }

  async function draw(): Promise<number> {
    let drawn = 0;
    for (let done = 1, i = 0; done > 0 && i < roundsAtOnce; i++, drawn += done) done = await log.advance();
    return drawn;
  }

  /** Once for each thing that is wrong, not once a round. */
  function found(now: string | undefined): void {
    fault = now;
    if (fault !== undefined && fault !== told) note({ what: 'defect', detail: `log of issues: ${fault}` });
    told = fault;
  }

  async function signNow({ origin, key }: LogKey, publicKey: Uint8Array): Promise<void> {
    const signed = await log.newestCheckpoint();
    const size = await log.size();
    found(await faultOf(signed, size));
    if (fault !== undefined || size <= (signed?.size ?? -1)) return;
    const root = await rootOf(readNodes(log), size);
    const text = signCheckpoint({ origin, size, root }, publicKey, (bytes) => sign(null, bytes, key));
    await log.keepCheckpoint({ size, root, note: text });
  }

  return {
    fault: () => fault,
    async round() {
      try {
        const drawn = await draw();
        if (logKey !== undefined && known !== undefined) await signNow(logKey, known);
        return drawn;
      } catch (error) {
        // A hash is missing: it cannot even be drawn on.
        if (!(error instanceof RangeError)) throw error;
        found(error.message);
        return 0;
      }
    },
  };
}

/** A block of 256 entries a round, all of them in turn: an entry makes its leaf, and leaves make what stands above. */
async function wrongEntryIn(log: IssueLog, block: number, size: number): Promise<string | undefined> {
  const first = block * tileWidth;
  const entries = await log.entries(first, Math.min(tileWidth, Math.max(0, size - first)));
  for (const [i, { entry, leaf }] of entries.entries())
    if (!sameHash(leafHash(entry), leaf)) return `entry ${first + i} is not the one that was written`;
  let row = entries.map(({ leaf }) => leaf);
  for (let level = 1; row.length > 1; level++) {
    row = Array.from({ length: Math.floor(row.length / 2) }, (_, i) => pair(row, i));
    const start = first / 2 ** level;
    const kept = await log.hashes(row.map((_, i) => ({ level, index: start + i })));
    const wrong = row.findIndex((hash, i) => !sameHash(hash, kept[i]));
    if (wrong >= 0) return `hash ${start + wrong} of level ${level} is not the one that was written`;
  }
  return undefined;
}

function pair(row: readonly Uint8Array[], i: number): Uint8Array {
  const [left, right] = row.slice(2 * i, 2 * i + 2);
  return left === undefined || right === undefined ? new Uint8Array(0) : nodeHash(left, right);
}
