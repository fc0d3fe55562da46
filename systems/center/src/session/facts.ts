/**
 * What a kiosk says has physically happened, against what can have happened. The domain's table decides: 'late' is
 * noted and dropped, 'never' changes nothing and opens a case.
 */
import {
  type Answer,
  answer,
  dayInJapan,
  finalIssuanceStates,
  type IssuanceEvent,
  isoJapan,
  refuse,
  stepIssuance,
} from '@dokodemo/domain';
import type { Fact, ReportedFact } from '@dokodemo/protocol';
import type { CaseCode, FactRef, Money, SessionEvent } from './events.ts';
import { foldOne } from './fold.ts';
import {
  type Application,
  applicationsOf,
  openCaseOf,
  type Session,
  soundnessCodes,
  whereaboutsCodes,
} from './state.ts';

export type FactContext = { readonly now: number; newId(): string };
type Events = readonly SessionEvent[];
type FactOf<Kind extends Fact['kind']> = Extract<Fact, { kind: Kind }>;

/** What each report means for an issuance; null: nothing. */
const meaning: { readonly [Kind in Fact['kind']]: IssuanceEvent | null } = {
  'card-put-down': null,
  'card-removed': null,
  'fee-reserved': 'reserve',
  'printing-started': 'start-printing',
  'sheet-printed': 'print-sheet',
  'handed-over': 'hand-over',
  'fee-captured': 'capture',
  'fee-returned': 'return-fee',
  'document-dropped': 'void',
  'lost-track': 'lose-track',
  'printer-trouble': null,
  'paper-taken': null,
  'paper-left': null,
  'power-returned': null,
  'session-ended': null,
};

/** A stream holds 2,000 events: the last of them are for money and paper. */
const chatterBound = 1_400;

/** Events for one report; empty when it was taken before. `digest`: of the report as it came. */
export function decideFact(
  session: Session,
  reported: ReportedFact,
  digest: string,
  context: FactContext,
): Answer<Events> {
  const taken = session.facts[reported.factId];
  if (taken !== undefined) return taken === digest ? answer([]) : refuse('SAME_ID_OTHER_BODY', 'another report');
  if (reported.kioskSeq <= session.lastKioskSeq) {
    return refuse('OUT_OF_STEP', `report ${reported.kioskSeq} after ${session.lastKioskSeq}`);
  }
  const fact: FactRef = { factId: reported.factId, kioskSeq: reported.kioskSeq, digest, at: reported.at };
  const event = meaning[reported.fact.kind];
  if (event === null) {
    const more = alsoMeans(session, reported.fact, fact, context);
    // What changes nothing may fill no stream: from here on it is heard and not kept.
    return answer(more.length === 0 && session.version > chatterBound ? [] : [noted(reported.fact, fact), ...more]);
  }
  const applicationId = 'applicationId' in reported.fact ? reported.fact.applicationId : '';
  const application = session.applications[applicationId];
  const what = reported.fact.kind;
  if (application === undefined)
    return answer(impossible(session, undefined, what, fact, 'IMPOSSIBLE_REPORT', context));
  const wrong = contradicts(application, reported.fact);
  const step = stepIssuance(application.state, event);
  if (step === 'late') {
    return answer([{ kind: 'FactDropped', what, applicationId, state: application.state, fact }]);
  }
  if (step === 'never') return answer(impossible(session, application, what, fact, 'IMPOSSIBLE_REPORT', context));
  if (wrong !== undefined) return answer(impossible(session, application, what, fact, wrong, context));
  const events = happened(application, reported.fact, fact, context);
  return answer([...events, ...casesAfter(session, application, events, reported, context)]);
}

/** Amounts that were not agreed, sheets that were not prepared, a hand-over of less than everything. */
function contradicts(application: Application, fact: Fact): CaseCode | undefined {
  if ('feeYen' in fact && fact.feeYen !== application.feeYen) return 'AMOUNT_DIFFERS';
  if (fact.kind === 'printing-started' && fact.sheets !== application.sheets) return 'IMPOSSIBLE_REPORT';
  if (fact.kind === 'sheet-printed' && fact.digest !== application.sheetDigests[fact.sheet - 1]) return 'MISMATCH_STOP';
  if (fact.kind === 'handed-over' && application.printed.length !== application.sheets) return 'IMPOSSIBLE_REPORT';
  return undefined;
}

/** When it happened, by the kiosk's clock unless that runs ahead of ours: a ledger has no days in the future. */
export function moneyOf(application: Application, at: string, now: number): Money {
  const told = Date.parse(at);
  const when = Number.isFinite(told) && told <= now + 600_000 ? told : now;
  const { applicationId, kindId, copies, feeYen } = application;
  const hour = Number(isoJapan(when).slice(11, 13));
  return { applicationId, kindId, copies, feeYen, day: dayInJapan(when), hour };
}

function happened(application: Application, what: Fact, fact: FactRef, context: FactContext): Events {
  const { applicationId } = application;
  const evidence = { fact };
  const money = moneyOf(application, fact.at, context.now);
  const at = isoJapan(context.now);
  switch (what.kind) {
    case 'fee-reserved':
      return [{ kind: 'FeeReserved', ...money, method: what.method, evidence }];
    case 'printing-started':
      return [{ kind: 'PrintingStarted', applicationId, sheets: what.sheets, evidence }];
    case 'sheet-printed': {
      const { sheet, sheets, digest } = what;
      return [{ kind: 'SheetPrinted', applicationId, sheet, sheets, digest, evidence }];
    }
    case 'handed-over':
      return [{ kind: 'HandedOver', ...money, at: fact.at, evidence }];
    case 'fee-captured':
      return [{ kind: 'FeeCaptured', ...money, evidence }];
    case 'fee-returned':
      return [{ kind: 'FeeReturned', ...money, reason: what.reason, at: fact.at, evidence }];
    case 'document-dropped':
      return [{ kind: 'ApplicationVoided', applicationId, reason: what.reason, at: fact.at, evidence }];
    case 'lost-track':
      return [{ kind: 'TrackLost', applicationId, reason: what.reason, at, evidence }];
    default:
      return [];
  }
}

/** A lost track opens a case; evidence that settles the application closes what was open about it. */
function casesAfter(
  session: Session,
  application: Application,
  events: Events,
  reported: ReportedFact,
  context: FactContext,
): Events {
  const { applicationId } = application;
  const open = openCaseOf(session, applicationId, whereaboutsCodes);
  if (reported.fact.kind === 'lost-track') {
    return open === undefined
      ? [{ kind: 'CaseOpened', caseId: context.newId(), code: 'TRACK_LOST', applicationId, what: 'lost-track' }]
      : [];
  }
  if (open === undefined) return [];
  const after = applyTo(session, events).applications[applicationId];
  const noted: SessionEvent = { kind: 'CaseNoted', caseId: open.caseId, what: reported.fact.kind };
  if (after === undefined || !finalIssuanceStates.has(after.state)) return [noted];
  return [noted, { kind: 'CaseClosed', caseId: open.caseId, by: 'evidence' }];
}

function applyTo(session: Session, events: Events): Session {
  const { sessionId, terminalId } = session;
  return events.reduce(
    (state, body) =>
      foldOne(state, { sessionId, seq: state.version + 1, at: 0, terminal: terminalId, municipality: '', body }),
    session,
  );
}

function noted(what: Fact, fact: FactRef): SessionEvent {
  const code =
    what.kind === 'session-ended' ? what.reason : what.kind === 'printer-trouble' ? what.condition : undefined;
  return { kind: 'KioskNoted', what: what.kind, fact, ...(code === undefined ? {} : { code }) };
}

/**
 * A kiosk that reports in order and says that a session has ended has nothing more to say of it. What it holds
 * prepared without ever having taken money can then not be on paper: it is void, by that evidence.
 */
function alsoMeans(session: Session, what: Fact, fact: FactRef, context: FactContext): Events {
  if (what.kind !== 'session-ended') return [];
  const at = isoJapan(context.now);
  const events = applicationsOf(session).flatMap((it): SessionEvent[] => {
    const { applicationId } = it;
    if (it.state === 'accepted' || it.state === 'authorised') {
      return [{ kind: 'ApplicationGivenUp', applicationId, by: 'cancel', at }];
    }
    const open = openCaseOf(session, applicationId, ['KIOSK_SILENT']);
    const silence = it.state === 'unresolved' && !it.reserved && open !== undefined;
    if (it.state !== 'prepared' && !silence) return [];
    const voided: SessionEvent = {
      kind: 'ApplicationVoided',
      applicationId,
      reason: what.reason,
      at: fact.at,
      evidence: { fact },
    };
    return open !== undefined && silence
      ? [voided, { kind: 'CaseClosed', caseId: open.caseId, by: 'evidence' }]
      : [voided];
  });
  return session.step.at === 'ended' ? events : [...events, { kind: 'SessionClosed', reason: 'kiosk-ended' }];
}

function impossible(
  session: Session,
  application: Application | undefined,
  what: FactOf<Fact['kind']>['kind'],
  fact: FactRef,
  code: CaseCode,
  context: FactContext,
): Events {
  const open = openCaseOf(session, application?.applicationId, soundnessCodes);
  if (open !== undefined) return [{ kind: 'CaseNoted', caseId: open.caseId, what, fact }];
  const applicationId = application === undefined ? {} : { applicationId: application.applicationId };
  return [{ kind: 'CaseOpened', caseId: context.newId(), code, ...applicationId, what, fact }];
}
