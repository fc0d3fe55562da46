/** The words of the page on calibrating, one table a language: a missing word does not compile. */
import type { TextLanguage } from '@dokodemo/domain';
import { useCallback } from 'react';
import { useSay } from '../words.tsx';
import { en } from './en.ts';
import { ja } from './ja.ts';
import { jaEasy } from './ja-easy.ts';
import { ko } from './ko.ts';
import { pt } from './pt.ts';
import { vi } from './vi.ts';
import { zhHans } from './zh-hans.ts';
import { zhHant } from './zh-hant.ts';

export type CalibrateWord = keyof typeof en;
export type CalibrateTable = Readonly<Record<CalibrateWord, string>>;

const tables: Readonly<Record<TextLanguage, CalibrateTable>> = {
  ja,
  'ja-easy': jaEasy,
  en,
  'zh-Hans': zhHans,
  'zh-Hant': zhHant,
  ko,
  pt,
  vi,
};

/** Is there a sentence here for this code? */
export const isCalibrateWord = (id: string): id is CalibrateWord => Object.hasOwn(en, id);

export type SayCalibrate = (id: CalibrateWord, values?: Readonly<Record<string, string | number>>) => string;

export function useCalibrateWords(): SayCalibrate {
  const { language } = useSay();
  return useCallback(
    (id, values = {}) => tables[language][id].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? '')),
    [language],
  );
}
