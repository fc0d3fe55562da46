/** An append-only file in memory that fails as a disk does: what was not yet synced when the power went may be gone, or
 *  there in part. */
import type { AppendOnlyFile } from '../ports.ts';

export type MemoryFile = AppendOnlyFile & {
  /** The power goes: of the bytes on their way, the first `keep` are on the disk. Whoever waited never hears. */
  powerCut(keep: number): void;
  /** Bytes on their way to the disk. */
  unsynced(): number;
  bytes(): Uint8Array;
};

/** `sync`: awaited for each append; where a test holds the disk. */
export function memoryFile(sync: () => Promise<void> = async () => undefined): MemoryFile {
  let disk = Buffer.alloc(0);
  let onTheWay: Buffer[] = [];
  let life = 0;
  let queue: Promise<void> = Promise.resolve();
  const never = new Promise<never>(() => undefined);

  /** One after the other, as writes to one file are. */
  function inOrder(work: () => Promise<void>): Promise<void> {
    const born = life;
    const turn = queue.then(() => (born === life ? work() : never));
    queue = turn;
    return turn;
  }

  return {
    read: async () => Uint8Array.from(disk),
    append(bytes) {
      const own = Buffer.from(bytes);
      const born = life;
      onTheWay.push(own);
      return inOrder(async () => {
        await sync();
        if (born !== life) return never;
        onTheWay.shift();
        disk = Buffer.concat([disk, own]);
      });
    },
    truncate(length) {
      return inOrder(async () => {
        disk = disk.subarray(0, length);
      });
    },
    powerCut(keep) {
      life++;
      queue = Promise.resolve();
      disk = Buffer.concat([disk, Buffer.concat(onTheWay).subarray(0, keep)]);
      onTheWay = [];
    },
    unsynced: () => onTheWay.reduce((sum, bytes) => sum + bytes.length, 0),
    bytes: () => Uint8Array.from(disk),
  };
}
