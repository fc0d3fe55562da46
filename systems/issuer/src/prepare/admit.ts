/** Before the register is read: is this a proven visit, is the kind open now, do answers, copies and fee hold? */
import { type Answer, answer, dayInJapan, feeYenAt, openingAt, refuse } from '@dokodemo/domain';
import { answersKind, feeOfOneCopy, type Kind } from '@dokodemo/protocol';
import { channelOf, needsSecondPin, offeredKinds } from '../menu/build-menu.ts';
import type { MunicipalityProfile } from '../municipality.ts';
import type { ProofResult, Visit } from '../store/records.ts';
import type { Job, PrepareBody, PrepareTools } from './tools.ts';

export type ProvenVisit = { readonly visit: Visit; readonly proven: Extract<ProofResult, { ok: true }> };

export function provenVisit(visit: Visit | undefined, nowMs: number): Answer<ProvenVisit> {
  if (visit === undefined) return refuse('UNKNOWN', 'no such visit');
  if (visit.expiresAt <= nowMs) return refuse('ENDED', 'the visit is past its time');
  if (visit.proof === undefined) return refuse('OUT_OF_STEP', 'the visit is not proven');
  const { result } = visit.proof;
  return result.ok ? answer({ visit, proven: result }) : refuse(result.code);
}

/** Against the menu this visit was given, and against hours and fees as they are now. */
export function admit(
  tools: PrepareTools,
  profile: MunicipalityProfile,
  { visit, proven }: ProvenVisit,
  body: PrepareBody,
): Answer<Job['kind']> {
  const nowMs = tools.clock.now();
  const given = proven.menu.kinds.find(({ id }) => id === body.kindId);
  const offer = offeredKinds(profile, tools.kinds, dayInJapan(nowMs)).find(({ kind }) => kind.kindId === body.kindId);
  if (given === undefined || offer === undefined) return refuse('KIND_NOT_OFFERED');
  const opening = openingAt(profile.calendar, body.kindId, nowMs);
  if (!opening.open) return refuse(opening.reason);
  // A menu given before opening shows the kind closed; by now it is open, and the answers decide.
  const closed = given.closed;
  if (closed === 'UNDER_15') return refuse(closed);
  // By the menu that was given, and by what the municipality demands by now.
  const second = given.secondPin || needsSecondPin(offer.kind, offer.offered);
  if (second && visit.secondProof?.result.ok !== true) return refuse('SECOND_PIN_NEEDED');
  if (!answersKind(given, body.answers)) return refuse('ANSWERS_WRONG', 'not an answer to the menu that was given');
  if (body.copies > Math.min(given.maxCopies, offer.offered.maxCopies)) return refuse('COPIES_LIMIT');
  const feeYen = feeNow(profile, given, visit.terminalId, body, nowMs);
  if (feeYen === undefined) return refuse('FORM_INCOMPLETE', 'no fee is laid down');
  return feeYen === body.feeYen ? answer(offer.kind) : refuse('FEE_CHANGED', `feeYen=${feeYen}`);
}

/** The fee of all copies at this moment, whatever the menu said. */
function feeNow(
  profile: MunicipalityProfile,
  given: Kind,
  terminalId: string,
  body: PrepareBody,
  nowMs: number,
): number | undefined {
  const feeYen = feeYenAt(profile.fees, given.id, channelOf(profile, terminalId), nowMs);
  return feeYen === undefined ? undefined : feeOfOneCopy({ ...given, feeYen }, body.answers) * body.copies;
}
