import { receiveWords } from '../words/receive.ts';
import { useSay } from '../words/words.tsx';

export type AfterProps = {
  readonly onAgain: () => void;
  /** Undefined: it was no file from a kiosk that was checked. */
  readonly onBack?: (() => void) | undefined;
};

/** Below every answer. */
export function After({ onAgain, onBack }: AfterProps) {
  const say = useSay();
  return (
    <div className="after">
      {onBack !== undefined && (
        <button type="button" className="button primary" onClick={onBack}>
          {receiveWords[say.language].back}
        </button>
      )}
      <button type="button" className={onBack === undefined ? 'button primary' : 'button'} onClick={onAgain}>
        {say('again')}
      </button>
      <button type="button" className="button" onClick={() => window.print()}>
        {say('print')}
      </button>
    </div>
  );
}
