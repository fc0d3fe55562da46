/**
 * When a certificate may be taken: hours by kind, weekday, holiday and date; closing days; stops for maintenance.
 * All days and hours are those of Japan.
 */
import { type Day, dayNumber, dayOf, holidayName, weekdayOf } from './holidays.ts';
import { dayInJapan } from './runtime.ts';

/** Open from `opens` to just before `closes`, HH:MM; `closes` may be 24:00. */
export type Hours = { readonly opens: string; readonly closes: string };

export const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;
export type Weekday = (typeof weekdays)[number];

/** Hours of a week, for some kinds, from a day on. Of several that fit a kind and day the one that names the kind goes
 *  before the one for all; then the one that began last. */
export type OpeningWeek = {
  /** Kinds by id; absent: all kinds. */
  readonly kinds?: readonly string[];
  readonly from: Day;
  /** Last day, inclusive. */
  readonly until?: Day;
  readonly week: Readonly<Record<Weekday, Hours | null>>;
  /** Hours on public holidays; absent: as on the weekday. */
  readonly holiday?: Hours | null;
};

export type ServiceCalendar = {
  readonly weeks: readonly OpeningWeek[];
  /** Days closed every year, MM-DD, both inclusive; may reach over the turn of the year: 12-29 … 01-03. */
  readonly closedEveryYear: readonly { readonly from: string; readonly until: string }[];
  /** Single days of closing, for some kinds or all. */
  readonly closedDays: readonly { readonly day: Day; readonly kinds?: readonly string[] }[];
  /** Stops of the service, ISO 8601 with offset; `until` exclusive, absent while nobody knows. */
  readonly stops: readonly { readonly from: string; readonly until?: string; readonly kinds?: readonly string[] }[];
};

export type Opening =
  | { readonly open: true; readonly hours: Hours; readonly closesAtMs: number }
  /** `opensAtMs`: absent when no opening is known within the next 400 days. */
  | { readonly open: false; readonly reason: 'HOURS' | 'CALENDAR'; readonly opensAtMs?: number };

const lookAheadDays = 400;
const hourPattern = /^([01]\d|2[0-3]):[0-5]\d$/;

/** Minutes since midnight. Throws on anything but HH:MM (24:00 included). */
export function minutesOf(time: string): number {
  if (time === '24:00') return 1_440;
  if (!hourPattern.test(time)) throw new RangeError(`not a time of day: "${time}"`);
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

function instantInJapan(day: Day, minutes: number): number {
  return dayNumber(day) * 86_400_000 - 9 * 3_600_000 + minutes * 60_000;
}

function concerns(kinds: readonly string[] | undefined, kindId: string): boolean {
  return kinds === undefined || kinds.includes(kindId);
}

function isClosedEveryYear(calendar: ServiceCalendar, day: Day): boolean {
  const date = day.slice(5);
  return calendar.closedEveryYear.some(({ from, until }) =>
    from <= until ? from <= date && date <= until : date >= from || date <= until,
  );
}

function weekFor(calendar: ServiceCalendar, kindId: string, day: Day): OpeningWeek | undefined {
  const fitting = calendar.weeks.filter(
    (week) => concerns(week.kinds, kindId) && week.from <= day && (week.until === undefined || day <= week.until),
  );
  const named = (week: OpeningWeek) => (week.kinds === undefined ? 0 : 1);
  return fitting.toSorted((a, b) => named(b) - named(a) || b.from.localeCompare(a.from))[0];
}

/** The hours of a kind on a day, before stops; 'closed-day' for closing days, null where the week has no hours. */
export function hoursOfDay(calendar: ServiceCalendar, kindId: string, day: Day): Hours | null | 'closed-day' {
  if (isClosedEveryYear(calendar, day)) return 'closed-day';
  if (calendar.closedDays.some((closed) => closed.day === day && concerns(closed.kinds, kindId))) return 'closed-day';
  const week = weekFor(calendar, kindId, day);
  if (week === undefined) return null;
  if (week.holiday !== undefined && holidayName(day) !== undefined) return week.holiday;
  return week.week[weekdays[weekdayOf(day)] ?? 'sunday'];
}

type Stop = { readonly fromMs: number; readonly untilMs: number };

function stopsFor(calendar: ServiceCalendar, kindId: string): readonly Stop[] {
  return calendar.stops
    .filter(({ kinds }) => concerns(kinds, kindId))
    .map(({ from, until }) => ({
      fromMs: Date.parse(from),
      untilMs: until === undefined ? Number.POSITIVE_INFINITY : Date.parse(until),
    }))
    .toSorted((a, b) => a.fromMs - b.fromMs);
}

/** The first moment at or after `fromMs`, before `untilMs`, that no stop covers. */
function firstWithoutStop(stops: readonly Stop[], fromMs: number, untilMs: number): number | undefined {
  let at = fromMs;
  for (const stop of stops) if (stop.fromMs <= at && at < stop.untilMs) at = stop.untilMs;
  return at < untilMs ? at : undefined;
}

function nextOpening(calendar: ServiceCalendar, kindId: string, nowMs: number): number | undefined {
  const stops = stopsFor(calendar, kindId);
  const today = dayNumber(dayInJapan(nowMs));
  for (let ahead = 0; ahead <= lookAheadDays; ahead++) {
    const day = dayOf(today + ahead);
    const hours = hoursOfDay(calendar, kindId, day);
    if (hours === null || hours === 'closed-day') continue;
    const opensMs = Math.max(nowMs, instantInJapan(day, minutesOf(hours.opens)));
    const found = firstWithoutStop(stops, opensMs, instantInJapan(day, minutesOf(hours.closes)));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Is this kind open at this moment, and if not, why and until when? A stop or closing day is CALENDAR, the wrong hour
 *  of a working day is HOURS. */
export function openingAt(calendar: ServiceCalendar, kindId: string, nowMs: number): Opening {
  const closed = (reason: 'HOURS' | 'CALENDAR'): Opening => {
    const opensAtMs = nextOpening(calendar, kindId, nowMs);
    return opensAtMs === undefined ? { open: false, reason } : { open: false, reason, opensAtMs };
  };
  const day = dayInJapan(nowMs);
  const hours = hoursOfDay(calendar, kindId, day);
  if (hours === 'closed-day' || hours === null) return closed('CALENDAR');
  const stops = stopsFor(calendar, kindId);
  if (stops.some((stop) => stop.fromMs <= nowMs && nowMs < stop.untilMs)) return closed('CALENDAR');
  const closesMs = instantInJapan(day, minutesOf(hours.closes));
  if (nowMs < instantInJapan(day, minutesOf(hours.opens)) || nowMs >= closesMs) return closed('HOURS');
  const nextStop = stops.find((stop) => stop.fromMs > nowMs)?.fromMs ?? closesMs;
  return { open: true, hours, closesAtMs: Math.min(closesMs, nextStop) };
}

/** What is wrong with a calendar, in words for whoever wrote it; empty when nothing is. */
export function faultsOfCalendar(calendar: ServiceCalendar): readonly string[] {
  const faults: string[] = [];
  const checked = (what: string, look: () => boolean) => {
    try {
      if (!look()) faults.push(what);
    } catch (error) {
      faults.push(`${what}: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  const inOrder = (hours: Hours | null) => hours === null || minutesOf(hours.opens) < minutesOf(hours.closes);
  for (const [i, week] of calendar.weeks.entries()) {
    checked(`weeks[${i}] ends before it begins`, () => dayNumber(week.from) <= dayNumber(week.until ?? week.from));
    for (const name of weekdays) checked(`weeks[${i}].${name} closes before it opens`, () => inOrder(week.week[name]));
    checked(`weeks[${i}].holiday closes before it opens`, () => inOrder(week.holiday ?? null));
  }
  // 2024 is a leap year: 02-29 may be named.
  for (const [i, { from, until }] of calendar.closedEveryYear.entries())
    checked(`closedEveryYear[${i}]`, () => dayNumber(`2024-${from}`) > 0 && dayNumber(`2024-${until}`) > 0);
  for (const [i, { day }] of calendar.closedDays.entries()) checked(`closedDays[${i}]`, () => dayNumber(day) > 0);
  for (const [i, { from, until }] of calendar.stops.entries())
    checked(`stops[${i}] ends before it begins`, () => Date.parse(from) < Date.parse(until ?? '9999-12-31T00:00:00Z'));
  return faults;
}
