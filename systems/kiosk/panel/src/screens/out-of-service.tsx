import { Heading } from '../frame/heading.tsx';
import { ClosedPicture } from '../illustrations/parting-picture.tsx';
import { useWords } from '../words/words.tsx';
import { CaseNumber } from './case-number.tsx';
import type { ScreenProps } from './screen-props.ts';

export function OutOfService({ screen }: ScreenProps<'out-of-service'>) {
  const { say } = useWords();
  return (
    <div className="split out">
      <Heading title={say('kiosk.out.title')} help={say(`refusal.${screen.code}`)}>
        <p className="help">{say('kiosk.out.elsewhere')}</p>
      </Heading>
      <div className="side">
        <ClosedPicture />
        {screen.caseNumber === undefined ? null : <CaseNumber number={screen.caseNumber} />}
      </div>
    </div>
  );
}
