import type { Failed } from './api.ts';
import type { Say } from './words.ts';

export function Waiting({ say }: { readonly say: Say }) {
  return (
    <p className="waiting" role="status">
      {say('loading')}…
    </p>
  );
}

export function Failure({
  failed,
  say,
  again,
}: {
  readonly failed: Failed;
  readonly say: Say;
  readonly again?: () => void;
}) {
  return (
    <div className="notice" data-tone="bad" role="alert">
      <p>{say.error(failed.code)}</p>
      {failed.code === 'SIGN_IN' ? (
        <a className="button" href="/sign-in">
          {say('sign-in')}
        </a>
      ) : null}
      {failed.code !== 'SIGN_IN' && again !== undefined ? (
        <button type="button" onClick={again}>
          {say('again')}
        </button>
      ) : null}
    </div>
  );
}
