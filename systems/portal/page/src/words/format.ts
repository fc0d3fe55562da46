/** Days and times as each language writes them. */
import type { TextLanguage } from '@dokodemo/domain';
import { locales } from '@dokodemo/web-ui/languages';

function formatted(at: Date, language: TextLanguage, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(locales[language].region, options).format(at);
}

/** `day` is YYYY-MM-DD. */
export function dayText(day: string, language: TextLanguage): string {
  const at = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(at.getTime())) return day;
  return formatted(at, language, { timeZone: 'UTC', year: 'numeric', month: 'long', day: 'numeric' });
}

export function instantText(instant: string, language: TextLanguage): string {
  const at = new Date(instant);
  if (Number.isNaN(at.getTime())) return instant;
  return formatted(at, language, { timeZone: 'Asia/Tokyo', dateStyle: 'long', timeStyle: 'short' });
}
