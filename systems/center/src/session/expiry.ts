/**
 * What time does to a session. Nothing here asks a clock: `dueAt` says when a session has to be looked at next,
 * `decideExpiry` what happens then. A document that a kiosk may have printed out of our sight is never voided by time.
 */
import { isoJapan } from '@dokodemo/domain';
import { giveUp } from './decide.ts';
import type { SessionEvent } from './events.ts';
import {
  type Application,
  applicationsOf,
  hasEnded,
  openCaseOf,
  type Session,
  soundnessCodes,
  whereaboutsCodes,
} from './state.ts';

export type ExpiryBounds = {
  /** A conversation in which nothing moves for so long has ended. The kiosk ends it before, also for whoever asks for more
   *  time ten times on one screen. */
  readonly sessionSilentMs: number;
  /** No conversation lasts longer, whatever moves. */
  readonly sessionMaxMs: number;
  /** After a document's time is over, so long is its kiosk waited for. */
  readonly kioskGraceMs: number;
  /** From the fee in escrow, or the paper out, to the kiosk's next word. */
  readonly kioskSilentMs: number;
};

export const usualBounds: ExpiryBounds = Object.freeze({
  sessionSilentMs: 1_200_000,
  sessionMaxMs: 3_600_000,
  kioskGraceMs: 900_000,
  kioskSilentMs: 1_800_000,
});

/** When time alone next changes something; undefined when it never will again. Milliseconds. */
export function dueAt(session: Session, bounds: ExpiryBounds): number | undefined {
  const moments = applicationsOf(session).flatMap((it) => {
    const due = applicationDueAt(session, it, bounds);
    return due === undefined ? [] : [due];
  });
  if (!hasEnded(session)) moments.push(conversationDueAt(session, bounds));
  return moments.length === 0 ? undefined : Math.min(...moments);
}

function conversationDueAt(session: Session, bounds: ExpiryBounds): number {
  const longest = session.openedAt + bounds.sessionMaxMs;
  const { step } = session;
  // While the kiosk delivers it has its own clock: the document's.
  const silent =
    step.at === 'delivery'
      ? Math.max(session.movedAt, (session.applications[step.applicationId]?.expiresAt ?? 0) + bounds.kioskGraceMs)
      : session.movedAt + bounds.sessionSilentMs;
  return Math.min(silent, longest);
}

function applicationDueAt(session: Session, it: Application, bounds: ExpiryBounds): number | undefined {
  if (openCaseOf(session, it.applicationId, [...whereaboutsCodes, ...soundnessCodes]) !== undefined) return undefined;
  switch (it.state) {
    case 'accepted':
    case 'authorised':
      return it.changedAt + bounds.sessionSilentMs;
    case 'prepared':
      return it.expiresAt + bounds.kioskGraceMs;
    case 'reserved':
    case 'printing':
    case 'handed-over':
      return Math.max(it.changedAt + bounds.kioskSilentMs, it.expiresAt);
    default:
      return undefined;
  }
}

/** The events of a moment that has come; empty when it has not. */
export function decideExpiry(
  session: Session,
  bounds: ExpiryBounds,
  context: { now: number; newId(): string },
): readonly SessionEvent[] {
  const { now } = context;
  const events: SessionEvent[] = [];
  if (!hasEnded(session) && now >= conversationDueAt(session, bounds)) {
    const long = now >= session.openedAt + bounds.sessionMaxMs;
    events.push(...giveUp(session, context, 'expire'), { kind: 'Expired' });
    events.push({ kind: 'SessionClosed', reason: long ? 'too-long' : 'silent' });
  }
  const givenUp = new Set(events.flatMap((it) => (it.kind === 'ApplicationGivenUp' ? [it.applicationId] : [])));
  for (const it of applicationsOf(session)) {
    const due = applicationDueAt(session, it, bounds);
    if (due === undefined || now < due || givenUp.has(it.applicationId)) continue;
    events.push(...applicationExpired(it, context));
  }
  return events;
}

function applicationExpired(it: Application, context: { now: number; newId(): string }): readonly SessionEvent[] {
  const { applicationId } = it;
  const at = isoJapan(context.now);
  if (it.state === 'accepted' || it.state === 'authorised') {
    return [{ kind: 'ApplicationGivenUp', applicationId, by: 'expire', at }];
  }
  if (it.state === 'handed-over') {
    return [{ kind: 'CaseOpened', caseId: context.newId(), code: 'CAPTURE_MISSING', applicationId }];
  }
  return [
    { kind: 'TrackLost', applicationId, reason: 'KIOSK_SILENT', at },
    { kind: 'CaseOpened', caseId: context.newId(), code: 'KIOSK_SILENT', applicationId },
  ];
}
