/** The note that an open town leaves in its folder: who holds it, and where it listens. For a second start, and for
 *  commands that want to use the town. */
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { TownError } from './town-error.ts';
import { openTownFolder, type TownFolder } from './town-folder.ts';

export type TownNote = {
  readonly pid: number;
  readonly state: 'opening' | 'open';
  readonly benchUrl: string;
  readonly kioskUrl: string;
  readonly portalUrl: string;
  readonly centerUrl: string;
  readonly registryUrl: string;
};

const fileName = 'open.json';

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Alive, and somebody else's.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The note of a town that is open now; undefined when there is none, or its process is gone. */
export function readTownNote(folder: TownFolder): TownNote | undefined {
  const file = folder.file(fileName);
  if (!existsSync(file)) return undefined;
  try {
    const note = JSON.parse(readFileSync(file, 'utf8')) as TownNote;
    return isAlive(note.pid) ? note : undefined;
  } catch {
    return undefined; // half written by a process that died of it
  }
}

/** Where the town that is open in this folder answers about papers; undefined when none is. */
export function openTownPortal(root: string): string | undefined {
  return existsSync(root) ? readTownNote(openTownFolder(root))?.portalUrl : undefined;
}

/** Did the town that was open here last end without closing? */
export function wasKilled(folder: TownFolder): boolean {
  return existsSync(folder.file(fileName)) && readTownNote(folder) === undefined;
}

/** Throws the line that says who has the town open, and where. */
export function checkNotOpen(folder: TownFolder): void {
  const other = readTownNote(folder);
  if (other !== undefined)
    throw new TownError(
      `This town is open already: ${other.benchUrl} (process ${other.pid}). Close it there with Ctrl-C, or open another one: DOKODEMO_DEMO_DIR=/another/folder npm start -- --port ${Number(new URL(other.benchUrl).port) + 1_000}`,
    );
}

/** Takes the folder for this process. Throws the line that says who has it. */
export function claimFolder(folder: TownFolder, note: Omit<TownNote, 'pid' | 'state'>): void {
  checkNotOpen(folder);
  rmSync(folder.file(fileName), { force: true });
  try {
    writeFileSync(folder.file(fileName), JSON.stringify({ ...note, pid: process.pid, state: 'opening' }), {
      flag: 'wx',
    });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new TownError('This town is being opened by another process at this very moment.');
  }
}

export function noteOpen(folder: TownFolder, note: Omit<TownNote, 'pid' | 'state'>): void {
  const file = folder.file(fileName);
  writeFileSync(`${file}.new`, JSON.stringify({ ...note, pid: process.pid, state: 'open' }));
  renameSync(`${file}.new`, file);
}

export function noteClosed(folder: TownFolder): void {
  rmSync(folder.file(fileName), { force: true });
}
