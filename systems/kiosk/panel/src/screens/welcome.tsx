import { Key } from '@dokodemo/web-ui';
import { Heading } from '../frame/heading.tsx';
import { LanguageKeys } from '../frame/language-keys.tsx';
import { KioskPicture } from '../illustrations/kiosk-picture.tsx';
import { useWords } from '../words/words.tsx';
import type { ScreenProps } from './screen-props.ts';

/** はじめ: one touch on はじめる, or on a language, begins. */
export function Welcome({ state, touch }: ScreenProps<'welcome'>) {
  const { say, language } = useWords();
  return (
    <div className="welcome">
      <div className="welcome-words">
        <Heading title={say('kiosk.welcome.title')} help={say('kiosk.welcome.line')} />
        <Key
          tone="primary"
          className="start"
          icon="forward"
          iconAt="end"
          disabled={state.busy}
          onClick={() => touch({ kind: 'start', language })}
        >
          {say('kiosk.welcome.start')}
        </Key>
      </div>
      <KioskPicture />
      <LanguageKeys choose={(wanted) => touch({ kind: 'start', language: wanted })} />
    </div>
  );
}
