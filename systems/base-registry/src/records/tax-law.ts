/**
 * How a resident's tax comes about, as far as the town needs it to be right: 給与所得 and 公的年金等 (所得税法 28条, 35条 and its
 * 別表第五), deductions, 調整控除 and rates (地方税法 314条の2, 314条の3, 314条の6; 35条, 37条), exemption (295条 and ordinance of a
 * 2級地). Two incomes together (所得金額調整控除) do not occur here.
 */
import type {
  DeclaredResidentTax,
  DeductionItem,
  Dependants,
  IncomeItem,
  ResidentTaxShare,
  TaxpayerMark,
} from '@dokodemo/domain';

export const noDependants: Dependants = Object.freeze({
  spouse: 'none',
  specific: 0,
  elderlyParentsAtHome: 0,
  elderly: 0,
  general: 0,
  under16: 0,
  disabled: 0,
  speciallyDisabled: 0,
  speciallyDisabledAtHome: 0,
});

/** 給与所得 from 給与収入. Since the income of 2025 the lowest deduction is 650,000 (令和7年度税制改正). The table before 2020 is
 *  not here. */
export function employmentIncomeYen(receiptsYen: number, incomeYear: number): number {
  if (incomeYear < 2020) throw new RangeError(`no table for the income of ${incomeYear}`);
  const least = incomeYear >= 2025 ? 650_000 : 550_000;
  const quarter = Math.floor(receiptsYen / 4_000) * 1_000;
  if (receiptsYen < 1_900_000 && incomeYear >= 2025) return Math.max(0, receiptsYen - least);
  if (receiptsYen < 1_619_000) return Math.max(0, receiptsYen - least);
  if (receiptsYen < 1_628_000)
    return receiptsYen < 1_620_000
      ? 1_069_000
      : receiptsYen < 1_622_000
        ? 1_070_000
        : receiptsYen < 1_624_000
          ? 1_072_000
          : 1_074_000;
  if (receiptsYen < 1_800_000) return (quarter * 24) / 10 + 100_000;
  if (receiptsYen < 3_600_000) return (quarter * 28) / 10 - 80_000;
  if (receiptsYen < 6_600_000) return (quarter * 32) / 10 - 440_000;
  return receiptsYen < 8_500_000 ? Math.floor((receiptsYen * 9) / 10) - 1_100_000 : receiptsYen - 1_950_000;
}

/** 公的年金等に係る雑所得, other incomes up to 10 million; the lowest deduction is 100,000 less since the income of 2020. */
export function pensionIncomeYen(receiptsYen: number, ageOnLastDay: number, incomeYear: number): number {
  const least = (ageOnLastDay >= 65 ? 1_100_000 : 600_000) + (incomeYear < 2020 ? 100_000 : 0);
  const flat = ageOnLastDay >= 65 ? 3_300_000 : 1_300_000;
  if (receiptsYen <= flat) return Math.max(0, receiptsYen - least);
  if (incomeYear < 2020) throw new RangeError(`no table for so high a pension in ${incomeYear}`);
  return receiptsYen <= 4_100_000
    ? Math.floor((receiptsYen * 3) / 4) - 275_000
    : Math.floor((receiptsYen * 17) / 20) - 685_000;
}

/** How much a dependant may earn: 合計所得金額 for 扶養 and 同一生計配偶者. */
export const dependantLimitYen = (incomeYear: number) => (incomeYear >= 2025 ? 580_000 : 480_000);

export type TaxFacts = {
  readonly fiscalYear: number;
  readonly incomes: readonly IncomeItem[];
  /** What was paid or lost; 人的控除 are computed. */
  readonly deductions: readonly DeductionItem[];
  readonly dependants: Dependants;
  readonly marks: readonly TaxpayerMark[];
};

type Personal = { readonly kind: DeductionItem['kind']; readonly yen: number; readonly difference: number };

/** 人的控除, with its difference from that of the income tax for 調整控除. */
function personalDeductions({ fiscalYear, dependants, marks }: TaxFacts): readonly Personal[] {
  const { spouse, specific, elderlyParentsAtHome, elderly, general } = dependants;
  const family = 330_000 * general + 450_000 * specific + 380_000 * elderly + 450_000 * elderlyParentsAtHome;
  const { disabled, speciallyDisabled, speciallyDisabledAtHome } = dependants;
  const own = marks.includes('specially-disabled') ? 300_000 : marks.includes('disabled') ? 260_000 : 0;
  const all: readonly Personal[] = [
    {
      kind: 'disability',
      yen: own + 260_000 * disabled + 300_000 * speciallyDisabled + 530_000 * speciallyDisabledAtHome,
      difference:
        (own === 0 ? 0 : own === 300_000 ? 100_000 : 10_000) +
        10_000 * disabled +
        100_000 * speciallyDisabled +
        220_000 * speciallyDisabledAtHome,
    },
    { kind: 'widow', yen: marks.includes('widow') ? 260_000 : 0, difference: 10_000 },
    { kind: 'single-parent', yen: marks.includes('single-parent') ? 300_000 : 0, difference: 50_000 },
    { kind: 'working-student', yen: marks.includes('working-student') ? 260_000 : 0, difference: 10_000 },
    {
      kind: 'spouse',
      yen: spouse === 'none' ? 0 : spouse === 'elderly' ? 380_000 : 330_000,
      difference: spouse === 'elderly' ? 100_000 : 50_000,
    },
    {
      kind: 'dependants',
      yen: family,
      difference: 50_000 * general + 180_000 * specific + 100_000 * elderly + 130_000 * elderlyParentsAtHome,
    },
    { kind: 'basic', yen: fiscalYear >= 2021 ? 430_000 : 330_000, difference: 50_000 },
  ];
  return all.filter(({ yen }) => yen > 0);
}

const share = (perCapitaYen: number, before: number, credits: number): ResidentTaxShare => {
  const left = Math.max(0, before - credits);
  return {
    perCapitaYen,
    incomeLevyBeforeCreditsYen: before,
    creditsYen: Math.min(credits, before),
    incomeLevyYen: left - (left % 100),
  };
};

/** 調整控除, both shares together. */
function adjustmentYen(taxBaseYen: number, differenceYen: number): number {
  if (taxBaseYen <= 2_000_000) return Math.floor(Math.min(differenceYen, taxBaseYen) / 20);
  return Math.max(Math.floor((differenceYen - (taxBaseYen - 2_000_000)) / 20), 2_500);
}

export function computeResidentTax(facts: TaxFacts): DeclaredResidentTax {
  const { fiscalYear, incomes, dependants, marks } = facts;
  const totalIncomeYen = incomes.reduce((sum, { incomeYen }) => sum + incomeYen, 0);
  const personal = personalDeductions(facts);
  const deductions = [...facts.deductions, ...personal.map(({ kind, yen }) => ({ kind, yen }))];
  const totalDeductionsYen = deductions.reduce((sum, { yen }) => sum + yen, 0);
  const over = Math.max(0, totalIncomeYen - totalDeductionsYen);
  const taxBaseYen = over - (over % 1_000);
  const family =
    (dependants.spouse === 'none' ? 0 : 1) +
    dependants.specific +
    dependants.elderlyParentsAtHome +
    dependants.elderly +
    dependants.general +
    dependants.under16;
  const weak = marks.some((mark) =>
    ['disabled', 'specially-disabled', 'widow', 'single-parent', 'minor'].includes(mark),
  );
  const since2021 = fiscalYear >= 2021 ? 100_000 : 0;
  const exempt =
    totalIncomeYen <= 315_000 * (1 + family) + since2021 + (family > 0 ? 189_000 : 0) ||
    (weak && totalIncomeYen <= 1_250_000 + since2021);
  const noLevy = exempt || totalIncomeYen <= 350_000 * (1 + family) + since2021 + (family > 0 ? 320_000 : 0);
  const adjustment = noLevy
    ? 0
    : adjustmentYen(
        taxBaseYen,
        personal.reduce((sum, it) => sum + it.difference, 0),
      );
  const levied = noLevy ? 0 : taxBaseYen;
  const sinceForest = fiscalYear >= 2024;
  const perCapita = exempt ? [0, 0] : sinceForest ? [3_000, 1_000] : [3_500, 1_500];
  const municipal = share(perCapita[0] ?? 0, (levied * 6) / 100, Math.floor((adjustment * 3) / 5));
  const prefectural = share(perCapita[1] ?? 0, (levied * 4) / 100, Math.floor((adjustment * 2) / 5));
  const forestEnvironmentYen = exempt || !sinceForest ? 0 : 1_000;
  return {
    declaration: 'declared',
    settledOn: `${fiscalYear}-06-01`,
    incomes,
    totalIncomeYen,
    aggregateIncomeYen: totalIncomeYen,
    deductions,
    totalDeductionsYen,
    taxBaseYen,
    dependants,
    marks,
    municipal,
    prefectural,
    forestEnvironmentYen,
    annualYen:
      municipal.perCapitaYen +
      municipal.incomeLevyYen +
      prefectural.perCapitaYen +
      prefectural.incomeLevyYen +
      forestEnvironmentYen,
  };
}
