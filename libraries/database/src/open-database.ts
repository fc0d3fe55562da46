/** A pool of connections with limits on everything, and transactions that are whole or nothing. */
import pg from 'pg';
import type { ServerConnection } from './embedded-server.ts';

/** Where a system's database is: a server's URL, or a place on the embedded one. */
export type DatabaseAddress = { readonly url: string } | ServerConnection;

export type PoolOptions = {
  readonly applicationName: string;
  readonly connections?: number;
  readonly statementTimeoutMs?: number;
  /** Role to act as after connecting (see `roles.ts`). */
  readonly role?: string;
  /** Further `-c name=value` settings of each connection. */
  readonly settings?: string;
  readonly note?: (error: Error) => void;
};

export function connectionConfig(address: DatabaseAddress): pg.ClientConfig {
  return 'url' in address ? { connectionString: address.url } : { ...address };
}

export function openDatabase(address: DatabaseAddress, options: PoolOptions): pg.Pool {
  const settings = [
    `-c statement_timeout=${options.statementTimeoutMs ?? 10_000}`,
    '-c lock_timeout=5000',
    '-c idle_in_transaction_session_timeout=15000',
    ...(options.settings === undefined ? [] : [options.settings]),
    ...(options.role === undefined ? [] : [`-c role=${options.role}`]),
  ];
  const pool = new pg.Pool({
    ...connectionConfig(address),
    max: options.connections ?? 8,
    application_name: options.applicationName,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 60_000,
    options: settings.join(' '),
  });
  // A connection that breaks while idle is replaced; the operation that needs it will say what is wrong.
  pool.on('error', (error) => options.note?.(error));
  return pool;
}

/** Serialization failure, deadlock: the same transaction may succeed when begun anew. */
const passing = new Set(['40001', '40P01']);
const attempts = 4;

export async function withTransaction<T>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<T>,
  isolation: 'read committed' | 'repeatable read' | 'serializable' = 'read committed',
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const client = await pool.connect();
    let broken: Error | undefined;
    try {
      await client.query(`begin isolation level ${isolation}`);
      const result = await work(client);
      await client.query('commit');
      return result;
    } catch (error) {
      await client.query('rollback').catch((failed: Error) => {
        broken = failed;
      });
      if (attempt >= attempts || !passing.has((error as { code?: string }).code ?? '')) throw error;
    } finally {
      client.release(broken);
    }
  }
}
