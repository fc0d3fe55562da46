import { useEffect, useState } from 'react';
import { type AuditEntry, ask, type Failed } from '../api.ts';
import type { PageProps } from '../app.tsx';
import { Failure, Waiting } from '../notices.tsx';
import { dayWords, type Say, timeWords } from '../words.ts';

function aboutWords(about: AuditEntry['about'], say: Say): string {
  return Object.entries(about)
    .map(([name, value]) => {
      if (name === 'setting') return say.kind(String(value));
      if (name === 'version') return say('version-n', { n: value });
      if (name === 'reason') return say.rejection(String(value));
      if (name === 'from') return say('since-day', { day: dayWords(String(value), say) });
      return name === 'revision' ? '' : String(value);
    })
    .filter((it) => it !== '')
    .join('　');
}

export function Audit({ who, municipality, say }: PageProps) {
  const [entries, setEntries] = useState<readonly AuditEntry[]>();
  const [more, setMore] = useState(false);
  const [failed, setFailed] = useState<Failed>();
  const load = async (before?: number) => {
    const asked = await ask<{ entries: readonly AuditEntry[]; more: boolean }>(
      who,
      `${municipality}/audit`,
      before === undefined ? {} : { before },
    );
    if (!asked.ok) return setFailed(asked);
    setEntries((known) => (before === undefined ? asked.value.entries : [...(known ?? []), ...asked.value.entries]));
    setMore(asked.value.more);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: read once when the page opens: every reading is an entry
  useEffect(() => void load(), []);
  if (failed !== undefined) return <Failure failed={failed} say={say} />;
  if (entries === undefined) return <Waiting say={say} />;
  return (
    <>
      <div className="head">
        <h1>{say('audit')}</h1>
        <p>{say('audit.lead')}</p>
      </div>
      <section className="card">
        {entries.length === 0 ? (
          <p className="empty">{say('nothing-recorded')}</p>
        ) : (
          <table>
            <thead>
              <tr>
                <th scope="col">{say('when')}</th>
                <th scope="col">{say('who')}</th>
                <th scope="col">{say('act')}</th>
                <th scope="col">{say('about')}</th>
              </tr>
            </thead>
            <tbody>
              {entries.map(({ entry, at, by, act, about }) => (
                <tr key={entry}>
                  <td className="tight">{timeWords(at, say)}</td>
                  <td>{by.name}</td>
                  <td>{say.act(act)}</td>
                  <td>{aboutWords(about, say)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        {more ? (
          <p>
            <button type="button" onClick={() => void load(entries.at(-1)?.entry)}>
              {say('older')}
            </button>
          </p>
        ) : null}
      </section>
    </>
  );
}
