/** Snapshots of the other registers, with what makes them hard: many events, somebody removed, two sheets of land. */
import type {
  FamilyRegister,
  FamilyRegisterEntry,
  FamilyRegisterSnapshot,
  HolderRecord,
  RegisterHistorySnapshot,
  RegisterText,
  SealImpression,
  SealRegistrationSnapshot,
  SnapshotFrame,
  TaxSnapshot,
  TaxYear,
} from '@dokodemo/domain';
import type { FormEngine } from '../form-engine.ts';

const text = (it: string): RegisterText => ({ text: it });

export const holder: HolderRecord = {
  standing: 'present',
  becameResident: { text: '平成18年6月1日', iso: '2006-06-01' },
  name: text('渡邉\u{E010F}　太郎'),
  formerSurname: text('見本'),
  isForeign: false,
  birth: { text: '昭和55年4月12日', iso: '1980-04-12' },
  sex: 'male',
  householdNumber: '1',
  address: text('見本県どこでも市本町一丁目2番3号'),
  addressDetail: text('どこでもレジデンス203号室'),
};

const frame: SnapshotFrame & { resident: HolderRecord } = {
  municipality: '482013',
  asOf: '2026-11-23T10:00:00.000+09:00',
  holder: 'A1',
  restrictions: [],
  versions: {},
  resident: holder,
};

/** An impression as a scanner would give it; the legend is drawn by the engine. */
export function impressionOf(engine: FormEngine, legend: string, widthMm: number): SealImpression {
  const { image } = engine.drawSeal(legend, widthMm);
  return {
    widthPx: image.width,
    heightPx: image.height,
    dpi: 600,
    bits: Buffer.from(image.bits).toString('base64'),
  };
}

export function sealSnapshot(
  impression: SealImpression,
  change: Partial<SealRegistrationSnapshot> = {},
): SealRegistrationSnapshot {
  return {
    ...frame,
    registration: {
      state: 'registered',
      registrationNumber: '12345',
      registeredOn: { text: '平成20年4月1日', iso: '2008-04-01' },
      impression,
    },
    printsSex: false,
    ...change,
  };
}

const share = (perCapitaYen: number, before: number, creditsYen: number) => ({
  perCapitaYen,
  incomeLevyBeforeCreditsYen: before,
  creditsYen,
  incomeLevyYen: Math.max(0, before - creditsYen) - (Math.max(0, before - creditsYen) % 100),
});

const assessed = {
  valueYen: 12_345_678,
  taxBaseYen: 2_057_613,
  cityPlanningTaxBaseYen: 4_115_226,
  taxYen: 28_806,
  cityPlanningTaxYen: 12_345,
};

export const taxYear: TaxYear = {
  fiscalYear: 2026,
  residentOnJanuary1: true,
  addressOnJanuary1: text('見本県どこでも市本町一丁目2番3号　どこでもレジデンス203号室'),
  residentTax: {
    settledOn: '2026-06-01',
    declaration: 'declared',
    incomes: [
      { kind: 'employment', receiptsYen: 6_540_000, incomeYen: 4_792_000 },
      { kind: 'miscellaneous', incomeYen: 120_000 },
    ],
    totalIncomeYen: 4_912_000,
    aggregateIncomeYen: 4_912_000,
    deductions: [
      { kind: 'social-insurance', yen: 936_540 },
      { kind: 'life-insurance', yen: 28_000 },
      { kind: 'earthquake-insurance', yen: 12_500 },
      { kind: 'spouse', yen: 330_000 },
      { kind: 'dependants', yen: 450_000 },
      { kind: 'basic', yen: 430_000 },
    ],
    totalDeductionsYen: 2_187_040,
    taxBaseYen: 2_724_000,
    dependants: {
      spouse: 'ordinary',
      specific: 1,
      elderlyParentsAtHome: 0,
      elderly: 0,
      general: 0,
      under16: 1,
      disabled: 0,
      speciallyDisabled: 0,
      speciallyDisabledAtHome: 0,
    },
    marks: [],
    municipal: share(3_000, 163_440, 1_500),
    prefectural: share(1_000, 108_960, 1_000),
    forestEnvironmentYen: 1_000,
    annualYen: 3_000 + 161_900 + 1_000 + 107_900 + 1_000,
  },
  fixedAssets: {
    settledOn: '2026-04-01',
    land: [1, 2, 3, 4, 5, 6].map((number) => ({
      ...assessed,
      location: text(`見本県どこでも市大字中里字上之山${1230 + number}番地${number}`),
      registeredCategory: '宅地',
      assessedCategory: number === 6 ? '雑種地' : '宅地',
      registeredAreaHundredthsM2: 16_529 + number,
      assessedAreaHundredthsM2: 16_529 + number,
      ...(number === 2 ? { share: '2分の1' } : {}),
      ...(number < 3 ? { remarks: '小規模住宅用地' } : {}),
    })),
    buildings: [
      {
        ...assessed,
        location: text('見本県どこでも市大字中里字上之山1231番地1'),
        houseNumber: '1231番1',
        use: '居宅',
        structure: '木造かわらぶき2階建',
        registeredAreaHundredthsM2: 10_433,
        assessedAreaHundredthsM2: 10_433,
        built: '平成18年',
      },
    ],
  },
  payments: [
    {
      item: 'resident-tax',
      label: '市民税・県民税',
      annualYen: 274_800,
      paidYen: 206_100,
      unpaidYen: 68_700,
      notYetDueYen: 68_700,
    },
    {
      item: 'fixed-asset-tax',
      label: '固定資産税・都市計画税',
      annualYen: 123_400,
      paidYen: 123_400,
      unpaidYen: 0,
      notYetDueYen: 0,
    },
    {
      item: 'light-vehicle-tax',
      label: '軽自動車税（種別割）',
      annualYen: 10_800,
      paidYen: 10_800,
      unpaidYen: 0,
      notYetDueYen: 0,
    },
  ],
  vehicles: [
    {
      plate: text('見本 580 あ 12-34'),
      frameNumber: 'MH34S-123456',
      category: '軽四輪乗用（自家用）',
      make: 'ミホン',
      annualYen: 10_800,
      paidYen: 10_800,
      arrears: false,
      validUntil: { text: '令和9年5月30日', iso: '2027-05-30' },
    },
  ],
};

export function taxSnapshot(year: TaxYear = taxYear, change: Partial<TaxSnapshot> = {}): TaxSnapshot {
  return { ...frame, fiscalYears: [year.fiscalYear], years: [year], ...change };
}

export function undeclared(declaration: 'undeclared-dependant' | 'undeclared'): TaxYear {
  return { ...taxYear, residentTax: { settledOn: '2026-06-01', declaration } };
}

const entry = (title: string, ...fields: readonly (readonly [string, string])[]): FamilyRegisterEntry => ({
  title,
  fields: fields.map(([label, value]) => ({ label, value: text(value) })),
});

const birth = (day: string, place = '見本県どこでも市', by = '父') =>
  entry('出生', ['出生日', day], ['出生地', place], ['届出日', day.replace(/日$/, '日')], ['届出人', by]);

export const familyRegister: FamilyRegister = {
  familyRegisterId: 'K1',
  registeredDomicile: text('見本県どこでも市本町一丁目１番地'),
  surname: text('渡邉\u{E010F}'),
  surnameKana: 'ワタナベ',
  headGivenName: text('太郎'),
  entries: [
    entry(
      '戸籍改製',
      ['改製日', '平成２０年３月１日'],
      ['改製事由', '平成６年法務省令第５１号附則第２条第１項による改製'],
    ),
  ],
  persons: [
    {
      personNumber: 1,
      givenName: text('太郎'),
      givenNameKana: 'タロウ',
      birth: { text: '昭和５５年４月１２日' },
      spouse: '夫',
      father: text('渡邉\u{E010F}　一郎'),
      mother: text('渡邉\u{E010F}　梅子'),
      relationship: '長男',
      removed: false,
      entries: [
        birth('昭和５５年４月１２日'),
        entry(
          '婚姻',
          ['婚姻日', '平成１８年６月１日'],
          ['配偶者氏名', '見本　花子'],
          ['従前戸籍', '見本県どこでも市本町一丁目１番地　渡邉\u{E010F}一郎'],
        ),
      ],
    },
    {
      personNumber: 2,
      givenName: text('花子'),
      givenNameKana: 'ハナコ',
      birth: { text: '昭和５７年１０月３日' },
      spouse: '妻',
      father: text('見本　松男'),
      mother: text('見本　松子'),
      relationship: '二女',
      removed: false,
      entries: [
        birth('昭和５７年１０月３日', '見本県いつでも町'),
        entry(
          '婚姻',
          ['婚姻日', '平成１８年６月１日'],
          ['配偶者氏名', '渡邉\u{E010F}太郎'],
          ['従前戸籍', '見本県いつでも町大字中里１２３４番地　見本松男'],
        ),
      ],
    },
    {
      personNumber: 3,
      givenName: text('一姫'),
      givenNameKana: 'カズキ',
      birth: { text: '平成１９年９月９日' },
      father: text('渡邉\u{E010F}　太郎'),
      mother: text('渡邉\u{E010F}　花子'),
      relationship: '長女',
      removed: true,
      entries: [
        birth('平成１９年９月９日'),
        entry(
          '婚姻',
          ['婚姻日', '令和８年５月５日'],
          ['配偶者氏名', '例示　次郎'],
          ['送付を受けた日', '令和８年５月８日'],
          ['受理者', '見本県いつでも町長'],
          ['新本籍', '見本県いつでも町大字中里１２３４番地'],
          ['称する氏', '夫の氏'],
        ),
      ],
    },
    {
      personNumber: 4,
      givenName: text('二太郎'),
      givenNameKana: 'ニタロウ',
      birth: { text: '平成２２年１２月２４日' },
      father: text('渡邉\u{E010F}　太郎'),
      mother: text('渡邉\u{E010F}　花子'),
      relationship: '長男',
      adoptiveFather: text('例示　三郎'),
      adoptiveRelationship: '養子',
      removed: false,
      entries: [
        birth('平成２２年１２月２４日', '見本県どこでも市', '母'),
        entry(
          '更正',
          ['更正日', '平成２３年１月１５日'],
          ['更正事項', '父母との続柄'],
          [
            '更正事由',
            '父母との続柄の誤記。届出の年月日、届出人の資格及び氏名その他の記載に誤りがあることが判明したため、管轄法務局長の許可を得て職権により更正する。',
          ],
          ['従前の記録', '【父母との続柄】二男'],
        ),
      ],
    },
  ],
  processing: false,
};

export function familySnapshot(change: Partial<FamilyRegister> = {}): FamilyRegisterSnapshot {
  return { ...frame, familyRegister: { ...familyRegister, ...change }, holderPersonNumber: 1 };
}

export const historySnapshot: RegisterHistorySnapshot = {
  ...frame,
  holderPersonNumber: 1,
  history: {
    familyRegisterId: 'K1',
    registeredDomicile: text('見本県どこでも市本町一丁目1番地'),
    surname: text('渡邉\u{E010F}'),
    headGivenName: text('太郎'),
    madeOn: { text: '平成20年3月1日', iso: '2008-03-01' },
    processing: false,
    persons: [
      {
        personNumber: 1,
        givenName: text('太郎'),
        birth: { text: '昭和55年4月12日', iso: '1980-04-12' },
        sex: 'male',
        addresses: [
          {
            address: text('見本県いつでも町大字中里1234番地5'),
            settled: { text: '平成18年6月1日', iso: '2006-06-01' },
          },
          {
            address: text('見本県どこでも市本町一丁目2番3号'),
            addressDetail: text('どこでもレジデンス203号室'),
            settled: { text: '令和2年3月28日', iso: '2020-03-28' },
          },
        ],
        overseasVotersListOf: '見本県いつでも町',
      },
      {
        personNumber: 2,
        givenName: text('花子'),
        birth: { text: '昭和57年10月3日', iso: '1982-10-03' },
        sex: 'female',
        addresses: [
          { address: text('見本県どこでも市本町一丁目2番3号'), settled: { text: '令和2年3月28日', iso: '2020-03-28' } },
        ],
      },
      {
        personNumber: 3,
        givenName: text('一姫'),
        addresses: [
          {
            address: text('見本県いつでも町大字中里1234番地5'),
            settled: { text: '平成19年9月9日', iso: '2007-09-09' },
          },
        ],
        removedOn: { text: '令和3年5月5日', iso: '2021-05-05' },
      },
    ],
  },
};
