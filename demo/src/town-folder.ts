/** Where the demo town keeps what it keeps: one folder, thrown away by `--fresh`. */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export type TownFolder = {
  readonly root: string;
  file(...parts: string[]): string;
  /** Text of a file, made by `make` when it is not there yet. */
  once(name: string, make: () => Promise<string> | string): Promise<string>;
  /** Whole or not at all. */
  write(name: string, text: string): void;
};

/** `DOKODEMO_DEMO_DIR`, else `var/demo` of the checkout. */
export function defaultTownRoot(): string {
  const checkout = fileURLToPath(new URL('../..', import.meta.url));
  return process.env.DOKODEMO_DEMO_DIR ?? path.join(checkout, 'var', 'demo');
}

export function openTownFolder(root = defaultTownRoot()): TownFolder {
  mkdirSync(root, { recursive: true, mode: 0o700 });
  const file = (...parts: string[]) => {
    const full = path.join(root, ...parts);
    mkdirSync(path.dirname(full), { recursive: true, mode: 0o700 });
    return full;
  };
  const write = (name: string, text: string) => {
    const full = file(name);
    writeFileSync(`${full}.new`, text, { mode: 0o600 });
    renameSync(`${full}.new`, full);
  };
  return {
    root,
    file,
    write,
    async once(name, make) {
      const full = file(name);
      if (existsSync(full)) return readFileSync(full, 'utf8');
      const text = await make();
      // A town whose set-up was interrupted goes on where it stopped.
      write(name, text);
      return text;
    },
  };
}

export function forgetTown(root = defaultTownRoot()): void {
  rmSync(root, { recursive: true, force: true });
}
