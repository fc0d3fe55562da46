import assert from 'node:assert/strict';
import { test } from 'node:test';
import { residentTaxFaults } from '@dokodemo/domain';
import { computeResidentTax, employmentIncomeYen, noDependants, pensionIncomeYen, type TaxFacts } from './tax-law.ts';

test('給与所得 by the table of the year', () => {
  for (const [receipts, year, income] of [
    [550_000, 2024, 0],
    [1_030_000, 2024, 480_000],
    [1_619_000, 2024, 1_069_000],
    [1_700_000, 2024, 1_120_000],
    [3_000_000, 2024, 2_020_000],
    [6_200_000, 2024, 4_520_000],
    [8_000_000, 2024, 6_100_000],
    [10_000_000, 2024, 8_050_000],
    [650_000, 2025, 0],
    [1_230_000, 2025, 580_000],
    [1_899_999, 2025, 1_249_999],
    [1_900_000, 2025, 1_250_000],
    [6_200_000, 2025, 4_520_000],
  ] as const)
    assert.equal(employmentIncomeYen(receipts, year), income, `${receipts} in ${year}`);
  assert.throws(() => employmentIncomeYen(1, 2019), RangeError);
});

test('公的年金等に係る雑所得 from 65 on and before', () => {
  assert.equal(pensionIncomeYen(1_100_000, 65, 2025), 0);
  assert.equal(pensionIncomeYen(2_000_000, 65, 2025), 900_000);
  assert.equal(pensionIncomeYen(2_000_000, 65, 2019), 800_000);
  assert.equal(pensionIncomeYen(3_300_000, 65, 2025), 2_200_000);
  assert.equal(pensionIncomeYen(4_000_000, 70, 2025), 2_725_000);
  assert.equal(pensionIncomeYen(1_300_000, 64, 2025), 700_000);
  assert.equal(pensionIncomeYen(2_000_000, 64, 2025), 1_225_000);
});

const facts = (more: Partial<TaxFacts> = {}): TaxFacts => ({
  fiscalYear: 2026,
  incomes: [{ kind: 'employment', receiptsYen: 6_200_000, incomeYen: 4_520_000 }],
  deductions: [{ kind: 'social-insurance', yen: 900_000 }],
  dependants: noDependants,
  marks: [],
  ...more,
});

test('a wage earner with a wife: base, rates, 調整控除, 均等割 and 森林環境税', () => {
  const tax = computeResidentTax(facts({ dependants: { ...noDependants, spouse: 'ordinary' } }));
  assert.deepEqual(residentTaxFaults(tax), []);
  assert.equal(tax.totalDeductionsYen, 900_000 + 330_000 + 430_000);
  assert.equal(tax.taxBaseYen, 2_860_000);
  // (5万 + 5万) − (286万 − 200万) is below nothing: the least, 2,500 yen, in parts of 3 and 2.
  assert.deepEqual(tax.municipal, {
    perCapitaYen: 3_000,
    incomeLevyBeforeCreditsYen: 171_600,
    creditsYen: 1_500,
    incomeLevyYen: 170_100,
  });
  assert.deepEqual(tax.prefectural, {
    perCapitaYen: 1_000,
    incomeLevyBeforeCreditsYen: 114_400,
    creditsYen: 1_000,
    incomeLevyYen: 113_400,
  });
  assert.equal(tax.annualYen, 3_000 + 1_000 + 170_100 + 113_400 + 1_000);
});

test('who earns little pays nothing, with and without a family', () => {
  const poor = (yen: number, more: Partial<TaxFacts> = {}) =>
    computeResidentTax(facts({ incomes: [{ kind: 'business', incomeYen: yen }], deductions: [], ...more })).annualYen;
  assert.equal(poor(415_000), 0);
  assert.notEqual(poor(415_001), 0);
  const family = { dependants: { ...noDependants, spouse: 'ordinary' as const, under16: 1 } };
  assert.equal(poor(315_000 * 3 + 289_000, family), 0);
  assert.notEqual(poor(315_000 * 3 + 289_001, family), 0);
  assert.equal(poor(1_350_000, { marks: ['single-parent'] }), 0);
});

test('before FY2024 no 森林環境税, before FY2021 a basic deduction of 330,000', () => {
  const tax = computeResidentTax(facts({ fiscalYear: 2020 }));
  assert.equal(tax.forestEnvironmentYen, 0);
  assert.deepEqual([tax.municipal.perCapitaYen, tax.prefectural.perCapitaYen], [3_500, 1_500]);
  assert.equal(tax.deductions.find(({ kind }) => kind === 'basic')?.yen, 330_000);
});
