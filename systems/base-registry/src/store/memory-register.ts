/** A register in memory, for the simulator. */
import {
  type Clock,
  dayInJapan,
  type Household,
  isoJapan,
  type MunicipalityCode,
  type Resident,
  type Restriction,
} from '@dokodemo/domain';
import { directoryDigest } from '@dokodemo/protocol';
import { digestsPerPage, holdsOn, type RegisterChange, type RegisterStore } from './register-store.ts';

type Books = {
  readonly households: Map<
    string,
    { version: number; readonly household: Omit<Household, 'members'>; readonly members: string[] }
  >;
  readonly residents: Map<string, { version: number; resident: Resident; readonly householdNumber: string }>;
  readonly restrictions: Map<string, Restriction>;
  readonly credentials: Map<string, string>;
  readonly acts: Map<string, { readonly digest: string; readonly done: boolean }>;
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
    };
    towns.set(municipality, books);
    return books;
  };

  const apply = (books: Books, change: RegisterChange): boolean => {
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
      case 'revoke-credential':
        return books.credentials.delete(change.serialHex);
      case 'amend-resident': {
        const row = books.residents.get(change.addresseeNumber);
        if (row === undefined) return false;
        row.resident = { ...row.resident, ...structuredClone(change.amendment) };
        row.version++;
        return true;
      }
    }
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
    },
    residentCount: async (municipality) => booksOf(municipality).residents.size,
    findHolder: async (municipality, serialHex) => booksOf(municipality).credentials.get(serialHex),
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
    async credentialDigests(municipality, page) {
      const all = [...booksOf(municipality).credentials.keys()].map((serialHex) => directoryDigest(serialHex)).sort();
      const from = page * digestsPerPage;
      return { digests: all.slice(from, from + digestsPerPage), more: all.length > from + digestsPerPage };
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
