/** One application beside the family register, and the decision about it. */
import { useState } from 'react';
import { ask, type BesideRegister, type Failed } from '../api.ts';
import type { PageProps } from '../app.tsx';
import { BesideTable } from '../enrolment/beside-table.tsx';
import { type Choice, DecideDialog, type EnrolmentDecision } from '../enrolment/decide-dialog.tsx';
import { Failure, Waiting } from '../notices.tsx';
import { useAsked } from '../use-asked.ts';
import { timeWords } from '../words.ts';

export type Decided = { readonly name: string; readonly outcome: 'approved' | 'rejected' };

export function EnrolmentPage({
  who,
  municipality,
  say,
  enrolmentId,
  onDecided,
}: PageProps & { readonly enrolmentId: string; readonly onDecided: (decided: Decided) => void }) {
  const { asked, again } = useAsked<BesideRegister>(who, `${municipality}/enrolment`, { enrolmentId });
  const [chosen, setChosen] = useState<string>();
  const [deciding, setDeciding] = useState<Choice>();
  const [failed, setFailed] = useState<Failed>();
  const [busy, setBusy] = useState(false);
  const back = (
    <p>
      <a href="#/enrolment">{say('all-enrolments')}</a>
    </p>
  );
  if (asked === undefined) return <Waiting say={say} />;
  if (!asked.ok) {
    return (
      <>
        <div className="head">
          {back}
          <h1>{say('enrolment')}</h1>
        </div>
        {asked.code === 'UNKNOWN' || asked.code === 'MALFORMED' ? (
          <p className="notice" data-tone="bad" role="alert">
            {say('enrolment-gone')}
          </p>
        ) : (
          <Failure failed={asked} say={say} again={again} />
        )}
      </>
    );
  }
  const beside = asked.value;
  const person = beside.candidates.find((it) => it.addresseeNumber === chosen && !it.removed);
  const open = (choice: Choice) => {
    setFailed(undefined);
    setDeciding(choice);
  };
  const decide = async (decision: EnrolmentDecision) => {
    setBusy(true);
    const body = { enrolmentId, actId: beside.actId, decision };
    const done = await ask(who, `${municipality}/decide-enrolment`, body);
    setBusy(false);
    if (!done.ok) return setFailed(done);
    onDecided({ name: beside.claim.name, outcome: 'approve' in decision ? 'approved' : 'rejected' });
  };
  return (
    <>
      <div className="head">
        {back}
        <h1>{say('enrolment-of', { name: beside.claim.name })}</h1>
        <p>{say('applied-at', { time: timeWords(Date.parse(beside.at), say), place: beside.from })}</p>
      </div>
      <section className="card" aria-labelledby="beside">
        <h2 id="beside">{say('beside-register')}</h2>
        <p className="soft">{say('beside-register.lead')}</p>
        <BesideTable beside={beside} chosen={chosen} onChoose={setChosen} say={say} />
        {beside.candidates.length === 0 ? (
          <p className="notice" data-tone="warn">
            {say('nobody-in-register')}
          </p>
        ) : null}
        <div className="bar-row decide">
          <button
            type="button"
            className="primary"
            disabled={person === undefined}
            aria-describedby={person === undefined ? 'choose-first' : undefined}
            onClick={() => person && open({ approve: person })}
          >
            {say('approve-enrolment')}
          </button>
          <button type="button" onClick={() => open('reject')}>
            {say('reject-enrolment')}
          </button>
          {person === undefined && beside.candidates.length > 0 ? (
            <span id="choose-first" className="soft">
              {say('choose-person-first')}
            </span>
          ) : null}
        </div>
      </section>
      {deciding === undefined ? null : (
        <DecideDialog
          choice={deciding}
          beside={beside}
          failed={failed}
          busy={busy}
          onDecide={(decision) => void decide(decision)}
          onClose={() => setDeciding(undefined)}
          say={say}
        />
      )}
    </>
  );
}
