import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openDatabase } from '@dokodemo/database';
import { testDatabase } from '@dokodemo/database/testing';
import { createMemoryAuditLog, createPostgresAuditLog } from '../audit/audit-log.ts';
import { issuerAppendOnlyTables, issuerMigrations } from '../store/postgres-store.ts';
import { town } from '../testing/people.ts';
import { settingStoreContract } from '../testing/setting-store-contract.ts';
import { createMemorySettingStore } from './memory-setting-store.ts';
import { createPostgresSettingStore } from './postgres-setting-store.ts';

settingStoreContract('memory', async () => ({
  store: createMemorySettingStore(),
  audit: createMemoryAuditLog(),
  close: async () => {},
}));

const fresh = () => testDatabase({ migrations: issuerMigrations, appendOnlyTables: issuerAppendOnlyTables });

settingStoreContract('postgres', async () => {
  const database = await fresh();
  const pool = openDatabase(database.address, { applicationName: 'issuer-test' });
  return {
    store: createPostgresSettingStore(pool),
    audit: createPostgresAuditLog(pool),
    close: async () => {
      await pool.end();
      await database.drop();
    },
  };
});

test('what was proposed, decided or looked at cannot be rewritten, not even by the program itself', async () => {
  const database = await fresh();
  const pool = openDatabase(database.address, { applicationName: 'issuer-test', connections: 1 });
  try {
    for (const table of ['setting_version', 'setting_decision', 'audit_entry']) {
      for (const statement of [`update ${table} set by_name = 'x'`, `delete from ${table}`]) {
        const client = await pool.connect();
        try {
          await client.query(`begin; set local dokodemo.municipality = '${town}'`);
          await assert.rejects(client.query(statement), /permission denied/, statement);
        } finally {
          await client.query('rollback');
          client.release();
        }
      }
    }
    const { rows } = await pool.query('select count(*)::int as n from setting_draft');
    assert.equal(rows[0]?.n, 0, 'no rows without saying for whom');
  } finally {
    await pool.end();
    await database.drop();
  }
});
