import type { TextLanguage } from '@dokodemo/domain';
import { Icon } from '@dokodemo/web-ui';
import { useEffect, useMemo } from 'react';
import type { PanelState } from '../../../src/panel-contract.ts';
import { voiceOf } from '../device/voice.ts';
import type { Hearing } from '../tools.tsx';
import { useWords, type Words } from '../words/words.tsx';
import type { Keypad, Pointed } from './keypad.ts';
import { sentencesOf } from './spoken.ts';

function pointedWords({ number, words, personal, chosen }: Pointed, { say }: Words, hearing: Hearing): string {
  if (personal && hearing !== 'headphones') return say('kiosk.keypad.unread', { number });
  const about = say('kiosk.keypad.number', { number, words });
  return chosen ? `${about} ${say('kiosk.keypad.chosen')}` : about;
}

/** A pause between two sentences, for ears and eyes. */
function joined(sentences: readonly string[], language: TextLanguage): string {
  const [stop, space] = /^(ja|zh)/.test(language) ? ['。', ''] : ['.', ' '];
  return sentences.map((it) => (/[.。!?！？…]$/u.test(it) ? it : it + stop)).join(space);
}

function hintOf({ on, last }: Keypad, { say }: Words): readonly string[] {
  if (!on || last === 0) return [];
  return [last === 1 ? say('kiosk.keypad.hint-one') : say('kiosk.keypad.hint', { last })];
}

/** 音声, with the same words as captions; what comes next interrupts it. */
export function GuideVoice(props: {
  readonly state: PanelState;
  readonly hearing: Hearing;
  readonly keypad: Keypad;
  /** What stands over the screen is what is asked. */
  readonly over: string | undefined;
}) {
  const { state, hearing, keypad, over } = props;
  const words = useWords();
  const voice = useMemo(() => voiceOf(window), []);
  const screen = over === undefined ? sentencesOf(state, words, hearing) : [over];
  const sentence =
    keypad.pointed === undefined
      ? joined([...screen, ...hintOf(keypad, words)], words.language)
      : pointedWords(keypad.pointed, words, hearing);
  useEffect(() => {
    voice.speak(sentence, words.language);
    return voice.hush;
  }, [voice, sentence, words.language]);
  return (
    <p className="captions">
      <Icon name="voice" />
      <span>{sentence}</span>
    </p>
  );
}
