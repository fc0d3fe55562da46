/**
 * Gives all events one lasting order and chains their digests, behind the writers' backs: writers never wait for it. A
 * changed, missing or inserted event breaks the chain; signed checkpoints keep whoever holds the database from making
 * a new one.
 */
import { createHash, type KeyObject, sign, verify } from 'node:crypto';
import { withTransaction } from '@dokodemo/database';
import type pg from 'pg';
import type { RecordedEvent } from './journal.ts';
import { canonicalJson, eventOfRow } from './postgres-journal.ts';

export type SealerOptions = {
  readonly pool: pg.Pool;
  /** Names the journal in its checkpoints: "dokodemo.example/journal". */
  readonly origin: string;
  /** Ed25519. */
  readonly key: KeyObject;
  readonly now: () => number;
};

export const emptyDigest = Buffer.alloc(32);

/** SHA-256 over the digest before and the event, each part prefixed with its length. */
export function chainDigest(before: Uint8Array, event: RecordedEvent): Buffer {
  const parts = [
    event.streamId,
    String(event.seq),
    String(event.at),
    event.municipality,
    event.terminal,
    event.kind,
    canonicalJson(event.body),
  ];
  const hash = createHash('sha256').update(before);
  for (const part of parts) {
    const bytes = Buffer.from(part);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    hash.update(length).update(bytes);
  }
  return hash.digest();
}

/** The text that is signed: origin, size, digest. */
export function checkpointText(origin: string, size: number, digest: Uint8Array): string {
  return `${origin}\n${size}\n${Buffer.from(digest).toString('base64')}\n`;
}

const sealPerRound = 2_000;

// Only events whose transactions can have no late companion: everything below the oldest transaction still running.
const unsealedSql = `
select e.shard, e.stream_id, e.seq, e.at, e.municipality, e.terminal, e.kind, e.body, e.xid::text
from event e
where (e.xid, e.shard, e.stream_id, e.seq) > ($1::text::xid8, $2::smallint, $3::uuid, $4::integer)
  and e.xid < pg_snapshot_xmin(pg_current_snapshot())
order by e.xid, e.shard, e.stream_id, e.seq
limit $5`;

type UnsealedRow = Parameters<typeof eventOfRow>[0] & { shard: number; xid: string };
type SealRow = { position: string; shard: number; stream_id: string; seq: number; xid: string; digest: Buffer };

const nothingSealed: SealRow = {
  position: '0',
  shard: 0,
  stream_id: '00000000-0000-0000-0000-000000000000',
  seq: 0,
  xid: '0',
  digest: emptyDigest,
};

/** Seals what can be sealed, at most 2,000 events, and signs a checkpoint over it. Answers how many. One sealer at a
 *  time; a second one finds the lock taken and seals nothing. */
export function seal(options: SealerOptions): Promise<number> {
  return withTransaction(options.pool, async (client) => {
    const lock = await client.query<{ mine: boolean }>('select pg_try_advisory_xact_lock(482013003) as mine');
    if (lock.rows[0]?.mine !== true) return 0;
    const { rows: last } = await client.query<SealRow>(
      'select position, shard, stream_id, seq, xid::text, digest from seal order by position desc limit 1',
    );
    const from = last[0] ?? nothingSealed;
    const { rows } = await client.query<UnsealedRow>(unsealedSql, [
      from.xid,
      from.shard,
      from.stream_id,
      from.seq,
      sealPerRound,
    ]);
    if (rows.length === 0) return 0;
    let digest: Buffer = from.digest;
    const digests = rows.map((row) => {
      digest = chainDigest(digest, eventOfRow(row));
      return digest;
    });
    const first = Number(from.position) + 1;
    await client.query(
      `insert into seal (position, shard, stream_id, seq, xid, digest)
       select p, s, i, q, x::xid8, d from unnest($1::bigint[], $2::smallint[], $3::uuid[], $4::integer[], $5::text[], $6::bytea[]) as t (p, s, i, q, x, d)`,
      [
        rows.map((_, i) => first + i),
        rows.map((r) => r.shard),
        rows.map((r) => r.stream_id),
        rows.map((r) => r.seq),
        rows.map((r) => r.xid),
        digests,
      ],
    );
    const size = Number(from.position) + rows.length;
    const text = checkpointText(options.origin, size, digest);
    const signature = sign(null, Buffer.from(text), options.key).toString('base64');
    await client.query('insert into checkpoint (size, at, note) values ($1, $2, $3)', [
      size,
      options.now(),
      `${text}\n— ${options.origin} ${signature}\n`,
    ]);
    return rows.length;
  });
}

export type ChainFault = { readonly position: number; readonly what: string };

const verifySql = `
select s.position, s.digest, e.stream_id, e.seq, e.at, e.municipality, e.terminal, e.kind, e.body
from seal s left join event e using (shard, stream_id, seq)
where s.position > $1 order by s.position limit $2`;

/** Walks the whole chain and all checkpoints; answers the first fault, or how far the chain reaches. */
export async function verifyChain(
  options: Pick<SealerOptions, 'pool' | 'origin'> & { readonly publicKey: KeyObject },
): Promise<{ readonly size: number } | ChainFault> {
  const checkpoints = await options.pool.query<{ size: string; note: string }>(
    'select size, note from checkpoint order by size',
  );
  const noteOf = new Map(checkpoints.rows.map((row) => [Number(row.size), row.note]));
  let position = 0;
  let digest: Buffer = emptyDigest;
  for (;;) {
    const { rows } = await options.pool.query<
      Parameters<typeof eventOfRow>[0] & { position: string; digest: Buffer; kind: string | null }
    >(verifySql, [position, sealPerRound]);
    if (rows.length === 0) break;
    for (const row of rows) {
      position++;
      if (Number(row.position) !== position) return { position, what: 'a seal is missing' };
      if (row.kind === null) return { position, what: 'the event is gone' };
      digest = chainDigest(digest, eventOfRow(row));
      if (!digest.equals(row.digest)) return { position, what: 'the event is not the one that was sealed' };
      const note = noteOf.get(position);
      if (note !== undefined && !noteHolds(note, options, position, digest))
        return { position, what: 'the checkpoint does not hold' };
      noteOf.delete(position);
    }
  }
  const beyond = [...noteOf.keys()][0];
  if (beyond !== undefined) return { position: beyond, what: 'a checkpoint reaches further than the chain' };
  const slipped = await options.pool.query(
    `select 1 from event e where not exists (select 1 from seal s where (s.shard, s.stream_id, s.seq) = (e.shard, e.stream_id, e.seq))
     and (e.xid, e.shard, e.stream_id, e.seq) < (select l.xid, l.shard, l.stream_id, l.seq from seal l order by position desc limit 1) limit 1`,
  );
  return slipped.rowCount === 0
    ? { size: position }
    : { position, what: 'an event stands before the end of the chain and is not in it' };
}

function noteHolds(
  note: string,
  options: { readonly origin: string; readonly publicKey: KeyObject },
  size: number,
  digest: Buffer,
): boolean {
  const text = checkpointText(options.origin, size, digest);
  if (!note.startsWith(`${text}\n— ${options.origin} `)) return false;
  const signature = Buffer.from(note.slice(`${text}\n— ${options.origin} `.length).trim(), 'base64');
  return verify(null, Buffer.from(text), options.publicKey, signature);
}
