/**
 * What the registers really said at any moment: written by the world that changes them, in a way of its own, so that
 * the checks do not ask the code that they check.
 */
import type { RegisterChange, Town, TownHousehold } from '@dokodemo/base-registry';
import { dayInJapan, type Restriction } from '@dokodemo/domain';
import type { Person } from './town.ts';

export type Picture = {
  /** A restriction on anybody of the household, or on all of it. */
  readonly restricted: boolean;
  /** One on the holder, or on the household. */
  readonly holderRestricted: boolean;
  /** The register still names this person as the holder of this card. */
  readonly holdsCard: boolean;
  readonly holderPresent: boolean;
  /** Present members: number → name. */
  readonly names: ReadonlyMap<string, string>;
};

type FamilyRow = ReturnType<Town['records']['familyRegisters']> extends Iterable<infer Row> ? Row : never;

type Entry = { readonly at: number; readonly municipality: string; readonly change: RegisterChange };

export class RegisterTruth {
  readonly #homes: readonly (TownHousehold & { readonly municipality: string })[];
  readonly #families: readonly { readonly municipality: string; readonly registers: readonly FamilyRow[] }[];
  readonly #elsewhere = new Map<Person, ReadonlySet<string>>();
  readonly #entries: Entry[] = [];

  constructor(towns: readonly Town[]) {
    this.#homes = towns.flatMap(({ municipality, households }) => households.map((it) => ({ ...it, municipality })));
    this.#families = towns.map(({ municipality, records }) => ({
      municipality,
      registers: [...records.familyRegisters()],
    }));
  }

  write(at: number, municipality: string, change: RegisterChange): void {
    this.#entries.push({ at, municipality, change });
  }

  get entries(): readonly Entry[] {
    return this.#entries;
  }

  /** Everything that was true of a person's household at some moment of a span, both ends included. */
  between(person: Person, from: number, until: number): readonly Picture[] {
    const mine = this.#entries.filter(({ municipality, at }) => municipality === person.municipality && at <= until);
    const before = mine.filter(({ at }) => at < from).length;
    return Array.from({ length: mine.length - before + 1 }, (_, i) =>
      this.#picture(person, mine.slice(0, before + i), until),
    );
  }

  /** Names of residents of other households that the register does not also hold, in any field, of this one. */
  namesElsewhere(person: Person): ReadonlySet<string> {
    const known = this.#elsewhere.get(person) ?? this.#readNamesElsewhere(person);
    this.#elsewhere.set(person, known);
    return known;
  }

  /** The same without those who stand in a family register with this person, wherever they live. */
  namesOutsideFamily(person: Person): ReadonlySet<string> {
    const names = new Set(this.namesElsewhere(person));
    for (const { municipality, registers } of this.#families) {
      if (municipality !== person.municipality) continue;
      for (const it of registers) {
        const numbers = new Set(it.persons.map(({ person: { addresseeNumber } }) => addresseeNumber as string));
        if (!numbers.has(person.addresseeNumber)) continue;
        for (const words of wordsIn(it)) names.delete(words);
        for (const { household } of this.#homes.filter((home) => home.municipality === municipality)) {
          for (const { addresseeNumber, name } of household.members)
            if (numbers.has(addresseeNumber)) names.delete(name.text);
        }
      }
    }
    return names;
  }

  #readNamesElsewhere(person: Person): ReadonlySet<string> {
    const names = new Set<string>();
    for (const { household, municipality } of this.#homes) {
      const here =
        municipality === person.municipality && household.householdNumber === person.household.householdNumber;
      if (!here) for (const { name } of household.members) names.add(name.text);
    }
    // Whose family register one was in, for instance, may live next door.
    for (const words of wordsIn(person.household)) names.delete(words);
    return names;
  }

  #picture(person: Person, entries: readonly Entry[], at: number): Picture {
    const home = this.#homes.find(
      ({ household, municipality }) =>
        municipality === person.municipality && household.householdNumber === person.household.householdNumber,
    );
    if (home === undefined) throw new Error(`${person.label} lives nowhere`);
    const restrictions = new Map<string, Restriction>(home.restrictions.map((it) => [it.restrictionId, it]));
    const residents = new Map(home.household.members.map((it) => [it.addresseeNumber as string, { ...it }]));
    let holdsCard = true;
    for (const { change } of entries) {
      if (change.kind === 'set-restriction') restrictions.set(change.restriction.restrictionId, change.restriction);
      else if (change.kind === 'clear-restriction') restrictions.delete(change.restrictionId);
      else if (change.kind === 'amend-resident') {
        const found = residents.get(change.addresseeNumber);
        if (found !== undefined) residents.set(change.addresseeNumber, { ...found, ...change.amendment });
      } else if (change.serialHex === person.keys.serialHex) {
        holdsCard = change.kind === 'assign-credential' && change.addresseeNumber === person.addresseeNumber;
      }
    }
    const day = dayInJapan(at);
    const concerned = ({ on, from }: Restriction, ofWhom: (number: string) => boolean) =>
      from <= day &&
      ('householdNumber' in on ? on.householdNumber === home.household.householdNumber : ofWhom(on.addresseeNumber));
    const inForce = [...restrictions.values()];
    const present = [...residents.values()].filter(({ standing }) => standing === 'present');
    return {
      restricted: inForce.some((it) => concerned(it, (number) => residents.has(number))),
      holderRestricted: inForce.some((it) => concerned(it, (number) => number === person.addresseeNumber)),
      holdsCard,
      holderPresent: residents.get(person.addresseeNumber)?.standing === 'present',
      names: new Map(present.map((it) => [it.addresseeNumber as string, it.name.text])),
    };
  }
}

function* wordsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) yield* wordsIn(inner);
}
