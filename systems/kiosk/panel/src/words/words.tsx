/** The language of the screen, for every component below. */
import type { TextId, TextLanguage } from '@dokodemo/domain';
import type { Label } from '@dokodemo/protocol';
import { createContext, type ReactNode, use, useMemo } from 'react';
import { numberText } from './format.ts';
import { type Args, resolve, say } from './resolve.ts';

export type Words = {
  readonly language: TextLanguage;
  say(id: TextId, args?: Args): string;
  label(label: Label): string;
  /** 無料 for nothing. */
  fee(yen: number): string;
  yen(yen: number): string;
  number(value: number): string;
};

function wordsIn(language: TextLanguage): Words {
  const yen = (amount: number) => say('kiosk.yen', language, { yen: amount });
  return {
    language,
    say: (id, args) => say(id, language, args),
    label: (label) => resolve(label, language),
    yen,
    fee: (amount) => (amount === 0 ? say('kiosk.free', language) : yen(amount)),
    number: (value) => numberText(value, language),
  };
}

const Current = createContext<Words>(wordsIn('ja'));

export function WordsIn({ language, children }: { readonly language: TextLanguage; readonly children: ReactNode }) {
  const words = useMemo(() => wordsIn(language), [language]);
  return <Current value={words}>{children}</Current>;
}

export function useWords(): Words {
  return use(Current);
}
