/** What has to happen without anybody asking: ends by time, outcomes to the issuers, papers past their time. */
import { type Answer, isoJapan, type RefusalCode, refusals } from '@dokodemo/domain';
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
  readonly filesDropped: number;
};

type Count = { expired: number; told: number; untold: number };
/** Where telling the outcomes of one session has come to. */
type Told = { readonly session: Session; readonly again: boolean; readonly conflict: boolean };

export function ticker(keeper: SessionKeeper): () => Promise<TickReport> {
  const { store, clock, limits, bounds, note } = keeper.deps;

  async function look(work: Work, count: Count): Promise<void> {
    const session = await keeper.load(work.sessionId);
    // Announced, and its opening never came: nothing to end.
    if (session === undefined) return store.settleWork(work, undefined);
    const atOnce = { dueAt: clock.now(), attempts: work.attempts };
    const events = decideExpiry(session, bounds, { now: clock.now(), newId: keeper.newId });
    const ended = await keeper.record(session, events);
    if (ended === undefined) return store.settleWork(work, atOnce);
    if (events.length > 0) count.expired++;
    const told = await tellOutcomes(keeper, ended, work.attempts, count);
    if (told.conflict) return store.settleWork(work, atOnce);
    const attempts = told.again ? work.attempts + 1 : 0;
    const moments = [dueAt(told.session, bounds), told.again ? clock.now() + pauseMs(attempts) : undefined];
    const due = moments.filter((it) => it !== undefined);
    await store.settleWork(work, due.length === 0 ? undefined : { dueAt: Math.min(...due), attempts });
  }

  function pauseMs(attempts: number): number {
    const { first, longest } = limits.outcomePauseMs;
    return Math.min(longest, first * 2 ** Math.min(attempts - 1, 20));
  }

  return async () => {
    const now = clock.now();
    const papersDropped = await store.dropExpiredPapers(now, 500);
    const filesDropped = await store.dropExpiredFiles(now, 500);
    const claimed = await store.claimWork(now, limits.workLeaseMs, limits.workPerTick);
    const count: Count = { expired: 0, told: 0, untold: 0 };
    const waiting = [...claimed];
    const worker = async () => {
      for (let work = waiting.shift(); work !== undefined; work = waiting.shift()) {
        try {
          await look(work, count);
        } catch (error) {
          // One session's trouble must not keep the others waiting; its lease runs out and it is looked at again.
          const detail = error instanceof Error ? `${error.stack}` : `${error}`;
          note({ what: 'defect', sessionId: work.sessionId, detail });
        }
      }
    };
    await Promise.all(Array.from({ length: Math.min(limits.workAtOnce, claimed.length) }, worker));
    return { looked: claimed.length, ...count, papersDropped, filesDropped };
  };
}

/** An issuer that does not know, or no longer waits for, what ended void has nothing left to be told. */
const takenAsTold: ReadonlySet<RefusalCode> = new Set(['UNKNOWN', 'ENDED']);

/** Tells what is untold, in order. What an issuer will never take opens a case and waits for a person. */
async function tellOutcomes(keeper: SessionKeeper, from: Session, attempts: number, count: Count): Promise<Told> {
  const { limits, note } = keeper.deps;
  let session = from;
  let again = false;
  for (const { applicationId } of applicationsOf(from)) {
    for (;;) {
      const application = session.applications[applicationId];
      const outcome = application?.outcomes[application.told];
      if (application === undefined || outcome === undefined) break;
      const open = openCaseOf(session, applicationId, ['OUTCOME_UNTOLD']);
      const told = await tell(keeper, session, application, outcome);
      const events: SessionEvent[] = [];
      if (told.ok || (outcome.outcome !== 'handed-over' && takenAsTold.has(told.failure.code))) {
        count.told++;
        events.push({ kind: 'OutcomeTold', applicationId, outcome: outcome.outcome });
        if (open !== undefined) events.push({ kind: 'CaseClosed', caseId: open.caseId, by: 'evidence' });
      } else {
        const { code, detail = '' } = told.failure;
        note({ what: 'outcome-untold', sessionId: session.sessionId, code, detail });
        count.untold++;
        const hopeless = !refusals[code].retry;
        again ||= !hopeless;
        if (open === undefined && (hopeless || attempts + 1 >= limits.outcomeTriesBeforeCase)) {
          events.push({ kind: 'CaseOpened', caseId: keeper.newId(), code: 'OUTCOME_UNTOLD', applicationId });
        }
      }
      const next = await keeper.record(session, events);
      if (next === undefined) return { session, again, conflict: true };
      session = next;
      if (!told.ok && !events.some(({ kind }) => kind === 'OutcomeTold')) break;
    }
  }
  return { session, again, conflict: false };
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
      sheetDigests: outcome === 'handed-over' ? [...application.sheetDigests] : [],
      at: at === '' ? isoJapan(application.changedAt) : at,
    },
  );
}

function codeOf(reason: string): string {
  return /^[A-Z][A-Z0-9_]{1,40}$/.test(reason) ? reason : 'OTHER';
}
