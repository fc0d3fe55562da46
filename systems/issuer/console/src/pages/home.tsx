import type { Today } from '../api.ts';
import type { PageProps } from '../app.tsx';
import { Failure, Waiting } from '../notices.tsx';
import { useAsked } from '../use-asked.ts';
import { dayWords, type Say, type WordKey } from '../words.ts';

const groups: readonly { readonly word: WordKey; readonly tone: string; readonly states: readonly string[] }[] = [
  { word: 'issued', tone: 'good', states: ['handed-over'] },
  { word: 'under-way', tone: 'calm', states: ['accepted', 'authorised', 'prepared', 'reserved', 'printing'] },
  { word: 'refused', tone: 'warn', states: ['refused'] },
  { word: 'voided', tone: 'grey', states: ['cancelled', 'expired', 'voided', 'refunded'] },
  { word: 'unresolved', tone: 'bad', states: ['unresolved'] },
];

function Numbers({ counts, say }: { readonly counts: Today['counts']; readonly say: Say }) {
  if (counts.length === 0) return <p className="empty">{say('nothing-yet')}</p>;
  const of = (states: readonly string[], kindId?: string) =>
    counts
      .filter((it) => states.includes(it.state) && (kindId === undefined || it.kindId === kindId))
      .reduce((sum, it) => sum + it.count, 0);
  const kinds = [...new Set(counts.map(({ kindId }) => kindId))].filter((it) => it !== '');
  const most = Math.max(1, ...kinds.map((kindId) => groups.reduce((sum, { states }) => sum + of(states, kindId), 0)));
  return (
    <>
      <dl className="figures">
        {groups.map(({ word, tone, states }) => (
          <div key={word} data-tone={tone}>
            <dt>{say(word)}</dt>
            <dd>{of(states)}</dd>
          </div>
        ))}
      </dl>
      <ul className="bars">
        {kinds.map((kindId) => (
          <li key={kindId}>
            <span>{say.kind(kindId)}</span>
            <span className="bar">
              {groups.map(({ word, tone, states }) => {
                const count = of(states, kindId);
                return count === 0 ? null : (
                  <span
                    key={word}
                    data-tone={tone}
                    style={{ width: `${(count / most) * 100}%` }}
                    title={`${say(word)} ${count}`}
                  >
                    <span className="unseen">{say(word)} </span>
                    {count}
                  </span>
                );
              })}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

function Reasons({ counts, say }: { readonly counts: Today['counts']; readonly say: Say }) {
  const refused = counts.filter((it) => it.code !== undefined);
  if (refused.length === 0) return null;
  return (
    <>
      <h3>{say('refusal-reasons')}</h3>
      <ul className="reasons">
        {refused.map(({ kindId, code = '', count }) => (
          <li key={`${kindId}${code}`}>
            {say.kind(kindId)} — {say.refusal(code)} <b>{say('count', { count })}</b>
          </li>
        ))}
      </ul>
    </>
  );
}

function Offered({ kinds, say }: { readonly kinds: Today['kinds']; readonly say: Say }) {
  if (kinds.length === 0) return <p className="empty">{say('nothing-offered')}</p>;
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{say('kind')}</th>
          <th scope="col">{say('state')}</th>
          <th scope="col">{say('hours')}</th>
          <th scope="col" className="number">
            {say('fee')}
          </th>
        </tr>
      </thead>
      <tbody>
        {kinds.map(({ kindId, open, hours, feeYen }) => (
          <tr key={kindId}>
            <th scope="row">{say.kind(kindId)}</th>
            <td>
              <span className="tag" data-tone={open ? 'good' : 'grey'}>
                {say(open ? 'open' : hours === null ? 'closed-today' : 'closed')}
              </span>
            </td>
            <td>
              {hours === null
                ? '—'
                : hours.opens === '00:00' && hours.closes === '24:00'
                  ? say('all-day')
                  : `${hours.opens}–${hours.closes}`}
            </td>
            <td className="number">{feeYen === undefined ? say('no-fee') : say('yen', { yen: feeYen })}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function Home({ who, municipality, say }: PageProps) {
  const { asked, again } = useAsked<Today>(who, `${municipality}/today`);
  if (asked === undefined) return <Waiting say={say} />;
  if (!asked.ok) return <Failure failed={asked} say={say} again={again} />;
  const { name, mode, day, time, kinds, counts } = asked.value;
  return (
    <>
      <div className="head">
        <h1>{name}</h1>
        <p>
          {dayWords(day, say)}　{time}
        </p>
        {mode === 'specimen' ? (
          <span className="tag" data-tone="warn">
            {say('specimen')}
          </span>
        ) : null}
      </div>
      <div className="columns">
        <section className="card" aria-labelledby="so-far">
          <h2 id="so-far">{say('so-far-today')}</h2>
          <Numbers counts={counts} say={say} />
          <Reasons counts={counts} say={say} />
        </section>
        <section className="card" aria-labelledby="offered">
          <h2 id="offered">{say('offered-today')}</h2>
          <Offered kinds={kinds} say={say} />
        </section>
      </div>
    </>
  );
}
