/** How long PREPARE takes, with the house's form, in memory and on a real database: run by hand. */

import { openDatabase } from '@dokodemo/database';
import { testDatabase } from '@dokodemo/database/testing';
import { openFormEngine } from '@dokodemo/documents';
import { createMemoryStore } from '../store/memory-store.ts';
import { createPostgresStore, issuerAppendOnlyTables, issuerMigrations } from '../store/postgres-store.ts';
import {
  createWorld,
  enter,
  makeKeys,
  newSession,
  openBody,
  openVisit,
  prepare,
  proofBody,
  proveVisit,
  value,
  wishBody,
} from './world.ts';

const keys = await makeKeys();
const engine = openFormEngine();
const database = await testDatabase({ migrations: issuerMigrations, appendOnlyTables: issuerAppendOnlyTables });
const pool = openDatabase(database.address, { applicationName: 'measure' });
const quantile = (times: number[], q: number) =>
  times.toSorted((a, b) => a - b)[Math.floor(times.length * q)]?.toFixed(2);
for (const [name, store] of [
  ['memory', createMemoryStore()],
  ['postgres', createPostgresStore(pool)],
] as const) {
  const world = createWorld(keys, { store, engine });
  for (const round of ['warm', 'measured']) {
    const times: Record<string, number[]> = { open: [], prove: [], prepare: [] };
    const timed = async <T>(what: string, work: () => Promise<T>) => {
      const began = performance.now();
      const result = await work();
      times[what]?.push(performance.now() - began);
      return result;
    };
    for (let i = 0; i < 200; i++) {
      const session = newSession(world);
      const body = openBody(world, session);
      const { nonce } = value(await timed('open', () => openVisit(world, session, body)));
      const proof = proofBody(world, session, nonce);
      value(await timed('prove', () => proveVisit(world, session, proof)));
      const wish = wishBody(world, { answers: { scope: ['all'], show: ['head', 'domicile'] } });
      value(await timed('prepare', () => prepare(world, session, wish)));
    }
    if (round === 'measured')
      for (const [what, list] of Object.entries(times))
        console.log(name, what, 'p50', quantile(list, 0.5), 'p99', quantile(list, 0.99), 'ms');
  }
  const { session } = await enter(world);
  const began = performance.now();
  const n = 400;
  for (let at = 0; at < n; at += 32)
    await Promise.all(Array.from({ length: 32 }, () => prepare(world, session, wishBody(world)).then(value)));
  console.log(name, 'prepare in parallel (32):', (n / ((performance.now() - began) / 1000)).toFixed(0), 'a second');
}
await pool.end();
await database.drop();
