import assert from 'node:assert/strict';
import { test } from 'node:test';
import { faultsOfCalendar, type Hours, openingAt, type ServiceCalendar, weekdays } from './calendar.ts';
import { isoJapan } from './runtime.ts';

const at = (text: string) => Date.parse(`${text}+09:00`);
const everyDay = (hours: Hours | null) =>
  Object.fromEntries(weekdays.map((name) => [name, hours])) as Record<(typeof weekdays)[number], Hours | null>;
const long = { opens: '06:30', closes: '23:00' };
const office = { opens: '09:00', closes: '17:00' };

const calendar: ServiceCalendar = {
  weeks: [
    { from: '2020-01-01', week: everyDay(long) },
    {
      kinds: ['family-register'],
      from: '2020-01-01',
      week: { ...everyDay(office), sunday: null, saturday: null },
      holiday: null,
    },
  ],
  closedEveryYear: [{ from: '12-29', until: '01-03' }],
  closedDays: [{ day: '2026-11-10' }],
  stops: [{ from: '2026-11-24T20:00:00+09:00', until: '2026-11-25T12:00:00+09:00' }],
};
const opensAt = (kind: string, text: string) => {
  const opening = openingAt(calendar, kind, at(text));
  if (opening.open) return 'open';
  return `${opening.reason} ${opening.opensAtMs === undefined ? '?' : isoJapan(opening.opensAtMs).slice(0, 16)}`;
};

test('open from the first minute until just before the last', () => {
  assert.equal(opensAt('residence', '2026-11-23T06:29:59.999'), 'HOURS 2026-11-23T06:30');
  assert.equal(opensAt('residence', '2026-11-23T06:30:00'), 'open');
  assert.equal(opensAt('residence', '2026-11-23T22:59:59.999'), 'open');
  assert.equal(opensAt('residence', '2026-11-23T23:00:00'), 'HOURS 2026-11-24T06:30');
});

test('the turn of the year is closed, and opens on the fourth of January', () => {
  assert.equal(opensAt('residence', '2026-12-29T12:00'), 'CALENDAR 2027-01-04T06:30');
  assert.equal(opensAt('residence', '2026-12-28T23:30'), 'HOURS 2027-01-04T06:30');
});

test('a kind with a week of its own keeps it, holidays too', () => {
  assert.equal(opensAt('family-register', '2026-11-24T10:00'), 'open');
  assert.equal(opensAt('family-register', '2026-11-23T10:00'), 'CALENDAR 2026-11-24T09:00'); // 勤労感謝の日
  assert.equal(opensAt('family-register', '2026-11-28T10:00'), 'CALENDAR 2026-11-30T09:00'); // Saturday
});

test('a stop for maintenance ends when it says; the day before, the hours end with its beginning', () => {
  assert.equal(opensAt('residence', '2026-11-24T20:00'), 'CALENDAR 2026-11-25T12:00');
  assert.equal(opensAt('family-register', '2026-11-25T08:00'), 'CALENDAR 2026-11-25T12:00');
  const before = openingAt(calendar, 'residence', at('2026-11-24T19:00'));
  assert.ok(before.open);
  assert.equal(isoJapan(before.closesAtMs).slice(0, 16), '2026-11-24T20:00');
});

test('a single closing day', () => assert.equal(opensAt('residence', '2026-11-10T12:00'), 'CALENDAR 2026-11-11T06:30'));

test('a stop without an end has no reopening, and a kind without a week is never open', () => {
  const stopped = { ...calendar, stops: [{ from: '2026-11-01T00:00:00+09:00' }] };
  assert.deepEqual(openingAt(stopped, 'residence', at('2026-11-23T12:00')), { open: false, reason: 'CALENDAR' });
  assert.deepEqual(openingAt({ ...calendar, weeks: [] }, 'residence', at('2026-11-23T12:00')), {
    open: false,
    reason: 'CALENDAR',
  });
});

test('a calendar with a slip in it is found before anyone stands before it', () => {
  assert.deepEqual(faultsOfCalendar(calendar), []);
  const wrong = { ...calendar, weeks: [{ from: '2026-13-01', week: everyDay({ opens: '9:00', closes: '08:00' }) }] };
  assert.ok(faultsOfCalendar(wrong).length >= 8);
});
