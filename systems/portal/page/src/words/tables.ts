import { type TextLanguage, textLanguages } from '@dokodemo/domain';
import { en, enReasons } from './en.ts';
import { ja, jaReasons } from './ja.ts';
import { jaEasy, jaEasyReasons } from './ja-easy.ts';
import { ko, koReasons } from './ko.ts';
import { pt, ptReasons } from './pt.ts';
import { vi, viReasons } from './vi.ts';
import type { Reasons, Table } from './words.tsx';
import { zhHans, zhHansReasons } from './zh-hans.ts';
import { zhHant, zhHantReasons } from './zh-hant.ts';

export const tables: Readonly<Record<TextLanguage, { readonly words: Table; readonly reasons: Reasons }>> = {
  ja: { words: ja, reasons: jaReasons },
  'ja-easy': { words: jaEasy, reasons: jaEasyReasons },
  en: { words: en, reasons: enReasons },
  'zh-Hans': { words: zhHans, reasons: zhHansReasons },
  'zh-Hant': { words: zhHant, reasons: zhHantReasons },
  ko: { words: ko, reasons: koReasons },
  pt: { words: pt, reasons: ptReasons },
  vi: { words: vi, reasons: viReasons },
};

/** In the order of the kiosk's first screen. */
export const offered: readonly TextLanguage[] = textLanguages;
