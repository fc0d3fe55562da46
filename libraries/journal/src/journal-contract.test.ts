import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, describe, test } from 'node:test';
import { type TestDatabase, testDatabase } from '@dokodemo/database/testing';
import { systemClock, uuidV7 } from '@dokodemo/domain';
import fc from 'fast-check';
import { type Journal, JournalBusy, type NewEvent } from './journal.ts';
import { createMemoryJournal } from './memory-journal.ts';
import {
  journalAppendOnlyTables,
  journalMigrations,
  openPostgresJournal,
  type PostgresJournal,
} from './postgres-journal.ts';

const entropy = { bytes: (n: number) => new Uint8Array(randomBytes(n)) };
const newId = () => uuidV7(systemClock, entropy);
const event = (n: number, kind = 'Happened'): NewEvent => ({
  at: 1_700_000_000_000 + n,
  municipality: '482013',
  terminal: 'DEMO-0001',
  kind,
  body: { n, deep: { b: [1, null], a: '住' } },
});

let database: TestDatabase | undefined;
const journals: PostgresJournal[] = [];
after(async () => {
  for (const journal of journals) await journal.close();
  await database?.drop();
});

async function onPostgres(options: { maxQueue?: number } = {}): Promise<PostgresJournal> {
  database ??= await testDatabase({
    migrations: { journal: journalMigrations },
    appendOnlyTables: journalAppendOnlyTables,
  });
  const journal = openPostgresJournal({ address: database.address, ...options });
  journals.push(journal);
  return journal;
}

for (const [name, open] of [
  ['in memory', async (): Promise<Journal> => createMemoryJournal()],
  ['on PostgreSQL', (): Promise<Journal> => onPostgres()],
] as const) {
  describe(`a journal ${name}`, () => {
    test('gives back what was appended, in order', async () => {
      const journal = await open();
      const id = newId();
      assert.deepEqual(await journal.read(id), []);
      assert.equal(await journal.append(id, 0, [event(1), event(2)]), 'appended');
      assert.equal(await journal.append(id, 2, [event(3)]), 'appended');
      assert.deepEqual(
        await journal.read(id),
        [1, 2, 3].map((n) => ({ ...event(n), streamId: id, seq: n })),
      );
    });

    test('of many who append at one version exactly one wins, and all of its events are there', async () => {
      const journal = await open();
      const id = newId();
      for (let version = 0; version < 6; version += 2) {
        const outcomes = await Promise.all(
          [1, 2, 3, 4, 5].map((who) => journal.append(id, version, [event(who), event(who)])),
        );
        assert.equal(outcomes.filter((outcome) => outcome === 'appended').length, 1);
      }
      const events = await journal.read(id);
      assert.deepEqual(
        events.map(({ seq }) => seq),
        [1, 2, 3, 4, 5, 6],
      );
      for (const i of [0, 2, 4]) assert.deepEqual(events[i]?.body, events[i + 1]?.body);
    });

    test('a version that is ahead or behind is a conflict and writes nothing', async () => {
      const journal = await open();
      const id = newId();
      assert.equal(await journal.append(id, 3, [event(1)]), 'conflict');
      await journal.append(id, 0, [event(1)]);
      assert.equal(await journal.append(id, 0, [event(2)]), 'conflict');
      assert.equal(await journal.append(id, 2, [event(2)]), 'conflict');
      assert.equal((await journal.read(id)).length, 1);
    });

    test('nothing, too much, and versions that are none are refused before anything is written', async () => {
      const journal = await open();
      await assert.rejects(async () => journal.append(newId(), 0, []), RangeError);
      await assert.rejects(
        async () =>
          journal.append(
            newId(),
            0,
            Array.from({ length: 65 }, (_, n) => event(n)),
          ),
        RangeError,
      );
      await assert.rejects(async () => journal.append(newId(), -1, [event(1)]), RangeError);
    });

    test('any interleaving over several streams: no event lost, none doubled, versions without gaps', async () => {
      const journal = await open();
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.tuple(fc.nat(3), fc.integer({ min: 1, max: 3 })), { minLength: 1, maxLength: 30 }),
          async (plan) => {
            const ids = [0, 1, 2, 3].map(newId);
            const versions = [0, 0, 0, 0];
            const appended = await Promise.all(
              plan.map(async ([stream, count], i) => {
                // Everyone reckons with the version that the plan would give in order; who comes too early conflicts.
                const expected = versions[stream] ?? 0;
                versions[stream] = expected + count;
                const events = Array.from({ length: count }, () => event(i));
                return { stream, count, outcome: await journal.append(ids[stream] ?? '', expected, events) };
              }),
            );
            for (const [stream, id] of ids.entries()) {
              const won = appended
                .filter((it) => it.stream === stream && it.outcome === 'appended')
                .reduce((sum, it) => sum + it.count, 0);
              const events = await journal.read(id);
              assert.deepEqual(
                events.map(({ seq }) => seq),
                Array.from({ length: won }, (_, n) => n + 1),
              );
            }
          },
        ),
        { numRuns: 25 },
      );
    });
  });
}

test('a full queue says so at once and writes nothing', async () => {
  const journal = await onPostgres({ maxQueue: 2 });
  const outcomes = await Promise.allSettled([1, 2, 3, 4].map(() => journal.append(newId(), 0, [event(1)])));
  assert.deepEqual(
    outcomes.map(({ status }) => status),
    ['fulfilled', 'fulfilled', 'rejected', 'rejected'],
  );
  for (const outcome of outcomes.slice(2))
    assert.ok(outcome.status === 'rejected' && outcome.reason instanceof JournalBusy);
});

test('one event that the database refuses does not take its batch with it', async () => {
  const journal = await onPostgres();
  const huge = { ...event(1), body: { text: randomBytes(60_000).toString('base64') } };
  const [good, bad] = await Promise.allSettled([
    journal.append(newId(), 0, [event(1)]),
    journal.append(newId(), 0, [huge]),
  ]);
  assert.ok(good?.status === 'fulfilled' && good.value === 'appended');
  assert.equal(bad?.status, 'rejected');
});
