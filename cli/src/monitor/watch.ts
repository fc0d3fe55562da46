/** Did a log of issues only grow since it was seen last? Plain logic over what the log gives; nothing is written here. */
import {
  type Checkpoint,
  consistencyProof,
  decodeEntry,
  emptyTree,
  type GrowingTree,
  grownBy,
  type LogEntry,
  leafHash,
  nodesFromTiles,
  openCheckpoint,
  readTree,
  readVerifierKey,
  rootOfTree,
  sameHash,
  tileIn,
  tileWidth,
  verifyConsistency,
} from '@dokodemo/issue-log';
import { LogAway, type LogSource } from './log-source.ts';
import { Numbers } from './numbers.ts';

/** What is remembered of a log. `since`: entries before this one were never read. */
export type Seen = {
  readonly note: string;
  readonly tree: GrowingTree;
  readonly since: number;
  readonly numbers: Numbers;
};

export type Counts = { readonly issued: number; readonly void: number };

export type Changed =
  | 'signature-wrong'
  | 'other-log'
  | 'shrunken'
  | 'forked'
  | 'entry-wrong'
  | 'tiles-wrong'
  | 'entry-malformed'
  | 'number-malformed'
  | 'issued-twice'
  | 'void-without-issue';

export type Watched =
  | {
      readonly outcome: 'began' | 'grew' | 'unchanged';
      readonly origin: string;
      readonly from: number;
      readonly to: number;
      readonly seen: Seen;
      readonly municipalities: Readonly<Record<string, Counts>>;
    }
  /** `entry`: which one, from 0; `text`: what stands there. */
  | {
      readonly outcome: 'changed';
      readonly code: Changed;
      readonly note: string;
      readonly entry?: number;
      readonly text?: string;
    }
  | {
      readonly outcome: 'unknown';
      readonly code: 'unreachable' | 'no-log-key' | 'no-checkpoint' | 'too-many-entries';
      readonly why: string;
    };

export type WatchOptions = {
  readonly log: LogSource;
  /** Verifier keys of the logs that are believed. */
  readonly keys: readonly string[];
  readonly before: Seen | undefined;
  /** Begin at what is there now, without reading it. */
  readonly fromNow: boolean;
  readonly mostEntries: number;
};

const bundlesAtOnce = 4;

export async function watchLog(options: WatchOptions): Promise<Watched> {
  const { log, keys } = options;
  if (keys.length === 0)
    return { outcome: 'unknown', code: 'no-log-key', why: 'the trust bundle names no log whose word would count' };
  try {
    const note = await log.checkpoint();
    const checkpoint = openCheckpoint(note, keys);
    return checkpoint === undefined ? doubted(note, keys) : await compared(options, note, checkpoint);
  } catch (error) {
    if (error instanceof LogAway) return { outcome: 'unknown', code: 'unreachable', why: error.message };
    throw error;
  }
}

/** Signed by a key that is known, and wrongly: somebody changed it. By others, or nobody: nothing is known. */
function doubted(note: string, keys: readonly string[]): Watched {
  const known = keys.flatMap((key) => readVerifierKey(key) ?? []);
  const signers = [...note.matchAll(/^— (\S+) (\S+)$/gmu)].map(([, name, signature = '']) => {
    const id = Buffer.from(signature, 'base64').subarray(0, 4).toString('hex');
    return known.some((key) => key.name === name && key.id === id);
  });
  if (signers.length === 0)
    return { outcome: 'unknown', code: 'no-checkpoint', why: 'what it gives as its checkpoint is no signed note' };
  return signers.includes(true)
    ? { outcome: 'changed', code: 'signature-wrong', note }
    : { outcome: 'unknown', code: 'no-log-key', why: 'the trust bundle names no key that signed its checkpoint' };
}

async function compared(options: WatchOptions, note: string, checkpoint: Checkpoint): Promise<Watched> {
  const { before, keys, log, fromNow, mostEntries } = options;
  const { origin, size, root } = checkpoint;
  const changed = (code: Changed): Watched => ({ outcome: 'changed', code, note });
  if (before !== undefined) {
    if (openCheckpoint(before.note, keys)?.origin !== origin) return changed('other-log');
    if (size < before.tree.size) return changed('shrunken');
    if (size === before.tree.size) {
      if (!sameHash(rootOfTree(before.tree), root)) return changed('forked');
      return { outcome: 'unchanged', origin, from: size, to: size, seen: before, municipalities: {} };
    }
  } else if (fromNow) {
    const tree = await readTree(nodesFromTiles(log.tile, size), size);
    if (!sameHash(rootOfTree(tree), root)) return changed('tiles-wrong');
    const seen = { note, tree, since: size, numbers: new Numbers(size === 0) };
    return { outcome: 'began', origin, from: size, to: size, seen, municipalities: {} };
  }
  const from = before?.tree.size ?? 0;
  if (size - from > mostEntries)
    return {
      outcome: 'unknown',
      code: 'too-many-entries',
      why: `${size - from} new entries, more than ${mostEntries} (--most-entries)${before === undefined ? '; --from-now begins without reading what is there' : ''}`,
    };
  return grown(options, note, checkpoint);
}

type Read = {
  readonly tree: GrowingTree;
  readonly municipalities: Readonly<Record<string, Counts>>;
  /** The first entry that should not stand there. */
  readonly fault?: { readonly code: Changed; readonly entry: number; readonly text: string };
};

async function grown(
  { log, before }: WatchOptions,
  note: string,
  { origin, size, root }: Checkpoint,
): Promise<Watched> {
  const old = before?.tree ?? emptyTree;
  // A copy: what was seen stays as it is when the new part is false.
  const since = before?.since ?? 0;
  const numbers = Numbers.read(before?.numbers.write() ?? {}, since === 0) ?? new Numbers(since === 0);
  const { tree, municipalities, fault } = await readEntries(log, old, size, numbers);
  const nodes = nodesFromTiles(log.tile, size);
  const isConsistent =
    old.size === 0 ||
    verifyConsistency(old.size, size, rootOfTree(old), root, await consistencyProof(nodes, old.size, size));
  if (!sameHash(rootOfTree(tree), root)) {
    const wrong = isConsistent ? await firstWrongEntry(log, old.size, size) : undefined;
    if (wrong === undefined) return { outcome: 'changed', code: 'forked', note };
    return { outcome: 'changed', code: 'entry-wrong', note, ...wrong };
  }
  // The entries lead from the one root to the other, so the log only grew; but its tiles are not those of its tree.
  if (!isConsistent) return { outcome: 'changed', code: 'tiles-wrong', note };
  if (fault !== undefined) return { outcome: 'changed', note, ...fault };
  const outcome = before === undefined ? 'began' : 'grew';
  return { outcome, origin, from: old.size, to: size, seen: { note, tree, since, numbers }, municipalities };
}

/** Bundles that hold the entries from `from` on, a few at a time. */
async function* entriesOf(log: LogSource, from: number, to: number): AsyncGenerator<readonly [number, Uint8Array]> {
  const last = Math.ceil(to / tileWidth);
  for (let index = Math.floor(from / tileWidth); index < last; index += bundlesAtOnce) {
    const wanted = Array.from({ length: Math.min(bundlesAtOnce, last - index) }, (_, i) => index + i);
    const bundles = await Promise.all(wanted.map((it) => log.entries(it, tileIn(to, 0, it).width)));
    for (const [i, bundle] of bundles.entries()) {
      for (const [k, entry] of bundle.entries()) {
        const at = (index + i) * tileWidth + k;
        if (at >= from) yield [at, entry];
      }
    }
  }
}

async function readEntries(log: LogSource, old: GrowingTree, size: number, numbers: Numbers): Promise<Read> {
  const municipalities: Record<string, { issued: number; void: number }> = {};
  let tree = old;
  let fault: Read['fault'];
  for await (const [at, bytes] of entriesOf(log, old.size, size)) {
    tree = grownBy(tree, [leafHash(bytes)]);
    if (fault !== undefined) continue;
    const entry: LogEntry | undefined = decodeEntry(bytes);
    const taken = entry === undefined ? 'entry-malformed' : numbers.take(entry);
    if (typeof taken === 'string') fault = { code: taken, entry: at, text: textOf(bytes) };
    else {
      const counts = municipalities[taken.municipality] ?? { issued: 0, void: 0 };
      counts[taken.kind]++;
      municipalities[taken.municipality] = counts;
    }
  }
  return { tree, municipalities, ...(fault === undefined ? {} : { fault }) };
}

const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes.slice(0, 1_000));

/** The first entry that is not what the tree has a hash of. */
async function firstWrongEntry(
  log: LogSource,
  from: number,
  to: number,
): Promise<{ readonly entry: number; readonly text: string } | undefined> {
  let tile: { readonly index: number; readonly hashes: readonly Uint8Array[] } | undefined;
  for await (const [at, bytes] of entriesOf(log, from, to)) {
    const index = Math.floor(at / tileWidth);
    if (tile?.index !== index) tile = { index, hashes: await log.tile(tileIn(to, 0, index)) };
    if (!sameHash(leafHash(bytes), tile.hashes[at % tileWidth])) return { entry: at, text: textOf(bytes) };
  }
  return undefined;
}
