import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openDatabase } from '@dokodemo/database';
import { type TestDatabase, testDatabase } from '@dokodemo/database/testing';
import { createMemoryJournal, type Journal } from '@dokodemo/journal';
import type pg from 'pg';
import { centerDatabase } from '../serve.ts';
import { eventsOf, makeWorld, TestKiosk, type World } from '../testing/world.ts';
import { capturedByDay, checkEnds, checkFees, compareAccounts } from './checks.ts';
import { memoryPictures, type Pictures } from './pictures.ts';
import { postgresPictures } from './postgres-pictures.ts';
import { viewNames } from './views.ts';

/** A day with everything: captured, given back, lost, open, closed. */
async function aDay(): Promise<World> {
  const world = await makeWorld();
  for (const [i, end] of (['well', 'well', 'returned', 'lost', 'open', 'silent'] as const).entries()) {
    const kiosk = new TestKiosk(world, i % 2 === 0 ? 'DEMO-0001' : 'DEMO-0002');
    await kiosk.toMenu(Buffer.from(`certificate ${i}`));
    const applicationId = await kiosk.toPay('seal');
    const [reserved, started, ...rest] = kiosk.wellDelivered(applicationId);
    assert.ok(reserved && started);
    if (end === 'well') await kiosk.report(reserved, started, ...rest);
    const reason = 'PRINTER_UNAVAILABLE';
    if (end === 'returned')
      await kiosk.report(reserved, started, { kind: 'fee-returned', applicationId, feeYen: 200, reason });
    const lost = { kind: 'lost-track', applicationId, feeYen: 200, sheetsConfirmed: 0, sheets: 1, reason } as const;
    if (end === 'lost') await kiosk.report(reserved, started, lost);
    if (end === 'open' || end === 'silent') continue;
    await kiosk.give({ kind: 'delivered', applicationId, outcome: 'captured' });
    await kiosk.give({ kind: 'finish' });
    world.time.at += 3_600_000;
  }
  return world;
}

async function picture(pictures: Pictures): Promise<unknown> {
  const all: Record<string, unknown> = {};
  for (const name of viewNames) all[name] = await pictures.rows(name, '', 1_000);
  return all;
}

async function drawAll(pictures: Pictures): Promise<void> {
  for (let done = 1; done > 0; ) done = await pictures.advance();
}

test('ledger, statistics, live sessions and cases say what happened', async () => {
  const world = await aDay();
  const pictures = memoryPictures(world.journal);
  await drawAll(pictures);
  const ledger = await pictures.rows('ledger', '2026-11-23', 10);
  assert.deepEqual(
    ledger.map((it) => [it.terminal, it.municipality, it.reservedYen, it.capturedYen, it.returnedYen]),
    [
      ['DEMO-0001', '482013', 400, 200, 200],
      ['DEMO-0002', '482013', 400, 200, 0],
    ],
  );
  const statistics = await pictures.rows('statistics', '', 10);
  assert.deepEqual(
    statistics.map((it) => [it.hour, it.kindId, it.applications, it.copies, it.capturedYen]),
    [
      [10, 'seal', 1, 1, 200],
      [11, 'seal', 1, 1, 200],
    ],
  );
  assert.equal((await pictures.rows('live', '', 10)).length, 2);
  assert.deepEqual(
    (await pictures.rows('cases', '', 10)).map((it) => [it.code, it.closedAt]),
    [['TRACK_LOST', 0]],
  );
});

test('the checks find what they are for, and nothing in a sound journal', async () => {
  const world = await aDay();
  const events = await eventsOf(world.journal);
  assert.deepEqual(checkFees(events), []);
  assert.deepEqual(
    checkEnds(events).map(({ invariant }) => invariant),
    ['S4', 'S4', 'S4', 'S4'],
  );
  const captured = events.find(({ body }) => body.kind === 'FeeCaptured');
  assert.ok(captured?.body.kind === 'FeeCaptured');
  assert.ok(checkFees([...events, { ...captured, seq: 99 }]).some(({ what }) => /captured twice/.test(what)));
  assert.ok(checkFees(events.filter(({ body }) => body.kind !== 'HandedOver')).length > 0);
  const returned = {
    ...captured,
    seq: 99,
    body: { ...captured.body, kind: 'FeeReturned', reason: 'X', at: '' },
  } as const;
  assert.ok(checkFees([...events, returned]).some(({ what }) => /captured and given back/.test(what)));
  const dearer = { ...captured, body: { ...captured.body, feeYen: 201 } };
  assert.ok(
    checkFees(events.map((it) => (it === captured ? dearer : it))).some(({ what }) => /amounts differ/.test(what)),
  );
  const ours = capturedByDay(events);
  assert.deepEqual([...ours.values()], [200, 200]);
  assert.deepEqual(compareAccounts(ours, new Map(ours)), []);
  assert.equal(compareAccounts(ours, new Map([...ours].slice(1))).length, 1);
});

describe('on PostgreSQL', () => {
  let database: TestDatabase;
  let pool: pg.Pool;
  before(async () => {
    database = await testDatabase(centerDatabase);
    pool = openDatabase(database.address, { applicationName: 'pictures-test', connections: 3 });
  });
  after(async () => {
    await pool.end();
    await database.drop();
  });

  test('drawn on event by event, drawn by two at once, and drawn anew: the same picture', async () => {
    const world = await aDay();
    const expected = memoryPictures(world.journal);
    await drawAll(expected);
    // Handed out in small pieces, as a journal that is still being written.
    const { events } = await world.journal.readAll(0, 10_000);
    let visible = 0;
    const growing: Pick<Journal, 'readAll'> = {
      readAll: async (position, limit) => {
        const found = events.slice(position, Math.min(visible, position + limit));
        return { events: found, next: position + found.length };
      },
    };
    const one = postgresPictures(pool, growing);
    const two = postgresPictures(pool, growing);
    while (visible < events.length) {
      visible += 7;
      await Promise.all([one.advance(), two.advance()]);
    }
    await drawAll(one);
    assert.deepEqual(await picture(one), await picture(expected));
    assert.equal(await one.position(), events.length);
    assert.equal(await one.rebuild(), events.length);
    assert.deepEqual(await picture(one), await picture(expected));
    assert.deepEqual(await one.row('live', 'nobody'), undefined);
  });
});

test('an empty journal is an empty picture', async () => {
  const pictures = memoryPictures(createMemoryJournal());
  assert.equal(await pictures.advance(), 0);
  assert.equal(await pictures.rebuild(), 0);
});
