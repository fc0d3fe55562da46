import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type FeeSchedule, faultsOfFees, feeYenAt } from './fees.ts';

const at = (text: string) => Date.parse(`${text}+09:00`);
const amount = (amountYen: number, from: string, until?: string) => ({
  kind: 'residence',
  channel: 'kiosk' as const,
  amountYen,
  from,
  ...(until === undefined ? {} : { until }),
});
const schedule: FeeSchedule = {
  base: [amount(300, '2020-04-01'), amount(350, '2027-04-01')],
  deductions: [amount(50, '2020-04-01'), amount(290, '2026-10-01', '2027-03-31')],
};
const fee = (text: string) => feeYenAt(schedule, 'residence', 'kiosk', at(text));

test('a campaign replaces the standing deduction, and ends at midnight in Japan', () => {
  assert.equal(fee('2026-09-30T23:59:59.999'), 250);
  assert.equal(fee('2026-10-01T00:00'), 10);
  assert.equal(fee('2027-03-31T23:59:59.999'), 10);
  assert.equal(fee('2027-04-01T00:00'), 300);
});

test('no fee laid down is no fee of zero', () => {
  assert.equal(fee('2019-01-01T00:00'), undefined);
  assert.equal(feeYenAt(schedule, 'seal', 'kiosk', at('2026-11-23T00:00')), undefined);
  assert.equal(feeYenAt(schedule, 'residence', 'counter', at('2026-11-23T00:00')), undefined);
});

test('a deduction above the fee leaves zero', () =>
  assert.equal(
    feeYenAt(
      { base: [amount(200, '2020-01-01')], deductions: [amount(900, '2020-01-01')] },
      'residence',
      'kiosk',
      0 + at('2026-01-01T00:00'),
    ),
    0,
  ));

test('two that begin on one day are a fault, not a coin toss', () => {
  assert.deepEqual(faultsOfFees(schedule), []);
  assert.equal(faultsOfFees({ ...schedule, base: [...schedule.base, amount(1, '2027-04-01')] }).length, 1);
  assert.equal(faultsOfFees({ ...schedule, base: [amount(1.5, '2027-04-01', '2027-03-01')] }).length, 2);
});
