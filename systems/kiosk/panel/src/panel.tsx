import { locales } from '@dokodemo/web-ui/languages';
import { useLayoutEffect, useState } from 'react';
import type { PanelState, PanelTouch } from '../../src/panel-contract.ts';
import type { Shown } from './agent-link.ts';
import { Footer } from './frame/footer.tsx';
import { frameOf, identityOf } from './frame/frame-of.ts';
import { GuideVoice } from './frame/guide-voice.tsx';
import { Header } from './frame/header.tsx';
import { IdleWarning } from './frame/idle-warning.tsx';
import { useKeyboard } from './frame/keyboard.ts';
import { useKeypad } from './frame/keypad.ts';
import { LanguageDialog } from './frame/language-dialog.tsx';
import { VoiceDialog } from './frame/voice-dialog.tsx';
import { Connecting } from './screens/connecting.tsx';
import { ScreenOf } from './screens/screen-of.tsx';
import { useTools } from './tools.tsx';
import { say } from './words/resolve.ts';
import { WordsIn } from './words/words.tsx';

export type Touch = (touch: PanelTouch) => boolean;

export function Panel({ shown, touch }: { readonly shown: Shown; readonly touch: Touch }) {
  if (shown.is === 'dark') return <div className="dark" />;
  // An agent that has only just started says out-of-service and busy until it knows better.
  if (shown.is === 'connecting' || isStarting(shown.state)) return <Connecting />;
  return <Conversation state={shown.state} touch={touch} />;
}

function isStarting({ screen, busy }: PanelState): boolean {
  return screen.kind === 'out-of-service' && busy;
}

function Conversation({ state, touch }: { readonly state: PanelState; readonly touch: Touch }) {
  const { screen, language } = state;
  const frame = frameOf(screen);
  const tools = useTools();
  const [choosing, setChoosing] = useState<'language' | 'voice'>();
  const identity = identityOf(screen);
  const keypad = useKeypad({ away: screen.kind === 'enter-pin', screen: `${identity} ${choosing} ${state.revision}` });
  const over =
    state.idleSecondsLeft !== undefined
      ? `${say('kiosk.idle.title', language)} ${say('kiosk.idle.line', language)}`
      : choosing === undefined
        ? undefined
        : say(`kiosk.${choosing}.title`, language);
  useKeyboard(frame.stop ? () => touch({ kind: 'stop' }) : undefined);
  useLayoutEffect(() => {
    document.documentElement.lang = locales[language].lang;
    document.documentElement.dataset.language = language;
    document.title = say('kiosk.service', language);
  }, [language]);

  return (
    <WordsIn language={language}>
      <div
        className="panel"
        data-screen={screen.kind}
        data-revision={state.revision}
        data-busy={state.busy ? '' : undefined}
      >
        <Header store={state.terminal.store} step={frame.step} />
        <main className="main">
          <ScreenOf key={identity} state={state} touch={touch} />
        </main>
        {tools.hearing === 'off' ? null : (
          <GuideVoice state={state} hearing={tools.hearing} keypad={keypad} over={over} />
        )}
        <Footer
          back={frame.back}
          stop={frame.stop}
          busy={state.busy}
          tools={tools}
          touch={touch}
          chooseVoice={() => setChoosing('voice')}
          chooseLanguage={screen.kind === 'welcome' ? undefined : () => setChoosing('language')}
        />
      </div>
      {choosing === 'language' && !state.busy ? (
        <LanguageDialog
          close={() => setChoosing(undefined)}
          choose={(wanted) => {
            setChoosing(undefined);
            if (wanted !== language) touch({ kind: 'language', language: wanted });
          }}
        />
      ) : null}
      {choosing === 'voice' ? (
        <VoiceDialog
          hearing={tools.hearing}
          close={() => setChoosing(undefined)}
          choose={(hearing) => {
            setChoosing(undefined);
            tools.hear(hearing);
          }}
        />
      ) : null}
      {state.idleSecondsLeft === undefined ? null : (
        <IdleWarning seconds={state.idleSecondsLeft} stillHere={() => touch({ kind: 'still-here' })} />
      )}
    </WordsIn>
  );
}
