/** From events to state. No rule is decided here: what an event means for an issuance is asked of the domain's table. */
import { type IssuanceEvent, type IssuanceState, stepIssuance } from '@dokodemo/domain';
import type { AfterNotice, FactRef, Next, RecordedEvent, SessionEvent, SessionEventKind } from './events.ts';
import type { Application, Case, Choice, DepositedFile, OutcomeToTell, SecondPin, Session, Step } from './state.ts';

type EventOf<Kind extends SessionEventKind> = Extract<SessionEvent, { kind: Kind }>;
type Folder<Kind extends SessionEventKind> = (session: Session, event: EventOf<Kind>, at: number) => Session;

/** Everything the events say; undefined when there are none. Throws on a stream that does not begin with an opening. */
export function fold(events: readonly RecordedEvent[], from?: Session): Session | undefined {
  let session = from;
  for (const recorded of events) session = foldOne(session, recorded);
  return session;
}

export function foldOne(session: Session | undefined, recorded: RecordedEvent): Session {
  const { body, at, seq } = recorded;
  if (session === undefined) {
    if (body.kind !== 'SessionOpened') throw new Error(`a session begins with SessionOpened, not ${body.kind}`);
    return opened(recorded, body);
  }
  if (seq !== session.version + 1) throw new Error(`event ${seq} after ${session.version} of ${session.sessionId}`);
  const folder = folders[body.kind] as Folder<SessionEventKind>;
  return { ...withFact(folder(session, body, at), body), version: seq };
}

function opened(recorded: RecordedEvent, body: EventOf<'SessionOpened'>): Session {
  return {
    sessionId: recorded.sessionId,
    terminalId: recorded.terminal,
    version: recorded.seq,
    openingDigest: body.openingDigest,
    kioskKey: body.kioskKey,
    language: body.language,
    openedAt: recorded.at,
    movedAt: recorded.at,
    seq: 0,
    lastInputDigest: '',
    step: { at: 'terms' },
    holder: '',
    proof: '',
    triesLeft: 0,
    cardProblems: 0,
    known: [],
    municipalityAsked: false,
    placeAsked: false,
    menuDigest: '',
    labelsSeq: -1,
    applications: {},
    cases: {},
    facts: {},
    lastKioskSeq: 0,
  };
}

/** The report that an event rests on, if any. */
export function factOf(event: SessionEvent): FactRef | undefined {
  if ('fact' in event) return event.fact;
  return 'evidence' in event && typeof event.evidence === 'object' && 'fact' in event.evidence
    ? event.evidence.fact
    : undefined;
}

function withFact(session: Session, event: SessionEvent): Session {
  if ('act' in event && event.act !== undefined) {
    return { ...session, facts: { ...session.facts, [event.act.actId]: event.act.digest } };
  }
  const fact = factOf(event);
  if (fact === undefined) return session;
  return {
    ...session,
    facts: { ...session.facts, [fact.factId]: fact.digest },
    lastKioskSeq: Math.max(session.lastKioskSeq, fact.kioskSeq),
  };
}

function at(session: Session, step: Step): Session {
  return session.step.at === 'ended' ? session : { ...session, step };
}

export function stepOfNext(next: Next): Step {
  if (next === '@kind') return { at: 'kind' };
  if (next === '@copies') return { at: 'copies' };
  if (next === '@confirm') return { at: 'confirm' };
  return { at: 'question', questionId: next };
}

const afterNotice: Record<AfterNotice, Step> = {
  end: { at: 'ended', reason: 'refused' },
  card: { at: 'card' },
  municipality: { at: 'municipality' },
  kind: { at: 'kind' },
  confirm: { at: 'confirm' },
  'second-card': { at: 'second-card' },
  'remove-second-card': { at: 'remove-second-card' },
};

const unasked: SecondPin = { triesLeft: 0, proof: '', proved: false, next: '@kind' };

function second(session: Session, change: Partial<SecondPin>, step?: Step): Session {
  const next = { ...session, secondPin: { ...(session.secondPin ?? unasked), ...change } };
  return step === undefined ? next : at(next, step);
}

/** A choice that was changed has lost the fee that was agreed for what it was. */
function choose(session: Session, choice: Omit<Choice, 'feeYen'>, step: Step): Session {
  return at({ ...session, choice }, step);
}

const outcomeOf: Partial<Record<IssuanceState, OutcomeToTell['outcome']>> = {
  'handed-over': 'handed-over',
  voided: 'voided',
  refunded: 'voided',
  cancelled: 'voided',
  expired: 'voided',
  unresolved: 'unresolved',
};

/** Steps an application through the domain's table; what the issuer must hear of it is noted in the same breath. */
function move(
  session: Session,
  applicationId: string,
  event: IssuanceEvent,
  now: number,
  told: { reason: string; at: string } = { reason: 'NONE', at: '' },
  also: Partial<Application> = {},
): Session {
  const application = session.applications[applicationId];
  if (application === undefined) return session;
  const step = stepIssuance(application.state, event);
  if (step === 'late' || step === 'never') return session;
  const outcome = step === application.state ? undefined : outcomeOf[step];
  const next: Application = {
    ...application,
    ...also,
    state: step,
    changedAt: step === application.state ? application.changedAt : now,
    outcomes:
      outcome === undefined
        ? application.outcomes
        : [...application.outcomes, { outcome, reason: told.reason, at: told.at }],
  };
  return { ...session, applications: { ...session.applications, [applicationId]: next } };
}

function close(session: Session, caseId: string): Session {
  const found = session.cases[caseId];
  return found === undefined
    ? session
    : { ...session, cases: { ...session.cases, [caseId]: { ...found, closed: true } } };
}

function withFile(session: Session, applicationId: string, change: Partial<DepositedFile>): Session {
  const application = session.applications[applicationId];
  if (application === undefined) return session;
  const none: DepositedFile = { depositId: '', digest: '', state: 'waiting', keptUntil: 0 };
  const file = { ...(application.file ?? none), ...change };
  return { ...session, applications: { ...session.applications, [applicationId]: { ...application, file } } };
}

const same = (session: Session): Session => session;

const folders: { readonly [Kind in SessionEventKind]: Folder<Kind> } = {
  SessionOpened: () => {
    throw new Error('a session is opened once');
  },
  InputTaken: (session, event, now) => ({
    ...session,
    seq: event.seq + 1,
    lastInputDigest: event.digest,
    movedAt: now,
  }),
  TermsAgreed: (session) => at(session, { at: 'card' }),
  CredentialPresented: (session, event) =>
    at({ ...session, holder: event.holder, triesLeft: event.triesLeft }, { at: 'checking-credential' }),
  CredentialChecked: (session, event) => ({ ...session, saw: event.saw, known: event.known, placeAsked: false }),
  CardProblemReported: (session) => ({ ...session, cardProblems: session.cardProblems + 1 }),
  PlaceAsked: (session) => at({ ...session, placeAsked: true }, { at: 'place' }),
  EnrolmentAsked: (session, { enrolmentId, kindId, to }) => at(session, { at: 'applying', enrolmentId, kindId, to }),
  EnrolmentTaken: (session, { state }) => at(session, { at: 'applied', already: state === 'approved' }),
  MunicipalityAsked: (session) => at({ ...session, municipalityAsked: true }, { at: 'municipality' }),
  VisitRequested: (session, event) =>
    at(
      { ...session, visit: { visitId: event.visitId, municipality: event.municipality, nonce: '' } },
      { at: 'opening-visit' },
    ),
  VisitOpened: (session, event) =>
    session.visit?.visitId === event.visitId
      ? at({ ...session, visit: { ...session.visit, nonce: event.nonce } }, { at: 'pin' })
      : session,
  PinRefused: (session, event) => ({ ...session, triesLeft: event.triesLeft }),
  ProofGiven: (session, event) => at({ ...session, proof: event.proof }, { at: 'proving' }),
  HolderProved: same,
  MenuGiven: (session, event) => at({ ...session, menuDigest: event.menuDigest }, { at: 'remove-card' }),
  CardRemoved: (session) => at({ ...session, labelsSeq: session.seq }, { at: 'kind' }),
  KindChosen: (session, event) =>
    choose(session, { kindId: event.kindId, answers: event.answers, copies: event.copies }, stepOfNext(event.next)),
  SecondPinAsked: (session, event) => {
    const secondPin = { ...(session.secondPin ?? unasked), next: event.next };
    return at({ ...session, secondPin }, { at: event.by === 'card' ? 'second-card' : 'proving-second' });
  },
  SecondCardPresented: (session, { triesLeft }) => second(session, { triesLeft }, { at: 'second-pin' }),
  SecondPinWrong: (session, { triesLeft }) => second(session, { triesLeft }),
  SecondProofGiven: (session, { proof }) => second(session, { proof }, { at: 'remove-second-card' }),
  // With what the card gave the issuer is asked; without it there is nothing to ask, and another kind may be chosen.
  SecondCardRemoved: (session) =>
    at(session, { at: (session.secondPin?.proof ?? '') === '' ? 'kind' : 'proving-second' }),
  SecondPinProved: (session) => second(session, { proved: true }, stepOfNext(session.secondPin?.next ?? '@kind')),
  SecondPinRefused: (session, { code }) => second(session, { refused: code }),
  QuestionAnswered: (session, event) =>
    session.choice === undefined
      ? session
      : choose(
          session,
          { kindId: session.choice.kindId, answers: event.answers, copies: session.choice.copies },
          stepOfNext(event.next),
        ),
  CopiesChosen: (session, event) =>
    session.choice === undefined
      ? session
      : choose(
          session,
          { kindId: session.choice.kindId, answers: session.choice.answers, copies: event.copies },
          { at: 'confirm' },
        ),
  SteppedTo: (session, event) => {
    if (event.to === '@terms') return at(session, { at: 'terms' });
    if (event.to === '@card') return at(session, { at: 'card' });
    if (event.to === '@place') return at(session, { at: 'place' });
    if (event.to === '@kind') return at(session, { at: 'kind' });
    if (event.to === '@municipality') return at(session, { at: 'municipality' });
    if (event.to === '@remove-second-card') return at(session, { at: 'remove-second-card' });
    const to = stepOfNext(event.to);
    const { choice } = session;
    if (event.keeps === undefined || choice === undefined) return at(session, to);
    return choose(session, { kindId: choice.kindId, ...event.keeps }, to);
  },
  NoticeRead: (session) => (session.step.at === 'notice' ? at(session, afterNotice[session.step.leadsTo]) : session),
  AnotherWanted: (session) => at(session, { at: 'kind' }),
  Refused: (session, event) => at(session, { at: 'notice', code: event.code, leadsTo: event.leadsTo }),
  Cancelled: same,
  Expired: same,
  SessionClosed: (session, event) => at(session, { at: 'ended', reason: event.reason }),

  ApplicationAccepted: (session, event, now) => {
    const application: Application = {
      applicationId: event.applicationId,
      kindId: event.kindId,
      answers: event.answers,
      copies: event.copies,
      feeYen: event.feeYen,
      state: 'accepted',
      changedAt: now,
      sheets: 0,
      documentNumbers: [],
      expiresAt: 0,
      aadDigest: '',
      sealedDigest: '',
      reserved: false,
      sheetDigests: [],
      printed: [],
      outcomes: [],
      told: 0,
    };
    return at(
      { ...session, applications: { ...session.applications, [event.applicationId]: application } },
      { at: 'preparing', applicationId: event.applicationId },
    );
  },
  ApplicationPrepared: (session, event, now) => {
    const { sheets, documentNumbers, aadDigest, sealedDigest, sheetDigests, feeYen } = event;
    const authorised = move(session, event.applicationId, 'authorise', now);
    const prepared = move(authorised, event.applicationId, 'prepare', now, undefined, {
      sheets,
      documentNumbers,
      aadDigest,
      sealedDigest,
      sheetDigests,
      feeYen,
      expiresAt: Date.parse(event.expiresAt),
    });
    return at(prepared, { at: 'delivery', applicationId: event.applicationId });
  },
  ApplicationRefused: (session, event, now) => move(session, event.applicationId, 'refuse', now),
  FeeChanged: (session, event) =>
    session.choice === undefined ? session : { ...session, choice: { ...session.choice, feeYen: event.feeYen } },
  ApplicationGivenUp: (session, event, now) =>
    move(session, event.applicationId, event.by, now, {
      reason: event.by === 'cancel' ? 'STOPPED' : 'NO_ANSWER',
      at: event.at,
    }),
  DocumentRefused: same,
  DeliveryEnded: (session) => at(session, { at: 'another' }),

  FeeReserved: (session, event, now) =>
    move(session, event.applicationId, 'reserve', now, undefined, { reserved: true }),
  PrintingStarted: (session, event, now) => move(session, event.applicationId, 'start-printing', now),
  SheetPrinted: (session, event, now) =>
    move(session, event.applicationId, 'print-sheet', now, undefined, {
      printed: [...new Set([...(session.applications[event.applicationId]?.printed ?? []), event.sheet])],
    }),
  HandedOver: (session, event, now) =>
    move(session, event.applicationId, 'hand-over', now, { reason: 'HANDED_OVER', at: event.at }),
  FeeCaptured: (session, event, now) => move(session, event.applicationId, 'capture', now),
  FeeReturned: (session, event, now) =>
    move(session, event.applicationId, 'return-fee', now, { reason: event.reason, at: event.at }),
  ApplicationVoided: (session, event, now) =>
    move(session, event.applicationId, 'void', now, { reason: event.reason, at: event.at }),
  TrackLost: (session, event, now) =>
    move(session, event.applicationId, 'lose-track', now, { reason: event.reason, at: event.at }),
  FileDeposited: (session, { applicationId, depositId, digest, keptUntil }) =>
    withFile(session, applicationId, { depositId, digest, keptUntil, state: 'waiting' }),
  FileCollected: (session, { applicationId, keptUntil }) =>
    withFile(session, applicationId, { keptUntil, state: 'collected' }),
  FileWithdrawn: (session, { applicationId }) => withFile(session, applicationId, { state: 'withdrawn' }),
  OutcomeTold: (session, event) => {
    const application = session.applications[event.applicationId];
    if (application === undefined) return session;
    const next = { ...application, told: application.told + 1 };
    return { ...session, applications: { ...session.applications, [event.applicationId]: next } };
  },
  KioskNoted: same,
  FactDropped: same,
  CaseOpened: (session, event, now) => {
    const opened: Case = {
      caseId: event.caseId,
      code: event.code,
      openedAt: now,
      closed: false,
      ...(event.applicationId === undefined ? {} : { applicationId: event.applicationId }),
    };
    return { ...session, cases: { ...session.cases, [event.caseId]: opened } };
  },
  CaseNoted: same,
  CaseClosed: (session, event) => close(session, event.caseId),
};
