/** The register on PostgreSQL. */
import { fileURLToPath } from 'node:url';
import { withTransaction } from '@dokodemo/database';
import {
  type AddresseeNumber,
  dayInJapan,
  type Household,
  isoJapan,
  type MunicipalityCode,
  type Resident,
  type Restriction,
} from '@dokodemo/domain';
import { directoryDigest, elsewhereDigest } from '@dokodemo/protocol';
import type pg from 'pg';
import {
  familyRegisterSnapshot,
  type HolderRows,
  numbersIn,
  registerHistorySnapshot,
  sealSnapshot,
  taxSnapshot,
} from '../records/snapshots.ts';
import type { TownHousehold } from '../town/town.ts';
import {
  applyRecordChange,
  endEnrolmentOf,
  loadRecords,
  readEnrolment,
  readFamiliesAt,
  readFamily,
  readSeals,
  readTaxes,
  readTaxYears,
  readWaiting,
  recordTables,
} from './postgres-records.ts';
import {
  type AnyChange,
  digestsPerPage,
  isRecordChange,
  maxYearsAtOnce,
  mostFamilies,
  mostWaiting,
  type RegisterStore,
  rowKeyOf,
} from './register-store.ts';

export const registerMigrations = { register: fileURLToPath(new URL('../../migrations', import.meta.url)) };
export const registerAppendOnlyTables = ['change_log', 'operator_act'] as const;

const perBatch = 500;

async function loadBatch(client: pg.PoolClient, municipality: string, batch: readonly TownHousehold[]): Promise<void> {
  const homes = batch.map(({ household: { members: _, ...rest } }) => rest);
  await client.query(
    'insert into household (municipality, household_number, body) select $1, n, b::jsonb from unnest($2::text[], $3::text[]) as t (n, b)',
    [municipality, homes.map(({ householdNumber }) => householdNumber), homes.map((home) => JSON.stringify(home))],
  );
  const people = batch.flatMap(({ household }) =>
    household.members.map((resident, place) => ({ resident, place, householdNumber: household.householdNumber })),
  );
  await client.query(
    'insert into resident (municipality, addressee_number, household_number, place, body) select $1, a, h, p, b::jsonb from unnest($2::text[], $3::text[], $4::integer[], $5::text[]) as t (a, h, p, b)',
    [
      municipality,
      people.map((it) => it.resident.addresseeNumber),
      people.map((it) => it.householdNumber),
      people.map((it) => it.place),
      people.map((it) => JSON.stringify(it.resident)),
    ],
  );
  for (const restriction of batch.flatMap(({ restrictions }) => restrictions))
    await setRestriction(client, municipality, restriction);
}

async function setRestriction(client: pg.PoolClient, municipality: string, restriction: Restriction): Promise<void> {
  const { on } = restriction;
  await client.query(
    `insert into restriction (municipality, restriction_id, addressee_number, household_number, body) values ($1, $2, $3, $4, $5)
     on conflict (municipality, restriction_id) do update set addressee_number = excluded.addressee_number, household_number = excluded.household_number, body = excluded.body`,
    [
      municipality,
      restriction.restrictionId,
      'addresseeNumber' in on ? on.addresseeNumber : null,
      'householdNumber' in on ? on.householdNumber : null,
      JSON.stringify(restriction),
    ],
  );
}

async function applyChange(client: pg.PoolClient, municipality: string, change: AnyChange): Promise<boolean> {
  if (isRecordChange(change)) return applyRecordChange(client, municipality, change);
  switch (change.kind) {
    case 'set-restriction':
      await setRestriction(client, municipality, change.restriction);
      return true;
    case 'clear-restriction':
      return (
        (
          await client.query('delete from restriction where municipality = $1 and restriction_id = $2', [
            municipality,
            change.restrictionId,
          ])
        ).rowCount === 1
      );
    case 'assign-credential': {
      const known = await client.query('select 1 from resident where municipality = $1 and addressee_number = $2', [
        municipality,
        change.addresseeNumber,
      ]);
      if (known.rowCount !== 1) return false;
      await client.query(
        'insert into credential (municipality, serial_hex, addressee_number, digest) values ($1, $2, $3, $4) on conflict (municipality, serial_hex) do update set addressee_number = excluded.addressee_number',
        [municipality, change.serialHex, change.addresseeNumber, directoryDigest(change.serialHex)],
      );
      return true;
    }
    case 'revoke-credential': {
      const ended = await endEnrolmentOf(client, municipality, change.serialHex);
      const { rowCount } = await client.query('delete from credential where municipality = $1 and serial_hex = $2', [
        municipality,
        change.serialHex,
      ]);
      return rowCount === 1 || ended;
    }
    case 'amend-resident':
      return (
        (
          await client.query(
            'update resident set body = body || $3::jsonb, version = version + 1 where municipality = $1 and addressee_number = $2',
            [municipality, change.addresseeNumber, JSON.stringify(change.amendment)],
          )
        ).rowCount === 1
      );
  }
}

async function applyLogged(
  client: pg.PoolClient,
  municipality: string,
  by: string,
  change: AnyChange,
): Promise<boolean> {
  const done = await applyChange(client, municipality, change);
  if (done)
    await client.query('insert into change_log (municipality, by, kind, row_key) values ($1, $2, $3, $4)', [
      municipality,
      by,
      change.kind,
      rowKeyOf(change),
    ]);
  return done;
}

const snapshotSql = `
select h.household_number, h.version as household_version, h.body as household, m.version, m.body,
       extract(epoch from transaction_timestamp()) * 1000 as at
from resident own
join household h using (municipality, household_number)
join resident m using (municipality, household_number)
where own.municipality = $1 and own.addressee_number = $2
order by m.place`;

const restrictionsSql = `
select body from restriction
where municipality = $1 and body ->> 'from' <= $4 and (household_number = $2 or addressee_number = any ($3::text[]))
order by restriction_id`;

type SnapshotRow = {
  household_number: string;
  household_version: number;
  household: Omit<Household, 'members'>;
  version: number;
  body: Resident;
  at: string;
};

const holderSql = `
select o.body, o.version, h.body as household, h.version as household_version,
       extract(epoch from transaction_timestamp()) * 1000 as at
from (values ($1, $2)) as asked (municipality, addressee_number)
left join resident o using (municipality, addressee_number)
left join household h on h.municipality = o.municipality and h.household_number = o.household_number`;

const concernedSql = `
select body from restriction
where municipality = $1 and body ->> 'from' <= $3
  and (addressee_number = any ($2::text[])
       or household_number in (select household_number from resident where municipality = $1 and addressee_number = any ($2::text[])))
order by restriction_id`;

type HolderRow = {
  body: Resident | null;
  version: number;
  household: Omit<Household, 'members'> | null;
  household_version: number;
  at: string;
};

/** The holder's own rows, and restrictions on the holder's household, on any of `numbers`, or on their households. */
async function readHolder(
  client: pg.PoolClient,
  municipality: string,
  holder: AddresseeNumber,
  numbers: readonly AddresseeNumber[],
): Promise<HolderRows> {
  const { rows } = await client.query<HolderRow>({ name: 'holder', text: holderSql, values: [municipality, holder] });
  const row = rows[0];
  if (row === undefined) throw new Error('one row is always there');
  const atMs = Number(row.at);
  const restrictions = await client.query<{ body: Restriction }>({
    name: 'concerned',
    text: concernedSql,
    values: [municipality, [holder, ...numbers], dayInJapan(atMs)],
  });
  return {
    municipality,
    holder,
    atMs,
    ...(row.body === null ? {} : { resident: { row: row.body, version: row.version } }),
    ...(row.household === null ? {} : { home: { row: row.household, version: row.household_version } }),
    restrictions: restrictions.rows.map(({ body }) => body),
  };
}

export function createPostgresRegister(pool: pg.Pool): RegisterStore {
  // Repeatable read: all statements see the rows of one instant, or of none.
  const reading = <T>(read: (client: pg.PoolClient) => Promise<T>) => withTransaction(pool, read, 'repeatable read');
  return {
    load: (town, onProgress) =>
      withTransaction(pool, async (client) => {
        await client.query("set local statement_timeout = '120s'");
        for (const table of [...recordTables, 'restriction', 'credential', 'resident', 'household'])
          await client.query(`delete from ${table} where municipality = $1`, [town.municipality]);
        for (let from = 0; from < town.households.length; from += perBatch) {
          await loadBatch(client, town.municipality, town.households.slice(from, from + perBatch));
          onProgress?.(Math.min(from + perBatch, town.households.length), town.households.length);
        }
        await loadRecords(client, town.municipality, town.records);
      }),
    async residentCount(municipality) {
      const { rows } = await pool.query<{ n: number }>(
        'select count(*)::integer as n from resident where municipality = $1',
        [municipality],
      );
      return rows[0]?.n ?? 0;
    },
    async findHolder(municipality, serialHex) {
      const { rows } = await pool.query<{ addressee_number: AddresseeNumber }>({
        name: 'find-holder',
        text: `select addressee_number, 1 as rank from credential where municipality = $1 and serial_hex = $2
               union all
               select addressee_number, 2 from enrolment where municipality = $1 and serial_hex = $2 and state = 'approved'
               order by rank limit 1`,
        values: [municipality, serialHex],
      });
      return rows[0]?.addressee_number;
    },
    // Repeatable read: both statements see the rows of one instant, or of none.
    snapshot: (municipality, holder) =>
      withTransaction(
        pool,
        async (client) => {
          const { rows } = await client.query<SnapshotRow>({
            name: 'snapshot',
            text: snapshotSql,
            values: [municipality, holder],
          });
          const first = rows[0];
          if (first === undefined) return undefined;
          const at = Number(first.at);
          const restrictions = await client.query<{ body: Restriction }>({
            name: 'restrictions',
            text: restrictionsSql,
            values: [
              municipality,
              first.household_number,
              rows.map(({ body }) => body.addresseeNumber),
              dayInJapan(at),
            ],
          });
          return {
            municipality: municipality as MunicipalityCode,
            asOf: isoJapan(at),
            holder,
            household: { ...first.household, members: rows.map(({ body }) => body) },
            restrictions: restrictions.rows.map(({ body }) => body),
            versions: Object.fromEntries([
              [`household/${first.household_number}`, first.household_version],
              ...rows.map(({ body, version }) => [`resident/${body.addresseeNumber}`, version] as const),
            ]),
          };
        },
        'repeatable read',
      ),
    sealSnapshot: (municipality, holder) =>
      reading(async (client) => {
        const rows = await readHolder(client, municipality, holder, []);
        return rows.resident && sealSnapshot(rows, await readSeals(client, municipality, holder));
      }),
    taxSnapshot: (municipality, holder, fiscalYears) =>
      reading(async (client) => {
        const rows = await readHolder(client, municipality, holder, []);
        if (rows.resident === undefined) return undefined;
        const there = await readTaxYears(client, municipality, holder, dayInJapan(rows.atMs));
        const wanted = new Set(fiscalYears ?? there.slice(0, maxYearsAtOnce));
        const years = there.filter((year) => wanted.has(year));
        return taxSnapshot(rows, there, await readTaxes(client, municipality, holder, years));
      }),
    familyRegisterSnapshot: (municipality, holder) =>
      reading(async (client) => {
        const family = await readFamily(client, municipality, holder);
        const rows = await readHolder(client, municipality, holder, numbersIn(family));
        return rows.resident === undefined && family === undefined ? undefined : familyRegisterSnapshot(rows, family);
      }),
    registerHistorySnapshot: (municipality, holder) =>
      reading(async (client) => {
        const family = await readFamily(client, municipality, holder);
        const rows = await readHolder(client, municipality, holder, numbersIn(family));
        return rows.resident === undefined && family === undefined ? undefined : registerHistorySnapshot(rows, family);
      }),
    findEnrolment: (municipality, serialHex) => readEnrolment(pool, municipality, serialHex),
    waitingEnrolments: (municipality) => readWaiting(pool, municipality, mostWaiting),
    async enrolmentBesideRegister(municipality, enrolmentId) {
      const [enrolment] = await readWaiting(pool, municipality, 1, enrolmentId);
      if (enrolment === undefined) return undefined;
      const domicile = enrolment.claim.registeredDomicile.text;
      return { enrolment, families: await readFamiliesAt(pool, municipality, domicile, mostFamilies) };
    },
    async credentialDigests(municipality, page) {
      const { rows } = await pool.query<{ digest: string; serial_hex: string; elsewhere: boolean }>(
        `select c.digest, c.serial_hex,
                r.body -> 'particulars' ->> 'kind' = 'japanese' and not exists (
                  select 1 from family_register_person p
                  where p.municipality = c.municipality and p.addressee_number = c.addressee_number and not p.removed) as elsewhere
         from credential c join resident r using (municipality, addressee_number)
         where municipality = $1 order by c.digest limit $2 offset $3`,
        [municipality, digestsPerPage + 1, page * digestsPerPage],
      );
      return {
        digests: rows
          .slice(0, digestsPerPage)
          .flatMap((it) => [it.digest, ...(it.elsewhere ? [elsewhereDigest(it.serial_hex)] : [])]),
        more: rows.length > digestsPerPage,
      };
    },
    change: (municipality, by, change) =>
      withTransaction(pool, (client) => applyLogged(client, municipality, by, change)),
    changeOnce: (municipality, by, { actId, digest }, change) =>
      withTransaction(pool, async (client) => {
        // Two copies of one act come one after the other: the second finds what the first has written.
        await client.query('select pg_advisory_xact_lock(hashtextextended($1, 482013))', [actId]);
        const { rows } = await client.query<{ digest: string; done: boolean }>(
          'select digest, done from operator_act where municipality = $1 and act_id = $2',
          [municipality, actId],
        );
        let known = rows[0];
        if (known === undefined) {
          known = { digest, done: await applyLogged(client, municipality, by, change) };
          await client.query('insert into operator_act (municipality, act_id, digest, done) values ($1, $2, $3, $4)', [
            municipality,
            actId,
            digest,
            known.done,
          ]);
        }
        return known.digest !== digest ? 'other-body' : known.done ? 'done' : 'no-such-row';
      }),
  };
}
