import { Icon, Key } from '@dokodemo/web-ui';
import { useEffect } from 'react';
import type { PanelTouch } from '../../../src/panel-contract.ts';
import { useWords } from '../words/words.tsx';
import { CenterHeading } from './center-heading.tsx';
import type { ScreenProps } from './screen-props.ts';

type PinKey = Extract<PanelTouch, { kind: 'pin-key' }>['key'];

const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const satisfies readonly PinKey[];

function keyOf(event: KeyboardEvent): PinKey | undefined {
  if (/^[0-9]$/.test(event.key)) return event.key as PinKey;
  if (event.key === 'Backspace') return 'erase';
  return event.key === 'Delete' ? 'clear' : undefined;
}

/** 暗証番号. The panel knows how many digits there are, never which. */
export function EnterPin({ screen, state, touch }: ScreenProps<'enter-pin'>) {
  const { say, number } = useWords();
  const { min, max } = screen.length;
  const count = state.pinDigits;
  const complete = count >= min && count <= max;
  const press = (key: PinKey) => touch({ kind: 'pin-key', key });

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const key = keyOf(event);
      if (key === undefined || event.repeat || document.querySelector('dialog[open]') !== null) return;
      event.preventDefault();
      // A keypad has no key for 戻る: clearing nothing is one.
      if (key === 'erase' && count === 0 && screen.back) touch({ kind: 'back' });
      else touch({ kind: 'pin-key', key });
    };
    // Enter on a key presses that key; elsewhere it is 決定.
    const onEnter = (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || event.repeat || document.activeElement instanceof HTMLButtonElement) return;
      if (complete) touch({ kind: 'pin-key', key: 'enter' });
    };
    window.addEventListener('keydown', onKey);
    window.addEventListener('keydown', onEnter);
    return () => {
      window.removeEventListener('keydown', onKey);
      window.removeEventListener('keydown', onEnter);
    };
  }, [touch, complete, count, screen.back]);

  return (
    <div className="split pin">
      <CenterHeading screen={screen} state={state} />
      <div className="body">
        <div className="pin-places" role="status">
          {Array.from({ length: max }, (_, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: places have no identity but their order
            <span key={place} className="pin-place" data-filled={place < count ? '' : undefined} aria-hidden="true" />
          ))}
          <p className="unseen">{say('kiosk.pin.entered', { count, length: max })}</p>
        </div>
        <p className="tries" data-few={screen.triesLeft <= 2 ? '' : undefined}>
          {screen.triesLeft <= 2 ? <Icon name="alert" /> : null}
          {say('kiosk.pin.tries', { tries: screen.triesLeft })}
        </p>
        <p className="quiet spare">{say('kiosk.pin.cover')}</p>
      </div>
      <fieldset className="pad" aria-label={say('kiosk.pin.keys')}>
        {digits.map((digit) => (
          <Key key={digit} className="digit" disabled={state.busy} onClick={() => press(digit)}>
            {number(Number(digit))}
          </Key>
        ))}
        <Key className="pad-word" tone="quiet" disabled={state.busy || count === 0} onClick={() => press('clear')}>
          {say('kiosk.pin.clear')}
        </Key>
        <Key className="digit" disabled={state.busy} onClick={() => press('0')}>
          {number(0)}
        </Key>
        <Key
          className="pad-word"
          tone="quiet"
          icon="erase"
          iconAt="top"
          disabled={state.busy || count === 0}
          onClick={() => press('erase')}
        >
          {say('kiosk.pin.erase')}
        </Key>
        <Key className="pad-enter" tone="primary" disabled={state.busy || !complete} onClick={() => press('enter')}>
          {say('kiosk.pin.enter')}
        </Key>
      </fieldset>
    </div>
  );
}
