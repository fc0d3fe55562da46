import { Icon, Key } from '@dokodemo/web-ui';
import { Heading } from '../frame/heading.tsx';
import { useWords } from '../words/words.tsx';
import { AddressCode } from './address-code.tsx';
import type { ScreenProps } from './screen-props.ts';

const steps = ['scan', 'open', 'kept'] as const;

/** A file waits for the resident's telephone. Minutes, not seconds: nobody is to be hurried by a counter. */
export function ReceiveFile({ screen, state, touch }: ScreenProps<'receive-file'>) {
  const { say } = useWords();
  const { secondsLeft } = state;
  return (
    <div className="split receive">
      <Heading title={say('kiosk.receive.title')} />
      <div className="body">
        <ol className="receive-steps">
          {steps.map((step) => (
            <li key={step} className={step === 'kept' ? 'spare' : undefined}>
              {say(`kiosk.receive.${step}`)}
            </li>
          ))}
        </ol>
        <p className="message receive-private">
          <Icon name="alert" />
          {say('kiosk.receive.private')}
        </p>
        <p className="quiet spare">{say('kiosk.receive.money-back')}</p>
        <div className="receive-time">
          {secondsLeft === undefined ? null : (
            <p>
              {say('kiosk.receive.left')}{' '}
              <strong>{say('kiosk.receive.minutes', { minutes: Math.max(1, Math.ceil(secondsLeft / 60)) })}</strong>
            </p>
          )}
          <Key icon="clock" disabled={state.busy} onClick={() => touch({ kind: 'still-here' })}>
            {say('kiosk.receive.more-time')}
          </Key>
        </div>
      </div>
      <div className="side">
        <AddressCode address={screen.address} name={say('kiosk.receive.code')} />
      </div>
    </div>
  );
}
