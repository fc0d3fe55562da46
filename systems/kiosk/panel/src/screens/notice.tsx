import { Icon, type IconName, Key } from '@dokodemo/web-ui';
import { sentencesIn } from '../words/sentences.ts';
import { useWords } from '../words/words.tsx';
import { CenterHeading } from './center-heading.tsx';
import { Pages } from './pages.tsx';
import type { ScreenProps } from './screen-props.ts';

const signs = { terms: 'check', refused: 'alert', information: 'info' } as const satisfies Record<string, IconName>;

/** `apart`: what happened stands out, what to do stands below it. */
function Line({ text, apart }: { readonly text: string; readonly apart: boolean }) {
  if (!apart) return <span>{text}</span>;
  const [first, ...rest] = sentencesIn(text);
  return (
    <div className="told">
      <p>
        <strong>{first}</strong>
      </p>
      {rest.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    </div>
  );
}

/** ご利用の前に, お断り, お知らせ: some lines and one big key. */
export function Notice({ screen, state, touch }: ScreenProps<'notice'>) {
  const { label } = useWords();
  return (
    <div className="column notice" data-tone={screen.tone}>
      <CenterHeading screen={screen} state={state} />
      <Pages
        className="notice-lines"
        items={screen.lines}
        most={12}
        draw={(line, index) => (
          <li key={index}>
            <Icon name={signs[screen.tone]} />
            <Line text={label(line)} apart={screen.tone !== 'terms'} />
          </li>
        )}
        action={
          <Key
            tone="primary"
            className="big"
            icon="forward"
            iconAt="end"
            disabled={state.busy}
            onClick={() => touch({ kind: 'agree' })}
          >
            {label(screen.button)}
          </Key>
        }
      />
    </div>
  );
}
