import type { TextLanguage } from '@dokodemo/domain';
import { en, enReasons } from './en.ts';
import { ja, jaReasons } from './ja.ts';
import type { Reasons, Table } from './words.tsx';

export const tables: Readonly<Record<TextLanguage, { readonly words: Table; readonly reasons: Reasons }>> = {
  ja: { words: ja, reasons: jaReasons },
  'ja-easy': { words: ja, reasons: jaReasons },
  en: { words: en, reasons: enReasons },
  'zh-Hans': { words: en, reasons: enReasons },
  'zh-Hant': { words: en, reasons: enReasons },
  ko: { words: en, reasons: enReasons },
  pt: { words: en, reasons: enReasons },
  vi: { words: en, reasons: enReasons },
};
