import { Icon } from '@dokodemo/web-ui';
import { useWords } from '../words/words.tsx';
import { CenterHeading } from './center-heading.tsx';
import type { ScreenProps } from './screen-props.ts';

export function Another({ screen, state, touch }: ScreenProps<'another'>) {
  const { say } = useWords();
  return (
    <div className="column another">
      <CenterHeading screen={screen} state={state} />
      <div className="two-ways">
        <button type="button" className="key" disabled={state.busy} onClick={() => touch({ kind: 'another' })}>
          <Icon name="document" />
          {say('kiosk.another.more')}
        </button>
        <button type="button" className="key" disabled={state.busy} onClick={() => touch({ kind: 'finish' })}>
          <Icon name="check" />
          {say('kiosk.another.finish')}
        </button>
      </div>
    </div>
  );
}
