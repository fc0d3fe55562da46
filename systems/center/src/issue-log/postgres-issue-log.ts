import { type Hash, leafHash } from '@dokodemo/issue-log';
import { advance, type Journal, type Projection, rebuild } from '@dokodemo/journal';
import type pg from 'pg';
import { ofJournal } from '../session/stream.ts';
import { completedBy, drawLog } from './draw-log.ts';
import type { IssueLog, KeptEntry, LogPaper, LogTables, PaperState } from './issue-log.ts';

/** Never deleted, never changed. */
export const issueLogAppendOnlyTables = Object.freeze(['issue_log_checkpoint']);

const columns = `number, application_id as "applicationId", inquiry, entry_index as "entryIndex", state, at, municipality,
  kind as "kindId"`;

const sql = {
  size: 'select coalesce(max(index) + 1, 0) as size from issue_log_entry',
  addEntry: 'insert into issue_log_entry (index, entry, leaf) values ($1, $2, $3)',
  addHash: 'insert into issue_log_hash (level, index, hash) values ($1, $2, $3)',
  entries: 'select entry, leaf from issue_log_entry where index >= $1 and index < $1 + $2 order by index',
  // One statement, and so one moment, for leaves and what stands above them.
  hashes: `select coalesce(e.leaf, h.hash) as hash
    from unnest($1::smallint[], $2::bigint[]) with ordinality as n (level, index, place)
    left join issue_log_entry e on n.level = 0 and e.index = n.index
    left join issue_log_hash h on h.level = n.level and h.index = n.index
    order by n.place`,
  paper: `select ${columns} from issue_log_paper where number = $1`,
  papersOf: `select ${columns} from issue_log_paper where application_id = $1 order by entry_index`,
  addPaper: `insert into issue_log_paper (number, application_id, inquiry, entry_index, state, at, municipality, kind)
    values ($1, $2, $3, $4, $5, $6, $7, $8)`,
  move: 'update issue_log_paper set state = $2, at = $3 where application_id = $1',
  newestCheckpoint: 'select size, root, note from issue_log_checkpoint order by size desc limit 1',
  keepCheckpoint: 'insert into issue_log_checkpoint (size, root, note) values ($1, $2, $3) on conflict do nothing',
} as const;

type PaperRow = {
  number: string;
  applicationId: string;
  inquiry: string | null;
  entryIndex: string;
  state: PaperState;
  at: string;
  municipality: string;
  kindId: string;
};

function paperOf({ inquiry, entryIndex, ...row }: PaperRow): LogPaper {
  return { ...row, entryIndex: Number(entryIndex), ...(inquiry === null ? {} : { inquiry }) };
}

type Asks = <Row extends pg.QueryResultRow>(name: keyof typeof sql, values: unknown[]) => Promise<Row[]>;

function asksOf(client: pg.Pool | pg.PoolClient): Asks {
  return async <Row extends pg.QueryResultRow>(name: keyof typeof sql, values: unknown[]) =>
    (await client.query<Row>({ name: `issue-log.${name}`, text: sql[name], values })).rows;
}

const sizeOf = async (ask: Asks) => Number((await ask<{ size: string }>('size', []))[0]?.size ?? 0);
const bytes = (buffer: Buffer) => new Uint8Array(buffer);

function tablesOf(ask: Asks): LogTables {
  return {
    async append(entry) {
      const index = await sizeOf(ask);
      const leaf = leafHash(entry);
      await ask('addEntry', [index, Buffer.from(entry), Buffer.from(leaf)]);
      const completed = await completedBy(index, leaf, async (level, at): Promise<Hash> => {
        const [row] = await ask<{ hash: Buffer | null }>('hashes', [[level], [at]]);
        if (row?.hash == null) throw new RangeError(`no hash ${at} of level ${level} in the log of issues`);
        return bytes(row.hash);
      });
      for (const [i, hash] of completed.entries())
        await ask('addHash', [i + 1, Math.floor(index / 2 ** (i + 1)), Buffer.from(hash)]);
      return index;
    },
    hasPaper: async (number) => (await ask('paper', [number])).length > 0,
    async addPaper(it) {
      const { number, applicationId, inquiry = null, entryIndex, state, at, municipality, kindId } = it;
      await ask('addPaper', [number, applicationId, inquiry, entryIndex, state, at, municipality, kindId]);
    },
    papersOf: async (applicationId) => (await ask<PaperRow>('papersOf', [applicationId])).map(paperOf),
    async moveApplication(applicationId, state, at) {
      await ask('move', [applicationId, state, at]);
    },
  };
}

/** A projection of its own: it is never drawn anew because a picture has changed its looks. */
const projection: Projection = {
  name: 'issue-log',
  version: 1,
  tables: ['issue_log_entry', 'issue_log_hash', 'issue_log_paper'],
  apply: (client, event) => drawLog(tablesOf(asksOf(client)), ofJournal(event)),
};

export function postgresIssueLog(pool: pg.Pool, journal: Pick<Journal, 'readAll'>): IssueLog {
  const ask = asksOf(pool);
  return {
    advance: () => advance(pool, journal, projection),
    rebuild: () => rebuild(pool, journal, projection),
    size: () => sizeOf(ask),
    async hashes(nodes) {
      const values = [nodes.map(({ level }) => level), nodes.map(({ index }) => index)];
      const rows = await ask<{ hash: Buffer | null }>('hashes', values);
      return rows.map(({ hash }) => (hash === null ? undefined : bytes(hash)));
    },
    async entries(first, limit) {
      const rows = await ask<{ entry: Buffer; leaf: Buffer }>('entries', [first, limit]);
      return rows.map(({ entry, leaf }): KeptEntry => ({ entry: bytes(entry), leaf: bytes(leaf) }));
    },
    async paper(number) {
      const [row] = await ask<PaperRow>('paper', [number]);
      return row === undefined ? undefined : paperOf(row);
    },
    async newestCheckpoint() {
      const [row] = await ask<{ size: string; root: Buffer; note: string }>('newestCheckpoint', []);
      return row === undefined ? undefined : { size: Number(row.size), root: bytes(row.root), note: row.note };
    },
    async keepCheckpoint({ size, root, note }) {
      await ask('keepCheckpoint', [size, Buffer.from(root), note]);
    },
  };
}
