import { isRefusalCode, type TextId } from '@dokodemo/domain';
import type { Screen } from '@dokodemo/protocol';
import { Icon, type IconName, isIconName } from '@dokodemo/web-ui';
import { isPersonal } from '../frame/spoken.ts';
import { useWords } from '../words/words.tsx';

export type Option = Extract<Screen, { kind: 'choose' }>['options'][number];

/** Names that issuers give to the drawings of their kinds. */
const drawings: Readonly<Record<string, IconName>> = {
  residence: 'house',
  seal: 'seal',
  tax: 'tax',
  'family-register': 'family',
  family: 'family',
  'register-history': 'history',
  municipality: 'town',
};

export function iconOf(name: string): IconName {
  return drawings[name] ?? (isIconName(name) ? name : 'document');
}

const closedWords: Readonly<Record<string, TextId>> = {
  HOURS: 'kiosk.closed.hours',
  CALENDAR: 'kiosk.closed.calendar',
};

function Sign({ option, several, chosen }: { option: Option; several: boolean; chosen: boolean }) {
  if (several) {
    return (
      <span className="tick" data-on={chosen ? '' : undefined}>
        {chosen ? <Icon name="check" /> : null}
      </span>
    );
  }
  return option.icon === undefined ? null : <Icon name={iconOf(option.icon)} />;
}

/** One answer: drawing or tick, its words, its fee; or grey, with the reason why not. */
export function ChooseKey(props: {
  readonly option: Option;
  readonly several: boolean;
  readonly chosen: boolean;
  readonly touched: boolean;
  readonly busy: boolean;
  readonly press: (id: string) => void;
}) {
  const { label, say, fee } = useWords();
  const { option, several, chosen } = props;
  const { closed, note, feeYen } = option;
  const why =
    closed !== undefined && note === undefined && isRefusalCode(closed) ? say(`refusal.${closed}`) : undefined;
  return (
    <li data-personal={isPersonal(option.label) || (note !== undefined && isPersonal(note)) ? '' : undefined}>
      <button
        type="button"
        className="key option"
        disabled={closed !== undefined || props.busy}
        data-closed={closed === undefined ? undefined : ''}
        data-touched={props.touched ? '' : undefined}
        aria-pressed={several || chosen ? chosen : undefined}
        onClick={() => props.press(option.id)}
      >
        <Sign option={option} several={several} chosen={chosen} />
        <span className="option-words">
          <span className="option-label">{label(option.label)}</span>
          {note === undefined && why === undefined ? null : (
            <span className="option-note">{note === undefined ? why : label(note)}</span>
          )}
        </span>
        {closed !== undefined ? (
          <span className="option-closed">{say(closedWords[closed] ?? 'kiosk.closed.other')}</span>
        ) : feeYen !== undefined ? (
          <span className="option-fee">{fee(feeYen)}</span>
        ) : several ? null : (
          <span className="option-leads">
            <Icon name="forward" />
          </span>
        )}
      </button>
    </li>
  );
}
