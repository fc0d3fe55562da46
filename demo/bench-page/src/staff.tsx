/** Somebody of the store, with a key to the machine: gives up a printer that stands still, looks where paper is. */
import { useRef, useState } from 'react';
import { useWords } from './texts.ts';
import type { Act } from './world.ts';

export function Staff({ act }: { readonly act: Act }) {
  const words = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  const [caseNumber, setCaseNumber] = useState('');
  const settle = (paper: 'all-came-out' | 'not-all-came-out') => {
    act({ act: 'staff', does: { kind: 'settle-case', caseNumber: caseNumber.trim().toUpperCase(), paper } });
    dialog.current?.close();
  };
  const giveUp = () => {
    act({ act: 'staff', does: { kind: 'give-up-printing' } });
    dialog.current?.close();
  };
  return (
    <>
      <button type="button" className="small" onClick={() => dialog.current?.showModal()}>
        {words('staff')}
      </button>
      <dialog className="staff" ref={dialog} aria-label={words('staff.title')}>
        <header>
          <h3>{words('staff.title')}</h3>
          <button type="button" className="small" onClick={() => dialog.current?.close()}>
            {words('viewer.close')}
          </button>
        </header>
        <section>
          <p>{words('staff.give-up.help')}</p>
          <button type="button" className="small" onClick={giveUp}>
            {words('staff.give-up')}
          </button>
        </section>
        <section>
          <p>{words('staff.case.help')}</p>
          <label>
            {words('staff.case.number')}
            <input
              value={caseNumber}
              onChange={(event) => setCaseNumber(event.target.value)}
              placeholder="DEMO-0001-ABCD-1234"
              autoComplete="off"
              spellCheck={false}
            />
          </label>
          <div className="row">
            <button type="button" className="small" disabled={caseNumber === ''} onClick={() => settle('all-came-out')}>
              {words('staff.case.all')}
            </button>
            <button
              type="button"
              className="small"
              disabled={caseNumber === ''}
              onClick={() => settle('not-all-came-out')}
            >
              {words('staff.case.not-all')}
            </button>
          </div>
        </section>
      </dialog>
    </>
  );
}
