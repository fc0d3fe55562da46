/** From rows of one instant to what an issuer is told. Plain functions: both stores answer with these. */
import {
  type AddresseeNumber,
  type CancelledSeal,
  type Enrolment,
  type FamilyRegisterSnapshot,
  type HolderRecord,
  type Household,
  isoJapan,
  type MunicipalityCode,
  type RegisteredSeal,
  type RegisterHistorySnapshot,
  type Resident,
  type Restriction,
  residentTaxFaults,
  type SealRegistrationSnapshot,
  type SnapshotFrame,
  type TaxSnapshot,
  type TaxYear,
} from '@dokodemo/domain';
import type { RecordChange, StoredFamilyPerson, StoredFamilyRegister, StoredSeal } from './rows.ts';
import { cutSeal } from './seal-cutting.ts';
import { readYear, type StoredYear } from './tax-roll.ts';

export type Versioned<Row> = { readonly row: Row; readonly version: number };

/** What every reading begins with: the holder's own rows, and the restrictions that concern the reading. */
export type HolderRows = {
  readonly municipality: string;
  readonly holder: AddresseeNumber;
  readonly atMs: number;
  readonly resident?: Versioned<Resident>;
  readonly home?: Versioned<Omit<Household, 'members'>>;
  readonly restrictions: readonly Restriction[];
};

function holderRecord(resident: Resident, home: Omit<Household, 'members'>): HolderRecord {
  const { standing, movingOutOn, becameResident, name, nameKana, birth, sex, particulars } = resident;
  const ofForeigner =
    particulars.kind === 'foreign' ? { nameInKanji: particulars.nameInKanji, alias: particulars.alias } : {};
  const ofJapanese = particulars.kind === 'japanese' ? { formerSurname: particulars.formerSurname } : {};
  return present({
    standing,
    movingOutOn,
    becameResident,
    name,
    nameKana,
    ...ofJapanese,
    ...ofForeigner,
    isForeign: particulars.kind === 'foreign',
    birth,
    sex,
    householdNumber: home.householdNumber,
    address: home.address,
    addressDetail: home.addressDetail,
  }) as HolderRecord;
}

/** Without the fields that are not there. */
function present(fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function frame({ municipality, holder, atMs, resident, home, restrictions }: HolderRows): SnapshotFrame {
  const known = resident !== undefined && home !== undefined;
  return {
    municipality: municipality as MunicipalityCode,
    asOf: isoJapan(atMs),
    holder,
    restrictions,
    versions: known
      ? { [`resident/${holder}`]: resident.version, [`household/${home.row.householdNumber}`]: home.version }
      : {},
    ...(known ? { resident: holderRecord(resident.row, home.row) } : {}),
  };
}

function registrationOf(seal: StoredSeal): RegisteredSeal | CancelledSeal {
  const { registrationNumber, registeredOn, nameInKatakana, impression, cancelled } = seal;
  const entry = { registrationNumber, registeredOn, ...(nameInKatakana === undefined ? {} : { nameInKatakana }) };
  return cancelled === undefined
    ? { ...entry, state: 'registered', impression: 'legend' in impression ? cutSeal(impression) : impression }
    : { ...entry, state: 'cancelled', cancelledOn: cancelled.on, reason: cancelled.reason };
}

/** `seals`: all of the holder's, from the first on. */
export function sealSnapshot(rows: HolderRows, seals: readonly Versioned<StoredSeal>[]): SealRegistrationSnapshot {
  const it = seals.find(({ row }) => row.cancelled === undefined) ?? seals.at(-1);
  const base = frame(rows);
  if (it === undefined) return { ...base, printsSex: false };
  return {
    ...base,
    versions: { ...base.versions, [`seal/${it.row.registrationNumber}`]: it.version },
    registration: registrationOf(it.row),
    printsSex: false,
  };
}

/** What of a year is settled on a day. */
function settledPart(year: TaxYear, day: string): TaxYear {
  const { residentTax, fixedAssets, payments, ...rest } = year;
  const taxed = residentTax === undefined || residentTax.settledOn <= day;
  const valued = fixedAssets === undefined || fixedAssets.settledOn <= day;
  return {
    ...rest,
    ...(taxed && residentTax !== undefined ? { residentTax } : {}),
    ...(valued && fixedAssets !== undefined ? { fixedAssets } : {}),
    payments: payments.filter(
      ({ item }) => (taxed || item !== 'resident-tax') && (valued || item !== 'fixed-asset-tax'),
    ),
  };
}

/** `fiscalYears`: all that are settled, newest first. `years`: rows of those wanted. */
export function taxSnapshot(
  rows: HolderRows,
  fiscalYears: readonly number[],
  years: readonly Versioned<StoredYear>[],
): TaxSnapshot {
  const base = frame(rows);
  const day = base.asOf.slice(0, 10);
  const newestFirst = years.toSorted((a, b) => b.row.fiscalYear - a.row.fiscalYear);
  return {
    ...base,
    versions: {
      ...base.versions,
      ...Object.fromEntries(newestFirst.map(({ row, version }) => [`tax/${rows.holder}/${row.fiscalYear}`, version])),
    },
    fiscalYears,
    years: newestFirst.map(({ row }) => settledPart(readYear(row), day)),
  };
}

export type FamilyRows = {
  readonly register: Versioned<Omit<StoredFamilyRegister, 'persons'>>;
  /** In order; `version` of the person's row, `historyVersion` of the 附票. */
  readonly persons: readonly (StoredFamilyPerson & { readonly version: number; readonly historyVersion: number })[];
};

/** The numbers whose restrictions concern a reading of a family register: everybody's who stands in it. */
export function numbersIn(family: FamilyRows | undefined): readonly AddresseeNumber[] {
  return (family?.persons ?? []).flatMap(({ person }) => person.addresseeNumber ?? []);
}

function holderIn(family: FamilyRows, holder: AddresseeNumber): { readonly holderPersonNumber?: number } {
  const own = family.persons.find(({ person }) => person.addresseeNumber === holder && !person.removed);
  return own === undefined ? {} : { holderPersonNumber: own.person.personNumber };
}

export function familyRegisterSnapshot(rows: HolderRows, family: FamilyRows | undefined): FamilyRegisterSnapshot {
  const base = frame(rows);
  if (family === undefined) return base;
  const { register, processing } = family.register.row;
  const id = register.familyRegisterId;
  return {
    ...base,
    versions: {
      ...base.versions,
      [`family-register/${id}`]: family.register.version,
      ...Object.fromEntries(
        family.persons.map(({ person, version }) => [`family-register-person/${id}/${person.personNumber}`, version]),
      ),
    },
    familyRegister: { ...register, processing, persons: family.persons.map(({ person }) => person) },
    ...holderIn(family, rows.holder),
  };
}

export function registerHistorySnapshot(rows: HolderRows, family: FamilyRows | undefined): RegisterHistorySnapshot {
  const base = frame(rows);
  if (family === undefined) return base;
  const { register, processing, historyMadeOn } = family.register.row;
  const { familyRegisterId, registeredDomicile, surname, headGivenName } = register;
  return {
    ...base,
    versions: {
      ...base.versions,
      [`family-register/${familyRegisterId}`]: family.register.version,
      ...Object.fromEntries(
        family.persons.map(({ person, historyVersion }) => [
          `register-history/${familyRegisterId}/${person.personNumber}`,
          historyVersion,
        ]),
      ),
    },
    history: {
      familyRegisterId,
      registeredDomicile,
      surname,
      headGivenName,
      madeOn: historyMadeOn,
      processing,
      persons: family.persons.map(({ person, history }) => ({
        personNumber: person.personNumber,
        ...(person.addresseeNumber === undefined ? {} : { addresseeNumber: person.addresseeNumber }),
        givenName: person.givenName,
        ...history,
      })),
    },
    ...holderIn(family, rows.holder),
  };
}

/** A year with the declaration that came in, or undefined when it must not be taken. */
export function declared(
  stored: StoredYear,
  change: Extract<RecordChange, { kind: 'declare-tax' }>,
): TaxYear | undefined {
  const { residentTax, payment } = change;
  const year = readYear(stored);
  if (!year.residentOnJanuary1) return undefined;
  if (residentTax.declaration === 'declared' && residentTaxFaults(residentTax).length > 0) return undefined;
  const others = year.payments.filter(({ item }) => item !== 'resident-tax');
  return { ...year, residentTax, ...(payment === undefined ? {} : { payments: [payment, ...others] }) };
}

/** A row of an enrolment without its own columns. */
export type EnrolmentBody = Pick<Enrolment, 'from' | 'claim'>;
