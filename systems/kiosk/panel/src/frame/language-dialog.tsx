import type { TextLanguage } from '@dokodemo/domain';
import { Key } from '@dokodemo/web-ui';
import { useWords } from '../words/words.tsx';
import { LanguageKeys } from './language-keys.tsx';
import { Overlay } from './overlay.tsx';

export function LanguageDialog(props: {
  readonly choose: (language: TextLanguage) => void;
  readonly close: () => void;
}) {
  const { say } = useWords();
  return (
    <Overlay titleId="language-title" className="language-dialog" cancel={props.close}>
      <h2 id="language-title">{say('kiosk.language.title')}</h2>
      <LanguageKeys choose={props.choose} />
      <Key icon="close" onClick={props.close}>
        {say('kiosk.close')}
      </Key>
    </Overlay>
  );
}
