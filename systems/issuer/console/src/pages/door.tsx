import type { ReactNode } from 'react';
import type { Say, WordKey } from '../words.ts';

const reasons = ['not-begun-here', 'provider-refused', 'provider-away', 'no-role', 'too-many'];

export function Door({ say, language }: { readonly say: Say; readonly language: ReactNode }) {
  const reason = new URLSearchParams(location.search).get('sign-in') ?? '';
  return (
    <main className="door">
      <div className="corner">{language}</div>
      <p className="brand large">
        <b>どこでも</b>
      </p>
      <h1>{say('console')}</h1>
      {reasons.includes(reason) ? (
        <p className="notice" data-tone="bad" role="alert">
          {say(`sign-in.${reason}` as WordKey)}
        </p>
      ) : null}
      <p>{say('sign-in.lead')}</p>
      <p>
        <a className="button primary" href="/sign-in">
          {say('sign-in')}
        </a>
      </p>
    </main>
  );
}
