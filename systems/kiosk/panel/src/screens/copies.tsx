import { Key } from '@dokodemo/web-ui';
import { useState } from 'react';
import { useWords } from '../words/words.tsx';
import { CenterHeading } from './center-heading.tsx';
import type { ScreenProps } from './screen-props.ts';

/** More papers than this say nothing more. */
const mostPapers = 6;

function Papers({ count }: { readonly count: number }) {
  return (
    <span className="papers" aria-hidden="true">
      {Array.from({ length: Math.min(count, mostPapers) }, (_, paper) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: papers are all alike
        <span key={paper} />
      ))}
    </span>
  );
}

export function Copies({ screen, state, touch }: ScreenProps<'copies'>) {
  const { say, fee } = useWords();
  const [copies, setCopies] = useState(1);
  return (
    <div className="column copies">
      <CenterHeading screen={screen} state={state} />
      <div className="stepper">
        <Key
          icon="minus"
          aria-label={say('kiosk.copies.fewer')}
          disabled={state.busy || copies <= 1}
          onClick={() => setCopies(copies - 1)}
        />
        <div className="copies-now">
          <output className="figure">{say('kiosk.copies.value', { copies })}</output>
          <Papers count={copies} />
        </div>
        <Key
          icon="plus"
          aria-label={say('kiosk.copies.more')}
          disabled={state.busy || copies >= screen.max}
          onClick={() => setCopies(copies + 1)}
        />
      </div>
      <div className="actions">
        <dl className="sums">
          <div>
            <dt>{say('kiosk.copies.each')}</dt>
            <dd>{fee(screen.feeYen)}</dd>
          </div>
          <div data-sum="">
            <dt>{say('kiosk.total')}</dt>
            <dd>{fee(screen.feeYen * copies)}</dd>
          </div>
        </dl>
        <div className="action">
          <Key
            tone="primary"
            className="big"
            icon="forward"
            iconAt="end"
            disabled={state.busy}
            onClick={() => touch({ kind: 'copies', copies })}
          >
            {say('kiosk.next')}
          </Key>
        </div>
      </div>
    </div>
  );
}
