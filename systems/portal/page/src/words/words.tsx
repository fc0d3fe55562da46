/** The page's words, for every component below. One table a language: a missing word does not compile. */
import type { TextLanguage } from '@dokodemo/domain';
import type { FaultCode, ReasonCode, ReasonValues, UnreadableCode } from '@dokodemo/proof/verify';
import { locales } from '@dokodemo/web-ui/languages';
import { createContext, type ReactNode, use, useMemo } from 'react';
import type { en } from './en.ts';
import { dayText, instantText } from './format.ts';
import { offered, tables } from './tables.ts';

export type WordId = keyof typeof en;
export type Words = Readonly<Record<string, string>>;
export type Table = Readonly<Record<WordId, string>>;
export type SaidCode = ReasonCode | UnreadableCode | FaultCode;
export type Reasons = Readonly<Record<SaidCode, string>>;
type Values = Readonly<Record<string, string | number>>;

export type Say = {
  readonly language: TextLanguage;
  (id: WordId, values?: Values): string;
  readonly reason: (of: { readonly code: SaidCode; readonly values?: ReasonValues }) => string;
  readonly day: (day: string) => string;
  readonly instant: (instant: string) => string;
};

/** `{name}` is replaced by the value of that name; days (YYYY-MM-DD) as the language writes them. */
function filled(pattern: string, values: Values, language: TextLanguage): string {
  return pattern.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name] ?? '';
    return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? dayText(value, language) : String(value);
  });
}

export function sayIn(language: TextLanguage): Say {
  const { words, reasons } = tables[language];
  const say = (id: WordId, values: Values = {}) => filled(words[id], values, language);
  return Object.assign(say, {
    language,
    reason: ({ code, values = {} }: { code: SaidCode; values?: ReasonValues }) =>
      filled(reasons[code], values, language),
    day: (day: string) => dayText(day, language),
    instant: (instant: string) => instantText(instant, language),
  });
}

const Current = createContext<Say>(sayIn('ja'));

export function SaidIn({ language, children }: { readonly language: TextLanguage; readonly children: ReactNode }) {
  const say = useMemo(() => sayIn(language), [language]);
  return <Current value={say}>{children}</Current>;
}

export const useSay = (): Say => use(Current);

/** `?lang=`, else what the browser asks for, else Japanese. */
export function languageOf(search: string, wanted: readonly string[]): TextLanguage {
  const named = new URLSearchParams(search).get('lang');
  const known = offered.find((it) => it === named);
  if (known !== undefined) return known;
  for (const tag of wanted) {
    if (/^zh/i.test(tag)) return /hant|tw|hk|mo/i.test(tag) ? 'zh-Hant' : 'zh-Hans';
    const found = offered.find((it) => it !== 'ja-easy' && locales[it].lang.slice(0, 2) === tag.slice(0, 2));
    if (found !== undefined) return found;
  }
  return 'ja';
}
