/** Files that a person named on the command line: read as a whole, within bounds, and refused in plain words. */
import { readFileSync, statSync } from 'node:fs';
import type { FaultCode, GivenFile } from '@dokodemo/proof';
import { CommandError } from './command-error.ts';

/** Larger files, and more of them together, are not taken into memory; the verifier has its own bounds below these. */
const mostBytes = 200_000_000;
const mostBytesTogether = 600_000_000;

const notOpened: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'a folder, not a file',
  EACCES: 'it may not be read',
};

function sizeOf(name: string): number {
  const found = statSync(name);
  if (found.isDirectory()) throw new CommandError(`${name}: ${notOpened.EISDIR}`);
  if (!found.isFile()) throw new CommandError(`${name}: no file`);
  if (found.size > mostBytes) throw new CommandError(`${name}: ${fileFaults['file-too-large']}`);
  return found.size;
}

/** Throws CommandError. */
export function givenFiles(names: readonly string[]): readonly GivenFile[] {
  let together = 0;
  return names.map((name) => {
    try {
      together += sizeOf(name);
      if (together > mostBytesTogether) throw new CommandError(`${name}: too much at once; check in smaller parts`);
      return { name, bytes: new Uint8Array(readFileSync(name)) };
    } catch (error) {
      if (error instanceof CommandError) throw error;
      const { code = '' } = error as NodeJS.ErrnoException;
      throw new CommandError(`${name}: ${notOpened[code] ?? `it cannot be read (${code})`}`);
    }
  });
}

export const fileFaults: Readonly<Record<FaultCode, string>> = {
  'empty-file': 'there is nothing in it',
  'file-too-large': 'larger than any scan',
  'unknown-kind': 'no PDF, PNG, JPEG or TIFF (a photograph in HEIC or WebP: save it as JPEG)',
  'damaged-file': 'damaged, or cut off',
  'locked-with-a-password': 'locked with a password: save it without one',
  'no-pages': 'it has no pages',
  'too-many-pages': 'too many pages',
  'picture-too-large': 'a picture larger than any scan',
};
