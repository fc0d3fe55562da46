/** One small town for all scenes that run in this process: opening it takes longer than most of them. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after } from 'node:test';
import { openTown } from '@dokodemo/demo/town';
import { dokodemoIn } from './by-command.ts';

/** For files of the scenes. */
export const folder = mkdtempSync(path.join(tmpdir(), 'by-command-'));
export const town = await openTown({ root: path.join(folder, 'town'), residents: 60, basePort: 'free' });
after(async () => {
  await town.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** The command, as the people of this town call it. */
export const dokodemo = dokodemoIn(folder);
