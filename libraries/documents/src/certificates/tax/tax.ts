/** Tax certificates from one snapshot of the rolls. */
import {
  areaText,
  type Building,
  type DeclaredResidentTax,
  type Dependants,
  deductionLabels,
  fiscalYearText,
  type HolderRecord,
  incomeLabels,
  incomeYearText,
  type LandParcel,
  type LightVehicle,
  paymentAddsUp,
  type ResidentTax,
  type ResidentTaxShare,
  residentTaxFaults,
  type TaxItem,
  type TaxpayerMark,
  type TaxSnapshot,
  type TaxYear,
} from '@dokodemo/domain';
import type { DocumentFrame, Filling, Value } from '../../form/filling.ts';
import type { Form } from '../../form/form.ts';
import { holderName, present, wholeAddress } from '../holder.ts';
import { incomeForm } from './income-form.ts';
import { levyForm, paymentForm, valuationForm, vehicleForm } from './tax-forms.ts';

/** What was chosen, in the rolls' terms. */
export type TaxChoice =
  /** 所得・課税（非課税）証明書. */
  | { readonly kind: 'income-and-tax'; readonly fiscalYear: number }
  /** 納税証明書 of some 税目 of some years. */
  | { readonly kind: 'tax-payment'; readonly of: readonly { readonly fiscalYear: number; readonly item: TaxItem }[] }
  /** 固定資産評価証明書, 固定資産公課証明書. */
  | { readonly kind: 'fixed-asset-valuation' | 'fixed-asset-levy'; readonly fiscalYear: number }
  /** 軽自動車税納税証明書（継続検査用）; `plate`: the text of the vehicle's 標識番号. */
  | { readonly kind: 'vehicle-inspection'; readonly fiscalYear: number; readonly plate: string };

export type TaxOrder = { readonly snapshot: TaxSnapshot; readonly choice: TaxChoice; readonly frame: DocumentFrame };

/** A filled form, or a word for the operator why there is nothing to certify. */
export type Chosen = { readonly form: Form; readonly filling: Filling } | string;

const yen = (amount: number): string => String(amount).replace(/\B(?=(\d{3})+$)/g, ',');

function taxpayerValues(resident: HolderRecord) {
  return {
    name: holderName(resident),
    birth: resident.birth.text,
    address: wholeAddress(resident.address, resident.addressDetail),
  };
}

const marks: Readonly<Record<TaxpayerMark, string>> = {
  disabled: '障害者',
  'specially-disabled': '特別障害者',
  widow: '寡婦',
  'single-parent': 'ひとり親',
  'working-student': '勤労学生',
  minor: '未成年者',
};

function shareValues(name: string, it: ResidentTaxShare): Record<string, Value> {
  return {
    [`${name}-perCapita`]: yen(it.perCapitaYen),
    [`${name}-before`]: yen(it.incomeLevyBeforeCreditsYen),
    [`${name}-credits`]: yen(it.creditsYen),
    [`${name}-levy`]: yen(it.incomeLevyYen),
  };
}

function dependantValues(it: Dependants): Record<string, Value> {
  return {
    spouse: { none: '0', ordinary: '1', elderly: '1（老人）' }[it.spouse],
    specific: String(it.specific),
    elderlyAtHome: String(it.elderlyParentsAtHome),
    elderly: String(it.elderly),
    general: String(it.general),
    under16: String(it.under16),
    disabled: String(it.disabled),
    specially: String(it.speciallyDisabled),
    speciallyAtHome: String(it.speciallyDisabledAtHome),
  };
}

function declaredValues(tax: DeclaredResidentTax): Record<string, Value | undefined> {
  const incomes = tax.incomes.flatMap(({ kind, receiptsYen, incomeYen }): [string, Value | undefined][] => [
    [`receipts-${kind}`, receiptsYen === undefined ? undefined : yen(receiptsYen)],
    [`income-${kind}`, yen(incomeYen)],
  ]);
  return {
    ...Object.fromEntries(incomes),
    ...Object.fromEntries(tax.deductions.map((it) => [`deduction-${it.kind}`, yen(it.yen)])),
    totalIncome: yen(tax.totalIncomeYen),
    aggregateIncome: yen(tax.aggregateIncomeYen),
    totalDeductions: yen(tax.totalDeductionsYen),
    taxBase: yen(tax.taxBaseYen),
    marks: tax.marks.length === 0 ? undefined : tax.marks.map((mark) => marks[mark]).join('・'),
    ...dependantValues(tax.dependants),
    ...shareValues('municipal', tax.municipal),
    ...shareValues('prefectural', tax.prefectural),
    forest: yen(tax.forestEnvironmentYen),
    annual: yen(tax.annualYen),
  };
}

/** Every amount of a dependant who has not declared is a star (税務システム標準仕様). */
function undeclaredValues(): Record<string, Value> {
  const names = [
    ...Object.keys(incomeLabels).flatMap((kind) => [`receipts-${kind}`, `income-${kind}`]),
    ...Object.keys(deductionLabels).map((kind) => `deduction-${kind}`),
    ...['totalIncome', 'aggregateIncome', 'totalDeductions', 'taxBase', 'annual', 'forest'],
  ];
  const shares = ['municipal', 'prefectural'].flatMap((name) =>
    ['perCapita', 'before', 'credits', 'levy'].map((part) => `${name}-${part}`),
  );
  const stars = [...names, ...shares].map((name) => [name, incomeForm.texts.undeclared ?? '']);
  return { ...Object.fromEntries(stars), remarks: incomeForm.texts.undeclaredNote ?? '' };
}

function incomeTitle(tax: ResidentTax): string {
  if (tax.declaration !== 'declared') return '所得・課税（非課税）証明書';
  return tax.annualYen > 0 ? '所得・課税証明書' : '所得・非課税証明書';
}

function chooseIncome(resident: HolderRecord, year: TaxYear): Chosen {
  const tax = year.residentTax;
  if (tax === undefined || tax.declaration === 'undeclared') return 'no declaration of this year';
  const faults = tax.declaration === 'declared' ? residentTaxFaults(tax) : [];
  if (faults.length > 0) return `${faults.join(' ')}: the amounts do not add up`;
  return {
    form: incomeForm,
    filling: {
      values: present({
        ...taxpayerValues(resident),
        titleText: incomeTitle(tax),
        year: fiscalYearText(year.fiscalYear),
        incomeYear: incomeYearText(year.fiscalYear),
        addressOnJanuary1: year.addressOnJanuary1,
        ...(tax.declaration === 'declared' ? declaredValues(tax) : undeclaredValues()),
      }),
    },
  };
}

function choosePayments(
  resident: HolderRecord,
  snapshot: TaxSnapshot,
  choice: Extract<TaxChoice, { kind: 'tax-payment' }>,
): Chosen {
  const lines: Filling[] = [];
  for (const { fiscalYear, item } of choice.of) {
    const payments = snapshot.years
      .find((it) => it.fiscalYear === fiscalYear)
      ?.payments.filter((it) => it.item === item);
    if (payments === undefined || payments.length === 0) return 'no such tax in this year';
    for (const payment of payments) {
      if (!paymentAddsUp(payment)) return 'payments: the amounts do not add up';
      lines.push({
        values: {
          year: fiscalYearText(fiscalYear),
          item: payment.label,
          annual: yen(payment.annualYen),
          paid: yen(payment.paidYen),
          unpaid: yen(payment.unpaidYen),
          notYetDue: yen(payment.notYetDueYen),
        },
      });
    }
  }
  if (lines.length === 0) return 'no tax was chosen';
  return { form: paymentForm, filling: { values: taxpayerValues(resident), lists: { payments: lines } } };
}

type Levy = { taxSum: string; tax: string; cityTax: string };

function assessedValues(it: LandParcel | Building, levy: boolean) {
  const amounts: Levy | undefined = levy
    ? { taxSum: yen(it.taxYen + it.cityPlanningTaxYen), tax: yen(it.taxYen), cityTax: yen(it.cityPlanningTaxYen) }
    : undefined;
  return {
    location: it.location,
    value: yen(it.valueYen),
    taxBase: yen(it.taxBaseYen),
    cityBase: yen(it.cityPlanningTaxBaseYen),
    registeredArea: areaText(it.registeredAreaHundredthsM2),
    assessedArea: areaText(it.assessedAreaHundredthsM2),
    share: it.share,
    remarks: it.remarks,
    ...amounts,
  };
}

function chooseAssets(resident: HolderRecord, year: TaxYear, levy: boolean): Chosen {
  const assets = year.fixedAssets;
  if (assets === undefined || assets.land.length + assets.buildings.length === 0) return 'no fixed assets in this year';
  const land = assets.land.map(
    (it): Filling => ({
      block: 'land',
      values: present({
        ...assessedValues(it, levy),
        registeredCategory: it.registeredCategory,
        assessedCategory: it.assessedCategory,
      }),
    }),
  );
  const buildings = assets.buildings.map(
    (it): Filling => ({
      block: 'building',
      values: present({
        ...assessedValues(it, levy),
        houseNumber: it.houseNumber,
        use: it.use,
        structure: it.structure,
        built: it.built,
      }),
    }),
  );
  return {
    form: levy ? levyForm : valuationForm,
    filling: {
      values: { ...taxpayerValues(resident), year: fiscalYearText(year.fiscalYear) },
      lists: { assets: [...land, ...buildings] },
    },
  };
}

function chooseVehicle(resident: HolderRecord, year: TaxYear, vehicle: LightVehicle | undefined): Chosen {
  if (vehicle === undefined) return 'no such vehicle in this year';
  if (vehicle.arrears || vehicle.paidYen < vehicle.annualYen) return 'the tax of the vehicle is not paid';
  const { name, address } = taxpayerValues(resident);
  return {
    form: vehicleForm,
    filling: {
      values: {
        name,
        address,
        year: fiscalYearText(year.fiscalYear),
        plate: vehicle.plate,
        frameNumber: vehicle.frameNumber,
        category: vehicle.category,
        make: vehicle.make,
        annual: yen(vehicle.annualYen),
        validUntil: vehicle.validUntil.text,
      },
    },
  };
}

export function chooseTax({ snapshot, choice }: TaxOrder): Chosen {
  const { resident } = snapshot;
  if (resident === undefined) return 'the holder is not in the resident register';
  if (choice.kind === 'tax-payment') return choosePayments(resident, snapshot, choice);
  const year = snapshot.years.find(({ fiscalYear }) => fiscalYear === choice.fiscalYear);
  if (year === undefined) return 'this year is not in the snapshot';
  if (choice.kind === 'income-and-tax') return chooseIncome(resident, year);
  if (choice.kind === 'vehicle-inspection')
    return chooseVehicle(
      resident,
      year,
      year.vehicles.find(({ plate }) => plate.text === choice.plate),
    );
  return chooseAssets(resident, year, choice.kind === 'fixed-asset-levy');
}
