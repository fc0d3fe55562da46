/** A town that does not exist, made from a seed. */
import {
  type AddresseeNumber,
  addresseeNumbers,
  type Household,
  type MunicipalityCode,
  type Restriction,
} from '@dokodemo/domain';
import type { TownRecords } from '../records/rows.ts';
import { openDraw } from './draw.ts';
import { writeFamilyRegister } from './family-entries.ts';
import { notableHouseholds } from './notable.ts';
import { cityFamilies, machiFamily, miharuFamily } from './notable-families.ts';
import { notableSeals } from './notable-people.ts';
import { notableTaxes } from './notable-taxes.ts';
import { foreignHousehold, japaneseHousehold, type Settled } from './people.ts';
import { numbersFor, type TownPlan } from './plan.ts';
import { sealNumbers, sealsOf } from './seals.ts';
import { taxesOf } from './taxes.ts';

export type { TownPlan } from './plan.ts';

export type TownHousehold = { readonly household: Household; readonly restrictions: readonly Restriction[] };

export type Town = {
  readonly municipality: MunicipalityCode;
  readonly households: readonly TownHousehold[];
  /** Residents that the demo names: key → 宛名番号. */
  readonly named: Readonly<Record<string, AddresseeNumber>>;
  /** Of those whom the demo names, who live elsewhere and have their family register here, and may enrol: key → 宛名番号
   *  here. */
  readonly enrollable: Readonly<Record<string, AddresseeNumber>>;
  /** Seals, taxes and family registers of all of them. */
  readonly records: TownRecords;
};

/** The same plan gives the same town, to the byte. */
export function makeTown(plan: TownPlan): Town {
  const draw = openDraw(plan.seed);
  const numbers = numbersFor(draw);
  const notable = notableHouseholds(plan, numbers);
  const settled: Settled[] = [];
  let residents = notable.households.reduce((sum, { household }) => sum + household.members.length, 0);
  while (residents < plan.residents) {
    const next =
      draw.fraction() < 0.03 ? foreignHousehold(draw, numbers, plan) : japaneseHousehold(draw, numbers, plan);
    settled.push(next);
    residents += next.home.household.members.length;
  }
  const enrollable: Record<string, AddresseeNumber> = {};
  const enrolled = plan.municipality === '482013' ? 'machi' : 'miharu';
  enrollable[enrolled] = addresseeNumbers(700_000_001).next().value as string;
  return {
    municipality: plan.municipality,
    households: [...notable.households, ...settled.map(({ home }) => home)],
    named: notable.named,
    enrollable,
    records: recordsOf(plan, notable.byKey, settled, enrollable),
  };
}

/** Each register has luck of its own: a change in one leaves the others as they are. */
function recordsOf(
  plan: TownPlan,
  households: Readonly<Record<string, TownHousehold>>,
  settled: readonly Settled[],
  { machi, miharu }: Readonly<Record<string, AddresseeNumber>>,
): TownRecords {
  const luckOf = (register: number) => openDraw(plan.seed ^ (register * 0x1234_567));
  return {
    *familyRegisters() {
      const draw = luckOf(1);
      let given = 0;
      const write = (family: Parameters<typeof writeFamilyRegister>[3]) =>
        writeFamilyRegister(draw, plan, `k${String(++given).padStart(7, '0')}`, family);
      if (machi !== undefined)
        for (const family of [...cityFamilies({ plan, households, draw }), machiFamily(machi)]) yield write(family);
      if (miharu !== undefined) yield write(miharuFamily(miharu));
      for (const { families } of settled) for (const family of families) yield write(family);
    },
    *seals() {
      const draw = luckOf(2);
      const numbers = sealNumbers();
      yield* notableSeals({ plan, households, draw }, numbers);
      for (const { home } of settled)
        for (const resident of home.household.members) yield* sealsOf(draw, numbers, resident);
    },
    *taxYears() {
      const draw = luckOf(3);
      yield* notableTaxes({ plan, households, draw });
      for (const { home } of settled) yield* taxesOf(draw, plan, home.household);
    },
  };
}
