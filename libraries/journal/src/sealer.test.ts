import assert from 'node:assert/strict';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { after, before, beforeEach, test } from 'node:test';
import { openDatabase } from '@dokodemo/database';
import { type TestDatabase, testDatabase } from '@dokodemo/database/testing';
import { systemClock, uuidV7 } from '@dokodemo/domain';
import type pg from 'pg';
import {
  journalAppendOnlyTables,
  journalMigrations,
  openPostgresJournal,
  type PostgresJournal,
} from './postgres-journal.ts';
import { advance, type Projection, rebuild } from './projection.ts';
import { seal, verifyChain } from './sealer.ts';

const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const newId = () => uuidV7(systemClock, { bytes: (n) => new Uint8Array(randomBytes(n)) });
let database: TestDatabase;
let journal: PostgresJournal;
let admin: pg.Pool;

const options = () => ({ pool: journal.pool, origin: 'test/journal', key: privateKey, now: () => 1 });
const verify = () => verifyChain({ pool: admin, origin: 'test/journal', publicKey });
const append = (id = newId(), version = 0, kind = 'K') =>
  journal.append(id, version, [{ at: 5, municipality: '482013', terminal: 'T', kind, body: { z: 1, a: [2] } }]);

/** Transactions of other databases on the same server hold it up as well, and other tests may have some. */
async function sealUntil(count: number): Promise<number> {
  let done = 0;
  for (let i = 0; i < 200 && done < count; i++) {
    done += await seal(options());
    if (done < count) await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return done;
}

async function open(): Promise<void> {
  database = await testDatabase({
    migrations: { journal: journalMigrations },
    appendOnlyTables: journalAppendOnlyTables,
  });
  journal = openPostgresJournal({ address: database.address });
  admin = openDatabase(database.adminAddress, { applicationName: 'admin' });
}
async function close(): Promise<void> {
  await journal.close();
  await admin.end();
  await database.drop();
}
before(open);
after(close);
beforeEach(async () => {
  await close();
  await open();
});

test('S5: everything appended is sealed once, in one order, and the chain holds', async () => {
  await Promise.all(Array.from({ length: 40 }, () => append()));
  assert.equal(await sealUntil(40), 40);
  assert.equal(await seal(options()), 0);
  await Promise.all(Array.from({ length: 10 }, () => append()));
  assert.equal(await sealUntil(10), 10);
  assert.deepEqual(await verify(), { size: 50 });
  const { events } = await journal.readAll(0, 100);
  assert.equal(new Set(events.map(({ streamId }) => streamId)).size, 50);
});

test('S5: an event of a transaction that is still running is not overtaken', async () => {
  const slow = await admin.connect();
  await slow.query('begin');
  const id = newId();
  await slow.query(
    "insert into event (shard, stream_id, seq, at, municipality, terminal, kind, body) values (1, $1, 1, 1, 'm', 't', 'Slow', '{}')",
    [id],
  );
  await append();
  assert.equal(await seal(options()), 0, 'what came later waits for what began earlier');
  await slow.query('commit');
  slow.release();
  assert.equal(await sealUntil(2), 2);
  const { events } = await journal.readAll(0, 10);
  assert.equal(events[0]?.kind, 'Slow');
});

for (const [what, statement, fault] of [
  ['changed', 'update event set body = \'{"z":2}\' where seq = 2', /not the one that was sealed/],
  ['taken away', 'delete from event where seq = 2', /gone/],
  [
    'slipped in',
    "insert into event (shard, stream_id, seq, at, municipality, terminal, kind, body, xid) select shard, stream_id, 99, at, municipality, terminal, kind, body, '3' from event where seq = 1 limit 1",
    /not in it/,
  ],
  ['cut out with its seal', 'delete from seal where position = 2', /seal is missing/],
] as const) {
  test(`S5: an event that was ${what} behind the application’s back is found`, async () => {
    const id = newId();
    for (let version = 0; version < 3; version++) await append(id, version);
    await append();
    await sealUntil(4);
    assert.deepEqual(await verify(), { size: 4 });
    await admin.query(statement);
    const found = await verify();
    assert.ok('what' in found && fault.test(found.what), JSON.stringify(found));
  });
}

test('S5: a chain made anew by somebody without the key does not fit its checkpoints', async () => {
  await append();
  await append();
  await sealUntil(2);
  await admin.query("update event set body = '{}'");
  await admin.query('delete from seal');
  const notes = await admin.query('select * from checkpoint');
  await admin.query('delete from checkpoint');
  const forger = generateKeyPairSync('ed25519').privateKey;
  await seal({ ...options(), key: forger });
  assert.match(JSON.stringify(await verify()), /checkpoint does not hold/);
  await admin.query('delete from checkpoint');
  for (const row of notes.rows)
    await admin.query('insert into checkpoint values ($1, $2, $3)', [row.size, row.at, row.note]);
  assert.match(JSON.stringify(await verify()), /checkpoint does not hold/);
});

test('a projection drawn step by step is the one drawn anew', async () => {
  await admin.query('create table tally (kind text primary key, n integer not null)');
  await admin.query('grant all on tally to public');
  const projection: Projection = {
    name: 'tally',
    version: 1,
    tables: ['tally'],
    async apply(client, event) {
      await client.query('insert into tally values ($1, 1) on conflict (kind) do update set n = tally.n + 1', [
        event.kind,
      ]);
    },
  };
  const picture = async () => (await admin.query('select kind, n from tally order by kind')).rows;
  for (const kind of ['A', 'B', 'A']) {
    await append(newId(), 0, kind);
    await sealUntil(1);
    await advance(journal.pool, journal, projection);
  }
  const drawn = await picture();
  assert.deepEqual(drawn, [
    { kind: 'A', n: 2 },
    { kind: 'B', n: 1 },
  ]);
  assert.equal(await rebuild(journal.pool, journal, projection), 3);
  assert.deepEqual(await picture(), drawn);
  await advance(journal.pool, journal, { ...projection, version: 2 });
  assert.deepEqual(await picture(), drawn, 'a new version is drawn from the beginning');
});

test('two processes that draw a projection for the first time, or anew: everything once', async () => {
  await admin.query('create table first_part (n integer); create table second_part (n integer)');
  await admin.query('grant all on first_part, second_part to public');
  const projection: Projection = {
    name: 'parts',
    version: 1,
    tables: ['first_part', 'second_part'],
    async apply(client, event) {
      for (const table of projection.tables) await client.query(`insert into ${table} values ($1)`, [event.seq]);
    },
  };
  for (const kind of ['A', 'B', 'C']) await append(newId(), 0, kind);
  await sealUntil(3);
  const waiting = `select count(*)::integer as n from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`;
  for (const work of [advance, rebuild]) {
    const holder = await admin.connect();
    await holder.query('begin; lock table second_part in share mode');
    const drawn = [work(journal.pool, journal, projection), work(journal.pool, journal, projection)];
    // Both have come as far as they can.
    for (let i = 0; i < 1000 && (await admin.query<{ n: number }>(waiting)).rows[0]?.n !== 2; i++)
      await new Promise((resolve) => setTimeout(resolve, 10));
    await holder.query('commit');
    holder.release();
    await Promise.all(drawn);
    for (const table of projection.tables)
      assert.equal((await admin.query(`select * from ${table}`)).rows.length, 3, table);
  }
});
