/** Forward-only migrations: numbered SQL files, each a transaction, under a lock, remembered with their digest. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { connectionConfig, type DatabaseAddress } from './open-database.ts';

export type Migration = {
  readonly number: number;
  readonly name: string;
  readonly sql: string;
  readonly digest: string;
};

/** `000001-what-it-does.sql`, numbered without gaps. */
export function readMigrations(directory: string): readonly Migration[] {
  const files = readdirSync(directory)
    .filter((name) => name.endsWith('.sql'))
    .sort();
  return files.map((name, i) => {
    const number = Number(/^([0-9]{6})[-.]/.exec(name)?.[1]);
    if (number !== i + 1) throw new Error(`${path.join(directory, name)}: migration ${i + 1} expected here`);
    const sql = readFileSync(path.join(directory, name), 'utf8');
    return { number, name, sql, digest: createHash('sha256').update(sql).digest('hex') };
  });
}

/** A database whose shape is not of this program's making: older and changed since, or newer. */
export class MigrationMismatch extends Error {}

const lockKey = 482_013_001;

/** Brings a database to the newest migration of each directory (`set` names the directory's series). Refuses a database
 *  that is newer than the code, and a file that was changed after it was applied. */
export async function migrate(
  address: DatabaseAddress,
  sets: Readonly<Record<string, string>>,
  owner?: string,
): Promise<number> {
  const client = new pg.Client({ ...connectionConfig(address), connectionTimeoutMillis: 5_000 });
  await client.connect();
  let applied = 0;
  try {
    await client.query('select pg_advisory_lock($1)', [lockKey]);
    // What a migration makes belongs to the owner, whoever runs it.
    if (owner !== undefined) await client.query(`set role ${owner}`);
    await client.query(
      'create table if not exists migration (series text, number integer, name text not null, digest text not null, applied_at timestamptz not null default now(), primary key (series, number))',
    );
    for (const [series, directory] of Object.entries(sets))
      applied += await migrateSeries(client, series, readMigrations(directory));
  } finally {
    await client.end();
  }
  return applied;
}

async function migrateSeries(client: pg.Client, series: string, migrations: readonly Migration[]): Promise<number> {
  const { rows } = await client.query<{ number: number; digest: string }>(
    'select number, digest from migration where series = $1 order by number',
    [series],
  );
  if (rows.length > migrations.length)
    throw new MigrationMismatch(
      `The database knows ${rows.length} migrations of ${series}, this program ${migrations.length}: it is older than its data.`,
    );
  let applied = 0;
  for (const migration of migrations) {
    const known = rows[migration.number - 1];
    if (known !== undefined) {
      if (known.digest !== migration.digest)
        throw new MigrationMismatch(`${series} ${migration.name} was changed after it was applied.`);
      continue;
    }
    try {
      await client.query('begin');
      await client.query(migration.sql);
      await client.query('insert into migration (series, number, name, digest) values ($1, $2, $3, $4)', [
        series,
        migration.number,
        migration.name,
        migration.digest,
      ]);
      await client.query('commit');
      applied++;
    } catch (error) {
      await client.query('rollback');
      throw new Error(`${series} ${migration.name}: ${error instanceof Error ? error.message : String(error)}`, {
        cause: error,
      });
    }
  }
  return applied;
}
