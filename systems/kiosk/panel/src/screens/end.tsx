import { Key } from '@dokodemo/web-ui';
import { PartingPicture } from '../illustrations/parting-picture.tsx';
import { useWords } from '../words/words.tsx';
import { CenterHeading } from './center-heading.tsx';
import type { ScreenProps } from './screen-props.ts';

/** It goes by itself; whoever comes next need not wait for that. */
export function End({ screen, state, touch }: ScreenProps<'end'>) {
  const { say } = useWords();
  return (
    <div className="middle">
      <PartingPicture />
      <CenterHeading screen={screen} state={state} />
      <Key className="big" onClick={() => touch({ kind: 'finish' })}>
        {say('kiosk.close')}
      </Key>
    </div>
  );
}
