/** Pictures of the journal that can always be drawn anew. Position and picture change in one transaction. */
import { withTransaction } from '@dokodemo/database';
import type pg from 'pg';
import type { Journal, RecordedEvent } from './journal.ts';

export type Projection = {
  readonly name: string;
  /** A new version is drawn from the beginning. */
  readonly version: number;
  /** Emptied before it is drawn anew. */
  readonly tables: readonly string[];
  apply(client: pg.PoolClient, event: RecordedEvent): Promise<void>;
};

const perRound = 500;
const identifier = /^[a-z][a-z0-9_]*$/;

/** The position is changed first, and so held until the end: who empties tables before it can have emptied one of them
 *  before another process drew, and the next one after. */
async function reset(client: pg.PoolClient, projection: Projection): Promise<void> {
  await client.query(
    'insert into projection (name, version, position) values ($1, $2, 0) on conflict (name) do update set version = $2, position = 0',
    [projection.name, projection.version],
  );
  for (const table of projection.tables) {
    if (!identifier.test(table)) throw new RangeError(`not a name for a table: ${table}`);
    await client.query(`delete from ${table}`);
  }
}

/** Its version and position, held by this transaction. Of several processes that meet none, one writes it. */
async function hold(
  client: pg.PoolClient,
  { name, version }: Projection,
): Promise<{ version: number; position: string }> {
  const read = () =>
    client.query<{ version: number; position: string }>(
      'select version, position from projection where name = $1 for update',
      [name],
    );
  const known = (await read()).rows[0];
  if (known !== undefined) return known;
  await client.query('insert into projection (name, version, position) values ($1, $2, 0) on conflict do nothing', [
    name,
    version,
  ]);
  const [written] = (await read()).rows;
  if (written === undefined) throw new Error(`no position of the projection ${name}`);
  return written;
}

/** Draws on from where it stopped, at most 500 events; answers how many. */
export async function advance(
  pool: pg.Pool,
  journal: Pick<Journal, 'readAll'>,
  projection: Projection,
): Promise<number> {
  return withTransaction(pool, async (client) => {
    const known = await hold(client, projection);
    const same = known.version === projection.version;
    if (!same) await reset(client, projection);
    const position = same ? Number(known.position) : 0;
    const { events, next } = await journal.readAll(position, perRound);
    for (const event of events) await projection.apply(client, event);
    if (events.length > 0)
      await client.query('update projection set position = $2 where name = $1', [projection.name, next]);
    return events.length;
  });
}

/** Draws it from the beginning. */
export async function rebuild(
  pool: pg.Pool,
  journal: Pick<Journal, 'readAll'>,
  projection: Projection,
): Promise<number> {
  await withTransaction(pool, (client) => reset(client, projection));
  let total = 0;
  for (;;) {
    const done = await advance(pool, journal, projection);
    if (done === 0) return total;
    total += done;
  }
}
