/** Asks once more before a decision that cannot be taken back. */
import { type FormEvent, useEffect, useRef, useState } from 'react';
import {
  type BesideRegister,
  comparedFields,
  type Failed,
  type FoundInRegister,
  type RejectionReason,
  rejectionReasons,
} from '../api.ts';
import { Failure } from '../notices.tsx';
import type { Say } from '../words.ts';

export type Choice = { readonly approve: FoundInRegister } | 'reject';
export type EnrolmentDecision =
  | { readonly approve: { readonly addresseeNumber: string } }
  | { readonly reject: RejectionReason };

function Differences({ person, claim, say }: { person: FoundInRegister; claim: BesideRegister['claim']; say: Say }) {
  const differing = comparedFields.filter((field) => person.likeness[field] !== 'same');
  if (differing.length === 0) return <p>{say('all-same')}</p>;
  return (
    <div className="notice" data-tone="warn">
      <p>
        <b>{say('differing-n', { count: differing.length })}</b>
      </p>
      <ul>
        {differing.map((field) => (
          <li key={field}>
            {say(`compared.${field}`)}：{say('claim')}「{claim[field]}」／{say('in-register')}「{person[field]}」
          </li>
        ))}
      </ul>
      <label className="check">
        <input type="checkbox" required />
        {say('differences-checked')}
      </label>
    </div>
  );
}

export function DecideDialog({
  choice,
  beside: { claim },
  failed,
  busy,
  onDecide,
  onClose,
  say,
}: {
  readonly choice: Choice;
  readonly beside: BesideRegister;
  readonly failed: Failed | undefined;
  readonly busy: boolean;
  readonly onDecide: (decision: EnrolmentDecision) => void;
  readonly onClose: () => void;
  readonly say: Say;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [reason, setReason] = useState<RejectionReason>();
  useEffect(() => dialog.current?.showModal(), []);
  const approves = choice !== 'reject';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (approves) onDecide({ approve: { addresseeNumber: choice.approve.addresseeNumber } });
    else if (reason !== undefined) onDecide({ reject: reason });
  };
  return (
    <dialog ref={dialog} aria-labelledby="decide" onClose={onClose}>
      <form onSubmit={submit}>
        <h2 id="decide">
          {say(approves ? 'approve-enrolment.title' : 'reject-enrolment.title', { name: claim.name })}
        </h2>
        {approves ? (
          <>
            <p>{say('approve-enrolment.lead')}</p>
            <Differences person={choice.approve} claim={claim} say={say} />
          </>
        ) : (
          <>
            <p>{say('reject-enrolment.lead')}</p>
            <fieldset>
              <legend>{say('rejection-reason')}</legend>
              {rejectionReasons.map((it) => (
                <label className="check" key={it}>
                  <input type="radio" name="reason" required checked={reason === it} onChange={() => setReason(it)} />
                  {say(`rejection.${it}`)}
                </label>
              ))}
            </fieldset>
          </>
        )}
        {failed === undefined ? null : failed.code === 'UNKNOWN' || failed.code === 'SAME_ID_OTHER_BODY' ? (
          <p className="notice" data-tone="bad" role="alert">
            {say('enrolment-gone')}
          </p>
        ) : (
          <Failure failed={failed} say={say} />
        )}
        <div className="bar-row">
          <button type="submit" className={approves ? 'primary' : 'danger'} disabled={busy}>
            {say(approves ? 'approve-enrolment.do' : 'reject-enrolment.do')}
          </button>
          <button type="button" onClick={() => dialog.current?.close()}>
            {say('cancel')}
          </button>
        </div>
      </form>
    </dialog>
  );
}
