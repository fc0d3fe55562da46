import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openDatabase } from '@dokodemo/database';
import { type TestDatabase, testDatabase } from '@dokodemo/database/testing';
import type pg from 'pg';
import type { CenterStore } from './center-store.ts';
import { memoryCenterStore } from './memory-center-store.ts';
import { centerMigrations, postgresCenterStore } from './postgres-center-store.ts';

const session = (n: number) => `019283aa-0000-7000-8000-${String(n).padStart(12, '0')}`;

/** What both stores have to do alike. */
function contract(open: () => CenterStore | Promise<CenterStore>): void {
  test('a terminal is what it was last said to be', async () => {
    const store = await open();
    const entry = { terminalId: 'DEMO-0001', operator: '見本商店', store: '一号店', active: true };
    assert.equal(await store.findTerminal('DEMO-0001'), undefined);
    await store.putTerminals([entry]);
    assert.deepEqual(await store.findTerminal('DEMO-0001'), entry);
    await store.putTerminals([{ ...entry, active: false }]);
    assert.equal((await store.findTerminal('DEMO-0001'))?.active, false);
  });

  test('the directory knows each digest by municipality', async () => {
    const store = await open();
    assert.equal(await store.changeDirectory('482013', ['d1', 'd2', 'd1'], []), 2);
    assert.equal(await store.changeDirectory('483028', ['d2'], []), 1);
    assert.deepEqual(await store.municipalitiesOf('d2'), ['482013', '483028']);
    assert.equal(await store.changeDirectory('482013', [], ['d2', 'd9']), 1);
    assert.deepEqual(await store.municipalitiesOf('d2'), ['483028']);
    assert.deepEqual(await store.municipalitiesOf('d3'), []);
  });

  test('papers are kept for their session, and go with it or with their time', async () => {
    const store = await open();
    await store.putPaper(session(1), 'menu', Buffer.from('one'), 100);
    await store.putPaper(session(1), 'menu', Buffer.from('two'), 200);
    await store.putPaper(session(1), 'labels', Buffer.from([0, 255]), 300);
    await store.putPaper(session(2), 'menu', Buffer.from('other'), 300);
    assert.equal(Buffer.from((await store.getPaper(session(1), 'menu')) ?? []).toString(), 'two');
    assert.deepEqual([...((await store.getPaper(session(1), 'labels')) ?? [])], [0, 255]);
    assert.equal(await store.getPaper(session(3), 'menu'), undefined);
    assert.equal(await store.dropExpiredPapers(200, 10), 1);
    assert.equal(await store.getPaper(session(1), 'menu'), undefined);
    await store.dropPapers(session(1));
    assert.equal(await store.getPaper(session(1), 'labels'), undefined);
    assert.ok(await store.getPaper(session(2), 'menu'));
    assert.equal(await store.dropExpiredPapers(1_000, 10), 1);
  });

  test('files are kept by their id, one of each application, within their room and their time', async () => {
    const store = await open();
    const room = { mostFiles: 2, mostFileBytes: 10 };
    const file = (n: number, length = 4, expiresAt = 100) => ({
      depositId: `deposit-${n}`,
      sessionId: session(1),
      applicationId: session(100 + n),
      bytes: Uint8Array.from({ length }, (_, i) => i + n),
      expiresAt,
    });
    assert.equal(await store.putFile(file(1), room), true);
    assert.equal(await store.putFile(file(1), room), true);
    assert.equal(await store.putFile({ ...file(1), applicationId: session(109) }, room), false);
    assert.equal(await store.putFile(file(2, 7), room), false);
    assert.equal(await store.putFile(file(2, 6, 200), room), true);
    assert.equal(await store.putFile(file(3, 0), room), false);
    const kept = await store.getFile('deposit-1');
    assert.deepEqual([kept?.sessionId, kept?.applicationId], [session(1), session(101)]);
    assert.deepEqual([...(kept?.bytes ?? [])], [1, 2, 3, 4]);
    assert.equal(await store.getFile('deposit-9'), undefined);
    await store.wipeFile(session(101));
    const wiped = await store.getFile('deposit-1');
    assert.deepEqual([wiped?.applicationId, wiped?.bytes], [session(101), undefined]);
    assert.equal(await store.dropExpiredFiles(100, 10), 1);
    assert.equal(await store.getFile('deposit-1'), undefined);
    assert.equal(await store.dropExpiredFiles(199, 10), 0);
    // What was wiped takes no room.
    assert.equal(await store.putFile(file(4), room), true);
    assert.equal(await store.dropExpiredFiles(1_000, 10), 2);
  });

  test('work is claimed once, when it is due, the oldest first', async () => {
    const store = await open();
    await store.scheduleWork(session(11), 50);
    await store.scheduleWork(session(12), 40);
    await store.scheduleWork(session(13), 500);
    await store.scheduleWork(session(12), 90);
    const first = await store.claimWork(100, 1_000, 1);
    assert.deepEqual(
      first.map((it) => it.sessionId),
      [session(12)],
    );
    const second = await store.claimWork(100, 1_000, 10);
    assert.deepEqual(
      second.map((it) => it.sessionId),
      [session(11)],
    );
    assert.deepEqual(await store.claimWork(100, 1_000, 10), []);
    for (const work of [...first, ...second]) await store.settleWork(work, undefined);
    assert.deepEqual(
      (await store.claimWork(10_000, 1_000, 10)).map((it) => it.sessionId),
      [session(13)],
    );
  });

  test('a lease runs out; work that is scheduled anew is not lost by who settles the old', async () => {
    const store = await open();
    await store.scheduleWork(session(21), 10);
    const [lost] = await store.claimWork(10, 100, 10);
    assert.deepEqual(await store.claimWork(109, 100, 10), []);
    const [again] = await store.claimWork(110, 100, 10);
    assert.ok(lost !== undefined && again !== undefined);
    await store.settleWork(lost, undefined);
    await store.scheduleWork(session(21), 120);
    await store.settleWork(again, undefined);
    const [kept] = await store.claimWork(120, 100, 10);
    assert.ok(kept !== undefined);
    await store.settleWork(kept, { dueAt: 300, attempts: 4 });
    const [later] = await store.claimWork(300, 100, 10);
    assert.equal(later?.attempts, 4);
  });
}

describe('in memory', () => contract(memoryCenterStore));

describe('on PostgreSQL', () => {
  let database: TestDatabase;
  let pool: pg.Pool;
  before(async () => {
    database = await testDatabase({ migrations: { center: centerMigrations } });
    pool = openDatabase(database.address, { applicationName: 'center-store-test', connections: 2 });
  });
  after(async () => {
    await pool.end();
    await database.drop();
  });
  contract(async () => {
    await pool.query('delete from terminal');
    await pool.query('delete from directory_entry');
    await pool.query('delete from paper');
    await pool.query('delete from session_work');
    await pool.query('delete from file');
    return postgresCenterStore(pool);
  });
});
