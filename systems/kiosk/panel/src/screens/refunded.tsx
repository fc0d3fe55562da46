import { Key } from '@dokodemo/web-ui';
import { Heading } from '../frame/heading.tsx';
import { SoundNote } from '../frame/sound-note.tsx';
import { ReturnPicture } from '../illustrations/money-pictures.tsx';
import { useWords } from '../words/words.tsx';
import type { ScreenProps } from './screen-props.ts';

/** Why it ended, and the money that goes back. */
export function Refunded({ screen, state, touch }: ScreenProps<'refunded'>) {
  const { say, yen } = useWords();
  const nothing = screen.returnedYen === 0;
  return (
    <div className="split refunded">
      <Heading
        title={say(nothing ? 'kiosk.refunded.nothing-charged' : 'kiosk.refunded.title')}
        help={say(`refusal.${screen.code}`)}
      />
      <div className="body">
        {nothing ? null : (
          <>
            <dl className="facts">
              <div data-fact="main">
                <dt>{say('kiosk.refunded.amount')}</dt>
                <dd>{yen(screen.returnedYen)}</dd>
              </div>
            </dl>
            <p className="help">{say('kiosk.refunded.take')}</p>
            <SoundNote />
          </>
        )}
      </div>
      <div className="side">
        <ReturnPicture empty={nothing} />
        <Key tone="primary" className="big" icon="check" disabled={state.busy} onClick={() => touch({ kind: 'taken' })}>
          {say(nothing ? 'kiosk.next' : 'kiosk.taken')}
        </Key>
      </div>
    </div>
  );
}
