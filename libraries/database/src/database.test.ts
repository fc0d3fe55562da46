import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, afterEach, test } from 'node:test';
import { MigrationMismatch, migrate, readMigrations } from './migrate.ts';
import { openDatabase, withTransaction } from './open-database.ts';
import { type TestDatabase, testDatabase } from './test-database.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'migrations-'));
const first = path.join(folder, '000001-first.sql');
writeFileSync(
  first,
  'create table note (id integer primary key, text text not null);\ncreate table ledger (id integer primary key);\n',
);
const plan = { migrations: { test: folder }, appendOnlyTables: ['ledger'] };
const open: TestDatabase[] = [];
const fresh = async () => {
  const database = await testDatabase(plan);
  open.push(database);
  return database;
};
afterEach(async () => {
  for (const database of open.splice(0)) await database.drop();
});
after(() => rmSync(folder, { recursive: true, force: true }));

test('the application works in its tables, cannot change what is append-only, and cannot change shapes', async () => {
  const { address } = await fresh();
  const pool = openDatabase(address, { applicationName: 'test' });
  try {
    await pool.query("insert into note values (1, 'a')");
    await pool.query("update note set text = 'b'");
    await pool.query('insert into ledger values (1)');
    for (const forbidden of [
      'update ledger set id = 2',
      'delete from ledger',
      'truncate ledger',
      'drop table note',
      'create table mine (id integer)',
      "insert into migration values ('x', 1, 'x', 'x')",
    ]) {
      await assert.rejects(pool.query(forbidden), /permission denied|must be owner/, forbidden);
    }
  } finally {
    await pool.end();
  }
});

test('a failing migration leaves nothing behind; a changed one and an older program are refused', async () => {
  const { adminAddress } = await fresh();
  const second = path.join(folder, '000002-second.sql');
  try {
    writeFileSync(second, 'create table half (id integer);\nselect 1 / 0;\n');
    await assert.rejects(migrate(adminAddress, plan.migrations), /000002-second.sql: division by zero/);
    writeFileSync(second, 'create table whole (id integer);\n');
    assert.equal(await migrate(adminAddress, plan.migrations), 1);
    assert.equal(await migrate(adminAddress, plan.migrations), 0);
    const pool = openDatabase(adminAddress, { applicationName: 'test' });
    assert.equal((await pool.query("select to_regclass('half') as half")).rows[0].half, null);
    await pool.end();
    appendFileSync(second, '-- changed\n');
    await assert.rejects(migrate(adminAddress, plan.migrations), MigrationMismatch);
    rmSync(second);
    await assert.rejects(migrate(adminAddress, plan.migrations), MigrationMismatch);
  } finally {
    rmSync(second, { force: true });
  }
});

test('migrations are numbered without gaps', () => {
  const other = mkdtempSync(path.join(tmpdir(), 'gaps-'));
  writeFileSync(path.join(other, '000002-late.sql'), 'select 1;');
  assert.throws(() => readMigrations(other), /migration 1 expected/);
  rmSync(other, { recursive: true });
});

test('a transaction is whole or nothing, and two that block each other both come through', async () => {
  const { address } = await fresh();
  const pool = openDatabase(address, { applicationName: 'test' });
  try {
    await pool.query("insert into note values (1, 'a'), (2, 'b')");
    await assert.rejects(
      withTransaction(pool, async (client) => {
        await client.query("insert into note values (3, 'c')");
        throw new Error('stop');
      }),
      /stop/,
    );
    assert.equal((await pool.query('select count(*)::int as n from note')).rows[0].n, 2);
    let waiting = 0;
    let release: () => void = () => undefined;
    const both = new Promise<void>((resolve) => {
      release = resolve;
    });
    const cross = (one: number, other: number) =>
      withTransaction(pool, async (client) => {
        await client.query('update note set text = text where id = $1', [one]);
        if (++waiting === 2) release();
        await both;
        await client.query('update note set text = text where id = $1', [other]);
      });
    await Promise.all([cross(1, 2), cross(2, 1)]);
    assert.ok(waiting >= 3, 'one of the two was begun anew');
  } finally {
    await pool.end();
  }
});
