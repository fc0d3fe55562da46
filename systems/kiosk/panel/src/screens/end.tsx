import { PartingPicture } from '../illustrations/parting-picture.tsx';
import { CenterHeading } from './center-heading.tsx';
import type { ScreenProps } from './screen-props.ts';

export function End({ screen, state }: ScreenProps<'end'>) {
  return (
    <div className="middle">
      <PartingPicture />
      <CenterHeading screen={screen} state={state} />
    </div>
  );
}
