/** Dates as registers hold them, the odd ones among them. */
import { japaneseEraText, type RegisterDate } from '@dokodemo/domain';
import type { Draw } from './draw.ts';

export function eraDate(iso: string): RegisterDate {
  return { text: japaneseEraText(iso), iso };
}

/** 西暦, for foreign residents' births and the end of their stay. */
export function westernDate(iso: string): RegisterDate {
  const [year, month, day] = iso.split('-').map(Number);
  return { text: `${year}年${month}月${day}日`, iso };
}

export function isoBetween(draw: Draw, fromYear: number, toYear: number): string {
  const at = Date.UTC(draw.between(fromYear, toYear), 0, 1 + draw.between(0, 364));
  return new Date(at).toISOString().slice(0, 10);
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
