/** One PostgreSQL server for the town, a database for each system: the embedded server, or one of your own by URL. */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { registerAppendOnlyTables, registerMigrations } from '@dokodemo/base-registry';
import { centerDatabase } from '@dokodemo/center/serve';
import {
  applicationRole,
  type DatabaseAddress,
  MigrationMismatch,
  openDatabase,
  prepareDatabase,
  startEmbeddedServer,
} from '@dokodemo/database';
import { issuerAppendOnlyTables, issuerMigrations } from '@dokodemo/issuer/serve';
import { oneLine, TownError } from './town-error.ts';
import type { TownFolder } from './town-folder.ts';

const plans = {
  center: centerDatabase,
  issuer: { migrations: issuerMigrations, appendOnlyTables: issuerAppendOnlyTables },
  registry: { migrations: registerMigrations, appendOnlyTables: registerAppendOnlyTables },
} as const;
export type TownDatabaseName = keyof typeof plans;

export type TownDatabase = {
  /** For people: where the data is. */
  readonly place: string;
  /** Each system's own database, as its application role sees it. */
  address(name: TownDatabaseName): DatabaseAddress;
  /** Makes databases and roles where they are missing and brings them to the newest shape. */
  prepare(): Promise<void>;
  stop(): Promise<void>;
};

/** On a server of your own the demo's databases stand beside others: their names say whose they are. */
const nameOf = (name: TownDatabaseName) => `dokodemo_demo_${name}`;
const names = Object.keys(plans) as TownDatabaseName[];

function atUrl(url: string): (database: string, login?: { user: string; password: string }) => DatabaseAddress {
  return (database, login) => {
    const target = new URL(url);
    target.pathname = `/${database}`;
    if (login !== undefined) Object.assign(target, { username: login.user, password: login.password });
    return { url: target.href };
  };
}

async function ask(address: DatabaseAddress, ...statements: string[]): Promise<void> {
  const pool = openDatabase(address, { applicationName: 'dokodemo-demo', connections: 1 });
  try {
    for (const statement of statements) await pool.query(statement);
  } finally {
    await pool.end();
  }
}

async function prepareAll(admin: (database: string) => DatabaseAddress): Promise<void> {
  try {
    for (const name of names) await prepareDatabase({ admin, database: nameOf(name), ...plans[name] });
  } catch (error) {
    if (!(error instanceof MigrationMismatch)) throw error;
    throw new TownError(`This town was built by another version (${error.message}). Begin anew: npm start -- --fresh`);
  }
}

async function onOwnServer(folder: TownFolder, url: string): Promise<TownDatabase> {
  const at = atUrl(url);
  const shown = new URL(url);
  shown.password = '';
  const password = await folder.once('database-password', () => randomBytes(18).toString('base64url'));
  return {
    place: shown.href,
    address: (name) => at(nameOf(name), { user: applicationRole(nameOf(name)), password }),
    async prepare() {
      await prepareAll(at);
      for (const name of names)
        await ask(at('postgres'), `alter role ${applicationRole(nameOf(name))} password '${password}'`);
    },
    stop: async () => undefined,
  };
}

async function embedded(folder: TownFolder): Promise<TownDatabase> {
  const server = await startEmbeddedServer({ dataDirectory: folder.file('database') });
  return {
    place: 'embedded PostgreSQL',
    address: (name) => server.connection(nameOf(name), applicationRole(nameOf(name))),
    prepare: () => prepareAll(server.connection),
    stop: server.stop,
  };
}

export async function openTownDatabase(folder: TownFolder, url: string | undefined): Promise<TownDatabase> {
  if (url === undefined) return embedded(folder);
  try {
    await ask(atUrl(url)('postgres'), 'select 1');
  } catch (error) {
    throw new TownError(
      `DATABASE_URL does not lead to a PostgreSQL server (${oneLine(error)}). Correct it, or unset it for the embedded one.`,
    );
  }
  return onOwnServer(folder, url);
}

/** Before the town's folder is thrown away: ends a server that an earlier town has left, drops the demo's databases. */
export async function forgetTownDatabase(folder: TownFolder, url: string | undefined): Promise<void> {
  const data = folder.file('database');
  if (existsSync(data)) await (await startEmbeddedServer({ dataDirectory: data })).stop();
  if (url === undefined) return;
  for (const name of names) await ask(atUrl(url)('postgres'), `drop database if exists ${nameOf(name)} with (force)`);
}
