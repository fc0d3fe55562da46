/** The figure beside ours: `pgbench` making the same number of commits with the same number of clients on the same server. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ServerConnection } from '@dokodemo/database';
import pg from 'pg';

export type PgbenchResult = { readonly commits: number; readonly seconds: number };

/** One row of about the size of a journal's event, one commit: what a step costs that is written down by itself. */
const script = `\\set session random(1, 1000000000)
insert into bench_step (session, seq, body) values (:session, 1, repeat('x', 600));
`;

export function pgbenchIsThere(): boolean {
  return spawnSync('pgbench', ['--version']).status === 0;
}

export async function runPgbench(
  connection: (database: string) => ServerConnection,
  commits: number,
  clients: number,
): Promise<PgbenchResult> {
  const database = 'bench_peer';
  await ask(connection('postgres'), `drop database if exists ${database}`, `create database ${database}`);
  await ask(connection(database), 'create table bench_step (session bigint, seq integer, body text)');
  const folder = mkdtempSync(path.join(tmpdir(), 'pgbench-'));
  try {
    const file = path.join(folder, 'step.sql');
    writeFileSync(file, script);
    const { host, port, user } = connection(database);
    const perClient = Math.max(1, Math.round(commits / clients));
    const args = ['-n', '-f', file, '-c', `${clients}`, '-j', '2', '-t', `${perClient}`];
    const began = performance.now();
    await run('pgbench', [...args, '-h', host, '-p', `${port}`, '-U', user, database]);
    return { commits: perClient * clients, seconds: (performance.now() - began) / 1_000 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await ask(connection('postgres'), `drop database if exists ${database}`);
  }
}

async function ask(connection: ServerConnection, ...statements: string[]): Promise<void> {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

function run(program: string, args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.on('data', (chunk) => {
      said = (said + chunk).slice(-2_000);
    });
    child.once('error', reject);
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`${program} failed: ${said}`))));
  });
}

/** Transactions of the server so far that have written something (those that only read are given no number). */
export async function writesSoFar(connection: ServerConnection): Promise<number> {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    const { rows } = await client.query<{ next: string }>('select pg_snapshot_xmax(pg_current_snapshot()) as next');
    return Number(rows[0]?.next ?? 0);
  } finally {
    await client.end();
  }
}
