/** Reads a sentence aloud, in place of the one before it. Nothing happens where the machine has no voice. */
import type { TextLanguage } from '@dokodemo/domain';
import { locales } from '../words/format.ts';

export function speak(sentence: string, language: TextLanguage): void {
  const voice = globalThis.speechSynthesis as SpeechSynthesis | undefined;
  if (voice === undefined) return;
  voice.cancel();
  const utterance = new SpeechSynthesisUtterance(sentence);
  utterance.lang = locales[language].voice;
  utterance.rate = 0.95;
  voice.speak(utterance);
}

export function hush(): void {
  (globalThis.speechSynthesis as SpeechSynthesis | undefined)?.cancel();
}
