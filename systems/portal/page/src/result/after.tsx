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
      <BackToFile onBack={onBack} />
      <button type="button" className={onBack === undefined ? 'button primary' : 'button'} onClick={onAgain}>
        {say('again')}
      </button>
      <button type="button" className="button" onClick={() => window.print()}>
        {say('print')}
      </button>
    </div>
  );
}

/** To where it is saved. */
export function BackToFile({ onBack }: Pick<AfterProps, 'onBack'>) {
  const words = receiveWords[useSay().language];
  return onBack === undefined ? null : (
    <button type="button" className="button primary" onClick={onBack}>
      {words.back}
    </button>
  );
}
