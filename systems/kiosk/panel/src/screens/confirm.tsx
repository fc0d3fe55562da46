import type { Screen } from '@dokodemo/protocol';
import { Key } from '@dokodemo/web-ui';
import { isPersonal } from '../frame/spoken.ts';
import type { Touch } from '../panel.tsx';
import { useWords } from '../words/words.tsx';
import { CenterHeading } from './center-heading.tsx';
import { Pages } from './pages.tsx';
import type { ScreenProps } from './screen-props.ts';

type Line = Extract<Screen, { kind: 'confirm' }>['lines'][number];
type Group = {
  readonly label: Line['label'];
  readonly values: readonly Line['value'][];
  readonly change: string | undefined;
};

/** Several answers to one question stand under its name once. */
export function groupLines(lines: readonly Line[]): readonly Group[] {
  const groups: { label: Line['label']; values: Line['value'][]; change: string | undefined }[] = [];
  for (const line of lines) {
    const last = groups.at(-1);
    const same =
      last !== undefined && line.change === undefined && JSON.stringify(last.label) === JSON.stringify(line.label);
    if (same) last.values.push(line.value);
    else groups.push({ label: line.label, values: [line.value], change: line.change });
  }
  return groups;
}

export function Confirm({ screen, state, touch }: ScreenProps<'confirm'>) {
  const { say, fee } = useWords();
  const applies = screen.what === 'application';
  return (
    <div className="confirm">
      <CenterHeading screen={screen} state={state} />
      <div className="confirm-lines">
        <Pages
          className="lines"
          items={groupLines(screen.lines)}
          most={30}
          draw={(group, index) => <LineOf key={index} group={group} busy={state.busy} touch={touch} />}
        />
      </div>
      <div className="confirm-side">
        {applies ? (
          <p>{say('kiosk.confirm.free')}</p>
        ) : (
          <>
            <p>{say('kiosk.confirm.fee')}</p>
            <p className="total">{fee(screen.feeYen)}</p>
            <p className="quiet">{say('kiosk.confirm.not-yet')}</p>
          </>
        )}
        <Key
          tone="primary"
          className="big"
          icon="forward"
          iconAt="end"
          disabled={state.busy}
          onClick={() => touch({ kind: 'confirmed' })}
        >
          {say(applies ? 'kiosk.confirm.apply' : 'kiosk.confirm.issue')}
        </Key>
      </div>
    </div>
  );
}

function LineOf({ group, busy, touch }: { readonly group: Group; readonly busy: boolean; readonly touch: Touch }) {
  const { label, say } = useWords();
  const name = label(group.label);
  const { change } = group;
  return (
    <li className="line" data-personal={isPersonal(group.label) ? '' : undefined}>
      <span className="line-name">{name}</span>
      <span className="line-values">
        {group.values.map((value, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two people may have the same words
          <span key={i}>{label(value)}</span>
        ))}
      </span>
      {change === undefined ? null : (
        <Key
          disabled={busy}
          aria-label={say('kiosk.confirm.change-what', { what: name })}
          onClick={() => touch({ kind: 'change', questionId: change })}
        >
          {say('kiosk.confirm.change')}
        </Key>
      )}
    </li>
  );
}
