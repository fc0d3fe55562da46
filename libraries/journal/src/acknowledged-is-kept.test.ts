import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { prepareDatabase, startEmbeddedServer } from '@dokodemo/database';
import { systemClock, uuidV7 } from '@dokodemo/domain';
import { journalAppendOnlyTables, journalMigrations, openPostgresJournal } from './postgres-journal.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'kept-'));
after(() => rmSync(folder, { recursive: true, force: true }));

test('what was acknowledged is there after the server is killed, and what is in doubt is decided, not guessed', async () => {
  const dataDirectory = path.join(folder, 'data');
  let server = await startEmbeddedServer({ dataDirectory });
  const at = server.connection;
  await prepareDatabase({
    admin: (database) => at(database),
    database: 'center',
    migrations: { journal: journalMigrations },
    appendOnlyTables: journalAppendOnlyTables,
  });
  const journal = openPostgresJournal({ address: at('center', 'center_application') });
  const acknowledged: string[] = [];
  const refused: string[] = [];
  let stopped = false;
  const writer = async () => {
    while (!stopped) {
      const id = uuidV7(systemClock, { bytes: (n) => new Uint8Array(randomBytes(n)) });
      const outcome = await journal
        .append(id, 0, [{ at: 1, municipality: '482013', terminal: 'T', kind: 'K', body: { id } }])
        .catch(() => 'in doubt');
      // A stream of its own with version 0: a conflict would mean that an answer was guessed.
      (outcome === 'appended' ? acknowledged : refused).push(outcome === 'conflict' ? assert.fail('conflict') : id);
    }
  };
  const writers = Array.from({ length: 8 }, writer);
  try {
    for (let round = 0; round < 3; round++) {
      const before = acknowledged.length;
      while (acknowledged.length < before + 200) await new Promise((resolve) => setTimeout(resolve, 5));
      process.kill(Number(readFileSync(path.join(dataDirectory, 'postmaster.pid'), 'utf8').split('\n')[0]), 'SIGKILL');
      server = await startEmbeddedServer({ dataDirectory });
    }
  } finally {
    stopped = true;
  }
  await Promise.all(writers);
  const { rows } = await journal.pool.query<{ stream_id: string }>('select stream_id from event');
  const there = new Set(rows.map((row) => row.stream_id));
  assert.deepEqual(
    acknowledged.filter((id) => !there.has(id)),
    [],
  );
  assert.equal(there.size, rows.length);
  await journal.close();
  await server.stop();
});
