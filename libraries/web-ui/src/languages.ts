/** The languages of all screens: their codes and their own names. */
import type { TextLanguage } from '@dokodemo/domain';

/** BCP 47: `lang` for the page, `region` for numbers, dates and the voice. */
export const locales: Readonly<Record<TextLanguage, { readonly lang: string; readonly region: string }>> = {
  ja: { lang: 'ja', region: 'ja-JP' },
  'ja-easy': { lang: 'ja', region: 'ja-JP' },
  en: { lang: 'en', region: 'en-US' },
  'zh-Hans': { lang: 'zh-Hans', region: 'zh-CN' },
  'zh-Hant': { lang: 'zh-Hant', region: 'zh-TW' },
  ko: { lang: 'ko', region: 'ko-KR' },
  pt: { lang: 'pt-BR', region: 'pt-BR' },
  vi: { lang: 'vi', region: 'vi-VN' },
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
