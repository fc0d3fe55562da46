/**
 * A line of the town's tax rolls, by what it follows from: who somebody is, earns, keeps and owns. The amounts come by law
 * (`tax-law.ts`, `property.ts`) when somebody asks, so that rolls of 20,000 people are a few megabytes and every sum adds
 * up. A declaration that comes in later is kept with its amounts, as a `TaxYear`.
 */
import type {
  DeductionItem,
  Dependants,
  IncomeItem,
  LightVehicle,
  ResidentTax,
  TaxItem,
  TaxPayment,
  TaxpayerMark,
  TaxYear,
} from '@dokodemo/domain';
import { eraDate } from '../town/dates.ts';
import { annualFixedAssetTaxYen, type Property, valueProperty } from './property.ts';
import { computeResidentTax, employmentIncomeYen, noDependants, pensionIncomeYen } from './tax-law.ts';

/** What somebody earned in the year before a fiscal year, by its kind. */
export type Livelihood = {
  readonly employmentYen?: number;
  readonly pensionYen?: number;
  readonly businessYen?: number;
  /** No declaration came in, and nobody else sent one for them. */
  readonly undeclared?: true;
};

export type TaxRoll = {
  readonly fiscalYear: number;
  /** 「見本県どこでも市」: its kind decides the words for its taxes, and whether it has city planning. */
  readonly town: string;
  readonly residentOnJanuary1: boolean;
  /** On 1 January. */
  readonly address: string;
  /** On the last day of the year before. */
  readonly age: number;
  readonly livelihood: Livelihood;
  readonly dependants?: Partial<Dependants>;
  /** Somebody else's dependant. */
  readonly isDependant?: true;
  readonly marks?: readonly TaxpayerMark[];
  readonly further?: readonly DeductionItem[];
  readonly property?: Property;
  readonly vehicles?: readonly Pick<LightVehicle, 'plate' | 'frameNumber' | 'make'>[];
  readonly healthInsuranceYen?: number;
  /** The year runs: instalments of autumn and winter are not due yet. */
  readonly running?: true;
  /** Nothing of this year has been paid. */
  readonly behind?: true;
};

function incomesOf({ employmentYen, pensionYen, businessYen }: Livelihood, age: number, year: number): IncomeItem[] {
  const incomes: IncomeItem[] = [];
  if (employmentYen !== undefined)
    incomes.push({
      kind: 'employment',
      receiptsYen: employmentYen,
      incomeYen: employmentIncomeYen(employmentYen, year),
    });
  if (pensionYen !== undefined)
    incomes.push({
      kind: 'public-pension',
      receiptsYen: pensionYen,
      incomeYen: pensionIncomeYen(pensionYen, age, year),
    });
  if (businessYen !== undefined) incomes.push({ kind: 'business', incomeYen: businessYen });
  return incomes;
}

export function incomeYenOf(livelihood: Livelihood, age: number, incomeYear: number): number {
  return incomesOf(livelihood, age, incomeYear).reduce((sum, { incomeYen }) => sum + incomeYen, 0);
}

function insuranceYen({ employmentYen = 0, pensionYen = 0, businessYen = 0 }: Livelihood): number {
  return (
    (employmentYen >= 1_060_000 ? Math.floor((employmentYen * 148) / 1_000) : 0) +
    Math.floor((pensionYen * 6) / 100) +
    Math.floor((businessYen * 13) / 100)
  );
}

function residentTaxOf(roll: TaxRoll): ResidentTax | undefined {
  const { fiscalYear, residentOnJanuary1, livelihood, age, dependants, isDependant, marks, further } = roll;
  if (!residentOnJanuary1) return undefined;
  if (livelihood.undeclared === true)
    return {
      declaration: isDependant === true ? 'undeclared-dependant' : 'undeclared',
      settledOn: `${fiscalYear}-06-01`,
    };
  const insurance = insuranceYen(livelihood);
  return computeResidentTax({
    fiscalYear,
    incomes: incomesOf(livelihood, age, fiscalYear - 1),
    deductions: [
      ...(insurance === 0 ? [] : [{ kind: 'social-insurance' as const, yen: insurance }]),
      ...(further ?? []),
    ],
    dependants: { ...noDependants, ...dependants },
    marks: marks ?? [],
  });
}

/** In how many parts a tax is paid, and how many of them had come due when the town was made (October 2026). */
type Instalments = { readonly parts: number; readonly due: number };
const instalments: Readonly<Record<TaxItem, Instalments>> = {
  'resident-tax': { parts: 4, due: 2 },
  'fixed-asset-tax': { parts: 4, due: 2 },
  'health-insurance-tax': { parts: 8, due: 4 },
  'light-vehicle-tax': { parts: 1, due: 1 },
};
/** 特別徴収: kept back from wages, month by month from June. */
const withheld: Instalments = { parts: 12, due: 4 };

/** Parts of whole 100 yen; the first takes the rest. */
function paymentOf(
  item: TaxItem,
  label: string,
  annualYen: number,
  { parts, due }: Instalments,
  roll: TaxRoll,
): TaxPayment {
  const each = Math.floor(annualYen / parts / 100) * 100;
  const come = roll.running === true ? due : parts;
  const dueYen = come === parts ? annualYen : annualYen - each * (parts - come);
  const paidYen = roll.behind === true ? 0 : dueYen;
  return { item, label, annualYen, paidYen, unpaidYen: annualYen - paidYen, notYetDueYen: annualYen - dueYen };
}

/** Outside of a city nothing is in a city planning area here. */
const hasCityPlanning = (town: string) => town.endsWith('市');

function labelOf(item: TaxItem, { town, fiscalYear }: TaxRoll): string {
  const own = town.endsWith('市') ? '市民税' : town.endsWith('町') ? '町民税' : '村民税';
  const labels: Readonly<Record<TaxItem, string>> = {
    'resident-tax': `${own}・県民税${fiscalYear >= 2024 ? '・森林環境税' : ''}`,
    'fixed-asset-tax': hasCityPlanning(town) ? '固定資産税・都市計画税' : '固定資産税',
    'light-vehicle-tax': '軽自動車税（種別割）',
    'health-insurance-tax': '国民健康保険税',
  };
  return labels[item];
}

const vehicleYen = 10_800;

function vehicleOf(vehicle: NonNullable<TaxRoll['vehicles']>[number], { fiscalYear, behind }: TaxRoll): LightVehicle {
  return {
    ...vehicle,
    category: '軽四輪乗用（自家用）',
    annualYen: vehicleYen,
    paidYen: behind === true ? 0 : vehicleYen,
    arrears: false,
    validUntil: eraDate(`${fiscalYear + 1}-05-31`),
  };
}

function assets({ property, fiscalYear, town }: TaxRoll) {
  return property === undefined ? undefined : valueProperty(property, fiscalYear, hasCityPlanning(town));
}

export function yearOfRoll(roll: TaxRoll): TaxYear {
  const { fiscalYear, residentOnJanuary1, address, livelihood, vehicles = [], healthInsuranceYen = 0 } = roll;
  const residentTax = residentTaxOf(roll);
  const fixedAssets = assets(roll);
  const declaredYen = residentTax?.declaration === 'declared' ? residentTax.annualYen : 0;
  const pay = (item: TaxItem, annualYen: number, parts = instalments[item]): readonly TaxPayment[] =>
    annualYen === 0 ? [] : [paymentOf(item, labelOf(item, roll), annualYen, parts, roll)];
  return {
    fiscalYear,
    residentOnJanuary1,
    ...(residentOnJanuary1 ? { addressOnJanuary1: { text: address } } : {}),
    ...(residentTax === undefined ? {} : { residentTax }),
    ...(fixedAssets === undefined ? {} : { fixedAssets }),
    payments: [
      ...pay('resident-tax', declaredYen, livelihood.employmentYen === undefined ? undefined : withheld),
      ...pay('fixed-asset-tax', fixedAssets === undefined ? 0 : annualFixedAssetTaxYen(fixedAssets)),
      ...pay('light-vehicle-tax', vehicleYen * vehicles.length),
      ...pay('health-insurance-tax', healthInsuranceYen),
    ],
    vehicles: vehicles.map((it) => vehicleOf(it, roll)),
  };
}

export type StoredYear = TaxYear | TaxRoll;

const isRoll = (year: StoredYear): year is TaxRoll => 'livelihood' in year;

export function readYear(year: StoredYear): TaxYear {
  return isRoll(year) ? yearOfRoll(year) : year;
}

/** From which day on something of a year may be certified: the first of its parts that is settled. */
export function settledFrom(year: StoredYear): string {
  const spring = `${year.fiscalYear}-04-01`;
  if (isRoll(year)) {
    const { property, residentOnJanuary1, fiscalYear } = year;
    const owns =
      property !== undefined && (property.land.length > 0 || property.houses.some((it) => it.builtYear < fiscalYear));
    return owns || !residentOnJanuary1 ? spring : `${fiscalYear}-06-01`;
  }
  const days = [year.residentTax?.settledOn, year.fixedAssets?.settledOn].filter((day) => day !== undefined);
  return days.toSorted()[0] ?? spring;
}
