/**
 * Three roles per database: the *owner* holds it, the *migrator* changes its shape, the *application* works in it and
 * can neither change its shape nor touch what is append-only. On the embedded server roles are taken on by name over a
 * private socket; on a server of your own each has its own login.
 */
import pg from 'pg';
import { migrate } from './migrate.ts';
import { connectionConfig, type DatabaseAddress } from './open-database.ts';

export type DatabasePlan = {
  /** A superuser or a role that may create databases and roles. */
  readonly admin: (database: string) => DatabaseAddress;
  readonly database: string;
  /** Series → directory of numbered SQL files, applied in this order. */
  readonly migrations: Readonly<Record<string, string>>;
  /** Tables in which the application may insert and select, and nothing else. */
  readonly appendOnlyTables: readonly string[];
};

/** The application's role of a database. */
export function applicationRole(database: string): string {
  return `${database}_application`;
}

const identifier = /^[a-z][a-z0-9_]{0,50}$/;

async function withClient<T>(address: DatabaseAddress, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ ...connectionConfig(address), connectionTimeoutMillis: 5_000 });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Creates what is missing, migrates, and grants. Safe to call at every start. */
export async function prepareDatabase(plan: DatabasePlan): Promise<{ readonly applied: number }> {
  const { database, admin } = plan;
  if (!identifier.test(database)) throw new RangeError(`not a name for a database: ${database}`);
  const [owner, migrator, application] = [`${database}_owner`, `${database}_migrator`, applicationRole(database)];
  await withClient(admin('postgres'), async (client) => {
    // Roles are the server's, not a database's: two programs that start at once must not both make them.
    await client.query('select pg_advisory_lock(482013002)');
    for (const role of [owner, migrator, application]) {
      const known = await client.query('select 1 from pg_roles where rolname = $1', [role]);
      if (known.rowCount === 0) await client.query(`create role ${role} login`);
    }
    await client.query(`grant ${owner} to ${migrator}`);
    const known = await client.query('select 1 from pg_database where datname = $1', [database]);
    if (known.rowCount === 0) await client.query(`create database ${database} owner ${owner}`);
  });
  const applied = await migrate(admin(database), plan.migrations, owner);
  await withClient(admin(database), async (client) => {
    await client.query('revoke create on schema public from public');
    await client.query(`grant usage on schema public to ${application}`);
    await client.query(`grant select, insert, update, delete on all tables in schema public to ${application}`);
    await client.query(`grant usage on all sequences in schema public to ${application}`);
    for (const table of ['migration', ...plan.appendOnlyTables]) {
      if (!identifier.test(table)) throw new RangeError(`not a name for a table: ${table}`);
      await client.query(`revoke update, delete, truncate on table ${table} from ${application}`);
    }
    await client.query(`revoke insert on table migration from ${application}`);
  });
  return { applied };
}
