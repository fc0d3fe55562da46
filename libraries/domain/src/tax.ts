/**
 * What a municipality's tax rolls (課税台帳, 収納) say of one person, as far as tax certificates may print it: 所得・課税証明,
 * 納税証明, 固定資産評価・公課証明, 軽自動車税納税証明 (継続検査用). Everything is by fiscal year (賦課年度): year n shows the
 * income of the calendar year n−1 and belongs to the municipality of residence on 1 January of year n (地方税法 39条, 318条).
 * Amounts are whole yen.
 */
import { eras } from './era.ts';
import type { SnapshotFrame } from './register-snapshot.ts';
import type { RegisterDate, RegisterText } from './residence.ts';

/** 収入・所得の種類, in the order of the forms. */
export const incomeLabels = Object.freeze({
  employment: '給与',
  'public-pension': '公的年金等',
  business: '営業等',
  agriculture: '農業',
  'real-estate': '不動産',
  interest: '利子',
  dividend: '配当',
  miscellaneous: 'その他雑',
  'capital-gain': '総合譲渡',
  temporary: '一時',
});
export type IncomeKind = keyof typeof incomeLabels;

/** 所得控除, in the order of the forms (地方税法 314条の2; 特定親族特別控除 from FY2026). */
export const deductionLabels = Object.freeze({
  'casualty-loss': '雑損',
  medical: '医療費',
  'social-insurance': '社会保険料',
  'small-business-mutual-aid': '小規模企業共済等掛金',
  'life-insurance': '生命保険料',
  'earthquake-insurance': '地震保険料',
  disability: '障害者',
  widow: '寡婦',
  'single-parent': 'ひとり親',
  'working-student': '勤労学生',
  spouse: '配偶者',
  'spouse-special': '配偶者特別',
  dependants: '扶養',
  'specific-relative-special': '特定親族特別',
  basic: '基礎',
});
export type DeductionKind = keyof typeof deductionLabels;

export type IncomeItem = {
  readonly kind: IncomeKind;
  /** 収入金額, where the form shows it beside the income (給与, 公的年金等). */
  readonly receiptsYen?: number;
  /** 所得金額. */
  readonly incomeYen: number;
};

export type DeductionItem = { readonly kind: DeductionKind; readonly yen: number };

/** 扶養の内訳: how many. */
export type Dependants = {
  /** 控除対象配偶者; 老人 is 70 and over. */
  readonly spouse: 'none' | 'ordinary' | 'elderly';
  /** 特定扶養 (19–22). */
  readonly specific: number;
  /** 同居老親等 (70 and over, of parents' generation, living together). */
  readonly elderlyParentsAtHome: number;
  /** 老人扶養, others of 70 and over. */
  readonly elderly: number;
  /** 一般の扶養 (16–18, 23–69). */
  readonly general: number;
  /** 16歳未満: counted for exemption, no deduction. */
  readonly under16: number;
  /** 障害者 among spouse and dependants: ordinary, special, special living together. */
  readonly disabled: number;
  readonly speciallyDisabled: number;
  readonly speciallyDisabledAtHome: number;
};

/** 本人該当区分 of the taxpayer. */
export type TaxpayerMark = 'disabled' | 'specially-disabled' | 'widow' | 'single-parent' | 'working-student' | 'minor';

/** One half of the resident's tax: 市町村民税 or 道府県民税. */
export type ResidentTaxShare = {
  /** 均等割額. */
  readonly perCapitaYen: number;
  /** 税額控除前所得割額. */
  readonly incomeLevyBeforeCreditsYen: number;
  /** 税額控除額 (調整控除 and others). */
  readonly creditsYen: number;
  /** 所得割額: before credits minus credits, below 100 yen cut off. */
  readonly incomeLevyYen: number;
};

type ResidentTaxState = {
  /** ISO day from which the year is settled and may be certified (6/1 in most cities; before it the year before holds). */
  readonly settledOn: string;
};

/** 申告 (or 給与・年金支払報告) is there, and the tax is computed. */
export type DeclaredResidentTax = ResidentTaxState & {
  readonly declaration: 'declared';
  readonly incomes: readonly IncomeItem[];
  /** 総所得金額: sum of `incomes`. */
  readonly totalIncomeYen: number;
  /** 合計所得金額 (before carried-over losses). */
  readonly aggregateIncomeYen: number;
  readonly deductions: readonly DeductionItem[];
  /** 所得控除の合計. */
  readonly totalDeductionsYen: number;
  /** 課税標準額: total income minus deductions, not below 0, below 1,000 yen cut off. */
  readonly taxBaseYen: number;
  readonly dependants: Dependants;
  readonly marks: readonly TaxpayerMark[];
  readonly municipal: ResidentTaxShare;
  readonly prefectural: ResidentTaxShare;
  /** 森林環境税 (国税), from FY2024; 0 before. */
  readonly forestEnvironmentYen: number;
  /** 年税額: both shares and 森林環境税. */
  readonly annualYen: number;
};

/** No declaration. A dependant of somebody else's is certified with `*` in place of every amount; whoever is not a
 *  dependant is not certified at all (TAX_NOT_DECLARED). */
export type UndeclaredResidentTax = ResidentTaxState & {
  readonly declaration: 'undeclared-dependant' | 'undeclared';
};

export type ResidentTax = DeclaredResidentTax | UndeclaredResidentTax;

/** 税目 of 納税証明. */
export type TaxItem = 'resident-tax' | 'fixed-asset-tax' | 'light-vehicle-tax' | 'health-insurance-tax';

export type TaxPayment = {
  readonly item: TaxItem;
  /** The municipality's own words: 「市民税・県民税」「町民税・県民税」「固定資産税・都市計画税」. */
  readonly label: string;
  /** 年税額. */
  readonly annualYen: number;
  /** 納付済額. */
  readonly paidYen: number;
  /** 未納額: annual minus paid. */
  readonly unpaidYen: number;
  /** うち納期限未到来額: the part of `unpaidYen` that is not due yet. */
  readonly notYetDueYen: number;
};

type Assessed = {
  /** 評価額. */
  readonly valueYen: number;
  /** 固定資産税 課税標準額. */
  readonly taxBaseYen: number;
  /** 都市計画税 課税標準額; 0 outside the city planning area. */
  readonly cityPlanningTaxBaseYen: number;
  /** 固定資産税 相当税額 (公課証明). */
  readonly taxYen: number;
  /** 都市計画税 相当税額. */
  readonly cityPlanningTaxYen: number;
  /** 共有: the holder's share, 「2分の1」; absent for a sole owner. */
  readonly share?: string;
  /** 備考, e.g. 「小規模住宅用地」. */
  readonly remarks?: string;
};

/** 土地一筆. Areas are hundredths of a square metre (`areaText`). */
export type LandParcel = Assessed & {
  /** 所在・地番. */
  readonly location: RegisterText;
  /** 登記地目 and 現況 (課税) 地目. */
  readonly registeredCategory: string;
  readonly assessedCategory: string;
  readonly registeredAreaHundredthsM2: number;
  readonly assessedAreaHundredthsM2: number;
};

/** 家屋一棟. */
export type Building = Assessed & {
  readonly location: RegisterText;
  /** 家屋番号; absent for a building that is not in the land registry (未登記). */
  readonly houseNumber?: string;
  /** 種類, e.g. 「居宅」. */
  readonly use: string;
  /** 構造, e.g. 「木造かわらぶき2階建」. */
  readonly structure: string;
  /** 床面積, registered and assessed. */
  readonly registeredAreaHundredthsM2: number;
  readonly assessedAreaHundredthsM2: number;
  /** 建築年, e.g. 「平成18年」. */
  readonly built?: string;
};

export type FixedAssets = {
  /** ISO day from which the year's values may be certified (4/1: 価格等の決定 is by 3/31, 地方税法 410条). */
  readonly settledOn: string;
  /** In the order of the roll. */
  readonly land: readonly LandParcel[];
  readonly buildings: readonly Building[];
};

/** 軽自動車. The certificate for 継続検査 is given when the year's tax is paid and nothing is owed from before. */
export type LightVehicle = {
  /** 標識番号. */
  readonly plate: RegisterText;
  /** 車台番号. */
  readonly frameNumber: string;
  /** 種別, e.g. 「軽四輪乗用（自家用）」. */
  readonly category: string;
  /** 車名. */
  readonly make: string;
  readonly annualYen: number;
  readonly paidYen: number;
  /** 滞納: anything owed for this vehicle from years before. */
  readonly arrears: boolean;
  /** 有効期限 of the certificate for 継続検査: the day before the next year's tax is due. */
  readonly validUntil: RegisterDate;
};

export type TaxYear = {
  /** 賦課年度, the western year in which it begins: 2026 is 令和8年度. */
  readonly fiscalYear: number;
  /** 賦課期日 (1 January): did the holder live here? Without it `residentTax` is absent (TAX_NOT_RESIDENT_JAN1). */
  readonly residentOnJanuary1: boolean;
  /** 1月1日の住所. */
  readonly addressOnJanuary1?: RegisterText;
  readonly residentTax?: ResidentTax;
  readonly fixedAssets?: FixedAssets;
  readonly payments: readonly TaxPayment[];
  readonly vehicles: readonly LightVehicle[];
};

export type TaxSnapshot = SnapshotFrame & {
  /** All years of which something is settled by the day of `asOf`, newest first, whether asked for or not. */
  readonly fiscalYears: readonly number[];
  /** Those asked for, newest first; a part of a year that is not settled yet is left out. */
  readonly years: readonly TaxYear[];
};

function eraYear(iso: string): string {
  const era = eras.find(({ from }) => iso >= from);
  if (era === undefined) throw new RangeError(`no Japanese era for "${iso}"`);
  const ordinal = Number(iso.slice(0, 4)) - era.firstYear + 1;
  return `${era.name}${ordinal === 1 ? '元' : ordinal}年`;
}

/** 2026 → 「令和8年度」, by the era of its first of April: 2019 is 「平成31年度」. */
export function fiscalYearText(fiscalYear: number): string {
  return `${eraYear(`${fiscalYear}-04-01`)}度`;
}

/** 収入のあった年 of a fiscal year: 2026 → 「令和7年」, by the era of its last day: 2020 → 「令和元年」. */
export function incomeYearText(fiscalYear: number): string {
  return eraYear(`${fiscalYear - 1}-12-31`);
}

/** The fiscal year of a day: 2027-03-31 → 2026. */
export function fiscalYearOf(isoDay: string): number {
  return Number(isoDay.slice(0, 4)) - (isoDay.slice(5) < '04-01' ? 1 : 0);
}

/** 12345 → 「123.45」. */
export function areaText(hundredthsM2: number): string {
  const digits = String(hundredthsM2).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

function shareFault({ incomeLevyBeforeCreditsYen, creditsYen, incomeLevyYen }: ResidentTaxShare): boolean {
  const left = Math.max(0, incomeLevyBeforeCreditsYen - creditsYen);
  return incomeLevyYen !== left - (left % 100);
}

/** Which amounts of a computed tax do not add up; empty when all do. A paper whose sums are wrong is not printed. */
export function residentTaxFaults(tax: DeclaredResidentTax): readonly string[] {
  const sum = (items: readonly number[]) => items.reduce((total, it) => total + it, 0);
  const base = Math.max(0, tax.totalIncomeYen - tax.totalDeductionsYen);
  const { municipal, prefectural } = tax;
  const faults: readonly (readonly [string, boolean])[] = [
    ['totalIncomeYen', tax.totalIncomeYen !== sum(tax.incomes.map(({ incomeYen }) => incomeYen))],
    ['totalDeductionsYen', tax.totalDeductionsYen !== sum(tax.deductions.map(({ yen }) => yen))],
    ['taxBaseYen', tax.taxBaseYen !== base - (base % 1_000)],
    ['municipal', shareFault(municipal)],
    ['prefectural', shareFault(prefectural)],
    [
      'annualYen',
      tax.annualYen !==
        sum([municipal, prefectural].map((it) => it.perCapitaYen + it.incomeLevyYen)) + tax.forestEnvironmentYen,
    ],
  ];
  return faults.filter(([, broken]) => broken).map(([field]) => field);
}

export function paymentAddsUp({ annualYen, paidYen, unpaidYen, notYetDueYen }: TaxPayment): boolean {
  return unpaidYen === annualYen - paidYen && paidYen >= 0 && notYetDueYen >= 0 && notYetDueYen <= unpaidYen;
}
