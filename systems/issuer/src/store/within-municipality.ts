/** One transaction that sees one municipality's rows only. */
import { withTransaction } from '@dokodemo/database';
import type pg from 'pg';

export type Run = <Row extends pg.QueryResultRow>(name: string, text: string, values: unknown[]) => Promise<Row[]>;
export type Within = <T>(municipality: string, work: (run: Run) => Promise<T>) => Promise<T>;

export function withinMunicipality(pool: pg.Pool): Within {
  return (municipality, work) => {
    // Literally in the text, because SET takes no parameters; therefore only ever six digits.
    if (!/^[0-9]{6}$/.test(municipality)) throw new RangeError('not a municipality code');
    return withTransaction(pool, async (client) => {
      await client.query(`set local dokodemo.municipality = '${municipality}'`);
      return work(async (name, text, values) => (await client.query({ name: `issuer-${name}`, text, values })).rows);
    });
  };
}
