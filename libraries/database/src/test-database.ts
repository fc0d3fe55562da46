/**
 * Databases for tests: one server for a whole run, a database of its own per test, cloned from a template in a fraction
 * of a second. `TEST_DATABASE_URL`: another server; `DOKODEMO_TEST_POSTGRES=15`: Debian's PostgreSQL 15, our floor.
 */
import { createHash, randomBytes } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync, rmSync, statSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { type EmbeddedServer, startEmbeddedServer } from './embedded-server.ts';
import { readMigrations } from './migrate.ts';
import { connectionConfig, type DatabaseAddress } from './open-database.ts';
import { applicationRole, prepareDatabase } from './roles.ts';

export type TestDatabase = {
  /** As the application sees it. */
  readonly address: DatabaseAddress;
  /** As an administrator. */
  readonly adminAddress: DatabaseAddress;
  drop(): Promise<void>;
};

const floorBinaries = '/usr/lib/postgresql/15/bin';

function serverFolder(): string {
  const flavour = process.env.DOKODEMO_TEST_POSTGRES ?? 'embedded';
  return path.join(tmpdir(), `dokodemo-tests-${userInfo().username}-${flavour}`);
}

/** Only one process at a time: who holds the file, works. A lock older than its limit belongs to a process that died. */
async function exclusively<T>(name: string, work: () => Promise<T>): Promise<T> {
  const lock = path.join(tmpdir(), `dokodemo-tests-${userInfo().username}-${name}.lock`);
  const giveUpAt = Date.now() + 120_000;
  for (;;) {
    try {
      closeSync(openSync(lock, 'wx'));
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      if (Date.now() > giveUpAt) throw new Error(`${lock} is held by somebody else for too long`);
      if (existsSync(lock) && Date.now() - statSync(lock).mtimeMs > 60_000) rmSync(lock, { force: true });
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
  try {
    return await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

let server: Promise<(database: string, user?: string) => DatabaseAddress> | undefined;

function startServer(): Promise<EmbeddedServer> {
  mkdirSync(serverFolder(), { recursive: true });
  return startEmbeddedServer({
    dataDirectory: path.join(serverFolder(), 'data'),
    ...(process.env.DOKODEMO_TEST_POSTGRES === '15' ? { binaries: floorBinaries } : {}),
  });
}

function testServer(): Promise<(database: string, user?: string) => DatabaseAddress> {
  server ??= exclusively('server', async () => {
    const url = process.env.TEST_DATABASE_URL;
    if (url !== undefined) {
      return (database: string, user?: string) => {
        const target = new URL(url);
        target.pathname = `/${database}`;
        if (user !== undefined) target.username = user;
        return { url: target.href };
      };
    }
    const started = await startServer();
    return (database: string, user?: string) => started.connection(database, user);
  });
  return server;
}

async function administer(address: DatabaseAddress, ...statements: string[]): Promise<void> {
  const client = new pg.Client({ ...connectionConfig(address), connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

async function exists(address: DatabaseAddress, database: string): Promise<boolean> {
  const client = new pg.Client({ ...connectionConfig(address), connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    return (await client.query('select 1 from pg_database where datname = $1', [database])).rowCount === 1;
  } finally {
    await client.end();
  }
}

/** A fresh database with the given migrations; dropped by `drop`. */
export async function testDatabase(plan: {
  readonly migrations: Readonly<Record<string, string>>;
  readonly appendOnlyTables?: readonly string[];
}): Promise<TestDatabase> {
  const at = await testServer();
  const digest = createHash('sha256').update(JSON.stringify([plan.appendOnlyTables, plan.migrations]));
  for (const directory of Object.values(plan.migrations))
    for (const { digest: file } of readMigrations(directory)) digest.update(file);
  const template = `template_${digest.digest('hex').slice(0, 16)}`;
  const name = `test_${randomBytes(8).toString('hex')}`;
  await exclusively(template, async () => {
    if (!(await exists(at('postgres'), template))) {
      const unfinished = `${template}_new`;
      await administer(at('postgres'), `drop database if exists ${unfinished}`);
      await prepareDatabase({
        admin: at,
        database: unfinished,
        migrations: plan.migrations,
        appendOnlyTables: plan.appendOnlyTables ?? [],
      });
      await administer(at('postgres'), `alter database ${unfinished} rename to ${template}`);
    }
    await administer(at('postgres'), `create database ${name} template ${template} strategy wal_log`);
  });
  return {
    address: at(name, applicationRole(`${template}_new`)),
    adminAddress: at(name),
    drop: () => administer(at('postgres'), `drop database if exists ${name} with (force)`),
  };
}

/** Ends the run's server and throws its data away: called once, by whoever started the run. */
export async function stopTestServer(): Promise<void> {
  if (!existsSync(path.join(serverFolder(), 'data', 'postmaster.pid'))) return;
  const running = await startServer();
  await running.stop();
  rmSync(serverFolder(), { recursive: true, force: true });
}
