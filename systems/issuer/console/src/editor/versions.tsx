/** Versions with who and when, and what may be decided about them. */
import { useState } from 'react';
import type { Setting, Version, VersionState } from '../api.ts';
import { dayWords, type Say, timeWords } from '../words.ts';

const tones: Readonly<Record<VersionState, string>> = {
  proposed: 'warn',
  'taken-into-use': 'good',
  returned: 'grey',
  withdrawn: 'grey',
};

export type Decide = (
  version: Version,
  decision: 'taken-into-use' | 'returned' | 'withdrawn',
  more: { from?: string; note: string },
) => void;

export function Versions({
  setting,
  subject,
  approves,
  edits,
  onDecide,
  onLoad,
  say,
}: {
  readonly setting: Setting;
  readonly subject: string;
  readonly approves: boolean;
  readonly edits: boolean;
  readonly onDecide: Decide;
  readonly onLoad: (version: number) => void;
  readonly say: Say;
}) {
  const [approving, setApproving] = useState<Version>();
  if (setting.versions.length === 0) return <p className="empty">{say('no-versions')}</p>;
  return (
    <ol className="versions">
      {setting.versions.map((it) => {
        const isOwn = it.by.subject === subject;
        const begins = it.decisions.at(-1)?.from ?? it.from;
        const isComing = it.state === 'taken-into-use' && begins > setting.today;
        const mayWithdraw = (it.state === 'proposed' || isComing) && (approves || isOwn);
        return (
          <li key={it.version} data-holds={it.version === setting.holds.version || undefined}>
            <div className="bar-row">
              <b>{say('version-n', { n: it.version })}</b>
              <span className="tag" data-tone={tones[it.state]}>
                {say(`state.${it.state}`)}
              </span>
              {it.version === setting.holds.version ? (
                <span className="tag" data-tone="calm">
                  {say('holds-now')}
                </span>
              ) : null}
              <span className="grow" />
              <button type="button" className="link" onClick={() => onLoad(it.version)}>
                {say(edits ? 'load' : 'see-content')}
              </button>
            </div>
            <p>
              {say('since-day', { day: dayWords(begins, say) })}
              {it.until === undefined ? '' : ` – ${dayWords(it.until, say)}`}
            </p>
            <p className="quote">{it.reason}</p>
            <ul className="trail">
              <li>
                {timeWords(it.at, say)}　{it.by.name}　{say('propose.do')}
              </li>
              {it.decisions.map((decision) => (
                <li key={decision.at}>
                  {timeWords(decision.at, say)}　{decision.by.name}　{say(`state.${decision.decision}`)}
                  {decision.note === '' ? '' : `：${decision.note}`}
                </li>
              ))}
            </ul>
            <div className="bar-row">
              {it.state === 'proposed' && approves && !isOwn ? (
                <>
                  <button type="button" className="primary" onClick={() => setApproving(it)}>
                    {say('approve')}
                  </button>
                  <button type="button" onClick={() => onDecide(it, 'returned', { note: '' })}>
                    {say('return')}
                  </button>
                </>
              ) : null}
              {it.state === 'proposed' && isOwn && approves ? <span className="soft">{say('four-eyes')}</span> : null}
              {mayWithdraw && (approves || edits) ? (
                <button type="button" onClick={() => onDecide(it, 'withdrawn', { note: '' })}>
                  {say('withdraw')}
                </button>
              ) : null}
            </div>
            {approving?.version === it.version ? (
              <form
                className="inset"
                onSubmit={(event) => {
                  event.preventDefault();
                  const given = new FormData(event.currentTarget);
                  setApproving(undefined);
                  onDecide(it, 'taken-into-use', { from: String(given.get('from')), note: String(given.get('note')) });
                }}
              >
                <h2>{say('approve.title', { n: it.version })}</h2>
                <label>
                  {say('from-day')}
                  <input
                    type="date"
                    name="from"
                    required
                    min={setting.today}
                    defaultValue={[it.from, setting.today].toSorted().at(-1)}
                  />
                </label>
                <label>
                  {say('decision-note')}
                  <input name="note" maxLength={400} />
                </label>
                <div className="bar-row">
                  <button type="submit" className="primary">
                    {say('approve.do')}
                  </button>
                  <button type="button" onClick={() => setApproving(undefined)}>
                    {say('cancel')}
                  </button>
                </div>
              </form>
            ) : null}
          </li>
        );
      })}
    </ol>
  );
}
