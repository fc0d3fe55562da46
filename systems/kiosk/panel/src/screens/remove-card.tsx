import { SoundNote } from '../frame/sound-note.tsx';
import { ReaderPicture } from '../illustrations/reader-picture.tsx';
import { CenterHeading } from './center-heading.tsx';
import type { ScreenProps } from './screen-props.ts';

export function RemoveCard({ screen, state }: ScreenProps<'remove-card'>) {
  return (
    <div className="stage">
      <CenterHeading screen={screen} state={state}>
        {state.card === 'absent' ? null : <SoundNote />}
      </CenterHeading>
      <ReaderPicture doing="remove" label="" />
    </div>
  );
}
