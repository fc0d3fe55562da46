import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { openDatabase } from '@dokodemo/database';
import { type TestDatabase, testDatabase } from '@dokodemo/database/testing';
import { dayInJapan, type Restriction, systemClock } from '@dokodemo/domain';
import { directoryDigest } from '@dokodemo/protocol';
import type pg from 'pg';
import { makeTown } from '../town/town.ts';
import { createMemoryRegister } from './memory-register.ts';
import { createPostgresRegister, registerAppendOnlyTables, registerMigrations } from './postgres-register.ts';
import type { RegisterStore } from './register-store.ts';

const town = makeTown({ municipality: '482013', name: '見本県どこでも市', residents: 80, seed: 5 });
const taro = town.named.taro ?? '';
const hanako = town.named.hanako ?? '';
let database: TestDatabase | undefined;
let pool: pg.Pool | undefined;
after(async () => {
  await pool?.end();
  await database?.drop();
});

async function onPostgres(): Promise<RegisterStore> {
  database ??= await testDatabase({ migrations: registerMigrations, appendOnlyTables: registerAppendOnlyTables });
  pool ??= openDatabase(database.address, { applicationName: 'test' });
  return createPostgresRegister(pool);
}

const restriction = (id: string, from: string): Restriction => ({
  restrictionId: id,
  on: { addresseeNumber: hanako },
  reason: 'protection-measure',
  level: 'error',
  from,
  until: '2020-01-01',
});

for (const [name, open] of [
  ['in memory', async (): Promise<RegisterStore> => createMemoryRegister(systemClock)],
  ['on PostgreSQL', onPostgres],
] as const) {
  describe(`a register ${name}`, () => {
    const loaded = async () => {
      const store = await open();
      await store.load(town);
      return store;
    };

    test('gives the whole household of its holder, in order, with versions and its age', async () => {
      const store = await loaded();
      const snapshot = await store.snapshot('482013', taro);
      const expected = town.households.find(({ household }) =>
        household.members.some((it) => it.addresseeNumber === taro),
      );
      assert.deepEqual(snapshot?.household, expected?.household);
      assert.equal(snapshot?.holder, taro);
      assert.equal(Object.keys(snapshot?.versions ?? {}).length, 5);
      assert.ok(Math.abs(Date.parse(snapshot?.asOf ?? '') - Date.now()) < 60_000);
      assert.equal(await store.snapshot('482013', 'nobody'), undefined);
      assert.equal(await store.snapshot('483028', taro), undefined, 'another municipality knows nobody of this one');
    });

    test('S7: a restriction is in the next snapshot of everybody at home, also past its end date, and gone when cleared', async () => {
      const store = await loaded();
      assert.equal(
        await store.change('482013', 'clerk', {
          kind: 'set-restriction',
          restriction: restriction('r1', '2019-01-01'),
        }),
        true,
      );
      await store.change('482013', 'clerk', { kind: 'set-restriction', restriction: restriction('r2', '2999-01-01') });
      for (const holder of [taro, hanako]) {
        assert.deepEqual(
          (await store.snapshot('482013', holder))?.restrictions.map((it) => it.restrictionId),
          ['r1'],
        );
      }
      assert.equal(await store.change('482013', 'clerk', { kind: 'clear-restriction', restrictionId: 'r1' }), true);
      assert.equal(await store.change('482013', 'clerk', { kind: 'clear-restriction', restrictionId: 'r1' }), false);
      assert.deepEqual((await store.snapshot('482013', taro))?.restrictions, []);
      const today = dayInJapan(Date.now());
      await store.change('482013', 'clerk', { kind: 'set-restriction', restriction: restriction('r3', today) });
      assert.equal((await store.snapshot('482013', taro))?.restrictions.length, 1, 'from its first day on');
    });

    test('an act of a clerk is done once: a late second copy does not bring back what was lifted', async () => {
      const store = await loaded();
      const set = { kind: 'set-restriction', restriction: restriction('act-1', '2019-01-01') } as const;
      const lift = { kind: 'clear-restriction', restrictionId: 'act-1' } as const;
      const inForce = async () => (await store.snapshot('482013', taro))?.restrictions.map((it) => it.restrictionId);
      const setting = { actId: `${name} set`, digest: 'a' };
      assert.deepEqual(await Promise.all([1, 2, 3].map(() => store.changeOnce('482013', 'clerk', setting, set))), [
        'done',
        'done',
        'done',
      ]);
      assert.deepEqual(await inForce(), ['act-1']);
      assert.equal(await store.changeOnce('482013', 'clerk', { ...setting, digest: 'b' }, lift), 'other-body');
      assert.deepEqual(await inForce(), ['act-1']);
      const lifting = { actId: `${name} lift`, digest: 'c' };
      assert.equal(await store.changeOnce('482013', 'clerk', lifting, lift), 'done');
      assert.equal(await store.changeOnce('482013', 'clerk', lifting, lift), 'done');
      assert.equal(await store.changeOnce('482013', 'clerk', setting, set), 'done');
      assert.deepEqual(await inForce(), []);
      const other = { actId: `${name} nobody`, digest: 'd' };
      assert.equal(await store.changeOnce('482013', 'clerk', other, lift), 'no-such-row');
    });

    test('an amended row has a new version', async () => {
      const store = await loaded();
      await store.change('482013', 'clerk', {
        kind: 'amend-resident',
        addresseeNumber: hanako,
        amendment: { standing: 'dead' },
      });
      const snapshot = await store.snapshot('482013', taro);
      assert.equal(snapshot?.household.members[1]?.standing, 'dead');
      assert.equal(snapshot?.versions[`resident/${hanako}`], 2);
      assert.equal(snapshot?.versions[`resident/${taro}`], 1);
    });

    test('knows who holds a certificate, several of one person too, and forgets revoked ones', async () => {
      const store = await loaded();
      for (const serialHex of ['0a1b', '0c2d'])
        await store.change('482013', 'office', { kind: 'assign-credential', addresseeNumber: taro, serialHex });
      assert.equal(
        await store.change('482013', 'office', {
          kind: 'assign-credential',
          addresseeNumber: 'nobody',
          serialHex: 'ff',
        }),
        false,
      );
      assert.equal(await store.findHolder('482013', '0a1b'), taro);
      assert.equal(await store.findHolder('483028', '0a1b'), undefined);
      assert.deepEqual(await store.credentialDigests('482013', 0), {
        digests: ['0a1b', '0c2d'].map((it) => directoryDigest(it)).sort(),
        more: false,
      });
      await store.change('482013', 'office', { kind: 'revoke-credential', serialHex: '0a1b' });
      assert.equal(await store.findHolder('482013', '0a1b'), undefined);
      assert.equal(await store.findHolder('482013', '0c2d'), taro);
    });
  });
}

test('every act of a clerk leaves one line in the log: who, when, which row, and nothing of a person', async () => {
  const store = await onPostgres();
  await store.load(town);
  const act = { actId: 'logged', digest: 'a' };
  const change = { kind: 'set-restriction', restriction: restriction('logged', '2019-01-01') } as const;
  for (const _ of [1, 2]) await store.changeOnce('482013', 'clerk-7', act, change);
  const { rows } = await (pool as pg.Pool).query(
    "select by, kind, row_key from change_log where by = 'clerk-7' order by change_id",
  );
  assert.deepEqual(rows, [{ by: 'clerk-7', kind: 'set-restriction', row_key: 'logged' }]);
});

test('a snapshot sees all of a transaction or nothing of it', async () => {
  const store = await onPostgres();
  await store.load(town);
  const clerk = await (pool as pg.Pool).connect();
  await clerk.query('begin');
  await clerk.query(
    'update resident set body = body || \'{"standing":"dead"}\', version = version + 1 where addressee_number = any ($1)',
    [[taro, hanako]],
  );
  const during = await store.snapshot('482013', taro);
  assert.deepEqual(
    during?.household.members.map(({ standing }) => standing),
    ['present', 'present', 'present', 'present'],
  );
  await clerk.query('commit');
  clerk.release();
  assert.deepEqual(
    (await store.snapshot('482013', taro))?.household.members.map(({ standing }) => standing),
    ['dead', 'dead', 'present', 'present'],
  );
});
