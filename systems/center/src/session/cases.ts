/** What an operator who has looked may write: evidence by name, and where money and paper really are. */
import { type Answer, answer, finalIssuanceStates, isoJapan, refuse, stepIssuance } from '@dokodemo/domain';
import type { ActRef, CaseEvidence, SessionEvent } from './events.ts';
import { moneyOf } from './facts.ts';
import { type Application, type Session, whereaboutsCodes } from './state.ts';

export type CaseAct = {
  readonly caseId: string;
  readonly operator: string;
  readonly evidence: CaseEvidence;
  /** Number of a slip, a camera's minute, a ticket: no names, by its pattern. */
  readonly reference: string;
  readonly act: ActRef;
};

/** What became of fee and paper. 'no-change': nothing is left to settle. */
export type Resolution = 'handed-over' | 'captured' | 'fee-returned' | 'voided' | 'no-change';
type Events = readonly SessionEvent[];

/** S8 for operators: the same act again is done; another under its id is refused. */
function before(session: Session, { act, caseId }: CaseAct): Answer<'new' | 'done'> {
  const known = session.facts[act.actId];
  if (known !== undefined) return known === act.digest ? answer('done') : refuse('SAME_ID_OTHER_BODY', 'another act');
  const found = session.cases[caseId];
  if (found === undefined) return refuse('UNKNOWN', 'no such case');
  return found.closed ? refuse('ENDED', 'the case is closed') : answer('new');
}

export function decideCaseNote(session: Session, note: CaseAct): Answer<Events> {
  const asked = before(session, note);
  if (!asked.ok) return asked;
  return answer(asked.value === 'done' ? [] : [{ kind: 'CaseNoted', ...note }]);
}

/** A case about whereabouts is closed only by saying where they are: "it worked the second time" is no evidence. */
export function decideCaseClosing(
  session: Session,
  closing: CaseAct,
  resolution: Resolution,
  now: number,
): Answer<Events> {
  const asked = before(session, closing);
  if (!asked.ok) return asked;
  if (asked.value === 'done') return answer([]);
  const found = session.cases[closing.caseId];
  const application = session.applications[found?.applicationId ?? ''];
  const closed: SessionEvent = { kind: 'CaseClosed', by: 'operator', ...closing };
  if (resolution === 'no-change') {
    const whereabouts = (whereaboutsCodes as readonly string[]).includes(found?.code ?? '');
    const settled = application === undefined || finalIssuanceStates.has(application.state);
    return whereabouts && !settled ? refuse('OUT_OF_STEP', `it is still ${application.state}`) : answer([closed]);
  }
  if (application === undefined) return refuse('OUT_OF_STEP', 'this case is about no application');
  const events = resolved(application, resolution, closing, now);
  return events === undefined
    ? refuse('OUT_OF_STEP', `${resolution} cannot follow ${application.state}`)
    : answer([...events, closed]);
}

function resolved(
  application: Application,
  resolution: Exclude<Resolution, 'no-change'>,
  { operator, caseId }: CaseAct,
  now: number,
): Events | undefined {
  const at = isoJapan(now);
  const money = moneyOf(application, at, now);
  const evidence = { operator, caseId };
  const { applicationId, state } = application;
  const may = (event: 'hand-over' | 'capture' | 'return-fee' | 'void') =>
    !['late', 'never'].includes(stepIssuance(state, event));
  switch (resolution) {
    case 'handed-over':
      return may('hand-over')
        ? [
            { kind: 'HandedOver', ...money, at, evidence },
            { kind: 'FeeCaptured', ...money, evidence },
          ]
        : undefined;
    case 'captured':
      return may('capture') ? [{ kind: 'FeeCaptured', ...money, evidence }] : undefined;
    case 'fee-returned':
      return may('return-fee') ? [{ kind: 'FeeReturned', ...money, reason: 'BY_OPERATOR', at, evidence }] : undefined;
    case 'voided':
      return may('void')
        ? [{ kind: 'ApplicationVoided', applicationId, reason: 'BY_OPERATOR', at, evidence }]
        : undefined;
  }
}
