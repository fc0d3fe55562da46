/**
 * The kiosk's journal on a real disk. What `append` has answered survives a power cut: it resolves after fsync, in the
 * order of the calls. Appends that come while the disk is busy share one write and one fsync.
 */
import { mkdir, open } from 'node:fs/promises';
import path from 'node:path';
import type { AppendOnlyFile } from '../ports.ts';
import { lockFile } from './file-lock.ts';

/** What is needed of an open file; Node's own, or a disk of the tests that loses what was not synced. */
export type DiskFile = {
  /** Everything from the beginning. */
  readAll(): Promise<Uint8Array>;
  /** At the end of the file; may write less than it was given, and says how much. */
  writeAtEnd(bytes: Uint8Array): Promise<number>;
  /** Resolves when everything written is on the disk. */
  sync(): Promise<void>;
  truncate(length: number): Promise<void>;
  close(): Promise<void>;
};

export type OpenAppendOnlyFile = AppendOnlyFile & {
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
  close(): Promise<void>;
};

/** Appends that go to the disk together. */
type Round = { readonly parts: Uint8Array[]; bytes: number; done: Promise<void> };

/** Far above what a kiosk writes down between two rounds of the disk; beyond it, something is mad. */
const maxWaitingBytes = 8_388_608;

/**
 * Opens (or makes) the file, and locks it: two agents on one journal would each believe in their own half.
 * Throws FileLockedError, with one line for a person, when another process (or this one) has it open.
 */
export async function openAppendOnlyFile(file: string): Promise<OpenAppendOnlyFile> {
  const folder = path.dirname(path.resolve(file));
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const unlock = lockFile(file);
  try {
    const disk = await openDiskFile(file);
    await syncFolder(folder);
    const opened = appendOnly(disk);
    return {
      ...opened,
      async close() {
        await opened.close();
        unlock();
      },
    };
  } catch (error) {
    unlock();
    throw error;
  }
}

export function appendOnly(disk: DiskFile): OpenAppendOnlyFile {
  let gathering: Round | undefined;
  let tail: Promise<void> = Promise.resolve();
  let broken: Error | undefined;

  /** One thing at a time, in the order of the calls. After a failed write or fsync nobody knows what the disk holds:
   *  nothing more is promised until the file is opened, and read, again. */
  function next(work: () => Promise<void>): Promise<void> {
    const done = tail.then(async () => {
      if (broken !== undefined) throw broken;
      try {
        await work();
      } catch (error) {
        broken = new Error('the journal’s disk has failed', { cause: error });
        throw broken;
      }
    });
    tail = done.catch(() => undefined);
    return done;
  }

  async function write(round: Round): Promise<void> {
    if (gathering === round) gathering = undefined;
    let bytes: Uint8Array = Buffer.concat(round.parts);
    while (bytes.length > 0) {
      const written = await disk.writeAtEnd(bytes);
      if (written <= 0) throw new Error('the disk takes no more bytes');
      bytes = bytes.subarray(written);
    }
    await disk.sync();
  }

  return {
    async read() {
      await tail;
      return disk.readAll();
    },
    async append(bytes) {
      if (gathering === undefined) {
        const round: Round = { parts: [], bytes: 0, done: Promise.resolve() };
        gathering = round;
        round.done = next(() => write(round));
      }
      if (gathering.bytes + bytes.length > maxWaitingBytes) throw new Error('too much waits for the disk');
      gathering.parts.push(Uint8Array.from(bytes));
      gathering.bytes += bytes.length;
      await gathering.done;
    },
    truncate(length) {
      // What comes after this call is written after it.
      gathering = undefined;
      return next(async () => {
        await disk.truncate(length);
        await disk.sync();
      });
    },
    idle: () => tail,
    async close() {
      await tail;
      await disk.close();
    },
  };
}

async function openDiskFile(file: string): Promise<DiskFile> {
  const handle = await open(file, 'a+', 0o600);
  return {
    async readAll() {
      const { size } = await handle.stat();
      const bytes = Buffer.alloc(size);
      for (let have = 0; have < size; ) {
        const { bytesRead } = await handle.read(bytes, have, size - have, have);
        if (bytesRead === 0) return bytes.subarray(0, have);
        have += bytesRead;
      }
      return bytes;
    },
    writeAtEnd: async (bytes) => (await handle.write(bytes)).bytesWritten,
    sync: () => handle.sync(),
    truncate: (length) => handle.truncate(length),
    close: () => handle.close(),
  };
}

/** That the file is there at all must survive, too. Windows knows no fsync of a folder. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
