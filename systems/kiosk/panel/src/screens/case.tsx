import { Key } from '@dokodemo/web-ui';
import { Heading } from '../frame/heading.tsx';
import { useWords } from '../words/words.tsx';
import { CaseNumber } from './case-number.tsx';
import type { ScreenProps } from './screen-props.ts';

/** The machine does not know what happened and says so; the number is what the resident keeps. */
export function Case({ screen, state, touch }: ScreenProps<'case'>) {
  const { say, yen } = useWords();
  return (
    <div className="split case">
      <Heading title={say('kiosk.case.title')} help={say('kiosk.case.line')} icon="info" />
      <div className="body">
        <dl className="facts">
          <div data-fact="main">
            <dt>{say('kiosk.case.held')}</dt>
            <dd>{yen(screen.feeYen)}</dd>
          </div>
        </dl>
        <p className="quiet">{say('kiosk.case.held.line')}</p>
      </div>
      <div className="side">
        <CaseNumber number={screen.caseNumber} />
        <Key tone="primary" className="big" icon="check" disabled={state.busy} onClick={() => touch({ kind: 'taken' })}>
          {say('kiosk.case.noted')}
        </Key>
      </div>
    </div>
  );
}
