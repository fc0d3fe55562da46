/**
 * One owner per file, by a lock of the operating system that dies with its process: no lock file to clean up after a
 * power cut. Node has no flock; SQLite, which comes with it, knows how to lock on every platform, also between two
 * owners in one process.
 */
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

export class FileLockedError extends Error {
  constructor(file: string) {
    super(`${path.resolve(file)} is in use by another kiosk agent: two may never share one journal`);
    this.name = 'FileLockedError';
  }
}

const sqliteBusy = 5;

/** Locks `file` by an empty `file.lock` beside it; the returned function gives the lock back. */
export function lockFile(file: string): () => void {
  const database = new DatabaseSync(`${file}.lock`, { timeout: 0 });
  try {
    // Nothing is ever written: the transaction that stays open is the lock.
    database.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if ((error as { errcode?: number }).errcode === sqliteBusy) throw new FileLockedError(file);
    throw error;
  }
  return () => database.close();
}
