/** The clerk of an open town, for commands in another process. */
import { systemClock } from '@dokodemo/domain';
import { type Clerk, openClerk } from './clerk.ts';
import { TownError } from './town-error.ts';
import { openTownFolder } from './town-folder.ts';
import { readTownNote } from './town-note.ts';
import { ids } from './town-plan.ts';
import { openTrust } from './trust.ts';

export { applicantOf } from './clerk.ts';

export async function openCommandClerk(root: string): Promise<Clerk> {
  const folder = openTownFolder(root);
  const open = readTownNote(folder);
  if (open?.state !== 'open') throw new TownError('No town is open. Run `npm start` in another terminal.');
  const trust = await openTrust(folder, systemClock);
  return openClerk(open.registryUrl, await trust.identity('operator', ids.clerk));
}
