import { useLayoutEffect, useState } from 'react';
import type { PanelState, PanelTouch } from '../../src/panel-contract.ts';
import type { Shown } from './agent-link.ts';
import { Footer } from './frame/footer.tsx';
import { frameOf, identityOf } from './frame/frame-of.ts';
import { GuideVoice } from './frame/guide-voice.tsx';
import { Header } from './frame/header.tsx';
import { IdleWarning } from './frame/idle-warning.tsx';
import { useKeyboard } from './frame/keyboard.ts';
import { LanguageDialog } from './frame/language-dialog.tsx';
import { Connecting } from './screens/connecting.tsx';
import { ScreenOf } from './screens/screen-of.tsx';
import { useTools } from './tools.tsx';
import { locales } from './words/format.ts';
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
  const [choosingLanguage, setChoosingLanguage] = useState(false);
  const identity = identityOf(screen);
  useKeyboard(frame.stop ? () => touch({ kind: 'stop' }) : undefined);
  useLayoutEffect(() => {
    document.documentElement.lang = locales[language].lang;
    document.documentElement.dataset.language = language;
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
        {tools.voice ? <GuideVoice state={state} /> : null}
        <Footer
          back={frame.back}
          stop={frame.stop}
          busy={state.busy}
          tools={tools}
          touch={touch}
          chooseLanguage={screen.kind === 'welcome' ? undefined : () => setChoosingLanguage(true)}
        />
      </div>
      {choosingLanguage && !state.busy ? (
        <LanguageDialog
          close={() => setChoosingLanguage(false)}
          choose={(wanted) => {
            setChoosingLanguage(false);
            if (wanted !== language) touch({ kind: 'language', language: wanted });
          }}
        />
      ) : null}
      {state.idleSecondsLeft === undefined ? null : (
        <IdleWarning seconds={state.idleSecondsLeft} stillHere={() => touch({ kind: 'still-here' })} />
      )}
    </WordsIn>
  );
}
