import { Key } from '@dokodemo/web-ui';
import { useWords } from '../words/words.tsx';
import { Overlay } from './overlay.tsx';

/** まだお使いですか: one big key, and how long there is. */
export function IdleWarning({ seconds, stillHere }: { readonly seconds: number; readonly stillHere: () => void }) {
  const { say } = useWords();
  return (
    <Overlay titleId="idle-title" className="idle-warning" cancel={stillHere}>
      <h2 id="idle-title">{say('kiosk.idle.title')}</h2>
      <p className="idle-seconds" role="timer">
        {say('kiosk.idle.seconds', { seconds })}
      </p>
      <p>{say('kiosk.idle.line')}</p>
      <Key tone="primary" className="big" onClick={stillHere}>
        {say('kiosk.idle.button')}
      </Key>
    </Overlay>
  );
}
