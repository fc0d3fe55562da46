import { useSay } from '../words/words.tsx';

/** Below every answer. */
export function After({ onAgain }: { readonly onAgain: () => void }) {
  const say = useSay();
  return (
    <div className="after">
      <button type="button" className="button primary" onClick={onAgain}>
        {say('again')}
      </button>
      <button type="button" className="button" onClick={() => window.print()}>
        {say('print')}
      </button>
    </div>
  );
}
