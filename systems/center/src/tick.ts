/** What has to happen without anybody asking: ends by time, outcomes to the issuers, papers past their time. */
import { type Answer, isoJapan, type RefusalCode } from '@dokodemo/domain';
import type { SessionEvent } from './session/events.ts';
import { decideExpiry, dueAt } from './session/expiry.ts';
import { type Application, applicationsOf, type OutcomeToTell, openCaseOf, type Session } from './session/state.ts';
import type { SessionKeeper } from './session-keeper.ts';
import type { Work } from './store/center-store.ts';

export type TickReport = {
  /** Sessions looked at; equal to `workPerTick`: there is more. */
  readonly looked: number;
  readonly expired: number;
  readonly told: number;
  readonly untold: number;
  readonly papersDropped: number;
};

type Count = { expired: number; told: number; untold: number };

export function ticker(keeper: SessionKeeper): () => Promise<TickReport> {
  const { store, clock, limits, bounds, note } = keeper.deps;

  async function look(work: Work, count: Count): Promise<void> {
    let session = await keeper.load(work.sessionId);
    // Announced, and its opening never came: nothing to end.
    if (session === undefined) return store.settleWork(work, undefined);
    const events = decideExpiry(session, bounds, { now: clock.now(), newId: keeper.newId });
    if (events.length > 0) {
      const next = await keeper.record(session, events);
      if (next === undefined) return store.settleWork(work, { dueAt: clock.now(), attempts: work.attempts });
      count.expired++;
      session = next;
    }
    const told = await tellOutcomes(keeper, session, count);
    if (told === 'conflict') return store.settleWork(work, { dueAt: clock.now(), attempts: work.attempts });
    session = told.session;
    const attempts = told.failed ? work.attempts + 1 : 0;
    if (told.failed) session = await maybeOpenCase(session, attempts);
    const moments = [dueAt(session, bounds), told.failed ? clock.now() + pauseMs(attempts) : undefined];
    const due = moments.filter((it) => it !== undefined);
    await store.settleWork(work, due.length === 0 ? undefined : { dueAt: Math.min(...due), attempts });
  }

  function pauseMs(attempts: number): number {
    const { first, longest } = limits.outcomePauseMs;
    return Math.min(longest, first * 2 ** Math.min(attempts - 1, 20));
  }

  async function maybeOpenCase(session: Session, attempts: number): Promise<Session> {
    if (attempts !== limits.outcomeTriesBeforeCase) return session;
    const untold = applicationsOf(session).find((it) => it.told < it.outcomes.length);
    if (untold === undefined || openCaseOf(session, untold.applicationId) !== undefined) return session;
    const { applicationId } = untold;
    const opened: SessionEvent = { kind: 'CaseOpened', caseId: keeper.newId(), code: 'OUTCOME_UNTOLD', applicationId };
    return (await keeper.record(session, [opened])) ?? session;
  }

  return async () => {
    const now = clock.now();
    const papersDropped = await store.dropExpiredPapers(now, 500);
    const claimed = await store.claimWork(now, limits.workLeaseMs, limits.workPerTick);
    const count: Count = { expired: 0, told: 0, untold: 0 };
    const waiting = [...claimed];
    const worker = async () => {
      for (let work = waiting.shift(); work !== undefined; work = waiting.shift()) {
        try {
          await look(work, count);
        } catch (error) {
          // One session's trouble must not keep the others waiting; its lease runs out and it is looked at again.
          note({
            what: 'defect',
            sessionId: work.sessionId,
            detail: error instanceof Error ? `${error.stack}` : `${error}`,
          });
        }
      }
    };
    await Promise.all(Array.from({ length: Math.min(limits.workAtOnce, claimed.length) }, worker));
    return { looked: claimed.length, ...count, papersDropped };
  };
}

/** An issuer that does not know, or no longer waits for, what ended void has nothing left to be told. */
const takenAsTold: ReadonlySet<RefusalCode> = new Set(['UNKNOWN', 'ENDED']);

async function tellOutcomes(
  keeper: SessionKeeper,
  from: Session,
  count: Count,
): Promise<{ session: Session; failed: boolean } | 'conflict'> {
  let session = from;
  let failed = false;
  for (const application of applicationsOf(from)) {
    for (const outcome of application.outcomes.slice(application.told)) {
      const told = await tell(keeper, session, application, outcome);
      if (!told.ok && !(outcome.outcome !== 'handed-over' && takenAsTold.has(told.failure.code))) {
        const { code, detail = '' } = told.failure;
        keeper.deps.note({ what: 'outcome-untold', sessionId: session.sessionId, code, detail });
        count.untold++;
        failed = true;
        break;
      }
      const { applicationId } = application;
      const next = await keeper.record(session, [{ kind: 'OutcomeTold', applicationId, outcome: outcome.outcome }]);
      if (next === undefined) return 'conflict';
      count.told++;
      session = next;
    }
  }
  return { session, failed };
}

async function tell(
  keeper: SessionKeeper,
  session: Session,
  application: Application,
  { outcome, reason, at }: OutcomeToTell,
): Promise<Answer<unknown>> {
  const municipality = session.visit?.municipality ?? '';
  const issuer = keeper.deps.issuers(municipality);
  if (issuer === undefined) return { ok: false, failure: { code: 'UPSTREAM_DOWN', detail: 'no such issuer' } };
  return issuer.tellOutcome(
    { municipality, applicationId: application.applicationId },
    {
      outcome,
      reason: codeOf(reason),
      sheetDigests: outcome === 'handed-over' ? [...application.printedDigests] : [],
      at: at === '' ? isoJapan(application.changedAt) : at,
    },
  );
}

function codeOf(reason: string): string {
  return /^[A-Z][A-Z0-9_]{1,40}$/.test(reason) ? reason : 'OTHER';
}
