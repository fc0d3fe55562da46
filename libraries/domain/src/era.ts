/** 和暦. Eras as data: the day from which each is counted here, and the year of its 元年. 明治 from 1873 on, when the
 *  solar calendar began. */

export type Era = { readonly name: string; readonly from: string; readonly firstYear: number };

export const eras: readonly Era[] = [
  { name: '令和', from: '2019-05-01', firstYear: 2019 },
  { name: '平成', from: '1989-01-08', firstYear: 1989 },
  { name: '昭和', from: '1926-12-25', firstYear: 1926 },
  { name: '大正', from: '1912-07-30', firstYear: 1912 },
  { name: '明治', from: '1873-01-01', firstYear: 1868 },
];

const isoDay = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/;

/** 2026-11-23 → 「令和8年11月23日」, the first year of an era 元年. Throws for days before 1873, when the calendar was
 *  another. */
export function japaneseEraText(iso: string): string {
  const [, year, month, day] = isoDay.exec(iso) ?? [];
  const era = eras.find(({ from }) => iso >= from);
  if (year === undefined || era === undefined) throw new RangeError(`no Japanese era for "${iso}"`);
  const ordinal = Number(year) - era.firstYear + 1;
  return `${era.name}${ordinal === 1 ? '元' : ordinal}年${Number(month)}月${Number(day)}日`;
}

export type EraDate = { readonly era: string; readonly year: number; readonly month: number; readonly day: number };

/** Is a day as people wrote it legal in a register? The day on which an era changed belongs to both (明治45年7月30日 and
 *  大正元年7月30日; 大正15年12月25日 and 昭和元年12月25日), as the register standard 1.1.8 wants it. Answers the ISO day. */
export function isoOfEraDate({ era, year, month, day }: EraDate): string | undefined {
  const at = eras.findIndex(({ name }) => name === era);
  const found = eras[at];
  if (found === undefined || year < 1) return undefined;
  const iso = `${found.firstYear + year - 1}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  const real = new Date(`${iso}T00:00:00Z`);
  if (Number.isNaN(real.getTime()) || real.toISOString().slice(0, 10) !== iso) return undefined;
  const next = eras[at - 1];
  // Taishō and Shōwa began on the very day on which the era before ended; Heisei and Reiwa on the day after.
  const last =
    next === undefined ? '9999-12-31' : next.name === '平成' || next.name === '令和' ? dayBefore(next.from) : next.from;
  return iso >= found.from && iso <= last ? iso : undefined;
}

function dayBefore(iso: string): string {
  return new Date(Date.parse(`${iso}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}
