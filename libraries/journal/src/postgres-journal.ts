/** The journal on PostgreSQL, with group commit. */
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type DatabaseAddress, openDatabase } from '@dokodemo/database';
import type pg from 'pg';
import { GroupCommit, type Item } from './group-commit.ts';
import {
  assertAppendable,
  type Journal,
  JournalBusy,
  JournalUnavailable,
  maxStreamLength,
  type NewEvent,
  type RecordedEvent,
} from './journal.ts';

/** Directory of the numbered SQL files, and the tables that are append-only in them. */
export const journalMigrations = fileURLToPath(new URL('../migrations', import.meta.url));
export const journalAppendOnlyTables = ['event', 'seal', 'checkpoint'] as const;

export type PostgresJournalOptions = {
  readonly address: DatabaseAddress;
  readonly lanes?: number;
  readonly maxBatch?: number;
  readonly maxQueue?: number;
  readonly note?: (error: Error) => void;
};

export type PostgresJournal = Journal & { readonly pool: pg.Pool; close(): Promise<void> };

type Append = { readonly expectedVersion: number; readonly events: readonly NewEvent[] };

/** 0..255, from the id's last byte: its random part. */
export function shardOf(streamId: string): number {
  return Number.parseInt(streamId.slice(-2), 16);
}

const appendSql = `
with wanted as (
  select * from unnest($1::smallint[], $2::uuid[], $3::integer[], $4::integer[]) as w (shard, stream_id, expected, added)
), begun as (
  insert into stream (shard, stream_id, version)
  select shard, stream_id, added from wanted where expected = 0
  on conflict do nothing
  returning shard, stream_id
), moved as (
  update stream s set version = w.expected + w.added
  from wanted w
  where w.expected > 0 and s.shard = w.shard and s.stream_id = w.stream_id and s.version = w.expected
  returning s.shard, s.stream_id
), won as (
  select shard, stream_id from begun union all select shard, stream_id from moved
), written as (
  insert into event (shard, stream_id, seq, at, municipality, terminal, kind, body)
  select e.shard, e.stream_id, e.seq, e.at, e.municipality, e.terminal, e.kind, e.body::jsonb
  from unnest($5::smallint[], $6::uuid[], $7::integer[], $8::bigint[], $9::text[], $10::text[], $11::text[], $12::text[])
       as e (shard, stream_id, seq, at, municipality, terminal, kind, body)
  join won using (shard, stream_id)
)
select stream_id::text from won`;

// Without these the planner joins the whole stream table against a batch: 2.8 times slower, and worse as it grows.
const laneSettings =
  '-c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off -c plan_cache_mode=force_generic_plan';

type Row = {
  stream_id: string;
  seq: number;
  at: string;
  municipality: string;
  terminal: string;
  kind: string;
  body: object;
};

export function eventOfRow(row: Row): RecordedEvent {
  return {
    streamId: row.stream_id,
    seq: row.seq,
    at: Number(row.at),
    municipality: row.municipality,
    terminal: row.terminal,
    kind: row.kind,
    body: row.body,
  };
}

function batchValues(batch: readonly Item<Append>[]): unknown[] {
  const heads: [number, string, number, number][] = batch.map(({ key, work }) => [
    shardOf(key),
    key,
    work.expectedVersion,
    work.events.length,
  ]);
  const events = batch.flatMap(({ key, work }) =>
    work.events.map((event, i) => [
      shardOf(key),
      key,
      work.expectedVersion + i + 1,
      event.at,
      event.municipality,
      event.terminal,
      event.kind,
      JSON.stringify(event.body),
    ]),
  );
  const column = (rows: readonly (readonly unknown[])[], i: number) => rows.map((row) => row[i]);
  return [...[0, 1, 2, 3].map((i) => column(heads, i)), ...[0, 1, 2, 3, 4, 5, 6, 7].map((i) => column(events, i))];
}

const selectStream =
  'select stream_id, seq, at, municipality, terminal, kind, body from event where shard = $1 and stream_id = $2 order by seq limit $3';
const selectSealed = `
select s.position, e.stream_id, e.seq, e.at, e.municipality, e.terminal, e.kind, e.body
from seal s join event e using (shard, stream_id, seq)
where s.position > $1 order by s.position limit $2`;

const aloneAttempts = 5;

export function openPostgresJournal(options: PostgresJournalOptions): PostgresJournal {
  const note = options.note ?? (() => undefined);
  const pool = openDatabase(options.address, { applicationName: 'journal', connections: 4, note });
  const laneCount = options.lanes ?? 2;
  const lanes = openDatabase(options.address, {
    applicationName: 'journal-lane',
    connections: laneCount,
    note,
    settings: laneSettings,
  });

  const commit = async (batch: readonly Item<Append>[]): Promise<ReadonlySet<string>> => {
    // One statement is one transaction: when this resolves, the commit is on the disk.
    const { rows } = await lanes.query<{ stream_id: string }>({
      name: 'append',
      text: appendSql,
      values: batchValues(batch),
    });
    return new Set(rows.map((row) => row.stream_id));
  };

  const read = async (streamId: string): Promise<readonly RecordedEvent[]> => {
    const { rows } = await pool.query<Row>({
      name: 'read-stream',
      text: selectStream,
      values: [shardOf(streamId), streamId, maxStreamLength],
    });
    return rows.map(eventOfRow);
  };

  /** Did exactly these events get in? Only then was a commit whose answer was lost ours. */
  const isWritten = async (
    streamId: string,
    { expectedVersion, events }: Append,
  ): Promise<'ours' | 'free' | 'others'> => {
    const there = (await read(streamId)).slice(expectedVersion);
    if (there.length === 0) return 'free';
    const same = events.every((event, i) => {
      const other = there[i];
      return (
        other !== undefined && other.kind === event.kind && other.at === event.at && sameJson(other.body, event.body)
      );
    });
    return same ? 'ours' : 'others';
  };

  const settleAlone = async (item: Item<Append>, batchError: Error): Promise<void> => {
    let last = batchError;
    for (let attempt = 1; attempt <= aloneAttempts; attempt++) {
      try {
        const state = await isWritten(item.key, item.work);
        if (state !== 'free') return item.resolve(state === 'ours' ? 'appended' : 'conflict');
        const won = await commit([item]);
        return item.resolve(won.has(item.key) ? 'appended' : 'conflict');
      } catch (error) {
        last = error instanceof Error ? error : new Error(String(error));
        // What the database refuses for its content stays refused; only a broken road may be mended by waiting.
        if (/^(22|23|42)/.test((last as { code?: string }).code ?? '')) return item.reject(last);
        if (attempt < aloneAttempts) await wait(50 * 2 ** attempt);
      }
    }
    item.reject(new JournalUnavailable(last.message, { cause: last }));
  };

  const group = new GroupCommit<Append>({
    lanes: Array.from({ length: laneCount }, () => ({ commit })),
    maxBatch: options.maxBatch ?? 256,
    maxQueue: options.maxQueue ?? 4_096,
    settleAlone,
  });

  return {
    pool,
    read,
    append(streamId, expectedVersion, events) {
      assertAppendable(expectedVersion, events);
      return new Promise((resolve, reject) => {
        const offered = group.offer({ key: streamId, work: { expectedVersion, events }, resolve, reject });
        if (!offered) reject(new JournalBusy());
      });
    },
    async readAll(position, limit) {
      const { rows } = await pool.query<Row & { position: string }>({
        name: 'read-all',
        text: selectSealed,
        values: [position, limit],
      });
      return { events: rows.map(eventOfRow), next: Number(rows.at(-1)?.position ?? position) };
    },
    async close() {
      await lanes.end();
      await pool.end();
    },
  };
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, ordered(inner)]),
  );
}

/** JSON with its keys in order: one text for one value, whatever the database made of it. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(ordered(value));
}

function sameJson(a: unknown, b: unknown): boolean {
  return canonicalJson(a) === canonicalJson(JSON.parse(JSON.stringify(b)));
}
