/** What must be true of any journal of the center (S2, S3, S4): pure functions over events, for tests, simulator, audit. */
import { finalIssuanceStates } from '@dokodemo/domain';
import type { RecordedEvent } from '../session/events.ts';
import { fold } from '../session/fold.ts';
import { applicationsOf, hasEnded, type Session } from '../session/state.ts';

export type Violation = { readonly invariant: 'S2' | 'S3' | 'S4'; readonly sessionId: string; readonly what: string };

export function sessionsOf(events: readonly RecordedEvent[]): readonly Session[] {
  const streams = new Map<string, RecordedEvent[]>();
  for (const event of events) {
    const stream = streams.get(event.sessionId) ?? [];
    streams.set(event.sessionId, stream);
    stream.push(event);
  }
  return [...streams.values()].flatMap((stream) => fold(stream.sort((a, b) => a.seq - b.seq)) ?? []);
}

/** S2: each fee captured ⇔ one confirmed hand-over; never both captured and given back; never an amount of its own. */
export function checkFees(events: readonly RecordedEvent[]): readonly Violation[] {
  const found: Violation[] = [];
  const byApplication = new Map<string, RecordedEvent[]>();
  for (const event of events) {
    if (!('applicationId' in event.body) || event.body.applicationId === undefined) continue;
    const list = byApplication.get(event.body.applicationId) ?? [];
    byApplication.set(event.body.applicationId, list);
    list.push(event);
  }
  for (const [applicationId, list] of byApplication) {
    const sessionId = list[0]?.sessionId ?? '';
    const say = (what: string) => found.push({ invariant: 'S2', sessionId, what: `${applicationId}: ${what}` });
    const ordered = [...list].sort((a, b) => a.seq - b.seq);
    const seqs = (kind: string) => ordered.filter(({ body }) => body.kind === kind).map(({ seq }) => seq);
    const [captured, handed, returned] = [seqs('FeeCaptured'), seqs('HandedOver'), seqs('FeeReturned')];
    if (captured.length > 1) say('captured twice');
    if (handed.length > 1) say('handed over twice');
    if (returned.length > 1) say('given back twice');
    if (captured.length > 0 && returned.length > 0) say('captured and given back');
    if (captured[0] !== undefined && !(handed[0] !== undefined && handed[0] < captured[0]))
      say('captured before it was handed over');
    if (handed.length > 0 && returned.length > 0) say('handed over and given back');
    const fees = new Set(
      ordered.flatMap(({ body }) =>
        ['ApplicationPrepared', 'FeeReserved', 'FeeCaptured', 'FeeReturned'].includes(body.kind) && 'feeYen' in body
          ? [body.feeYen]
          : [],
      ),
    );
    if (fees.size > 1) say(`amounts differ: ${[...fees].join(', ')}`);
  }
  return found;
}

/** S4, once everything has drained: each application is final or in an open case, each session has ended. */
export function checkEnds(events: readonly RecordedEvent[]): readonly Violation[] {
  return sessionsOf(events).flatMap((session) => {
    const { sessionId } = session;
    const open = applicationsOf(session)
      .filter(
        (it) =>
          !finalIssuanceStates.has(it.state) &&
          !Object.values(session.cases).some((one) => !one.closed && one.applicationId === it.applicationId),
      )
      .map((it): Violation => ({ invariant: 'S4', sessionId, what: `${it.applicationId} is still ${it.state}` }));
    return hasEnded(session) ? open : [...open, { invariant: 'S4', sessionId, what: `still at ${session.step.at}` }];
  });
}

/** Captured yen by 'day municipality terminal': to be laid beside the kiosks' money and the issuers' records (S3). */
export function capturedByDay(events: readonly RecordedEvent[]): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const { body, municipality, terminal } of events) {
    if (body.kind !== 'FeeCaptured') continue;
    const key = `${body.day} ${municipality} ${terminal}`;
    sums.set(key, (sums.get(key) ?? 0) + body.feeYen);
  }
  return sums;
}

/** S3: two accounts of the same days agree to the yen. */
export function compareAccounts(
  ours: ReadonlyMap<string, number>,
  theirs: ReadonlyMap<string, number>,
): readonly Violation[] {
  return [...new Set([...ours.keys(), ...theirs.keys()])]
    .filter((key) => (ours.get(key) ?? 0) !== (theirs.get(key) ?? 0))
    .map((key) => ({
      invariant: 'S3',
      sessionId: '',
      what: `${key}: ${ours.get(key) ?? 0} and ${theirs.get(key) ?? 0} yen`,
    }));
}
