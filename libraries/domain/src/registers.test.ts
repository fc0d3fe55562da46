import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type EnrolmentState, enrolmentSteps, mayBecome } from './enrolment.ts';
import { wholeName } from './family-register.ts';
import { type SealImpression, sealImpressionFault, sealSizeMm } from './seal-registration.ts';
import {
  areaText,
  type DeclaredResidentTax,
  fiscalYearOf,
  fiscalYearText,
  incomeYearText,
  paymentAddsUp,
  residentTaxFaults,
} from './tax.ts';

function impression(widthPx: number, heightPx: number, dpi = 600, fill = 0xaa): SealImpression {
  const bytes = new Uint8Array(Math.ceil(widthPx / 8) * heightPx).fill(fill);
  return { widthPx, heightPx, dpi, bits: Buffer.from(bytes).toString('base64') };
}

test('a seal neither fits a square of 8 mm nor exceeds one of 25 mm', () => {
  // 600 dpi: 189 dots are 8.001 mm, 590 are 24.977 mm.
  assert.equal(sealImpressionFault(impression(189, 189)), undefined);
  assert.equal(sealImpressionFault(impression(590, 590)), undefined);
  assert.equal(sealImpressionFault(impression(120, 189)), undefined, 'narrow, and does not fit');
  assert.match(sealImpressionFault(impression(188, 188)) ?? '', /smallest/);
  assert.match(sealImpressionFault(impression(591, 400)) ?? '', /largest/);
  assert.equal(sealSizeMm(impression(600, 300)).heightMm, 12.7);
});

test('an impression of too few dots, of other dots than said, or blank is none', () => {
  assert.match(sealImpressionFault(impression(200, 200, 399)) ?? '', /399 dpi/);
  assert.match(sealImpressionFault({ ...impression(300, 300), heightPx: 301 }) ?? '', /dots/);
  assert.match(sealImpressionFault({ ...impression(300, 300), bits: '%' }) ?? '', /dots/);
  assert.match(sealImpressionFault({ ...impression(300, 300), widthPx: 300.5 }) ?? '', /whole/);
  assert.match(sealImpressionFault(impression(300, 300, 600, 0)) ?? '', /blank/);
});

test('fiscal years are named by their first of April, incomes by the last day of their year', () => {
  assert.deepEqual([2026, 2019, 2020, 2007, 1989].map(fiscalYearText), [
    '令和8年度',
    '平成31年度',
    '令和2年度',
    '平成19年度',
    '平成元年度',
  ]);
  assert.deepEqual([2026, 2020, 2019].map(incomeYearText), ['令和7年', '令和元年', '平成30年']);
  assert.deepEqual(['2027-03-31', '2027-04-01', '2027-12-31'].map(fiscalYearOf), [2026, 2027, 2027]);
  assert.deepEqual([12_345, 5, 100, 0].map(areaText), ['123.45', '0.05', '1.00', '0.00']);
});

const share = { perCapitaYen: 3_000, incomeLevyBeforeCreditsYen: 60_060, creditsYen: 1_500, incomeLevyYen: 58_500 };
const tax: DeclaredResidentTax = {
  declaration: 'declared',
  settledOn: '2026-06-01',
  incomes: [{ kind: 'business', incomeYen: 1_500_500 }],
  totalIncomeYen: 1_500_500,
  aggregateIncomeYen: 1_500_500,
  deductions: [{ kind: 'basic', yen: 430_000 }],
  totalDeductionsYen: 430_000,
  taxBaseYen: 1_070_000,
  dependants: { spouse: 'none', specific: 0, elderlyParentsAtHome: 0, elderly: 0, general: 0, under16: 0, disabled: 0, speciallyDisabled: 0, speciallyDisabledAtHome: 0 },
  marks: [],
  municipal: share,
  prefectural: { ...share, perCapitaYen: 1_000 },
  forestEnvironmentYen: 1_000,
  annualYen: 3_000 + 1_000 + 58_500 + 58_500 + 1_000,
}; // biome-ignore format: a record

test('each sum of a resident’s tax that does not add up is named', () => {
  assert.deepEqual(residentTaxFaults(tax), []);
  for (const [change, fault] of [
    [{ totalIncomeYen: 1_500_501 }, 'totalIncomeYen'],
    [{ totalDeductionsYen: 430_001 }, 'totalDeductionsYen'],
    [{ taxBaseYen: 1_070_500 }, 'taxBaseYen'],
    [{ municipal: { ...share, incomeLevyYen: 58_560 } }, 'municipal'],
    [{ prefectural: { ...share, creditsYen: 0 } }, 'prefectural'],
    [{ annualYen: 1 }, 'annualYen'],
  ] as const)
    assert.ok(residentTaxFaults({ ...tax, ...change }).includes(fault), fault);
  const negative = { ...tax, totalDeductionsYen: 2_000_000, deductions: [{ kind: 'basic' as const, yen: 2_000_000 }] };
  assert.deepEqual(residentTaxFaults({ ...negative, taxBaseYen: 0 }), [], 'never below nothing');
});

test('a payment is what was owed less what was paid', () => {
  const payment = {
    item: 'resident-tax',
    label: '',
    annualYen: 1_000,
    paidYen: 400,
    unpaidYen: 600,
    notYetDueYen: 600,
  } as const;
  assert.ok(paymentAddsUp(payment));
  assert.ok(!paymentAddsUp({ ...payment, unpaidYen: 500 }));
  assert.ok(!paymentAddsUp({ ...payment, notYetDueYen: 601 }));
  assert.ok(!paymentAddsUp({ ...payment, paidYen: -1, unpaidYen: 1_001 }));
});

test('a whole name has the glyphs of both its parts', () => {
  const surname = { text: '\u{E000}野', glyphs: { '\u{E000}': 'MJ055353' } };
  assert.deepEqual(wholeName(surname, { text: '髙志' }), { ...surname, text: '\u{E000}野　髙志' });
  assert.deepEqual(wholeName({ text: '見本' }, { text: '太郎' }), { text: '見本　太郎' });
});

test('an enrolment moves forward only, and an end is an end', () => {
  const states = Object.keys(enrolmentSteps) as EnrolmentState[];
  const allowed = states.flatMap((from) => states.filter((to) => mayBecome(from, to)).map((to) => `${from} → ${to}`));
  assert.deepEqual(allowed, ['applied → approved', 'applied → rejected', 'applied → ended', 'approved → ended']);
});
