/** What a monitor remembers between two looks, and what it keeps as evidence: JSON files, written whole or not at all. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { fromBase64, type Hash, openCheckpoint, rootOfTree, sameHash, toBase64, treeOf } from '@dokodemo/issue-log';
import { CommandError } from '../command-error.ts';
import { isTownBundle, townBundle } from '../trust-of.ts';
import { Numbers } from './numbers.ts';
import type { Seen, Watched } from './watch.ts';

const format = 'dokodemo/monitor/v1';
const mostBytes = 256_000_000;

/** The town's beside its bundle, so that it is forgotten with the town; others in the user's state folder. */
export function usualPlace(portal: string, trust: string | undefined): string {
  if (isTownBundle(trust)) return path.join(path.dirname(townBundle()), 'log-seen.json');
  const states = process.env.XDG_STATE_HOME ?? path.join(homedir(), '.local', 'state');
  const name = createHash('sha256').update(portal).digest('hex').slice(0, 16);
  return path.join(states, 'dokodemo', `log-${name}.json`);
}

/** Undefined: nothing was seen yet. `keys`: whose signature the remembered checkpoint must have. */
export function recall(place: string, keys: readonly string[]): Seen | undefined {
  if (!existsSync(place)) return undefined;
  const spoilt = (why: string) =>
    new CommandError(`${place}: ${why}. Nothing was compared; move the file away to begin anew.`);
  const found = statSync(place);
  if (!found.isFile() || found.size > mostBytes) throw spoilt('no file of a monitor');
  let value: { readonly [name: string]: unknown };
  try {
    value = Object(JSON.parse(readFileSync(place, 'utf8')));
  } catch {
    throw spoilt('no file of a monitor');
  }
  const { note, peaks, since } = value;
  if (value.format !== format || typeof note !== 'string' || !Array.isArray(peaks) || !Number.isSafeInteger(since))
    throw spoilt('no file of a monitor');
  const checkpoint = openCheckpoint(note, keys);
  if (checkpoint === undefined) throw spoilt('its checkpoint is not signed by a log of the trust bundle');
  const hashes = peaks.map((it) => (typeof it === 'string' ? fromBase64(it) : undefined));
  const tree = hashes.every((it): it is Hash => it !== undefined) ? treeOf(checkpoint.size, hashes) : undefined;
  const numbers = Numbers.read(value.numbers, since === 0);
  if (tree === undefined || numbers === undefined || !sameHash(rootOfTree(tree), checkpoint.root))
    throw spoilt('damaged: it does not fit its own checkpoint');
  return { note, tree, since: Number(since), numbers };
}

function write(place: string, value: unknown): void {
  try {
    mkdirSync(path.dirname(path.resolve(place)), { recursive: true, mode: 0o700 });
    writeFileSync(`${place}.new`, `${JSON.stringify(value, undefined, 1)}\n`, { mode: 0o600 });
    renameSync(`${place}.new`, place);
  } catch (error) {
    throw new CommandError(`${place}: it cannot be written (${(error as NodeJS.ErrnoException).code})`);
  }
}

export function remember(place: string, portal: string, { note, tree, since, numbers }: Seen): void {
  write(place, { format, portal, note, peaks: tree.peaks.map(toBase64), since, numbers: numbers.write() });
}

/** Both checkpoints, as they were signed: whoever has the log's key can see that it signed both. Answers where. */
export function keepEvidence(
  place: string,
  portal: string,
  before: Seen | undefined,
  found: Extract<Watched, { outcome: 'changed' }>,
): string {
  const { outcome: _, note, ...what } = found;
  const evidence = { format: 'dokodemo/log-evidence/v1', portal, ...what, before: before?.note ?? null, now: note };
  const name = createHash('sha256').update(JSON.stringify(evidence)).digest('hex').slice(0, 12);
  const { dir, name: base } = path.parse(place);
  const file = path.join(dir, `${base}-evidence-${name}.json`);
  if (!existsSync(file)) write(file, evidence);
  return file;
}
