import { Icon } from '@dokodemo/web-ui';
import { ReaderPicture } from '../illustrations/reader-picture.tsx';
import { useWords } from '../words/words.tsx';
import { CenterHeading } from './center-heading.tsx';
import type { ScreenProps } from './screen-props.ts';

export function PresentCard({ screen, state }: ScreenProps<'present-card'>) {
  const { say } = useWords();
  const lies = state.card === 'present';
  const two = state.card === 'two-cards' && state.message === undefined;
  return (
    <div className="stage">
      <CenterHeading screen={screen} state={two ? { ...state, message: { code: 'CARD_TWO' } } : state}>
        {lies && state.message === undefined ? (
          <p className="going-on" role="status">
            <Icon name="card" />
            {say('kiosk.card.reading')}
          </p>
        ) : null}
      </CenterHeading>
      <ReaderPicture doing={lies ? 'lies' : 'place'} label={say('kiosk.card.place')} />
    </div>
  );
}
