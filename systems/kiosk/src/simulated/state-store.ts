/** What a device remembers without power: one small text, replaced whole or not at all. */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

export type StateStore = { read(): string | undefined; write(text: string): void };

export function memoryStateStore(): StateStore {
  let kept: string | undefined;
  return {
    read: () => kept,
    write(text) {
      kept = text;
    },
  };
}

export function fileStateStore(file: string): StateStore {
  return {
    read: () => (existsSync(file) ? readFileSync(file, 'utf8') : undefined),
    write(text) {
      writeFileSync(`${file}.new`, text, { mode: 0o600, flush: true });
      renameSync(`${file}.new`, file);
    },
  };
}
