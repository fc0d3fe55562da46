import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** What a card must remember without power. */
export type CardState = {
  readonly version: 1;
  /** By file id of the PIN, four hex digits. */
  readonly pins: Readonly<Record<string, { readonly value: string; readonly triesLeft: number }>>;
};

/** The card's non-volatile memory. `save` returns once the state would survive a loss of power. */
export interface CardStateStore {
  load(): CardState | undefined | Promise<CardState | undefined>;
  save(state: CardState): void | Promise<void>;
}

export function memoryCardState(initial?: CardState): CardStateStore {
  let kept = initial;
  return {
    load: () => kept,
    save(state) {
      kept = structuredClone(state);
    },
  };
}

/** One JSON file, replaced as a whole, on disk before `save` returns. */
export function fileCardState(path: string): CardStateStore {
  return {
    load() {
      const text = readIfThere(path);
      // A file that is there but damaged is a fault, never a fresh counter: else damage would give new tries.
      return text === undefined ? undefined : parseCardState(JSON.parse(text));
    },
    save(state) {
      writeDurably(path, `${JSON.stringify(state)}\n`);
    },
  };
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

export function parseCardState(value: unknown): CardState {
  const fault = new Error('the card’s memory is damaged');
  if (typeof value !== 'object' || value === null) throw fault;
  const { version, pins } = value as { version?: unknown; pins?: unknown };
  if (version !== 1 || typeof pins !== 'object' || pins === null) throw fault;
  for (const pin of Object.values(pins as Record<string, unknown>)) {
    const { value: digits, triesLeft } = (pin ?? {}) as { value?: unknown; triesLeft?: unknown };
    if (typeof digits !== 'string' || !Number.isInteger(triesLeft)) throw fault;
  }
  return value as CardState;
}

function writeDurably(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  const fresh = `${path}.new`;
  const file = openSync(fresh, 'w', 0o600);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(fresh, path);
  // The rename itself must survive too; Windows knows no fsync of a folder.
  if (process.platform === 'win32') return;
  const folder = openSync(dirname(path), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
