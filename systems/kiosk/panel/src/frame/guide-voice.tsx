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

function hintOf({ on, last }: Keypad, { say }: Words): readonly string[] {
  return on && last > 0 ? [say('kiosk.keypad.hint', { last })] : [];
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
      ? [...screen, ...hintOf(keypad, words)].join(' ')
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
