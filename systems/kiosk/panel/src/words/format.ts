/** Numbers, days and amounts as each language writes them. */
import type { TextLanguage } from '@dokodemo/domain';
import { locales } from '@dokodemo/web-ui/languages';

export function numberText(value: number, language: TextLanguage): string {
  return new Intl.NumberFormat(locales[language].region).format(value);
}

/** `day` is YYYY-MM-DD; with the weekday, because that is how people remember when to come again. */
export function dayText(day: string, language: TextLanguage): string {
  const at = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(at.getTime())) return day;
  return new Intl.DateTimeFormat(locales[language].region, {
    timeZone: 'UTC',
    month: 'long',
    day: 'numeric',
    weekday: 'short',
  }).format(at);
}
