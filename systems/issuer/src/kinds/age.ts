import type { RegisterDate } from '@dokodemo/domain';

/**
 * Has a person of this birth completed `years` on `day`? A year of life is complete at the end of the day before the
 * birthday (年齢計算ニ関する法律, 民法143条): from the birthday on, and for those born on 29 February from 1 March in
 * common years. Undefined when the register's date does not tell.
 */
export function hasCompletedYears(birth: RegisterDate, years: number, day: string): boolean | undefined {
  const { iso } = birth;
  if (iso !== undefined) return `${Number(iso.slice(0, 4)) + years}${iso.slice(4)}` <= day;
  // 「昭和20年月日不詳」: the years of the era are enough where even the last day of its last year is long past.
  if (/^(明治|大正|昭和)/.test(birth.text)) return true;
  const year = /^(\d{4})年/.exec(birth.text.normalize('NFKC'))?.[1];
  if (year !== undefined && Number(year) + years < Number(day.slice(0, 4))) return true;
  return undefined;
}
