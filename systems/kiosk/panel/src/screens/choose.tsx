import { Key } from '@dokodemo/web-ui';
import { useState } from 'react';
import { isTall, useGlass } from '../device/use-glass.ts';
import { useWords } from '../words/words.tsx';
import { CenterHeading } from './center-heading.tsx';
import { ChooseKey } from './choose-key.tsx';
import { Pages } from './pages.tsx';
import type { ScreenProps } from './screen-props.ts';

/** Few answers in one column, as a list; more in two, where the glass is wide. */
function columnsFor(options: number, tall: boolean): number {
  return options <= (tall ? 8 : 3) ? 1 : 2;
}

/** One touch answers a question that has one answer; where several may be chosen, 次へ does. */
export function Choose({ screen, state, touch }: ScreenProps<'choose'>) {
  const { say } = useWords();
  const tall = isTall(useGlass());
  const several = screen.atMost > 1 || screen.atLeast === 0;
  const [chosen, setChosen] = useState<readonly string[]>(screen.chosen);
  const [touched, setTouched] = useState<string>();
  const columns = columnsFor(screen.options.length, tall);
  const answer = (optionIds: readonly string[]) => touch({ kind: 'chosen', questionId: screen.questionId, optionIds });

  const press = (id: string) => {
    if (!several) {
      if (answer([id])) setTouched(id);
      return;
    }
    if (chosen.includes(id)) setChosen(chosen.filter((it) => it !== id));
    else if (screen.atMost === 1) setChosen([id]);
    else if (chosen.length < screen.atMost) setChosen([...chosen, id]);
  };

  return (
    <div className="column choose">
      <CenterHeading screen={screen} state={state} />
      <Pages
        className="options"
        items={screen.options}
        most={tall ? 12 : 8}
        columns={columns}
        draw={(option) => (
          <ChooseKey
            key={option.id}
            option={option}
            several={several}
            chosen={chosen.includes(option.id)}
            touched={touched === option.id}
            busy={state.busy}
            press={press}
          />
        )}
        action={
          several ? (
            <>
              {chosen.length > 0 ? (
                <p className="chosen-count">{say('kiosk.choose.count', { count: chosen.length })}</p>
              ) : null}
              <Key
                tone="primary"
                className="big"
                icon="forward"
                iconAt="end"
                disabled={state.busy || chosen.length < screen.atLeast}
                onClick={() => answer(screen.options.map(({ id }) => id).filter((id) => chosen.includes(id)))}
              >
                {chosen.length === 0 && screen.atLeast === 0 ? say('kiosk.choose.without') : say('kiosk.next')}
              </Key>
            </>
          ) : undefined
        }
      />
    </div>
  );
}
