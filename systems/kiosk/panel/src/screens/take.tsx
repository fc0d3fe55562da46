import { Key } from '@dokodemo/web-ui';
import { Heading } from '../frame/heading.tsx';
import { SoundNote } from '../frame/sound-note.tsx';
import { PhonePicture } from '../illustrations/phone-picture.tsx';
import { PrinterPicture } from '../illustrations/printer-picture.tsx';
import { useWords } from '../words/words.tsx';
import type { ScreenProps } from './screen-props.ts';

const mostNumbers = 2;

function DocumentNumbers({ numbers }: { readonly numbers: readonly string[] }) {
  const { say } = useWords();
  const rest = numbers.length - mostNumbers;
  return (
    <div>
      <dt>{say('kiosk.take.numbers')}</dt>
      <dd className="numbers">
        {numbers.slice(0, mostNumbers).map((number) => (
          <span key={number}>{number}</span>
        ))}
        {rest > 0 ? <span>{say('kiosk.take.more-numbers', { rest })}</span> : null}
      </dd>
    </div>
  );
}

/** 受け取り: all sheets, the change, the receipt. */
export function Take({ screen, state, touch }: ScreenProps<'take'>) {
  const { say, yen, fee } = useWords();
  const isFile = screen.electronic === true;
  const about = isFile ? 'kiosk.take.file' : 'kiosk.take';
  return (
    <div className="split take">
      <Heading title={say(`${about}.title`)} help={say(`${about}.line`)} />
      <div className="body">
        <dl className="facts">
          <div data-fact="main">
            <dt>{say('kiosk.take.sheets')}</dt>
            <dd>{isFile ? say('kiosk.take.file.value') : say('kiosk.take.sheets-value', { sheets: screen.sheets })}</dd>
          </div>
          {screen.changeYen > 0 ? (
            <div data-fact="main">
              <dt>{say('kiosk.pay.change')}</dt>
              <dd>{yen(screen.changeYen)}</dd>
            </div>
          ) : null}
          <div>
            <dt>{say('kiosk.take.receipt')}</dt>
            <dd>{fee(screen.feeYen)}</dd>
          </div>
          {screen.documentNumbers.length === 0 ? null : <DocumentNumbers numbers={screen.documentNumbers} />}
        </dl>
        <p className="quiet spare">{say(`${about}.check`)}</p>
        <SoundNote />
      </div>
      <div className="side">
        {isFile ? <PhonePicture /> : <PrinterPicture doing="ready" />}
        <Key tone="primary" className="big" icon="check" disabled={state.busy} onClick={() => touch({ kind: 'taken' })}>
          {say('kiosk.taken')}
        </Key>
      </div>
    </div>
  );
}
