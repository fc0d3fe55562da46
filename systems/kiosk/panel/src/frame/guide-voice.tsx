import type { Label } from '@dokodemo/protocol';
import { Icon } from '@dokodemo/web-ui';
import { useEffect } from 'react';
import type { PanelState } from '../../../src/panel-contract.ts';
import { hush, speak } from '../device/voice.ts';
import { useWords, type Words } from '../words/words.tsx';

/** Only the house's own texts are read aloud: a municipality's words and everything personal come as plain labels, and
 *  other people stand in a shop. */
function aloud(label: Label | undefined, words: Words): readonly string[] {
  return label !== undefined && 'text' in label ? [words.label(label)] : [];
}

export function sentencesOf({ screen, message }: PanelState, words: Words): readonly string[] {
  const { say } = words;
  const first = message === undefined ? [] : [say(`refusal.${message.code}`, message.args)];
  switch (screen.kind) {
    case 'welcome':
      return [say('kiosk.welcome.title'), say('kiosk.welcome.line')];
    case 'working':
      return [say(`kiosk.working.${screen.what}`), say(`kiosk.working.${screen.what}.line`)];
    case 'printing':
      return screen.trouble === undefined
        ? [say('kiosk.printing.title'), say('kiosk.printing.wait')]
        : [say('kiosk.trouble.title'), say('kiosk.trouble.nothing-lost')];
    case 'take':
      return [say('kiosk.take.title'), say('kiosk.take.line')];
    case 'refunded':
      return screen.returnedYen === 0
        ? [say('kiosk.refunded.nothing-charged')]
        : [say('kiosk.refunded.title'), say('kiosk.refunded.take')];
    case 'case':
      return [say('kiosk.case.title'), say('kiosk.case.line')];
    case 'out-of-service':
      return [say('kiosk.out.title'), say('kiosk.out.elsewhere')];
    default: {
      const lines = screen.kind === 'notice' ? screen.lines.flatMap((line) => aloud(line, words)) : [];
      return [...first, ...aloud(screen.title, words), ...aloud(screen.help, words), ...lines];
    }
  }
}

/** 音声, with the same words as captions. */
export function GuideVoice({ state }: { readonly state: PanelState }) {
  const words = useWords();
  const sentence = sentencesOf(state, words).join(' ');
  useEffect(() => {
    speak(sentence, words.language);
    return hush;
  }, [sentence, words.language]);
  return (
    <p className="captions">
      <Icon name="voice" />
      <span>{sentence}</span>
    </p>
  );
}
