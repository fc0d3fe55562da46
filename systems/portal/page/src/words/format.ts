/** Days and times as each language writes them. */
import type { TextLanguage } from '@dokodemo/domain';

/** BCP 47: for the page's `lang`, and for dates. */
export const locales: Readonly<Record<TextLanguage, { readonly lang: string; readonly format: string }>> = {
  ja: { lang: 'ja', format: 'ja-JP' },
  'ja-easy': { lang: 'ja', format: 'ja-JP' },
  en: { lang: 'en', format: 'en-GB' },
  'zh-Hans': { lang: 'zh-Hans', format: 'zh-CN' },
  'zh-Hant': { lang: 'zh-Hant', format: 'zh-TW' },
  ko: { lang: 'ko', format: 'ko-KR' },
  pt: { lang: 'pt-BR', format: 'pt-BR' },
  vi: { lang: 'vi', format: 'vi-VN' },
};

/** Each language in its own words: found by those who read no other. */
export const languageNames: Readonly<Record<TextLanguage, string>> = {
  ja: '日本語',
  'ja-easy': 'やさしい日本語',
  en: 'English',
  'zh-Hans': '中文（简体）',
  'zh-Hant': '中文（繁體）',
  ko: '한국어',
  pt: 'Português',
  vi: 'Tiếng Việt',
};

function formatted(at: Date, language: TextLanguage, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(locales[language].format, options).format(at);
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
