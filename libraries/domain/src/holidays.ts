/**
 * Public holidays of Japan, computed from the law (国民の祝日に関する法律, 昭和23年法律第178号, as in force since
 * 2022): fixed days, Monday holidays, the equinoxes, 振替休日 (3条2項) and 国民の休日 (3条3項).
 */

/** A calendar day, YYYY-MM-DD. */
export type Day = string;

const dayMs = 86_400_000;

/** Days since 1970-01-01. Throws on text that is not a day of the calendar. */
export function dayNumber(day: Day): number {
  const at = Date.parse(`${day}T00:00:00Z`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== day) {
    throw new RangeError(`not a day: "${day}"`);
  }
  return at / dayMs;
}

export function dayOf(number: number): Day {
  return new Date(number * dayMs).toISOString().slice(0, 10);
}

/** 0 Sunday … 6 Saturday. */
export function weekdayOf(day: Day): number {
  return (((dayNumber(day) + 4) % 7) + 7) % 7;
}

function fixed(year: number, month: number, date: number): Day {
  return `${year}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
}

function nthMonday(year: number, month: number, nth: number): Day {
  const first = weekdayOf(fixed(year, month, 1));
  return fixed(year, month, 1 + ((8 - first) % 7) + 7 * (nth - 1));
}

/** The day of an equinox in Japan, 1980–2099 (暦計算研究会). The law takes the day from the almanac of the National
 *  Astronomical Observatory, published each February for the next year; the formula has agreed with it every year. */
function equinox(year: number, month: 3 | 9): Day {
  const base = month === 3 ? 20.8431 : 23.2488;
  return fixed(year, month, Math.floor(base + 0.242194 * (year - 1980)) - Math.floor((year - 1980) / 4));
}

function namedHolidays(year: number): ReadonlyMap<Day, string> {
  return new Map([
    [fixed(year, 1, 1), '元日'],
    [nthMonday(year, 1, 2), '成人の日'],
    [fixed(year, 2, 11), '建国記念の日'],
    [fixed(year, 2, 23), '天皇誕生日'],
    [equinox(year, 3), '春分の日'],
    [fixed(year, 4, 29), '昭和の日'],
    [fixed(year, 5, 3), '憲法記念日'],
    [fixed(year, 5, 4), 'みどりの日'],
    [fixed(year, 5, 5), 'こどもの日'],
    [nthMonday(year, 7, 3), '海の日'],
    [fixed(year, 8, 11), '山の日'],
    [nthMonday(year, 9, 3), '敬老の日'],
    [equinox(year, 9), '秋分の日'],
    [nthMonday(year, 10, 2), 'スポーツの日'],
    [fixed(year, 11, 3), '文化の日'],
    [fixed(year, 11, 23), '勤労感謝の日'],
  ]);
}

/** All holidays of a year with their names, in order. Years 2022–2099: earlier ones had other laws, later ones
 *  another formula. */
export function holidaysOfYear(year: number): ReadonlyMap<Day, string> {
  if (!Number.isInteger(year) || year < 2022 || year > 2099) throw new RangeError(`no holidays known for ${year}`);
  const named = namedHolidays(year);
  const all = new Map(named);
  for (const day of named.keys()) {
    if (weekdayOf(day) !== 0) continue;
    // 3条2項: the nearest day after that Sunday which is not a holiday itself.
    let next = dayNumber(day) + 1;
    while (named.has(dayOf(next))) next++;
    all.set(dayOf(next), '振替休日');
  }
  for (const day of named.keys()) {
    // 3条3項: a day whose neighbours on both sides are holidays.
    const between = dayOf(dayNumber(day) + 1);
    if (!all.has(between) && named.has(dayOf(dayNumber(day) + 2))) all.set(between, '国民の休日');
  }
  return new Map([...all].sort(([a], [b]) => a.localeCompare(b)));
}

const known = new Map<number, ReadonlyMap<Day, string>>();

/** The holiday's name, or undefined on an ordinary day. */
export function holidayName(day: Day): string | undefined {
  const year = Number(day.slice(0, 4));
  let holidays = known.get(year);
  if (holidays === undefined) {
    holidays = holidaysOfYear(year);
    known.set(year, holidays);
  }
  return holidays.get(day);
}
