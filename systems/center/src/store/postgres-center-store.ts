import { fileURLToPath } from 'node:url';
import type pg from 'pg';
import type { CenterStore } from './center-store.ts';

/** The center's own series of migrations. */
export const centerMigrations = fileURLToPath(new URL('./migrations', import.meta.url));

const sql = {
  findTerminal: 'select terminal_id as "terminalId", operator, store, active from terminal where terminal_id = $1',
  putTerminals: `insert into terminal (terminal_id, operator, store, active)
    select * from unnest($1::text[], $2::text[], $3::text[], $4::boolean[])
    on conflict (terminal_id) do update set operator = excluded.operator, store = excluded.store, active = excluded.active`,
  addDigests: `insert into directory_entry (municipality, digest) select $1, unnest($2::text[]) on conflict do nothing`,
  removeDigests: 'delete from directory_entry where municipality = $1 and digest = any($2::text[])',
  countDigests: 'select count(*)::integer as size from directory_entry where municipality = $1',
  municipalitiesOf: 'select municipality from directory_entry where digest = $1 order by municipality limit 10',
  putPaper: `insert into paper (session_id, name, bytes, expires_at) values ($1, $2, $3, $4)
    on conflict (session_id, name) do update set bytes = excluded.bytes, expires_at = excluded.expires_at`,
  getPaper: 'select bytes from paper where session_id = $1 and name = $2',
  dropPapers: 'delete from paper where session_id = $1',
  dropExpiredPapers: `delete from paper where (session_id, name) in
    (select session_id, name from paper where expires_at <= $1 limit $2 for update skip locked)`,
  putFile: `insert into file (deposit_id, session_id, application_id, bytes, size, expires_at)
    select $1, $2, $3, $4, $5::integer, $6
    where (select count(*) < $7 and coalesce(sum(size) filter (where bytes is not null), 0) + $5::integer <= $8 from file)
    on conflict do nothing`,
  hasFile: 'select 1 from file where deposit_id = $1 and application_id = $2',
  getFile: `select session_id as "sessionId", application_id as "applicationId", bytes from file where deposit_id = $1`,
  wipeFile: 'update file set bytes = null where application_id = $1',
  dropExpiredFiles: `delete from file where deposit_id in
    (select deposit_id from file where expires_at <= $1 limit $2 for update skip locked)`,
  scheduleWork: `insert into session_work (session_id, due_at, version, attempts) values ($1, $2, 1, 0)
    on conflict (session_id) do update
    set due_at = least(session_work.due_at, excluded.due_at), version = session_work.version + 1`,
  claimWork: `with due as (select session_id from session_work where due_at <= $1 order by due_at limit $3
      for update skip locked)
    update session_work w set due_at = $1 + $2, version = w.version + 1 from due where w.session_id = due.session_id
    returning w.session_id as "sessionId", w.version as lease, w.attempts`,
  endWork: 'delete from session_work where session_id = $1 and version = $2',
  settleWork: `update session_work set due_at = $3, attempts = $4, version = version + 1
    where session_id = $1 and version = $2`,
} as const;

export function postgresCenterStore(pool: pg.Pool): CenterStore {
  const ask = async <Row extends pg.QueryResultRow>(name: keyof typeof sql, values: unknown[]) =>
    pool.query<Row>({ name: `center.${name}`, text: sql[name], values });
  return {
    async findTerminal(terminalId) {
      const { rows } = await ask<{ terminalId: string; operator: string; store: string; active: boolean }>(
        'findTerminal',
        [terminalId],
      );
      return rows[0];
    },
    async putTerminals(terminals) {
      await ask('putTerminals', [
        terminals.map((it) => it.terminalId),
        terminals.map((it) => it.operator),
        terminals.map((it) => it.store),
        terminals.map((it) => it.active),
      ]);
    },
    async changeDirectory(municipality, added, removed) {
      if (added.length > 0) await ask('addDigests', [municipality, added]);
      if (removed.length > 0) await ask('removeDigests', [municipality, removed]);
      const { rows } = await ask<{ size: number }>('countDigests', [municipality]);
      return rows[0]?.size ?? 0;
    },
    async municipalitiesOf(digest) {
      const { rows } = await ask<{ municipality: string }>('municipalitiesOf', [digest]);
      return rows.map((it) => it.municipality);
    },
    async putPaper(sessionId, name, bytes, expiresAt) {
      await ask('putPaper', [sessionId, name, Buffer.from(bytes), expiresAt]);
    },
    async getPaper(sessionId, name) {
      const { rows } = await ask<{ bytes: Buffer }>('getPaper', [sessionId, name]);
      return rows[0]?.bytes;
    },
    async dropPapers(sessionId) {
      await ask('dropPapers', [sessionId]);
    },
    async dropExpiredPapers(now, limit) {
      return (await ask('dropExpiredPapers', [now, limit])).rowCount ?? 0;
    },
    async putFile({ depositId, sessionId, applicationId, bytes, expiresAt }, { mostFiles, mostFileBytes }) {
      const values = [depositId, sessionId, applicationId, Buffer.from(bytes), bytes.length, expiresAt];
      const { rowCount } = await ask('putFile', [...values, mostFiles, mostFileBytes]);
      return rowCount === 1 || (await ask('hasFile', [depositId, applicationId])).rowCount === 1;
    },
    async getFile(depositId) {
      const { rows } = await ask<{ sessionId: string; applicationId: string; bytes: Buffer | null }>('getFile', [
        depositId,
      ]);
      const [found] = rows;
      return found === undefined ? undefined : { ...found, bytes: found.bytes ?? undefined };
    },
    async wipeFile(applicationId) {
      await ask('wipeFile', [applicationId]);
    },
    async dropExpiredFiles(now, limit) {
      return (await ask('dropExpiredFiles', [now, limit])).rowCount ?? 0;
    },
    async scheduleWork(sessionId, dueAt) {
      await ask('scheduleWork', [sessionId, dueAt]);
    },
    async claimWork(now, leaseMs, limit) {
      const { rows } = await ask<{ sessionId: string; lease: number; attempts: number }>('claimWork', [
        now,
        leaseMs,
        limit,
      ]);
      return rows;
    },
    async settleWork({ sessionId, lease }, next) {
      if (next === undefined) await ask('endWork', [sessionId, lease]);
      else await ask('settleWork', [sessionId, lease, next.dueAt, next.attempts]);
    },
  };
}
