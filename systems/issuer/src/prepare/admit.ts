/** Before the register is read: is this a proven visit, is the kind open now, do answers, copies and fee hold? */
import { type Answer, answer, dayInJapan, isRefusalCode, openingAt, type RefusalCode, refuse } from '@dokodemo/domain';
import { answersKind, isElectronic, mostCopies } from '@dokodemo/protocol';
import type { AnyKind, Moment } from '../kinds/kind.ts';
import { feesAt, needsSecondPin, offeredKinds } from '../menu/build-menu.ts';
import { mayBeElectronic } from '../menu/medium.ts';
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

/** Reasons that a menu given earlier may name and that have gone by now: the answers decide. */
const ofTheHour: ReadonlySet<RefusalCode> = new Set<RefusalCode>(['HOURS', 'CALENDAR', 'FORM_INCOMPLETE']);

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
  if (given.appliesTo !== undefined) return refuse('KIND_NOT_OFFERED', 'an application is no document');
  const opening = openingAt(profile.calendar, body.kindId, nowMs);
  if (!opening.open) return refuse(opening.reason);
  const { closed } = given;
  if (closed !== undefined && isRefusalCode(closed) && !ofTheHour.has(closed)) return refuse(closed);
  // By the menu that was given, and by what the municipality demands by now.
  const second = given.secondPin || (needsSecondPin(offer.kind, offer.offered) && proven.enrolled !== true);
  if (second && visit.secondProof?.result.ok !== true) return refuse('SECOND_PIN_NEEDED');
  if (!answersKind(given, body.answers)) return refuse('ANSWERS_WRONG', 'not an answer to the menu that was given');
  if (isElectronic(body.answers) && !mayBeElectronic(profile, offer.offered, visit.terminalId))
    return refuse('ANSWERS_WRONG', 'no electronic copies are given here any more');
  if (body.copies > Math.min(mostCopies(given, body.answers), offer.offered.maxCopies)) return refuse('COPIES_LIMIT');
  const feeYen = feeNow(feesAt(profile, visit.terminalId, nowMs), offer.kind, body);
  if (feeYen === undefined) return refuse('FORM_INCOMPLETE', 'no fee is laid down');
  return feeYen === body.feeYen ? answer(offer.kind) : refuse('FEE_CHANGED', `feeYen=${feeYen}`);
}

/** The fee of all copies at this moment, whatever the menu said. */
function feeNow(feeYenOf: Moment['feeYenOf'], kind: AnyKind, { answers, copies }: PrepareBody): number | undefined {
  const own = feeYenOf(kind.kindId);
  if (own === undefined) return undefined;
  const fees = (kind.feeNames?.(answers) ?? [kind.kindId]).map((name) => feeYenOf(name) ?? own);
  return fees.reduce((sum, feeYen) => sum + feeYen, 0) * copies;
}
