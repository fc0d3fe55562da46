/** Seals, taxes, family registers and enrolments in memory, for the simulator. */
import {
  type AddresseeNumber,
  type Enrolment,
  type EnrolmentState,
  isoJapan,
  mayBecome,
  sealImpressionFault,
} from '@dokodemo/domain';
import type {
  RecordChange,
  StoredFamilyPerson,
  StoredFamilyRegister,
  StoredSeal,
  TownRecords,
} from '../records/rows.ts';
import { declared, type FamilyRows, type Versioned } from '../records/snapshots.ts';
import { type StoredYear, settledFrom } from '../records/tax-roll.ts';

type Row<T> = { row: T; version: number };
type FamilyBook = {
  register: Row<Omit<StoredFamilyRegister, 'persons'>>;
  readonly persons: readonly (StoredFamilyPerson & { readonly version: number; readonly historyVersion: number })[];
};

export type RecordBooks = {
  readonly seals: Map<AddresseeNumber, Row<StoredSeal>[]>;
  readonly sealNumbers: Set<string>;
  readonly taxYears: Map<AddresseeNumber, Map<number, Row<StoredYear>>>;
  readonly families: Map<string, FamilyBook>;
  /** Who is in which register now. */
  readonly familyOf: Map<AddresseeNumber, string>;
  readonly enrolments: Map<string, Enrolment>;
};

export function emptyRecordBooks(): RecordBooks {
  return {
    seals: new Map(),
    sealNumbers: new Set(),
    taxYears: new Map(),
    families: new Map(),
    familyOf: new Map(),
    enrolments: new Map(),
  };
}

export function loadRecords(books: RecordBooks, { seals, taxYears, familyRegisters }: TownRecords): void {
  for (const seal of seals()) addSeal(books, seal);
  for (const { addresseeNumber, year } of taxYears()) {
    const years = books.taxYears.get(addresseeNumber) ?? new Map<number, Row<StoredYear>>();
    years.set(year.fiscalYear, { row: year, version: 1 });
    books.taxYears.set(addresseeNumber, years);
  }
  for (const { persons, ...rest } of familyRegisters()) {
    const id = rest.register.familyRegisterId;
    books.families.set(id, {
      register: { row: rest, version: 1 },
      persons: persons.map((it) => ({ ...it, version: 1, historyVersion: 1 })),
    });
    for (const { person } of persons)
      if (person.addresseeNumber !== undefined && !person.removed) books.familyOf.set(person.addresseeNumber, id);
  }
}

function addSeal(books: RecordBooks, seal: StoredSeal): void {
  const own = books.seals.get(seal.addresseeNumber) ?? [];
  own.push({ row: seal, version: 1 });
  books.seals.set(seal.addresseeNumber, own);
  books.sealNumbers.add(seal.registrationNumber);
}

export function familyOf(books: RecordBooks, holder: AddresseeNumber): FamilyRows | undefined {
  return books.families.get(books.familyOf.get(holder) ?? '');
}

export function taxYearsOf(books: RecordBooks, holder: AddresseeNumber, day: string): readonly Versioned<StoredYear>[] {
  return [...(books.taxYears.get(holder)?.values() ?? [])]
    .filter(({ row }) => settledFrom(row) <= day)
    .toSorted((a, b) => b.row.fiscalYear - a.row.fiscalYear);
}

/** The last one that was applied for with a certificate. */
export function enrolmentOf(books: RecordBooks, serialHex: string): Enrolment | undefined {
  return [...books.enrolments.values()].filter((it) => it.serialHex === serialHex).at(-1);
}

export function waitingIn(books: RecordBooks): readonly Enrolment[] {
  return [...books.enrolments.values()].filter(({ state }) => state === 'applied');
}

export function approvedHolder(books: RecordBooks, serialHex: string): AddresseeNumber | undefined {
  const enrolment = enrolmentOf(books, serialHex);
  return enrolment?.state === 'approved' ? enrolment.person?.addresseeNumber : undefined;
}

function moveEnrolment(
  books: RecordBooks,
  enrolmentId: string,
  state: EnrolmentState,
  atMs: number,
  person?: Enrolment['person'],
): boolean {
  const known = books.enrolments.get(enrolmentId);
  if (known === undefined || !mayBecome(known.state, state)) return false;
  books.enrolments.set(enrolmentId, {
    ...known,
    state,
    at: isoJapan(atMs),
    ...(person === undefined ? {} : { person }),
  });
  return true;
}

/** A certificate that is no longer good takes its enrolment with it. */
export function endEnrolmentOf(books: RecordBooks, serialHex: string, atMs: number): boolean {
  const enrolment = enrolmentOf(books, serialHex);
  return enrolment !== undefined && moveEnrolment(books, enrolment.enrolmentId, 'ended', atMs);
}

export function applyRecordChange(
  books: RecordBooks,
  change: RecordChange,
  atMs: number,
  isPresent: (addresseeNumber: AddresseeNumber) => boolean,
): boolean {
  switch (change.kind) {
    case 'register-seal': {
      const { kind: _, ...seal } = change;
      const inForce = books.seals.get(seal.addresseeNumber)?.some(({ row }) => row.cancelled === undefined) === true;
      if (!isPresent(seal.addresseeNumber) || inForce || books.sealNumbers.has(seal.registrationNumber)) return false;
      if (sealImpressionFault(seal.impression) !== undefined) return false;
      addSeal(books, structuredClone(seal));
      return true;
    }
    case 'cancel-seal': {
      const it = books.seals.get(change.addresseeNumber)?.find(({ row }) => row.cancelled === undefined);
      if (it === undefined) return false;
      it.row = { ...it.row, cancelled: { on: change.on, reason: change.reason } };
      it.version++;
      return true;
    }
    case 'declare-tax': {
      const it = books.taxYears.get(change.addresseeNumber)?.get(change.fiscalYear);
      const year = it && declared(it.row, structuredClone(change));
      if (it === undefined || year === undefined) return false;
      it.row = year;
      it.version++;
      return true;
    }
    case 'set-family-register-processing': {
      const it = books.families.get(change.familyRegisterId)?.register;
      if (it === undefined) return false;
      it.row = { ...it.row, processing: change.processing };
      it.version++;
      return true;
    }
    case 'apply-for-enrolment': {
      const { kind: _, ...asked } = change;
      const last = enrolmentOf(books, change.serialHex);
      if (last?.state === 'applied' || last?.state === 'approved' || books.enrolments.has(change.enrolmentId))
        return false;
      books.enrolments.set(change.enrolmentId, { ...structuredClone(asked), state: 'applied', at: isoJapan(atMs) });
      return true;
    }
    case 'approve-enrolment': {
      const familyRegisterId = books.familyOf.get(change.addresseeNumber);
      if (familyRegisterId === undefined) return false;
      const person = { addresseeNumber: change.addresseeNumber, familyRegisterId };
      return moveEnrolment(books, change.enrolmentId, 'approved', atMs, person);
    }
    case 'reject-enrolment':
      return moveEnrolment(books, change.enrolmentId, 'rejected', atMs);
    case 'end-enrolment':
      return moveEnrolment(books, change.enrolmentId, 'ended', atMs);
  }
}
