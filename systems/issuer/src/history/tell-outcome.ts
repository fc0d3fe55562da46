/** How an application ended, by the center's word: told until acknowledged, done once. */
import {
  type Answer,
  answer,
  type Clock,
  type IssuanceEvent,
  type IssuanceState,
  refuse,
  stepIssuance,
} from '@dokodemo/domain';
import type { Application, Outcome } from '../store/records.ts';
import type { IssuerStore } from '../store/store.ts';

export type OutcomeBody = Omit<Outcome, 'toldAt'>;

export type OutcomeTools = {
  readonly store: IssuerStore;
  readonly clock: Clock;
  /** Hears of outcomes that were dropped as late, and of those that a sound system cannot tell. */
  readonly note: (noted: { readonly what: string; readonly municipality: string; readonly detail: string }) => void;
};

/** The steps that an outcome stands for; those between PREPARE and the end happened where the issuer cannot see. */
function eventsOf(outcome: Outcome['outcome'], state: IssuanceState): readonly IssuanceEvent[] {
  if (outcome === 'voided') return [state === 'accepted' ? 'cancel' : 'void'];
  if (outcome === 'unresolved') return ['lose-track'];
  return state === 'prepared' ? ['reserve', 'start-printing', 'hand-over'] : ['hand-over'];
}

/** The state after an outcome, or why it changes nothing. */
export function stepOutcome(state: IssuanceState, outcome: Outcome['outcome']): IssuanceState | 'late' | 'never' {
  let at = state;
  for (const event of eventsOf(outcome, state)) {
    const next = stepIssuance(at, event);
    if (next === 'late' || next === 'never') return next;
    at = next;
  }
  return at;
}

/** An application nobody asked for yet: from now on nobody can. */
async function endUnheardOf(
  { store, clock }: OutcomeTools,
  municipality: string,
  applicationId: string,
  outcome: Outcome,
): Promise<{ readonly kept: boolean; readonly application: Application }> {
  return store.recordApplication({
    municipality,
    applicationId,
    state: stepOutcome('accepted', outcome.outcome) as IssuanceState,
    at: clock.now(),
    outcomes: [outcome],
  });
}

/** More changes of one application under way at once than this are no accident. */
const triesMax = 5;

export async function tellOutcome(
  tools: OutcomeTools,
  { municipality, applicationId }: { readonly municipality: string; readonly applicationId: string },
  body: OutcomeBody,
): Promise<Answer<Record<string, never>>> {
  const { store, note } = tools;
  const outcome: Outcome = { ...body, toldAt: tools.clock.now() };
  for (let i = 0; i < triesMax; i++) {
    let application = await store.findApplication(municipality, applicationId);
    if (application === undefined) {
      if (body.outcome !== 'voided') return refuse('UNKNOWN', 'no such application was prepared here');
      const ended = await endUnheardOf(tools, municipality, applicationId, outcome);
      if (ended.kept) return answer({});
      application = ended.application;
    }
    if (application.outcomes.some((told) => sameWord(told, body))) return answer({});
    const next = stepOutcome(application.state, body.outcome);
    const detail = `${applicationId}: ${body.outcome} (${body.reason}) while ${application.state}`;
    if (next === 'late') {
      note({ what: 'late-outcome', municipality, detail });
      return answer({});
    }
    if (next === 'never') {
      note({ what: 'impossible-outcome', municipality, detail });
      return refuse('OUT_OF_STEP', detail);
    }
    const paperDiffers = body.outcome === 'handed-over' && !printedAsPrepared(application, body);
    if (paperDiffers) {
      note({ what: 'other-paper', municipality, detail: `${applicationId}: printed sheets are not those prepared` });
      return refuse('OUT_OF_STEP', 'the printed sheets are not those that were prepared');
    }
    const forget = next !== 'prepared';
    if (await store.changeState(municipality, applicationId, application.state, { state: next, outcome, forget })) {
      return answer({});
    }
  }
  return refuse('BUSY', 'the application keeps changing');
}

function sameWord(told: Outcome, body: OutcomeBody): boolean {
  return told.outcome === body.outcome && told.reason === body.reason && told.at === body.at;
}

/** A hand-over names the sheets that came out: they are the ones that were prepared, all of them, in order (S1, S3). */
function printedAsPrepared(application: Application, body: OutcomeBody): boolean {
  const prepared = application.issue?.sheetDigests ?? [];
  return prepared.length === body.sheetDigests.length && prepared.every((it, i) => it === body.sheetDigests[i]);
}
