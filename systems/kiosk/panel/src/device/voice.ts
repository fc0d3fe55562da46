/** Reads a sentence aloud, in place of the one before it. Silent where the machine has no voice of that language: a
 *  Japanese voice that spells Vietnamese helps nobody, and the captions stay. */
import type { TextLanguage } from '@dokodemo/domain';
import { locales } from '@dokodemo/web-ui/languages';

export type Voice = {
  speak(sentence: string, language: TextLanguage): void;
  hush(): void;
};

export const silence: Voice = { speak: () => undefined, hush: () => undefined };

export function voiceOf(page: Window): Voice {
  const machine = page.speechSynthesis as SpeechSynthesis | undefined;
  if (machine === undefined) return silence;
  return {
    speak(sentence, language) {
      machine.cancel();
      const { region } = locales[language];
      const known = machine.getVoices();
      const mouth = known.find(({ lang }) => lang.replace('_', '-') === region);
      // Browsers that load their voices late know none at first, and find one by the language.
      if (mouth === undefined && known.length > 0) return;
      const utterance = new SpeechSynthesisUtterance(sentence);
      utterance.lang = region;
      utterance.rate = 0.95;
      if (mouth !== undefined) utterance.voice = mouth;
      machine.speak(utterance);
    },
    hush: () => machine.cancel(),
  };
}
