/** A database of one's own by command, as an administrator types it. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { type DatabaseAddress, openDatabase } from '@dokodemo/database';
import { testDatabase } from '@dokodemo/database/testing';

const folder = mkdtempSync(path.join(tmpdir(), 'prepare-'));
after(() => rmSync(folder, { recursive: true, force: true }));

function dokodemo(...args: string[]) {
  const command = path.join(import.meta.dirname, 'dokodemo.ts');
  return spawnSync(process.execPath, [command, ...args], { encoding: 'utf8', timeout: 60_000 });
}

function urlOf(address: DatabaseAddress): string {
  if ('url' in address) return address.url;
  const { host, port, user } = address;
  return `postgres://${encodeURIComponent(user)}@localhost:${port}/postgres?host=${encodeURIComponent(host)}`;
}

test('makes database and roles, and again changes nothing; the application cannot change what is appended', async () => {
  const server = await testDatabase({ migrations: {}, appendOnlyTables: [] });
  const url = urlOf(server.adminAddress);
  const database = `prepared_${process.pid}`;
  const passwordFile = path.join(folder, 'password');
  writeFileSync(passwordFile, 'twelve-or-more-characters\n');
  const args = ['prepare', 'issuer', '--database-url', url, '--database', database, '--password-file', passwordFile];
  const admin = openDatabase(server.adminAddress, { applicationName: 'prepare-test', connections: 1 });
  try {
    const first = dokodemo(...args);
    assert.equal(first.status, 0, first.stderr);
    assert.match(first.stdout, new RegExp(`^${database}: \\d+ migrations applied; .* ${database}_application\n$`));
    assert.match(dokodemo(...args).stdout, /nothing to change/);
    const { rows } = await admin.query<{ rolname: string; has: boolean }>(
      'select rolname, rolpassword is not null as has from pg_authid where rolname like $1 order by rolname',
      [`${database}%`],
    );
    assert.deepEqual(
      rows.map(({ rolname, has }) => [rolname.slice(database.length), has]),
      [
        ['_application', true],
        ['_migrator', false],
        ['_owner', false],
      ],
    );
  } finally {
    await admin.query(`drop database if exists ${database} with (force)`);
    for (const role of ['application', 'migrator', 'owner'])
      await admin.query(`drop role if exists ${database}_${role}`);
    await admin.end();
    await server.drop();
  }
});

test('what cannot be is one line', () => {
  const url = 'postgres://nobody@127.0.0.1:1/postgres';
  const cases: readonly (readonly [RegExp, ...string[]])[] = [
    [/no database belongs to "kiosk"/, 'kiosk', '--database-url', url],
    [/is expected/, 'center', '--database-url', 'mysql://x'],
    [/lower-case letters/, 'center', '--database-url', url, '--database', 'Bad; name'],
    [/cannot be read/, 'center', '--database-url', url, '--password-file', path.join(folder, 'none')],
    [/ECONNREFUSED/, 'center', '--database-url', url],
  ];
  for (const [words, ...args] of cases) {
    const refused = dokodemo('prepare', ...args);
    assert.equal(refused.status, 1, args.join(' '));
    assert.match(refused.stderr, words);
    assert.equal(refused.stderr.trim().split('\n').length, 1, refused.stderr);
  }
});
