import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openDatabase } from '@dokodemo/database';
import { type TestDatabase, testDatabase } from '@dokodemo/database/testing';
import type { PreparedDocument } from '@dokodemo/protocol';
import type pg from 'pg';
import { japanese, otherTown, suzukiAlone, town } from '../testing/people.ts';
import { preparedOf, proofOf, secondProofOf, storeContract, visitOf } from '../testing/store-contract.ts';
import {
  createWorld,
  enter,
  makeKeys,
  openAtKiosk,
  prepare,
  readPaper,
  type Session,
  tell,
  value,
  wishBody,
} from '../testing/world.ts';
import { createPostgresStore, issuerAppendOnlyTables, issuerMigrations } from './postgres-store.ts';

const fresh = () => testDatabase({ migrations: issuerMigrations, appendOnlyTables: issuerAppendOnlyTables });

storeContract('postgres', async () => {
  const database = await fresh();
  const pool = openDatabase(database.address, { applicationName: 'issuer-test' });
  return {
    store: createPostgresStore(pool),
    close: async () => {
      await pool.end();
      await database.drop();
    },
  };
});

let database: TestDatabase;
let pool: pg.Pool;
before(async () => {
  database = await fresh();
  pool = openDatabase(database.address, { applicationName: 'issuer-test', connections: 4 });
});
after(async () => {
  await pool.end();
  await database.drop();
});

test('the application’s role sees no rows without saying for whom, and can write none for another', async () => {
  const store = createPostgresStore(pool);
  await store.openVisit(visitOf());
  await store.recordApplication(preparedOf(['rls-1']));
  for (const table of ['visit', 'serial', 'application', 'document', 'outcome', 'pushed_digest']) {
    const { rows } = await pool.query(`select count(*)::int as n from ${table}`);
    assert.equal(rows[0]?.n, 0, table);
  }
  const client = await pool.connect();
  try {
    await client.query(`begin; set local dokodemo.municipality = '${otherTown}'`);
    assert.equal((await client.query('select 1 from application')).rowCount, 0);
    await assert.rejects(client.query(`insert into pushed_digest values ('${town}', 'x')`), /row-level security/);
  } finally {
    await client.query('rollback');
    client.release();
  }
});

test('what is recorded cannot be rewritten or taken away, not even by the program itself', async () => {
  const store = createPostgresStore(pool);
  const { application } = await store.recordApplication(preparedOf(['kept-1']));
  const visit = await store.openVisit(visitOf());
  const twice = await store.openVisit(visitOf());
  await store.settleProof(town, twice.visitId, proofOf('one'));
  await store.settleSecondProof(town, twice.visitId, secondProofOf('two'));
  const forbidden: [string, RegExp][] = [
    [`delete from application`, /is kept/],
    [`update application set issue = '{}' where application_id = '${application.applicationId}'`, /does not change/],
    [`update application set request = 'x' where application_id = '${application.applicationId}'`, /does not change/],
    [`update visit set nonce = 'x' where visit_id = '${visit.visitId}'`, /one proof/],
    [`update visit set certificate = 'x' where visit_id = '${visit.visitId}'`, /one proof/],
    [`update visit set second_proof = '{}' where visit_id = '${visit.visitId}'`, /check constraint/],
    [`update visit set proof = null where visit_id = '${twice.visitId}'`, /one proof/],
    [`update visit set second_proof = '{}' where visit_id = '${twice.visitId}'`, /one proof/],
    [`delete from document`, /permission denied/],
    [`update outcome set told = '{}'`, /permission denied/],
  ];
  for (const [statement, reason] of forbidden) {
    const client = await pool.connect();
    try {
      await client.query(`begin; set local dokodemo.municipality = '${town}'`);
      await assert.rejects(client.query(statement), reason, statement);
    } finally {
      await client.query('rollback');
      client.release();
    }
  }
});

test('sixteen kiosks in one millisecond, two processes, one database: each opens its own paper and nobody else’s', async () => {
  const keys = await makeKeys(16);
  const store = createPostgresStore(pool);
  const worlds = ['sixteen-a', 'sixteen-b'].map((seed) => createWorld(keys, { store, seed }));
  const [first] = worlds;
  assert.ok(first);
  for (const { register } of worlds) {
    register.households.splice(0);
    for (const [i, { serialHex }] of keys.cards.entries()) {
      register.holders.set(serialHex, String(900 + i));
      register.households.push({ ...suzukiAlone(), members: [japanese(String(900 + i), `住民${i}`)] });
    }
  }
  const sides: { session: Session; wish: ReturnType<typeof wishBody> }[] = [];
  for (const [i, card] of keys.cards.entries()) {
    const { session } = await enter(first, { card, terminalId: i % 2 === 0 ? 'DEMO-0001' : 'DEMO-0002' });
    sides.push({ session, wish: wishBody(first, { answers: { scope: ['all'], show: [] }, copies: 2 }) });
  }
  // Each asked for at both processes at once, as by a center that has tried twice.
  const replies: PreparedDocument[][] = await Promise.all(
    sides.map(({ session, wish }) => Promise.all(worlds.map((world) => prepare(world, session, wish).then(value)))),
  );
  const numbers = new Set<string>();
  for (const [i, { session, wish }] of sides.entries()) {
    const [reply, again] = replies[i] ?? [];
    assert.ok(reply);
    assert.equal(JSON.stringify(again), JSON.stringify(reply));
    for (const number of reply.documentNumbers) numbers.add(number);
    const sheets: readonly Uint8Array[] = value(openAtKiosk(first, session, wish, reply)).sheets;
    assert.deepEqual(
      readPaper(sheets).map(({ lines }) => lines),
      [[`name 住民${i}`], [`name 住民${i}`]],
    );
    const other = replies[(i + 1) % 16]?.[0];
    assert.ok(other);
    assert.equal(openAtKiosk(first, session, wish, other).ok, false);
  }
  assert.equal(numbers.size, 32);
});

test('a whole issuance on PostgreSQL; asked again after a restart it is the same byte for byte', async () => {
  const keys = await makeKeys(2);
  const world = createWorld(keys, { store: createPostgresStore(pool) });
  const { session } = await enter(world);
  const wish = wishBody(world, { copies: 3 });
  const first = await prepare(world, session, wish);
  const restarted = createWorld(keys, { store: createPostgresStore(pool), clock: world.clock });
  const again = await prepare(restarted, session, wish);
  assert.equal(JSON.stringify(again), JSON.stringify(first));
  assert.equal(restarted.form.drawn, 0);
  const { binding } = value(openAtKiosk(restarted, session, wish, value(again)));
  value(await tell(restarted, wish.applicationId, 'handed-over', [...binding.sheetDigests]));
  const record = await world.issuer.history.byDocumentNumber(town, binding.documentNumbers[2] ?? '');
  assert.deepEqual([record?.state, record?.issue?.subjects], ['handed-over', ['101']]);
});
