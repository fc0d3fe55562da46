import { closeSync, fsyncSync, mkdirSync, openSync, readdirSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Where an authority keeps its keys and books, by name (`issued/0a1b…`). Each write is whole or not at all. */
export interface Shelf {
  read(name: string): Uint8Array | undefined;
  write(name: string, bytes: Uint8Array): void;
  /** Names right below a folder, sorted. */
  list(folder: string): string[];
}

const namePattern = /^[a-z0-9][a-z0-9.-]{0,79}(\/[a-z0-9][a-z0-9.-]{0,79})?$/;

export function memoryShelf(): Shelf {
  const kept = new Map<string, Uint8Array>();
  return {
    read: (name) => kept.get(checked(name)),
    write: (name, bytes) => void kept.set(checked(name), Uint8Array.from(bytes)),
    list: (folder) =>
      [...kept.keys()]
        .filter((name) => name.startsWith(`${folder}/`))
        .map((name) => name.slice(folder.length + 1))
        .sort(),
  };
}

/** Several processes may look into the same directory; only one should write. */
export function directoryShelf(directory: string): Shelf {
  return {
    read: (name) => ifThere(() => Uint8Array.from(readFileSync(join(directory, checked(name))))),
    write: (name, bytes) => writeWhole(join(directory, checked(name)), bytes),
    list: (folder) =>
      (ifThere(() => readdirSync(join(directory, checked(folder)))) ?? []).filter((it) => !it.endsWith('.new')).sort(),
  };
}

function checked(name: string): string {
  if (!namePattern.test(name)) throw new Error(`not a name for the shelf: ${name}`);
  return name;
}

function ifThere<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function writeWhole(path: string, bytes: Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const fresh = `${path}.${process.pid}.new`;
  const file = openSync(fresh, 'w', 0o600);
  try {
    writeSync(file, bytes);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(fresh, path);
}
