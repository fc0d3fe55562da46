import { Heading } from '../frame/heading.tsx';
import { ClosedPicture } from '../illustrations/parting-picture.tsx';
import { sentencesIn } from '../words/sentences.ts';
import { useWords } from '../words/words.tsx';
import { CaseNumber } from './case-number.tsx';
import type { ScreenProps } from './screen-props.ts';

export function OutOfService({ screen }: ScreenProps<'out-of-service'>) {
  const { say } = useWords();
  const title = say('kiosk.out.title');
  // Some codes begin with what the title says already.
  const why = sentencesIn(say(`refusal.${screen.code}`)).filter((sentence) => sentence !== `${title}。`);
  return (
    <div className="split out">
      <div className="body">
        <Heading title={title} help={why.length === 0 ? undefined : why.join(' ')} />
        <p className="help">{say('kiosk.out.elsewhere')}</p>
        {screen.caseNumber === undefined ? null : <CaseNumber number={screen.caseNumber} />}
      </div>
      <ClosedPicture />
    </div>
  );
}
