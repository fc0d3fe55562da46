/** What all seeds of a run share: keys, the opened form engine, what municipalities have laid down. */
import { openFormEngine } from '@dokodemo/documents';
import { makeKeyring } from './keyring.ts';
import { makeProfiles } from './profiles.ts';
import type { Stage } from './world.ts';

export async function openStage(): Promise<Stage> {
  const keyring = await makeKeyring();
  const engine = openFormEngine();
  return { keyring, engine, profiles: makeProfiles(keyring, engine) };
}
