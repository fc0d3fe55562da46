import assert from 'node:assert/strict';
import { test } from 'node:test';
import { holidayName, holidaysOfYear, weekdayOf } from './holidays.ts';

/** As published by the Cabinet Office (内閣府「国民の祝日について」). */
const published: Readonly<Record<number, string>> = {
  2024: '01-01 01-08 02-11 02-12 02-23 03-20 04-29 05-03 05-04 05-05 05-06 07-15 08-11 08-12 09-16 09-22 09-23 10-14 11-03 11-04 11-23',
  2025: '01-01 01-13 02-11 02-23 02-24 03-20 04-29 05-03 05-04 05-05 05-06 07-21 08-11 09-15 09-23 10-13 11-03 11-23 11-24',
  2026: '01-01 01-12 02-11 02-23 03-20 04-29 05-03 05-04 05-05 05-06 07-20 08-11 09-21 09-22 09-23 10-12 11-03 11-23',
  2027: '01-01 01-11 02-11 02-23 03-21 03-22 04-29 05-03 05-04 05-05 07-19 08-11 09-20 09-23 10-11 11-03 11-23',
};

for (const [year, days] of Object.entries(published)) {
  test(`the holidays of ${year} are those the Cabinet Office published`, () => {
    assert.deepEqual(
      [...holidaysOfYear(Number(year)).keys()].map((day) => day.slice(5)),
      days.split(' '),
    );
  });
}

test('a holiday on Sunday moves on over the holidays that follow it', () => {
  assert.equal(holidayName('2026-05-03'), '憲法記念日');
  assert.equal(weekdayOf('2026-05-03'), 0);
  assert.equal(holidayName('2026-05-06'), '振替休日');
});

test('a day between two holidays is one', () => assert.equal(holidayName('2026-09-22'), '国民の休日'));

test('years without known law or formula are refused, not guessed', () => {
  assert.throws(() => holidaysOfYear(2021), RangeError);
  assert.throws(() => holidaysOfYear(2100), RangeError);
});
