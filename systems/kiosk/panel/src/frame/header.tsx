import { Icon } from '@dokodemo/web-ui';
import { useWords } from '../words/words.tsx';
import { type Step, stepNames, steps } from './frame-of.ts';

/** The house's mark: a paper in the hand of a place. */
function Mark() {
  return (
    <svg className="mark" viewBox="0 0 40 40" aria-hidden="true" focusable="false">
      <path d="M20 2C11.7 2 5 8.6 5 16.8 5 27 20 38.5 20 38.5S35 27 35 16.8C35 8.6 28.3 2 20 2z" />
      <path className="mark-paper" d="M13.5 9h9.5l4.5 4.5V26h-14z" />
      <path className="mark-lines" d="M17 15.5h4.5m-4.5 3.7h7m-7 3.7h7" />
    </svg>
  );
}

function Steps({ at }: { readonly at: Step }) {
  const { say } = useWords();
  const now = steps.indexOf(at);
  return (
    <ol className="steps" aria-label={say('kiosk.steps')}>
      {steps.map((step, index) => (
        <li
          key={step}
          data-at={index < now ? 'done' : index === now ? 'now' : 'ahead'}
          aria-current={index === now ? 'step' : undefined}
        >
          <span className="step-sign" aria-hidden="true">
            {index < now ? <Icon name="check" /> : index + 1}
          </span>
          <span className="step-name">{say(stepNames[step])}</span>
          {index < now ? <span className="unseen">{say('kiosk.step.done')}</span> : null}
        </li>
      ))}
    </ol>
  );
}

export function Header({ store, step }: { readonly store: string; readonly step: Step | undefined }) {
  const { say } = useWords();
  return (
    <header className="header">
      <div className="brand">
        <Mark />
        <div>
          <p className="brand-name">{say('kiosk.service')}</p>
          <p className="brand-store">{store}</p>
        </div>
      </div>
      {step === undefined ? null : <Steps at={step} />}
    </header>
  );
}
