/** A register in memory, for the simulator. */
import {
  type AddresseeNumber,
  type Clock,
  dayInJapan,
  type Household,
  isoJapan,
  type MunicipalityCode,
  type Resident,
  type Restriction,
} from '@dokodemo/domain';
import { directoryDigest, elsewhereDigest } from '@dokodemo/protocol';
import {
  familyRegisterSnapshot,
  type HolderRows,
  numbersIn,
  registerHistorySnapshot,
  sealSnapshot,
  taxSnapshot,
} from '../records/snapshots.ts';
import {
  applyRecordChange,
  approvedHolder,
  emptyRecordBooks,
  endEnrolmentOf,
  enrolmentOf,
  familyOf,
  loadRecords,
  type RecordBooks,
  taxYearsOf,
  waitingIn,
} from './memory-records.ts';
import {
  type AnyChange,
  digestsPerPage,
  holdsOn,
  isRecordChange,
  maxYearsAtOnce,
  mostFamilies,
  mostWaiting,
  type RegisterStore,
} from './register-store.ts';

type Books = {
  readonly households: Map<
    string,
    { version: number; readonly household: Omit<Household, 'members'>; readonly members: string[] }
  >;
  readonly residents: Map<string, { version: number; resident: Resident; readonly householdNumber: string }>;
  readonly restrictions: Map<string, Restriction>;
  readonly credentials: Map<string, string>;
  readonly acts: Map<string, { readonly digest: string; readonly done: boolean }>;
  readonly records: RecordBooks;
};

export function createMemoryRegister(clock: Pick<Clock, 'now'>): RegisterStore {
  const towns = new Map<string, Books>();
  const booksOf = (municipality: string): Books => {
    const books = towns.get(municipality) ?? {
      households: new Map(),
      residents: new Map(),
      restrictions: new Map(),
      credentials: new Map(),
      acts: new Map(),
      records: emptyRecordBooks(),
    };
    towns.set(municipality, books);
    return books;
  };

  const isPresent = (books: Books) => (number: AddresseeNumber) =>
    books.residents.get(number)?.resident.standing === 'present';

  const apply = (books: Books, change: AnyChange): boolean => {
    if (isRecordChange(change)) return applyRecordChange(books.records, change, clock.now(), isPresent(books));
    switch (change.kind) {
      case 'set-restriction':
        books.restrictions.set(change.restriction.restrictionId, structuredClone(change.restriction));
        return true;
      case 'clear-restriction':
        return books.restrictions.delete(change.restrictionId);
      case 'assign-credential':
        if (!books.residents.has(change.addresseeNumber)) return false;
        books.credentials.set(change.serialHex, change.addresseeNumber);
        return true;
      case 'revoke-credential': {
        const ended = endEnrolmentOf(books.records, change.serialHex, clock.now());
        return books.credentials.delete(change.serialHex) || ended;
      }
      case 'amend-resident': {
        const row = books.residents.get(change.addresseeNumber);
        if (row === undefined) return false;
        row.resident = { ...row.resident, ...structuredClone(change.amendment) };
        row.version++;
        return true;
      }
    }
  };

  /** The holder's own rows, and restrictions on the holder's household, on any of `numbers`, or on their households. */
  const holderRows = (
    municipality: string,
    holder: AddresseeNumber,
    numbers: readonly AddresseeNumber[],
  ): HolderRows => {
    const books = booksOf(municipality);
    const own = books.residents.get(holder);
    const home = own && books.households.get(own.householdNumber);
    const concerned = new Set([holder, ...numbers]);
    const homes = new Set([...concerned].map((number) => books.residents.get(number)?.householdNumber));
    const today = dayInJapan(clock.now());
    const concerns = ({ on }: Restriction) =>
      'householdNumber' in on ? homes.has(on.householdNumber) : concerned.has(on.addresseeNumber);
    return {
      municipality,
      holder,
      atMs: clock.now(),
      ...(own === undefined ? {} : { resident: { row: own.resident, version: own.version } }),
      ...(home === undefined ? {} : { home: { row: home.household, version: home.version } }),
      restrictions: [...books.restrictions.values()].filter((it) => concerns(it) && holdsOn(it, today)),
    };
  };

  return {
    async load(town) {
      towns.delete(town.municipality);
      const books = booksOf(town.municipality);
      for (const { household, restrictions } of town.households) {
        const { members, ...rest } = household;
        books.households.set(household.householdNumber, {
          version: 1,
          household: rest,
          members: members.map((it) => it.addresseeNumber),
        });
        for (const resident of members)
          books.residents.set(resident.addresseeNumber, {
            version: 1,
            resident,
            householdNumber: household.householdNumber,
          });
        for (const restriction of restrictions) books.restrictions.set(restriction.restrictionId, restriction);
      }
      loadRecords(books.records, town.records);
    },
    residentCount: async (municipality) => booksOf(municipality).residents.size,
    async findHolder(municipality, serialHex) {
      const { credentials, records } = booksOf(municipality);
      return credentials.get(serialHex) ?? approvedHolder(records, serialHex);
    },
    async snapshot(municipality, holder) {
      const books = booksOf(municipality);
      const own = books.residents.get(holder);
      const home = own && books.households.get(own.householdNumber);
      if (own === undefined || home === undefined) return undefined;
      const rows = home.members.flatMap((number) => books.residents.get(number) ?? []);
      const today = dayInJapan(clock.now());
      const concerned = ({ on }: Restriction) =>
        'householdNumber' in on
          ? on.householdNumber === own.householdNumber
          : home.members.includes(on.addresseeNumber);
      return structuredClone({
        municipality: municipality as MunicipalityCode,
        asOf: isoJapan(clock.now()),
        holder,
        household: { ...home.household, members: rows.map(({ resident }) => resident) },
        restrictions: [...books.restrictions.values()].filter((it) => concerned(it) && holdsOn(it, today)),
        versions: Object.fromEntries([
          [`household/${own.householdNumber}`, home.version],
          ...rows.map(({ resident, version }) => [`resident/${resident.addresseeNumber}`, version] as const),
        ]),
      });
    },
    async sealSnapshot(municipality, holder) {
      const rows = holderRows(municipality, holder, []);
      const seals = booksOf(municipality).records.seals.get(holder) ?? [];
      return rows.resident === undefined ? undefined : structuredClone(sealSnapshot(rows, seals));
    },
    async taxSnapshot(municipality, holder, fiscalYears) {
      const rows = holderRows(municipality, holder, []);
      if (rows.resident === undefined) return undefined;
      const settled = taxYearsOf(booksOf(municipality).records, holder, dayInJapan(clock.now()));
      const there = settled.map(({ row }) => row.fiscalYear);
      const wanted = new Set(fiscalYears ?? there.slice(0, maxYearsAtOnce));
      return structuredClone(
        taxSnapshot(
          rows,
          there,
          settled.filter(({ row }) => wanted.has(row.fiscalYear)),
        ),
      );
    },
    async familyRegisterSnapshot(municipality, holder) {
      const family = familyOf(booksOf(municipality).records, holder);
      const rows = holderRows(municipality, holder, numbersIn(family));
      if (rows.resident === undefined && family === undefined) return undefined;
      return structuredClone(familyRegisterSnapshot(rows, family));
    },
    async registerHistorySnapshot(municipality, holder) {
      const family = familyOf(booksOf(municipality).records, holder);
      const rows = holderRows(municipality, holder, numbersIn(family));
      if (rows.resident === undefined && family === undefined) return undefined;
      return structuredClone(registerHistorySnapshot(rows, family));
    },
    findEnrolment: async (municipality, serialHex) =>
      structuredClone(enrolmentOf(booksOf(municipality).records, serialHex)),
    waitingEnrolments: async (municipality) =>
      structuredClone(waitingIn(booksOf(municipality).records).slice(0, mostWaiting)),
    async enrolmentBesideRegister(municipality, enrolmentId) {
      const { records } = booksOf(municipality);
      const enrolment = waitingIn(records).find((it) => it.enrolmentId === enrolmentId);
      if (enrolment === undefined) return undefined;
      const families = [...records.families.values()].filter(
        ({ register }) => register.row.register.registeredDomicile.text === enrolment.claim.registeredDomicile.text,
      );
      return structuredClone({ enrolment, families: families.slice(0, mostFamilies) });
    },
    async credentialDigests(municipality, page) {
      const { credentials, residents, records } = booksOf(municipality);
      const all = [...credentials]
        .map(([serialHex, holder]) => {
          const particulars = residents.get(holder)?.resident.particulars;
          const elsewhere = particulars?.kind === 'japanese' && familyOf(records, holder) === undefined;
          return { digest: directoryDigest(serialHex), more: elsewhere ? [elsewhereDigest(serialHex)] : [] };
        })
        .sort((a, b) => (a.digest < b.digest ? -1 : 1));
      const from = page * digestsPerPage;
      return {
        digests: all.slice(from, from + digestsPerPage).flatMap(({ digest, more }) => [digest, ...more]),
        more: all.length > from + digestsPerPage,
      };
    },
    change: async (municipality, _by, change) => apply(booksOf(municipality), change),
    async changeOnce(municipality, _by, { actId, digest }, change) {
      const books = booksOf(municipality);
      const known = books.acts.get(actId) ?? { digest, done: apply(books, change) };
      books.acts.set(actId, known);
      return known.digest !== digest ? 'other-body' : known.done ? 'done' : 'no-such-row';
    },
  };
}
