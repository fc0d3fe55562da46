import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import pg from 'pg';
import { startEmbeddedServer } from './embedded-server.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'embedded-'));
after(() => rmSync(folder, { recursive: true, force: true }));

test('starts, is reused, keeps what was committed through kill -9, and stops', async () => {
  const dataDirectory = path.join(folder, 'data');
  const first = await startEmbeddedServer({ dataDirectory });
  assert.equal(first.reused, false);
  const client = new pg.Client(first.connection('postgres'));
  client.on('error', () => undefined);
  await client.connect();
  assert.equal((await client.query('show fsync')).rows[0].fsync, 'on');
  await client.query('create table kept (n integer)');
  await client.query('insert into kept select generate_series(1, 100)');

  const second = await startEmbeddedServer({ dataDirectory });
  assert.equal(second.reused, true);

  process.kill(Number(readFileSync(path.join(dataDirectory, 'postmaster.pid'), 'utf8').split('\n')[0]), 'SIGKILL');
  await new Promise((resolve) => client.once('end', resolve));

  const third = await startEmbeddedServer({ dataDirectory });
  assert.equal(third.reused, false);
  const again = new pg.Client(third.connection('postgres'));
  await again.connect();
  assert.equal((await again.query('select count(*)::int as n from kept')).rows[0].n, 100);
  await again.end();
  await third.stop();
  await assert.rejects(new pg.Client({ ...third.connection('postgres') }).connect());
});
