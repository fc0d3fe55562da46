/** A clerk of the municipality at the register: the restriction that must count at once. */
import { useCallback, useEffect, useState } from 'react';
import { type BenchTextId, useWords } from './texts.ts';
import { askClerk, type ClerksAnswer, type Settings } from './world.ts';

const lookEveryMs = 5_000;

function stateOf(answer: ClerksAnswer | undefined): { readonly text: BenchTextId; readonly tone: string } | undefined {
  if (answer === undefined) return undefined;
  if (!answer.ok) return { text: 'clerk.away', tone: 'away' };
  if (answer.value.own) return { text: 'clerk.own', tone: 'set' };
  return answer.value.household ? { text: 'clerk.household', tone: 'set' } : { text: 'clerk.none', tone: 'none' };
}

export function Clerk({ people }: { readonly people: Settings['cards'] }) {
  const words = useWords();
  const [who, setWho] = useState(people[0]?.key ?? '');
  const [answer, setAnswer] = useState<ClerksAnswer>();
  const [busy, setBusy] = useState(false);
  const look = useCallback(() => void askClerk(who).then(setAnswer), [who]);
  useEffect(() => {
    look();
    const timer = setInterval(look, lookEveryMs);
    return () => clearInterval(timer);
  }, [look]);
  const own = answer?.ok === true && answer.value.own;
  const change = () => {
    setBusy(true);
    void askClerk(who, own ? 'lift' : 'protect').then((next) => {
      setAnswer(next);
      setBusy(false);
    });
  };
  const state = stateOf(answer);
  return (
    <section className="corner clerk">
      <h2>
        {words('clerk')} <small>{words('clerk.help')}</small>
      </h2>
      <div className="row">
        <label>
          <span className="unseen">{words('clerk.who')}</span>
          <select value={who} onChange={(event) => setWho(event.target.value)}>
            {people.map(({ key, label }) => (
              <option key={key} value={key}>
                {label}
              </option>
            ))}
          </select>
        </label>
        <span className="state" data-tone={state?.tone} role="status">
          {state === undefined ? '…' : words(state.text)}
        </span>
        <button type="button" className="small" disabled={busy || answer?.ok !== true} onClick={change}>
          {words(own ? 'clerk.lift' : 'clerk.protect')}
        </button>
      </div>
    </section>
  );
}
