/** `dokodemo prepare SYSTEM --database-url URL`: a system's database on a PostgreSQL of your own. */
import { readFileSync } from 'node:fs';
import { registerAppendOnlyTables, registerMigrations } from '@dokodemo/base-registry';
import { centerDatabase } from '@dokodemo/center/serve';
import { applicationRole, type DatabaseAddress, openDatabase, prepareDatabase } from '@dokodemo/database';
import { issuerAppendOnlyTables, issuerMigrations } from '@dokodemo/issuer/serve';
import { CommandError } from './command-error.ts';

const plans = {
  center: centerDatabase,
  issuer: { migrations: issuerMigrations, appendOnlyTables: issuerAppendOnlyTables },
  'base-registry': { migrations: registerMigrations, appendOnlyTables: registerAppendOnlyTables },
} as const;
export type DatabaseSystem = keyof typeof plans;
export const databaseSystems = Object.keys(plans) as readonly DatabaseSystem[];

export type PrepareOptions = {
  readonly databaseUrl: string;
  readonly database?: string;
  /** The application role's password is set to what stands in this file. */
  readonly passwordFile?: string;
};

function passwordIn(file: string): string {
  let text: string;
  try {
    text = readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw new CommandError(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (!/^[\x21-\x7e]{12,200}$/.test(text))
    throw new CommandError(`${file}: a password has 12 to 200 visible characters, without spaces`);
  return text;
}

function databasesAt(given: string): (database: string) => DatabaseAddress {
  const url = URL.canParse(given) ? new URL(given) : undefined;
  if (url === undefined || !/^postgres(ql)?:$/.test(url.protocol))
    throw new CommandError('--database-url: postgres://administrator:password@host:5432 is expected');
  return (database) => {
    const target = new URL(url);
    target.pathname = `/${database}`;
    return { url: target.href };
  };
}

/** Safe to run again: makes what is missing, brings the rest to this program's shape. */
export async function prepareCommand(system: string, options: PrepareOptions): Promise<void> {
  const known = databaseSystems.find((name) => name === system);
  if (known === undefined) throw new CommandError(`no database belongs to "${system}": ${databaseSystems.join(', ')}`);
  const { database = `dokodemo_${known.replace('-', '_')}` } = options;
  if (!/^[a-z][a-z0-9_]{0,50}$/.test(database))
    throw new CommandError('--database: lower-case letters, digits and underscores, at most 51');
  const admin = databasesAt(options.databaseUrl);
  const password = options.passwordFile === undefined ? undefined : passwordIn(options.passwordFile);
  const { applied } = await prepareDatabase({ admin, database, ...plans[known] });
  const role = applicationRole(database);
  if (password !== undefined) await setPassword(admin(database), role, password);
  console.log(
    `${database}: ${applied === 0 ? 'nothing to change' : `${applied} migrations applied`}; the ${known} works in it as ${role}`,
  );
}

async function setPassword(address: DatabaseAddress, role: string, password: string): Promise<void> {
  const pool = openDatabase(address, { applicationName: 'dokodemo-prepare', connections: 1 });
  try {
    const { rows } = await pool.query<{ statement: string }>(
      "select format('alter role %I password %L', $1::text, $2::text) as statement",
      [role, password],
    );
    await pool.query(rows[0]?.statement ?? '');
  } finally {
    await pool.end();
  }
}
