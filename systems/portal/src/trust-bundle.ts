/** The trust bundle that visitors download: the file as it is, once it has been found sound. */
import { readFileSync, statSync } from 'node:fs';
import { readTrustBundle } from '@dokodemo/proof/verify';

const mostBytes = 2_000_000;

/** Throws where the file is missing, too large or no trust bundle. */
export function readBundle(file: string): string {
  if (statSync(file).size > mostBytes) throw new RangeError(`larger than ${mostBytes} bytes`);
  const text = readFileSync(file, 'utf8');
  readTrustBundle(text);
  return text;
}

/** The newest sound text of the file: one that became unsound is noted, and the last sound one goes on. */
export function watchBundle(file: string, note: (detail: string) => void): () => string {
  let known = readBundle(file);
  let seen = stampOf(file);
  return () => {
    const stamp = stampOf(file);
    if (stamp === seen) return known;
    seen = stamp;
    try {
      known = readBundle(file);
    } catch (error) {
      note(error instanceof Error ? error.message : String(error));
    }
    return known;
  };
}

function stampOf(file: string): string {
  const found = statSync(file, { throwIfNoEntry: false });
  return found === undefined ? 'missing' : `${found.mtimeMs} ${found.size}`;
}
