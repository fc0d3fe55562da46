/** Seals, taxes, family registers and enrolments on PostgreSQL. */
import {
  type AddresseeNumber,
  type Enrolment,
  isoJapan,
  type RegisterDate,
  sealImpressionFault,
} from '@dokodemo/domain';
import type pg from 'pg';
import type {
  RecordChange,
  StoredFamilyPerson,
  StoredFamilyRegister,
  StoredSeal,
  StoredTaxYear,
  TownRecords,
} from '../records/rows.ts';
import { declared, type EnrolmentBody, type FamilyRows, type Versioned } from '../records/snapshots.ts';
import { type StoredYear, settledFrom } from '../records/tax-roll.ts';

export const recordTables = [
  'enrolment',
  'family_register_person',
  'family_register',
  'tax_year',
  'seal_registration',
] as const;

const perBatch = 2_000;

function* batches<T>(rows: Iterable<T>): Generator<readonly T[]> {
  let batch: T[] = [];
  for (const row of rows) {
    batch.push(row);
    if (batch.length < perBatch) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

async function loadSeals(client: pg.PoolClient, municipality: string, seals: Iterable<StoredSeal>): Promise<void> {
  for (const batch of batches(seals)) {
    await client.query(
      'insert into seal_registration (municipality, registration_number, addressee_number, in_force, body) select $1, n, a, f, b::json from unnest($2::text[], $3::text[], $4::boolean[], $5::text[]) as t (n, a, f, b)',
      [
        municipality,
        batch.map((it) => it.registrationNumber),
        batch.map((it) => it.addresseeNumber),
        batch.map((it) => it.cancelled === undefined),
        batch.map((it) => JSON.stringify(it)),
      ],
    );
  }
}

async function loadTaxes(client: pg.PoolClient, municipality: string, years: Iterable<StoredTaxYear>): Promise<void> {
  for (const batch of batches(years)) {
    await client.query(
      'insert into tax_year (municipality, addressee_number, fiscal_year, settled_from, body) select $1, a, y, s, b::json from unnest($2::text[], $3::integer[], $4::text[], $5::text[]) as t (a, y, s, b)',
      [
        municipality,
        batch.map((it) => it.addresseeNumber),
        batch.map((it) => it.year.fiscalYear),
        batch.map((it) => settledFrom(it.year)),
        batch.map((it) => JSON.stringify(it.year)),
      ],
    );
  }
}

async function loadFamilies(
  client: pg.PoolClient,
  municipality: string,
  families: Iterable<StoredFamilyRegister>,
): Promise<void> {
  for (const batch of batches(families)) {
    await client.query(
      'insert into family_register (municipality, family_register_id, processing, body) select $1, i, p, b::json from unnest($2::text[], $3::boolean[], $4::text[]) as t (i, p, b)',
      [
        municipality,
        batch.map((it) => it.register.familyRegisterId),
        batch.map((it) => it.processing),
        batch.map(({ register, historyMadeOn }) => JSON.stringify({ register, historyMadeOn })),
      ],
    );
    const people = batch.flatMap(({ register, persons }) =>
      persons.map((it) => ({ ...it, id: register.familyRegisterId })),
    );
    await client.query(
      'insert into family_register_person (municipality, family_register_id, person_number, addressee_number, removed, body, history) select $1, i, n, a, r, b::json, h::json from unnest($2::text[], $3::integer[], $4::text[], $5::boolean[], $6::text[], $7::text[]) as t (i, n, a, r, b, h)',
      [
        municipality,
        people.map((it) => it.id),
        people.map((it) => it.person.personNumber),
        people.map((it) => it.person.addresseeNumber ?? null),
        people.map((it) => it.person.removed),
        people.map((it) => JSON.stringify(it.person)),
        people.map((it) => JSON.stringify(it.history)),
      ],
    );
  }
}

export async function loadRecords(client: pg.PoolClient, municipality: string, records: TownRecords): Promise<void> {
  await loadSeals(client, municipality, records.seals());
  await loadTaxes(client, municipality, records.taxYears());
  await loadFamilies(client, municipality, records.familyRegisters());
}

export async function readSeals(
  client: pg.PoolClient,
  municipality: string,
  holder: AddresseeNumber,
): Promise<readonly Versioned<StoredSeal>[]> {
  const { rows } = await client.query<{ body: StoredSeal; version: number }>({
    name: 'seals',
    text: 'select body, version from seal_registration where municipality = $1 and addressee_number = $2 order by entered',
    values: [municipality, holder],
  });
  return rows.map(({ body, version }) => ({ row: body, version }));
}

export async function readTaxYears(
  client: pg.PoolClient,
  municipality: string,
  holder: AddresseeNumber,
  day: string,
): Promise<readonly number[]> {
  const { rows } = await client.query<{ fiscal_year: number }>({
    name: 'tax-years',
    text: 'select fiscal_year from tax_year where municipality = $1 and addressee_number = $2 and settled_from <= $3 order by fiscal_year desc',
    values: [municipality, holder, day],
  });
  return rows.map(({ fiscal_year }) => fiscal_year);
}

export async function readTaxes(
  client: pg.PoolClient,
  municipality: string,
  holder: AddresseeNumber,
  fiscalYears: readonly number[],
): Promise<readonly Versioned<StoredYear>[]> {
  const { rows } = await client.query<{ body: StoredYear; version: number }>({
    name: 'taxes',
    text: 'select body, version from tax_year where municipality = $1 and addressee_number = $2 and fiscal_year = any ($3::integer[])',
    values: [municipality, holder, fiscalYears],
  });
  return rows.map(({ body, version }) => ({ row: body, version }));
}

const familySql = `
select r.body as register, r.processing, r.version as register_version, p.body as person, p.version, p.history, p.history_version
from family_register_person own
join family_register r using (municipality, family_register_id)
join family_register_person p using (municipality, family_register_id)
where own.municipality = $1 and own.addressee_number = $2 and not own.removed
order by p.person_number`;

type FamilyRow = {
  register: { register: StoredFamilyRegister['register']; historyMadeOn: RegisterDate };
  processing: boolean;
  register_version: number;
  person: StoredFamilyPerson['person'];
  version: number;
  history: StoredFamilyPerson['history'];
  history_version: number;
};

export async function readFamily(
  client: pg.PoolClient,
  municipality: string,
  holder: AddresseeNumber,
): Promise<FamilyRows | undefined> {
  const { rows } = await client.query<FamilyRow>({ name: 'family', text: familySql, values: [municipality, holder] });
  const first = rows[0];
  if (first === undefined) return undefined;
  return {
    register: { row: { ...first.register, processing: first.processing }, version: first.register_version },
    persons: rows.map(({ person, version, history, history_version }) => ({
      person,
      version,
      history,
      historyVersion: history_version,
    })),
  };
}

type EnrolmentRow = {
  enrolment_id: string;
  serial_hex: string;
  state: Enrolment['state'];
  at: Date;
  addressee_number: string | null;
  family_register_id: string | null;
  body: EnrolmentBody;
};

export async function readEnrolment(
  client: Pick<pg.PoolClient, 'query'>,
  municipality: string,
  serialHex: string,
): Promise<Enrolment | undefined> {
  const { rows } = await client.query<EnrolmentRow>(
    'select enrolment_id, serial_hex, state, at, addressee_number, family_register_id, body from enrolment where municipality = $1 and serial_hex = $2 order by entered desc limit 1',
    [municipality, serialHex],
  );
  return rows[0] && enrolmentOf(rows[0]);
}

function enrolmentOf(row: EnrolmentRow): Enrolment {
  const { addressee_number: addresseeNumber, family_register_id: familyRegisterId } = row;
  return {
    enrolmentId: row.enrolment_id,
    serialHex: row.serial_hex,
    ...row.body,
    state: row.state,
    at: isoJapan(row.at.getTime()),
    ...(addresseeNumber === null || familyRegisterId === null ? {} : { person: { addresseeNumber, familyRegisterId } }),
  };
}

const enrolmentColumns = 'enrolment_id, serial_hex, state, at, addressee_number, family_register_id, body';

/** Those that wait, oldest first; or the one of this id, if it waits. */
export async function readWaiting(
  client: Pick<pg.PoolClient, 'query'>,
  municipality: string,
  limit: number,
  enrolmentId?: string,
): Promise<readonly Enrolment[]> {
  const { rows } = await client.query<EnrolmentRow>(
    `select ${enrolmentColumns} from enrolment
     where municipality = $1 and state = 'applied' and ($3::text is null or enrolment_id = $3) order by entered limit $2`,
    [municipality, limit, enrolmentId ?? null],
  );
  return rows.map(enrolmentOf);
}

/** Family registers of one 本籍. */
export async function readFamiliesAt(
  client: Pick<pg.PoolClient, 'query'>,
  municipality: string,
  domicile: string,
  limit: number,
): Promise<readonly FamilyRows[]> {
  const found = await client.query<
    Omit<FamilyRow, 'person' | 'history'> & { family_register_id: string; people: FamilyRow[] }
  >(
    `select r.family_register_id, r.body as register, r.processing, r.version as register_version,
            (select json_agg(json_build_object('person', p.body, 'version', p.version, 'history', p.history, 'history_version', p.history_version) order by p.person_number)
             from family_register_person p where p.municipality = r.municipality and p.family_register_id = r.family_register_id) as people
     from family_register r
     where r.municipality = $1 and r.body -> 'register' -> 'registeredDomicile' ->> 'text' = $2
     order by r.family_register_id limit $3`,
    [municipality, domicile, limit],
  );
  return found.rows.map((row) => ({
    register: { row: { ...row.register, processing: row.processing }, version: row.register_version },
    persons: row.people.map(({ person, version, history, history_version }) => ({
      person,
      version,
      history,
      historyVersion: history_version,
    })),
  }));
}

/** A certificate that is no longer good takes its enrolment with it. */
export async function endEnrolmentOf(client: pg.PoolClient, municipality: string, serialHex: string): Promise<boolean> {
  const { rowCount } = await client.query(
    "update enrolment set state = 'ended', at = now() where municipality = $1 and serial_hex = $2 and state in ('applied', 'approved')",
    [municipality, serialHex],
  );
  return rowCount === 1;
}

type ChangeOf<Kind extends RecordChange['kind']> = Extract<RecordChange, { kind: Kind }>;

async function registerSeal(client: pg.PoolClient, municipality: string, change: ChangeOf<'register-seal'>) {
  const { kind: _, ...seal } = change;
  if (sealImpressionFault(seal.impression) !== undefined) return false;
  const { rowCount } = await client.query(
    `insert into seal_registration (municipality, registration_number, addressee_number, in_force, body)
     select municipality, $3, addressee_number, true, $4 from resident
     where municipality = $1 and addressee_number = $2 and body ->> 'standing' = 'present'
     on conflict do nothing`,
    [municipality, seal.addresseeNumber, seal.registrationNumber, JSON.stringify(seal)],
  );
  return rowCount === 1;
}

async function cancelSeal(client: pg.PoolClient, municipality: string, change: ChangeOf<'cancel-seal'>) {
  const { rowCount } = await client.query(
    `update seal_registration set in_force = false, version = version + 1, body = (body::jsonb || $3::jsonb)::json
     where municipality = $1 and addressee_number = $2 and in_force`,
    [municipality, change.addresseeNumber, JSON.stringify({ cancelled: { on: change.on, reason: change.reason } })],
  );
  return rowCount === 1;
}

async function declareTax(client: pg.PoolClient, municipality: string, change: ChangeOf<'declare-tax'>) {
  const key = [municipality, change.addresseeNumber, change.fiscalYear];
  const { rows } = await client.query<{ body: StoredYear }>(
    'select body from tax_year where municipality = $1 and addressee_number = $2 and fiscal_year = $3 for update',
    key,
  );
  const year = rows[0] && declared(rows[0].body, change);
  if (year === undefined) return false;
  await client.query(
    'update tax_year set body = $4, settled_from = $5, version = version + 1 where municipality = $1 and addressee_number = $2 and fiscal_year = $3',
    [...key, JSON.stringify(year), settledFrom(year)],
  );
  return true;
}

async function setProcessing(
  client: pg.PoolClient,
  municipality: string,
  { familyRegisterId, processing }: ChangeOf<'set-family-register-processing'>,
) {
  const { rowCount } = await client.query(
    'update family_register set processing = $3, version = version + 1 where municipality = $1 and family_register_id = $2',
    [municipality, familyRegisterId, processing],
  );
  return rowCount === 1;
}

async function applyForEnrolment(client: pg.PoolClient, municipality: string, change: ChangeOf<'apply-for-enrolment'>) {
  const { enrolmentId, serialHex, from, claim } = change;
  const { rowCount } = await client.query(
    "insert into enrolment (municipality, enrolment_id, serial_hex, state, body) values ($1, $2, $3, 'applied', $4) on conflict do nothing",
    [municipality, enrolmentId, serialHex, JSON.stringify({ from, claim })],
  );
  return rowCount === 1;
}

/** The steps that `enrolmentSteps` of the domain allows, as SQL: approved and rejected come from applied only. */
async function approveEnrolment(client: pg.PoolClient, municipality: string, change: ChangeOf<'approve-enrolment'>) {
  const { rowCount } = await client.query(
    `update enrolment set state = 'approved', at = now(), addressee_number = p.addressee_number, family_register_id = p.family_register_id
     from family_register_person p
     where enrolment.municipality = $1 and enrolment_id = $2 and state = 'applied'
       and p.municipality = $1 and p.addressee_number = $3 and not p.removed`,
    [municipality, change.enrolmentId, change.addresseeNumber],
  );
  return rowCount === 1;
}

async function closeEnrolment(
  client: pg.PoolClient,
  municipality: string,
  { kind, enrolmentId }: ChangeOf<'reject-enrolment' | 'end-enrolment'>,
) {
  const { rowCount } = await client.query(
    'update enrolment set state = $3, at = now() where municipality = $1 and enrolment_id = $2 and state = any ($4)',
    kind === 'reject-enrolment'
      ? [municipality, enrolmentId, 'rejected', ['applied']]
      : [municipality, enrolmentId, 'ended', ['applied', 'approved']],
  );
  return rowCount === 1;
}

export function applyRecordChange(client: pg.PoolClient, municipality: string, change: RecordChange): Promise<boolean> {
  switch (change.kind) {
    case 'register-seal':
      return registerSeal(client, municipality, change);
    case 'cancel-seal':
      return cancelSeal(client, municipality, change);
    case 'declare-tax':
      return declareTax(client, municipality, change);
    case 'set-family-register-processing':
      return setProcessing(client, municipality, change);
    case 'apply-for-enrolment':
      return applyForEnrolment(client, municipality, change);
    case 'approve-enrolment':
      return approveEnrolment(client, municipality, change);
    case 'reject-enrolment':
    case 'end-enrolment':
      return closeEnrolment(client, municipality, change);
  }
}
