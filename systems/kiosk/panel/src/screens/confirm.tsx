import type { Screen } from '@dokodemo/protocol';
import { Key } from '@dokodemo/web-ui';
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
  const { label, say, fee } = useWords();
  return (
    <div className="column confirm">
      <CenterHeading screen={screen} state={state} />
      <Pages
        className="lines"
        items={groupLines(screen.lines)}
        most={30}
        draw={(group, index) => {
          const name = label(group.label);
          const { change } = group;
          return (
            <li key={index} className="line">
              <span className="line-name">{name}</span>
              <span className="line-values">
                {group.values.map((value, i) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: two people may have the same words
                  <span key={i}>{label(value)}</span>
                ))}
              </span>
              {change === undefined ? null : (
                <Key
                  tone="plain"
                  disabled={state.busy}
                  aria-label={say('kiosk.confirm.change-what', { what: name })}
                  onClick={() => touch({ kind: 'change', questionId: change })}
                >
                  {say('kiosk.confirm.change')}
                </Key>
              )}
            </li>
          );
        }}
        action={
          <>
            <dl className="sums">
              <div data-sum="">
                <dt>{say('kiosk.confirm.fee')}</dt>
                <dd>{fee(screen.feeYen)}</dd>
              </div>
              <div>
                <dt className="quiet">{say('kiosk.confirm.not-yet')}</dt>
              </div>
            </dl>
            <Key
              tone="primary"
              className="big"
              icon="forward"
              iconAt="end"
              disabled={state.busy}
              onClick={() => touch({ kind: 'confirmed' })}
            >
              {say('kiosk.confirm.issue')}
            </Key>
          </>
        }
      />
    </div>
  );
}
