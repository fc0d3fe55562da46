import type { TextId } from '@dokodemo/domain';
import { Key } from '@dokodemo/web-ui';
import type { Hearing } from '../tools.tsx';
import { useWords } from '../words/words.tsx';
import { Overlay } from './overlay.tsx';

const ways = [
  ['speaker', 'kiosk.voice.speaker', 'kiosk.voice.speaker.line'],
  ['headphones', 'kiosk.voice.headphones', 'kiosk.voice.headphones.line'],
  ['off', 'kiosk.voice.none', undefined],
] as const satisfies readonly (readonly [Hearing, TextId, TextId | undefined])[];

/** 音声: asked, not toggled, because what is read depends on who can hear it. */
export function VoiceDialog(props: {
  readonly hearing: Hearing;
  readonly choose: (hearing: Hearing) => void;
  readonly close: () => void;
}) {
  const { say } = useWords();
  return (
    <Overlay titleId="voice-title" className="voice-dialog" cancel={props.close}>
      <h2 id="voice-title">{say('kiosk.voice.title')}</h2>
      <ul className="hearing-keys">
        {ways.map(([hearing, name, line]) => (
          <li key={hearing}>
            <Key aria-pressed={props.hearing === hearing} onClick={() => props.choose(hearing)}>
              <span>
                <strong>{say(name)}</strong>
                {line === undefined ? null : <small>{say(line)}</small>}
              </span>
            </Key>
          </li>
        ))}
      </ul>
      <Key icon="close" onClick={props.close}>
        {say('kiosk.close')}
      </Key>
    </Overlay>
  );
}
