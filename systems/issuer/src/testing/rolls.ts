/** A seal and tax rolls small enough to read; every amount of a year differs from every other. */
import type {
  DeclaredResidentTax,
  LightVehicle,
  RegisteredSeal,
  ResidentTaxShare,
  TaxItem,
  TaxPayment,
  TaxYear,
} from '@dokodemo/domain';
import type { OfferedKind, TaxPolicy } from '../municipality.ts';
import { date } from './people.ts';

export const offered: readonly OfferedKind[] = ['residence', 'residence-items', 'seal', 'tax'].map((kindId) => ({
  kindId,
  from: '2020-01-01',
  maxCopies: 5,
}));

export const offeredFees = {
  base: offered.map(({ kindId }) => ({ kind: kindId, channel: 'kiosk' as const, amountYen: 300, from: '2020-04-01' })),
  deductions: [],
};

export const manyYears: TaxPolicy = {
  certificates: [
    { certificate: 'income-and-tax', years: 5, newYearFrom: '06-01' },
    { certificate: 'tax-payment', years: 5, newYearFrom: '06-01' },
    { certificate: 'fixed-asset-valuation', years: 20, newYearFrom: '04-01' },
    { certificate: 'fixed-asset-levy', years: 20, newYearFrom: '04-01' },
    { certificate: 'vehicle-inspection', years: 1, newYearFrom: '04-01' },
  ],
  levels: 3,
  askItems: true,
};

/** A black ring of 12 mm at 400 dpi, near enough. */
export function seal(): RegisteredSeal {
  const sidePx = 189;
  const rowBytes = Math.ceil(sidePx / 8);
  const bits = Buffer.alloc(rowBytes * sidePx);
  for (let y = 0; y < sidePx; y++)
    for (let x = 0; x < sidePx; x++) {
      const r = Math.hypot(x - 94, y - 94);
      if (r < 94 && r > 84) bits[y * rowBytes + (x >> 3)] = (bits[y * rowBytes + (x >> 3)] ?? 0) | (0x80 >> (x & 7));
    }
  return {
    registrationNumber: '000001',
    registeredOn: date('2015-05-01'),
    state: 'registered',
    impression: { widthPx: sidePx, heightPx: sidePx, dpi: 400, bits: bits.toString('base64') },
  };
}

const share = (incomeLevyYen: number, perCapitaYen: number): ResidentTaxShare => ({
  perCapitaYen,
  incomeLevyBeforeCreditsYen: incomeLevyYen + 1_000,
  creditsYen: 1_000,
  incomeLevyYen,
});

export function declared(fiscalYear: number): DeclaredResidentTax {
  const incomeYen = 3_000_000 + fiscalYear;
  const municipal = share(150_000 + (fiscalYear % 100) * 100, 3_000);
  const prefectural = share(100_000 + (fiscalYear % 100) * 100, 1_000);
  const taxBase = incomeYen - 1_000_000;
  return {
    declaration: 'declared',
    settledOn: `${fiscalYear}-06-01`,
    incomes: [{ kind: 'employment', receiptsYen: 4_000_000 + fiscalYear, incomeYen }],
    totalIncomeYen: incomeYen,
    aggregateIncomeYen: incomeYen,
    deductions: [{ kind: 'basic', yen: 1_000_000 }],
    totalDeductionsYen: 1_000_000,
    taxBaseYen: taxBase - (taxBase % 1_000),
    dependants: {
      spouse: 'none', specific: 0, elderlyParentsAtHome: 0, elderly: 0, general: 0, under16: 0, disabled: 0,
      speciallyDisabled: 0, speciallyDisabledAtHome: 0,
    }, // biome-ignore format: one list
    marks: [],
    municipal,
    prefectural,
    forestEnvironmentYen: 1_000,
    annualYen: municipal.incomeLevyYen + prefectural.incomeLevyYen + 5_000,
  };
}

const itemLabels: Readonly<Record<TaxItem, string>> = {
  'resident-tax': '市民税・県民税',
  'fixed-asset-tax': '固定資産税・都市計画税',
  'light-vehicle-tax': '軽自動車税',
  'health-insurance-tax': '国民健康保険税',
};
export const allItems = Object.keys(itemLabels) as TaxItem[];

export function payment(item: TaxItem, fiscalYear: number): TaxPayment {
  const annualYen = 10_000 * (allItems.indexOf(item) + 1) + fiscalYear;
  return { item, label: itemLabels[item], annualYen, paidYen: annualYen, unpaidYen: 0, notYetDueYen: 0 };
}

export function vehicle(n: number, more: Partial<LightVehicle> = {}): LightVehicle {
  return {
    plate: { text: `見本 580 あ 10-0${n}` },
    frameNumber: `MH${n}-00000${n}`,
    category: '軽四輪乗用（自家用）',
    make: 'サンプル',
    annualYen: 10_800,
    paidYen: 10_800,
    arrears: false,
    validUntil: date('2027-05-31'),
    ...more,
  };
}

const assessed = (fiscalYear: number, n: number) => ({
  valueYen: 1_000_000 * n + fiscalYear,
  taxBaseYen: 900_000 * n + fiscalYear,
  cityPlanningTaxBaseYen: 800_000 * n + fiscalYear,
  taxYen: 12_000 * n + fiscalYear,
  cityPlanningTaxYen: 3_000 * n + fiscalYear,
  registeredAreaHundredthsM2: 10_000 * n,
  assessedAreaHundredthsM2: 10_000 * n,
});

/** A year with everything in it. */
export function taxYear(fiscalYear: number, more: Partial<TaxYear> = {}): TaxYear {
  return {
    fiscalYear,
    residentOnJanuary1: true,
    addressOnJanuary1: { text: '見本県どこでも市本町一丁目2番3号' },
    residentTax: declared(fiscalYear),
    fixedAssets: {
      settledOn: `${fiscalYear}-04-01`,
      land: [
        {
          ...assessed(fiscalYear, 2),
          location: { text: `見本県どこでも市土屋${fiscalYear}番` },
          registeredCategory: '宅地',
          assessedCategory: '宅地',
        },
      ],
      buildings: [
        {
          ...assessed(fiscalYear, 5),
          location: { text: `見本県どこでも市家屋${fiscalYear}番` },
          use: '居宅',
          structure: '木造',
        },
      ],
    },
    payments: allItems.map((item) => payment(item, fiscalYear)),
    vehicles: [vehicle(1)],
    ...more,
  };
}
