/** 課税台帳 and 収納 of a holder (`tax.ts` of the domain). */
import { deductionLabels, incomeLabels, type TaxSnapshot } from '@dokodemo/domain';
import { Type } from 'typebox';
import { defineEndpoints } from './endpoint.ts';
import {
  AddresseeNumberText,
  frameFields,
  IsoDay,
  MunicipalityParams,
  RegisterDate,
  RollYen,
  Text,
} from './register-shapes.ts';
import { strict } from './shapes.ts';

const FiscalYear = Type.Integer({ minimum: 1950, maximum: 2200 });
const count = Type.Integer({ minimum: 0, maximum: 60 });
const word = (maxLength: number) => Type.String({ maxLength });
const oneOf = (words: readonly string[]) => Type.Union(words.map((it) => Type.Literal(it)));

const Income = Type.Object(
  { kind: oneOf(Object.keys(incomeLabels)), receiptsYen: Type.Optional(RollYen), incomeYen: RollYen },
  strict,
);
const Deduction = Type.Object({ kind: oneOf(Object.keys(deductionLabels)), yen: RollYen }, strict);
const Dependants = Type.Object(
  {
    spouse: oneOf(['none', 'ordinary', 'elderly']),
    specific: count,
    elderlyParentsAtHome: count,
    elderly: count,
    general: count,
    under16: count,
    disabled: count,
    speciallyDisabled: count,
    speciallyDisabledAtHome: count,
  },
  strict,
);
const Share = Type.Object(
  { perCapitaYen: RollYen, incomeLevyBeforeCreditsYen: RollYen, creditsYen: RollYen, incomeLevyYen: RollYen },
  strict,
);
const Declared = Type.Object(
  {
    declaration: Type.Literal('declared'),
    settledOn: IsoDay,
    incomes: Type.Array(Income, { maxItems: 20 }),
    totalIncomeYen: RollYen,
    aggregateIncomeYen: RollYen,
    deductions: Type.Array(Deduction, { maxItems: 20 }),
    totalDeductionsYen: RollYen,
    taxBaseYen: RollYen,
    dependants: Dependants,
    marks: Type.Array(oneOf(['disabled', 'specially-disabled', 'widow', 'single-parent', 'working-student', 'minor']), {
      maxItems: 6,
    }),
    municipal: Share,
    prefectural: Share,
    forestEnvironmentYen: RollYen,
    annualYen: RollYen,
  },
  strict,
);
const Undeclared = Type.Object(
  { declaration: oneOf(['undeclared-dependant', 'undeclared']), settledOn: IsoDay },
  strict,
);

const Payment = Type.Object(
  {
    item: oneOf(['resident-tax', 'fixed-asset-tax', 'light-vehicle-tax', 'health-insurance-tax']),
    label: word(60),
    annualYen: RollYen,
    paidYen: RollYen,
    unpaidYen: RollYen,
    notYetDueYen: RollYen,
  },
  strict,
);

const assessed = {
  location: Text,
  valueYen: RollYen,
  taxBaseYen: RollYen,
  cityPlanningTaxBaseYen: RollYen,
  taxYen: RollYen,
  cityPlanningTaxYen: RollYen,
  share: Type.Optional(word(60)),
  remarks: Type.Optional(word(200)),
  registeredAreaHundredthsM2: RollYen,
  assessedAreaHundredthsM2: RollYen,
};
const Land = Type.Object({ ...assessed, registeredCategory: word(40), assessedCategory: word(40) }, strict);
const Building = Type.Object(
  {
    ...assessed,
    houseNumber: Type.Optional(word(60)),
    use: word(60),
    structure: word(100),
    built: Type.Optional(word(40)),
  },
  strict,
);
const Vehicle = Type.Object(
  {
    plate: Text,
    frameNumber: word(40),
    category: word(60),
    make: word(60),
    annualYen: RollYen,
    paidYen: RollYen,
    arrears: Type.Boolean(),
    validUntil: RegisterDate,
  },
  strict,
);

const Year = Type.Object(
  {
    fiscalYear: FiscalYear,
    residentOnJanuary1: Type.Boolean(),
    addressOnJanuary1: Type.Optional(Text),
    residentTax: Type.Optional(Type.Union([Declared, Undeclared])),
    fixedAssets: Type.Optional(
      Type.Object(
        {
          settledOn: IsoDay,
          land: Type.Array(Land, { maxItems: 300 }),
          buildings: Type.Array(Building, { maxItems: 100 }),
        },
        strict,
      ),
    ),
    payments: Type.Array(Payment, { maxItems: 20 }),
    vehicles: Type.Array(Vehicle, { maxItems: 50 }),
  },
  strict,
);

const Snapshot = Type.Unsafe<TaxSnapshot>(
  Type.Object(
    {
      ...frameFields,
      fiscalYears: Type.Array(FiscalYear, { maxItems: 100 }),
      years: Type.Array(Year, { maxItems: 20 }),
    },
    strict,
  ),
);

export const taxRegisterEndpoints = defineEndpoints({
  /** Without `fiscalYears`: the newest twenty that are settled. A year that is not there is not in the answer. */
  taxSnapshot: {
    method: 'POST',
    path: '/v1/:municipality/tax/snapshot',
    callers: ['issuer'],
    summary: 'The holder’s taxes of the fiscal years wanted, at this instant, with everything that restricts them',
    params: MunicipalityParams,
    body: Type.Object(
      { holder: AddresseeNumberText, fiscalYears: Type.Optional(Type.Array(FiscalYear, { maxItems: 20 })) },
      strict,
    ),
    reply: Type.Object({ snapshot: Type.Union([Snapshot, Type.Null()]) }, strict),
    maxBodyBytes: 1_024,
    maxReplyBytes: 4_194_304,
    timeoutMs: 5_000,
  },
});
