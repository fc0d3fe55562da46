/** Numbers, days and amounts as each language writes them. */
import type { TextLanguage } from '@dokodemo/domain';

/** BCP 47: for the page's `lang`, for numbers and dates, and for the voice. */
export const locales: Readonly<Record<TextLanguage, { readonly lang: string; readonly voice: string }>> = {
  ja: { lang: 'ja', voice: 'ja-JP' },
  'ja-easy': { lang: 'ja', voice: 'ja-JP' },
  en: { lang: 'en', voice: 'en-US' },
  'zh-Hans': { lang: 'zh-Hans', voice: 'zh-CN' },
  'zh-Hant': { lang: 'zh-Hant', voice: 'zh-TW' },
  ko: { lang: 'ko', voice: 'ko-KR' },
  pt: { lang: 'pt-BR', voice: 'pt-BR' },
  vi: { lang: 'vi', voice: 'vi-VN' },
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

export function numberText(value: number, language: TextLanguage): string {
  return new Intl.NumberFormat(locales[language].voice).format(value);
}

/** `day` is YYYY-MM-DD; with the weekday, because that is how people remember when to come again. */
export function dayText(day: string, language: TextLanguage): string {
  const at = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(at.getTime())) return day;
  return new Intl.DateTimeFormat(locales[language].voice, {
    timeZone: 'UTC',
    month: 'long',
    day: 'numeric',
    weekday: 'short',
  }).format(at);
}
