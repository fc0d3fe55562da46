/** Dates as registers hold them, the odd ones among them. */
import { eras, japaneseEraText, type RegisterDate } from '@dokodemo/domain';
import type { Draw } from './draw.ts';

// A town asks for the same days again and again: each is worked out once.
const eraDates = new Map<string, RegisterDate>();
const dayNumbers = new Map<string, number>();
const isoDays = new Map<number, string>();

export function eraDate(iso: string): RegisterDate {
  let date = eraDates.get(iso);
  if (date === undefined) {
    date = Object.freeze({ text: japaneseEraText(iso), iso });
    eraDates.set(iso, date);
  }
  return date;
}

function dayNumber(iso: string): number {
  let day = dayNumbers.get(iso);
  if (day === undefined) {
    day = Math.round(Date.parse(`${iso}T00:00:00Z`) / 86_400_000);
    dayNumbers.set(iso, day);
  }
  return day;
}

function isoOfDay(day: number): string {
  let iso = isoDays.get(day);
  if (iso === undefined) {
    iso = new Date(day * 86_400_000).toISOString().slice(0, 10);
    isoDays.set(day, iso);
  }
  return iso;
}

/** 西暦, for foreign residents' births and the end of their stay. */
export function westernDate(iso: string): RegisterDate {
  const [year, month, day] = iso.split('-').map(Number);
  return { text: `${year}年${month}月${day}日`, iso };
}

export function isoBetween(draw: Draw, fromYear: number, toYear: number): string {
  return isoOfDay(dayNumber(`${draw.between(fromYear, toYear)}-01-01`) + draw.between(0, 364));
}

/** Days that nobody knows, that two eras share, or that no calendar has (住民記録システム標準仕様書 1.1.8). */
export const oddBirths: readonly RegisterDate[] = [
  { text: '昭和20年月日不詳' },
  { text: '昭和18年5月日不詳' },
  { text: '昭和25年10月1日頃' },
  { text: '年月日不詳' },
  { text: '昭和30年2月29日' },
  { text: '大正15年12月25日', iso: '1926-12-25' },
  { text: '明治45年7月30日', iso: '1912-07-30' },
  { text: '昭和64年1月7日', iso: '1989-01-07' },
];

/** 「平成22年5月5日」 → 「平成２２年５月５日」: registers of families write full-width digits. */
export function fullWidth(text: string): string {
  return text.replace(/[0-9]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
}

export function daysAfter(iso: string, days: number): string {
  return isoOfDay(dayNumber(iso) + days);
}

/** 29 February comes to 1 March, as ages do. */
export function yearsAfter(iso: string, years: number): string {
  const moved = `${Number(iso.slice(0, 4)) + years}${iso.slice(4)}`;
  return isoOfDay(dayNumber(`${moved.slice(0, 7)}-01`) + Number(iso.slice(8)) - 1);
}

/** A day from `from` to `until`, both included; `from` when they are the wrong way round. */
export function isoWithin(draw: Draw, from: string, until: string): string {
  const days = dayNumber(until) - dayNumber(from);
  return days <= 0 ? from : isoOfDay(dayNumber(from) + draw.between(0, days));
}

/** The day of a birth, or a day near it when the register does not know it. */
export function bornOf({ text, iso }: RegisterDate): string {
  if (iso !== undefined) return iso;
  const [, era, year] = /^(..)([0-9]+|元)年/.exec(text) ?? [];
  const first = eras.find(({ name }) => name === era)?.firstYear;
  return first === undefined ? '1945-01-01' : `${first + (year === '元' ? 1 : Number(year)) - 1}-07-01`;
}

/** 1975 → 「昭和50年」. */
export function eraYearText(year: number): string {
  return japaneseEraText(`${year}-07-01`).replace(/7月1日$/, '');
}
