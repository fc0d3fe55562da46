import { type FormEvent, useState } from 'react';
import { type Asked, ask, type Issue } from '../api.ts';
import type { PageProps } from '../app.tsx';
import { Failure } from '../notices.tsx';
import { type Say, timeWords } from '../words.ts';

const shape = /^[0-9]{8}-[0-9]{6}-[0-9]{7}$/;

function Found({ issue, say }: { readonly issue: Issue; readonly say: Say }) {
  const rows: readonly (readonly [string, string])[] = [
    [say('kind'), say.kind(issue.kindId)],
    [say('prepared-at'), timeWords(issue.at, say)],
    [say('document-number'), (issue.documentNumbers ?? []).join('、')],
    [say('terminal'), issue.terminalId ?? ''],
    [say('copies'), String(issue.copies ?? '')],
    [say('sheets'), String(issue.sheets ?? '')],
    [say('persons'), String(issue.persons ?? '')],
    [say('fee'), issue.feeYen === undefined ? '' : say('yen', { yen: issue.feeYen })],
    [say('register-at'), issue.snapshotAt === undefined ? '' : timeWords(Date.parse(issue.snapshotAt), say)],
    [say('certifier'), issue.certifier ?? ''],
    [say('seal-id'), issue.sealId ?? ''],
    [
      say('settings-held'),
      Object.entries(issue.settings ?? {})
        .map(([id, n]) => `${say.kind(id)} ${say('version-n', { n })}`)
        .join('、') || say('house-form'),
    ],
  ];
  const isOut = issue.state === 'handed-over';
  return (
    <section className="card" aria-live="polite">
      <h2>
        <span className="tag" data-tone={isOut ? 'good' : 'warn'}>
          {isOut ? say('issued') : issue.state}
        </span>
      </h2>
      <dl className="facts">
        {rows.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <h3>{say('course')}</h3>
      <ul className="reasons">
        {issue.outcomes.map((it) => (
          <li key={it.at + it.outcome}>
            {timeWords(Date.parse(it.at), say)}　{it.outcome === 'handed-over' ? say('issued') : it.outcome}（
            {it.reason}）
          </li>
        ))}
      </ul>
    </section>
  );
}

export function History({ who, municipality, say }: PageProps) {
  const [number, setNumber] = useState('');
  const [misfit, setMisfit] = useState(false);
  const [asked, setAsked] = useState<Asked<Issue>>();
  const look = async (event: FormEvent) => {
    event.preventDefault();
    const documentNumber = number.normalize('NFKC').trim();
    setMisfit(!shape.test(documentNumber));
    setAsked(undefined);
    if (shape.test(documentNumber)) setAsked(await ask<Issue>(who, `${municipality}/issue`, { documentNumber }));
  };
  return (
    <>
      <div className="head">
        <h1>{say('history')}</h1>
        <p>{say('history.lead')}</p>
      </div>
      <form className="card search" onSubmit={(event) => void look(event)}>
        <label>
          {say('document-number')}
          <input
            value={number}
            onChange={(event) => setNumber(event.target.value)}
            inputMode="numeric"
            autoComplete="off"
            spellCheck={false}
            placeholder="20261125-482013-0000001"
            aria-invalid={misfit}
            aria-describedby="number-shape"
            maxLength={40}
          />
        </label>
        <button type="submit" className="primary">
          {say('look-up')}
        </button>
        <p id="number-shape" className={misfit ? 'bad' : 'soft'} role={misfit ? 'alert' : undefined}>
          {say('number-shape')}
        </p>
      </form>
      {asked === undefined ? null : asked.ok ? (
        <Found issue={asked.value} say={say} />
      ) : asked.code === 'UNKNOWN' ? (
        <p className="empty" role="status">
          {say('no-such-number')}
        </p>
      ) : (
        <Failure failed={asked} say={say} />
      )}
    </>
  );
}
