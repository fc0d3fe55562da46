import type { TextId } from '@dokodemo/domain';
import { Icon } from '@dokodemo/web-ui';
import type { ReactNode } from 'react';
import { CashPicture, IcMoneyPicture } from '../illustrations/money-pictures.tsx';
import { useWords } from '../words/words.tsx';
import { CenterHeading } from './center-heading.tsx';
import type { ScreenProps } from './screen-props.ts';

type Method = ScreenProps<'pay'>['screen']['methods'][number];

const ways: Readonly<Record<Method, { readonly name: TextId; readonly line: TextId; readonly picture: ReactNode }>> = {
  cash: { name: 'kiosk.pay.cash', line: 'kiosk.pay.cash.line', picture: <CashPicture /> },
  'ic-money': { name: 'kiosk.pay.ic-money', line: 'kiosk.pay.ic-money.line', picture: <IcMoneyPicture /> },
};

/** お支払い: how much, how much is in, how much is missing or comes back; by the money unit's word. */
export function Pay({ screen, state }: ScreenProps<'pay'>) {
  const { label, say, yen, fee } = useWords();
  const { feeYen } = screen;
  const inserted = state.insertedYen;
  const missing = Math.max(0, feeYen - inserted);
  const paid = missing === 0;
  // Once coins are in, only coins can follow.
  const methods = inserted > 0 ? screen.methods.filter((method) => method === 'cash') : screen.methods;
  return (
    <div className="split pay">
      <CenterHeading screen={screen} state={state} />
      <div className="body">
        <p className="pay-what">
          <strong>{label(screen.kindLabel)}</strong>
          <span>{say('kiosk.pay.copies', { copies: screen.copies, sheets: screen.sheets })}</span>
        </p>
        <dl className="amounts" aria-live="polite">
          <div data-amount="fee">
            <dt>{say('kiosk.confirm.fee')}</dt>
            <dd>{fee(feeYen)}</dd>
          </div>
          <div data-amount="inserted">
            <dt>{say('kiosk.pay.inserted')}</dt>
            <dd>{yen(inserted)}</dd>
          </div>
          <div data-amount={paid ? 'change' : 'missing'}>
            <dt>{say(paid ? 'kiosk.pay.change' : 'kiosk.pay.remaining')}</dt>
            <dd>{yen(paid ? inserted - feeYen : missing)}</dd>
          </div>
        </dl>
      </div>
      {paid ? (
        <p className="paid side">
          <Icon name="check" />
          {say('kiosk.pay.paid')}
        </p>
      ) : (
        <ul className="ways-to-pay side">
          {methods.map((method) => (
            <li key={method}>
              {ways[method].picture}
              <p>
                <strong>{say(ways[method].name)}</strong>
                <span>{say(ways[method].line)}</span>
              </p>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
