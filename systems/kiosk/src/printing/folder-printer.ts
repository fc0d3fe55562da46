/** A "printer" that lays its sheets into a folder: for trying things out, and for tests that look at the paper. A sheet
 *  is there whole, and on the disk, or not at all. */
import { access, constants, link, mkdir, open, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Printer, SheetOutcome } from '../ports.ts';

/** A job that was printed again is another sheet. */
const mostOfOneName = 100;

export function folderPrinter(directory: string): Printer {
  const notPrinted = (error: unknown): SheetOutcome => ({
    outcome: 'not-printed',
    condition: 'other',
    detail: `the folder takes no sheet: ${(error as { code?: string }).code ?? String(error)}`,
  });

  return {
    name: `folder ${path.basename(path.resolve(directory))}`,
    async conditions() {
      try {
        await mkdir(directory, { recursive: true, mode: 0o700 });
        await access(directory, constants.W_OK);
        return [];
      } catch {
        return ['offline'];
      }
    },
    async print(job, _onCondition, abandon) {
      if (abandon.aborted) return { outcome: 'not-printed', condition: 'other', detail: 'given up before it began' };
      const name = fileNameOf(job.name);
      const wet = path.join(directory, `.${name}.wet`);
      try {
        await mkdir(directory, { recursive: true, mode: 0o700 });
        await writeWhole(wet, job.sheet);
        await layDown(wet, directory, name);
      } catch (error) {
        await rm(wet, { force: true }).catch(() => undefined);
        return notPrinted(error);
      }
      try {
        await rm(wet);
        await syncFolder(directory);
        return { outcome: 'printed' };
      } catch (error) {
        return { outcome: 'unknown', condition: 'other', detail: `the folder was not synced: ${String(error)}` };
      }
    },
    async recall(jobName) {
      const name = fileNameOf(jobName);
      const names = await readdir(directory).catch((): string[] => []);
      return names.includes(`${name}.pdf`)
        ? { outcome: 'printed' }
        : { outcome: 'not-printed', condition: 'other', detail: 'no such sheet lies in the folder' };
    },
  };
}

/** A job's name holds nothing personal; a file system must like it, too. */
function fileNameOf(jobName: string): string {
  return (
    jobName
      .replace(/[^A-Za-z0-9_-]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 100) || 'sheet'
  );
}

async function writeWhole(file: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(file, 'w', 0o600);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Gives the sheet its name in one step, and never takes another sheet's. */
async function layDown(wet: string, directory: string, name: string): Promise<void> {
  for (let count = 1; count <= mostOfOneName; count++) {
    try {
      return await link(wet, path.join(directory, count === 1 ? `${name}.pdf` : `${name}-${count}.pdf`));
    } catch (error) {
      if ((error as { code?: string }).code !== 'EEXIST') throw error;
    }
  }
  throw new Error('too many sheets of one name');
}

/** Windows knows no fsync of a folder. */
async function syncFolder(directory: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
