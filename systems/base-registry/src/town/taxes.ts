/** What a household earns and owns, as lines of the tax rolls for each of its members. */
import type { Dependants, Household, Resident } from '@dokodemo/domain';
import type { StoredTaxYear } from '../records/rows.ts';
import { dependantLimitYen } from '../records/tax-law.ts';
import { incomeYenOf, type Livelihood, type TaxRoll } from '../records/tax-roll.ts';
import { bornOf } from './dates.ts';
import type { Draw } from './draw.ts';
import { homeOf, vehicleOf } from './homes.ts';
import type { TownPlan } from './plan.ts';

/** The years of a town's rolls, newest first. The newest runs. */
export const rollYears = [2026, 2025] as const;
export const runningYear = rollYears[0];

/** Age on the last day of the year whose income it is. */
export function ageAtEndOf(incomeYear: number, { birth }: Pick<Resident, 'birth'>): number {
  return incomeYear - Number(bornOf(birth).slice(0, 4));
}

/** What stands in a roll for who somebody is. */
export function rollOf(plan: Pick<TownPlan, 'name'>, resident: Resident, address: string, fiscalYear: number) {
  return {
    fiscalYear,
    town: plan.name,
    residentOnJanuary1: (resident.becameResident.iso ?? '') <= `${fiscalYear}-01-01`,
    address,
    age: ageAtEndOf(fiscalYear - 1, resident),
    ...(fiscalYear === runningYear ? { running: true as const } : {}),
  };
}

function livelihoodOf(draw: Draw, { relationship }: Resident, age: number): Livelihood {
  if (age >= 65) return { pensionYen: draw.between(60, 290) * 10_000 };
  if (age < 19) return { undeclared: true };
  const luck = draw.fraction();
  if (age < 23 && relationship === '子' && luck < 0.7)
    return luck < 0.4 ? { undeclared: true } : { employmentYen: draw.between(20, 95) * 10_000 };
  if (relationship.startsWith('妻') || relationship.startsWith('夫')) {
    if (luck < 0.3) return { undeclared: true };
    if (luck < 0.6) return { employmentYen: draw.between(55, 105) * 10_000 };
  }
  if (luck > 0.985) return { undeclared: true };
  if (luck > 0.9) return { businessYen: draw.between(90, 700) * 10_000 };
  return { employmentYen: draw.between(180, age < 30 ? 380 : 820) * 10_000 };
}

type Counted = Exclude<keyof Dependants, 'spouse'>;

/** Who leans on the head: those whose income is under the limit. Nobody is counted twice. */
function dependantsOf(members: readonly Resident[], incomeYear: number): Partial<Dependants> {
  const counted: { [Key in Counted]?: number } = {};
  let spouse: Dependants['spouse'] = 'none';
  for (const it of members) {
    const age = ageAtEndOf(incomeYear, it);
    if (it.relationship === '妻' || it.relationship === '夫') spouse = age >= 70 ? 'elderly' : 'ordinary';
    else {
      const key = dependantKind(it, age);
      counted[key] = (counted[key] ?? 0) + 1;
    }
  }
  return spouse === 'none' ? counted : { ...counted, spouse };
}

function dependantKind({ relationship }: Resident, age: number): Counted {
  if (age < 16) return 'under16';
  if (age >= 19 && age <= 22) return 'specific';
  if (age < 70) return 'general';
  return relationship === '父' || relationship === '母' ? 'elderlyParentsAtHome' : 'elderly';
}

const isKin = ({ relationship }: Resident) => !/縁故者|同居人|未届/.test(relationship);

/** Rolls of everybody of fifteen and over, for the years of the town. */
export function taxesOf(draw: Draw, plan: TownPlan, household: Household): readonly StoredTaxYear[] {
  const { members, address, addressDetail } = household;
  const [head, ...others] = members;
  if (head === undefined) return [];
  const lives = new Map(members.map((it) => [it, livelihoodOf(draw, it, ageAtEndOf(2025, it))] as const));
  const drives = new Map(
    members.map((it) => [it, lives.get(it)?.undeclared !== true && draw.fraction() < 0.3] as const),
  );
  const vehicles = new Map(members.map((it) => [it, drives.get(it) === true ? [vehicleOf(draw)] : []] as const));
  const property = addressDetail === undefined && draw.fraction() < 0.7 ? homeOf(draw, address.text) : undefined;
  const behind = draw.fraction() < 0.015;
  const insuredYen = draw.between(2, 7) * 10_000;
  const yearOf = (fiscalYear: number): readonly StoredTaxYear[] => {
    const incomeYear = fiscalYear - 1;
    const small = (it: Resident) =>
      incomeYenOf(lives.get(it) ?? {}, ageAtEndOf(incomeYear, it), incomeYear) <= dependantLimitYen(incomeYear);
    const leaning = small(head) ? [] : others.filter((it) => isKin(it) && it.standing !== 'dead' && small(it));
    const line = (resident: Resident): TaxRoll => {
      const livelihood = lives.get(resident) ?? {};
      const own = vehicles.get(resident) ?? [];
      const ofHead: Partial<TaxRoll> =
        resident !== head
          ? {}
          : {
              ...(leaning.length === 0 ? {} : { dependants: dependantsOf(leaning, incomeYear) }),
              ...(small(head) ? {} : { further: [{ kind: 'life-insurance', yen: insuredYen }] }),
              ...(property === undefined ? {} : { property }),
              ...(livelihood.employmentYen === undefined ? { healthInsuranceYen: 20_000 + insuredYen } : {}),
              ...(behind && fiscalYear === runningYear ? { behind: true } : {}),
            };
      return {
        ...rollOf(plan, resident, address.text, fiscalYear),
        livelihood,
        ...(leaning.includes(resident) ? { isDependant: true } : {}),
        ...(own.length === 0 ? {} : { vehicles: own }),
        ...ofHead,
      };
    };
    return members
      .filter((it) => ageAtEndOf(incomeYear, it) >= 15 && it.standing !== 'provisional')
      .map((it) => ({ addresseeNumber: it.addresseeNumber, year: line(it) }));
  };
  return rollYears.flatMap(yearOf);
}
