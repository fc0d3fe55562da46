import { advance, type Journal, type Projection, rebuild } from '@dokodemo/journal';
import type pg from 'pg';
import { ofJournal } from '../session/stream.ts';
import type { Pictures } from './pictures.ts';
import { type Rows, type View, type ViewName, viewNames, views, viewsVersion } from './views.ts';

const sql = {
  find: 'select value from projection_row where view = $1 and key = $2',
  put: `insert into projection_row (view, key, value) values ($1, $2, $3)
    on conflict (view, key) do update set value = excluded.value`,
  drop: 'delete from projection_row where view = $1 and key = $2',
  // A range instead of a pattern: keys hold ASCII only, and '~' comes after all of it.
  list: `select value from projection_row where view = $1 and key collate "C" >= $2 and key collate "C" <= $2 || '~'
    order by key collate "C" limit $3`,
} as const;

/** One projection for all views: they move together, so that no two pictures tell of different moments. */
export const centerProjection: Projection = {
  name: 'center',
  version: viewsVersion,
  tables: ['projection_row'],
  async apply(client, event) {
    const recorded = ofJournal(event);
    for (const name of viewNames) {
      const view = views[name] as View<unknown>;
      const key = view.keyOf(recorded);
      if (key === undefined) continue;
      const { rows } = await client.query<{ value: unknown }>({
        name: 'picture.find',
        text: sql.find,
        values: [name, key],
      });
      const row = view.draw(rows[0]?.value, recorded);
      if (row !== undefined) {
        await client.query({ name: 'picture.put', text: sql.put, values: [name, key, JSON.stringify(row)] });
      } else if (rows.length > 0) {
        await client.query({ name: 'picture.drop', text: sql.drop, values: [name, key] });
      }
    }
  },
};

export function postgresPictures(pool: pg.Pool, journal: Pick<Journal, 'readAll'>): Pictures {
  return {
    advance: () => advance(pool, journal, centerProjection),
    rebuild: () => rebuild(pool, journal, centerProjection),
    async position() {
      const { rows } = await pool.query<{ position: string }>(
        'select position from projection where name = $1 and version = $2',
        [centerProjection.name, viewsVersion],
      );
      return Number(rows[0]?.position ?? 0);
    },
    async rows<Name extends ViewName>(view: Name, prefix: string, limit: number) {
      const { rows } = await pool.query<{ value: Rows[Name] }>({
        name: 'picture.list',
        text: sql.list,
        values: [view, prefix, limit],
      });
      return rows.map((it) => it.value);
    },
    async row<Name extends ViewName>(view: Name, key: string) {
      const { rows } = await pool.query<{ value: Rows[Name] }>({
        name: 'picture.find',
        text: sql.find,
        values: [view, key],
      });
      return rows[0]?.value;
    },
  };
}

/** The one command that draws everything again: for operators, and for the test that compares. */
export function rebuildProjections(pool: pg.Pool, journal: Pick<Journal, 'readAll'>): Promise<number> {
  return postgresPictures(pool, journal).rebuild();
}
