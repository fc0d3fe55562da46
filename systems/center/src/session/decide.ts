/**
 * What a resident's input does to a session: one table, all steps × all inputs, complete by type. Pure: everything that
 * is not in the session (time, fresh ids, the menu, settings) comes in as `DecideContext`.
 */
import { type Answer, answer, isoJapan, isRefusalCode, type RefusalCode, refuse } from '@dokodemo/domain';
import type { Input } from '@dokodemo/protocol';
import { answersKind, answersQuestion, mostCopies } from '@dokodemo/protocol';
import {
  closedReason,
  copiesOf,
  feeOfAll,
  findKind,
  firstCopies,
  keptBefore,
  lookAhead,
  pruneAnswers,
  stepBefore,
} from './choosing.ts';
import type { AfterNotice, EndReason, SessionEvent } from './events.ts';
import type { Given } from './given.ts';
import { municipalitiesToAsk, municipalityOfOption } from './municipality-question.ts';
import type { Session, StepAt, StepName } from './state.ts';

export type DecideContext = Given & {
  /** Milliseconds since 1970-01-01T00:00Z. */
  readonly now: number;
  /** A fresh UUIDv7: for visits, applications and cases, fixed in an event before anybody is told of it. */
  newId(): string;
  /** `holderDigest` of the certificate, or SHA-256 of the proof, that came with the input; '' when none did. */
  readonly carried: string;
};

type Kind = Input['kind'];
type InputOf<K extends Kind> = Extract<Input, { kind: K }>;
type Decision = Answer<readonly SessionEvent[]>;
type Rule<Name extends StepName, K extends Kind> = (
  session: Session,
  input: InputOf<K>,
  step: StepAt<Name>,
  context: DecideContext,
) => Decision;
type Row<Name extends StepName> = { readonly [K in Kind]: Rule<Name, K> };

/** The four ways in which an input can meet a session. */
export type Asking = 'new' | 'again' | 'other-body' | 'out-of-step';

/** S8: the next seq moves on; the last one again gets the same answer; anything else is refused. */
export function howAsked(session: Session, seq: number, digest: string): Asking {
  if (seq === session.seq) return 'new';
  if (seq !== session.seq - 1) return 'out-of-step';
  return digest === session.lastInputDigest ? 'again' : 'other-body';
}

/** The events of a new input. `digest`: of the input as it came, kept so that the same can be told from another. */
export function decide(session: Session, input: Input, digest: string, context: DecideContext): Decision {
  if (session.step.at === 'ended') return refuse('ENDED');
  const taken: SessionEvent = { kind: 'InputTaken', seq: session.seq, digest, input: input.kind };
  const { maxInputs, maxEvents } = context.settings;
  if (session.seq >= maxInputs || session.version > maxEvents * 1.5) {
    return answer([taken, ...giveUp(session, context, 'expire'), { kind: 'Expired' }, closed('too-long')]);
  }
  const rule = table[session.step.at][input.kind] as Rule<StepName, Kind>;
  const decision = rule(session, input, session.step, context);
  return decision.ok ? answer([taken, ...decision.value]) : decision;
}

function closed(reason: EndReason): SessionEvent {
  return { kind: 'SessionClosed', reason };
}

function refused(code: RefusalCode, leadsTo: AfterNotice): Decision {
  return answer([{ kind: 'Refused', code, leadsTo }]);
}

/** What an ending conversation does with a document on its way. Money that is reserved and paper that may be moving are
 *  never touched from here: only the kiosk's own word (`facts.ts`) ends those. */
export function giveUp(session: Session, context: { now: number }, by: 'cancel' | 'expire'): readonly SessionEvent[] {
  const at = isoJapan(context.now);
  return Object.values(session.applications).flatMap((it): SessionEvent[] => {
    if (it.state === 'accepted' || it.state === 'authorised') {
      return [{ kind: 'ApplicationGivenUp', applicationId: it.applicationId, by, at }];
    }
    // Only what the kiosk itself stops delivering, by its own word. By the clock alone nothing that it holds is given up,
    // nor what it has delivered already: its reports may be on their way, and the paper in somebody's hand.
    const { step } = session;
    const delivering = step.at === 'delivery' && step.applicationId === it.applicationId;
    if (it.state === 'prepared' && by === 'cancel' && delivering) {
      return [{ kind: 'ApplicationVoided', applicationId: it.applicationId, reason: 'STOPPED', at }];
    }
    return [];
  });
}

const stop = (session: Session, _input: unknown, _step: unknown, context: DecideContext): Decision =>
  answer([...giveUp(session, context, 'cancel'), { kind: 'Cancelled' }, closed('stopped')]);

const timeout = (session: Session, _input: unknown, _step: unknown, context: DecideContext): Decision =>
  answer([...giveUp(session, context, 'cancel'), { kind: 'Expired' }, closed('timed-out')]);

const outOfStep = (_session: Session, input: Input, step: { at: string }): Decision =>
  refuse('OUT_OF_STEP', `${input.kind} at ${step.at}`);

/** Every step can be stopped and times out; whatever else a step does not know is out of step. */
const base = {
  agree: outOfStep,
  back: outOfStep,
  stop,
  timeout,
  credential: outOfStep,
  'card-problem': outOfStep,
  proof: outOfStep,
  'second-proof': outOfStep,
  'pin-wrong': outOfStep,
  'card-removed': outOfStep,
  chosen: outOfStep,
  copies: outOfStep,
  change: outOfStep,
  confirmed: outOfStep,
  'document-refused': outOfStep,
  delivered: outOfStep,
  another: outOfStep,
  finish: outOfStep,
};

/** A step that waits for somebody else: whatever asks again goes on with what is under way (see `effects.ts`). */
const waiting = { ...base, agree: () => answer([]) };

const cardProblem = (
  session: Session,
  input: InputOf<'card-problem'>,
  _step: unknown,
  context: DecideContext,
): Decision => {
  if (!isRefusalCode(input.code)) return refuse('MALFORMED', 'not a code of the catalogue');
  const { code } = input;
  const again = session.cardProblems + 1 < context.settings.maxCardProblems && cardMayBeTriedAgain.has(code);
  return answer([
    { kind: 'CardProblemReported', code },
    { kind: 'Refused', code, leadsTo: again ? 'card' : 'end' },
  ]);
};

/** The second PIN is lost to this session, nothing else is: other certificates can still be had. */
function secondPinLost(code: RefusalCode): SessionEvent[] {
  return [
    { kind: 'SecondPinRefused', code },
    { kind: 'Refused', code, leadsTo: 'remove-second-card' },
  ];
}

function secondCardProblem(session: Session, code: string, context: DecideContext): Decision {
  if (!isRefusalCode(code)) return refuse('MALFORMED', 'not a code of the catalogue');
  const reported: SessionEvent = { kind: 'CardProblemReported', code };
  if (code === 'SECOND_PIN_NOT_SET' || code === 'SECOND_PIN_LOCKED') return answer([reported, ...secondPinLost(code)]);
  if (session.cardProblems + 1 >= context.settings.maxCardProblems) {
    return answer([reported, { kind: 'Refused', code, leadsTo: 'end' }]);
  }
  const again = code === 'CARD_OTHER' || cardMayBeTriedAgain.has(code);
  return answer([reported, { kind: 'Refused', code, leadsTo: again ? 'second-card' : 'remove-second-card' }]);
}

const cardMayBeTriedAgain: ReadonlySet<RefusalCode> = new Set([
  'CARD_UNKNOWN',
  'CARD_UNREADABLE',
  'CARD_REMOVED',
  'CARD_TWO',
]);

function municipalityChosen(session: Session, input: InputOf<'chosen'>, context: DecideContext): Decision {
  const code = municipalityOfOption(input.optionIds[0] ?? '');
  const offered = municipalitiesToAsk(session, context).some((it) => it.code === code);
  if (input.questionId !== '@municipality' || input.optionIds.length !== 1 || code === undefined || !offered) {
    return refuse('ANSWERS_WRONG', 'not an offered municipality');
  }
  return answer([{ kind: 'VisitRequested', visitId: context.newId(), municipality: code }]);
}

function placeChosen(session: Session, input: InputOf<'chosen'>, context: DecideContext): Decision {
  const [place, ...more] = input.optionIds;
  const [home] = session.known;
  if (input.questionId !== '@place' || more.length > 0) return refuse('ANSWERS_WRONG', 'one place, please');
  if (place === 'home' && home !== undefined)
    return answer([{ kind: 'VisitRequested', visitId: context.newId(), municipality: home }]);
  return place === 'other' ? answer([{ kind: 'MunicipalityAsked' }]) : refuse('ANSWERS_WRONG', 'no such place');
}

function kindChosen(session: Session, input: InputOf<'chosen'>, context: DecideContext): Decision {
  const kind = findKind(context.menu, input.optionIds[0]);
  if (input.questionId !== '@kind' || input.optionIds.length !== 1) return refuse('ANSWERS_WRONG', 'one kind, please');
  const { secondPin } = session;
  if (kind === undefined || closedReason(kind, secondPin) !== undefined)
    return refuse('ANSWERS_WRONG', 'not an open kind');
  const copies = firstCopies(kind);
  const { answers, next } = lookAhead(kind, {}, copies);
  const chosen: SessionEvent = { kind: 'KindChosen', kindId: kind.id, answers, copies, next };
  if (!kind.secondPin || secondPin?.proved) return answer([chosen]);
  return answer([chosen, { kind: 'SecondPinAsked', by: secondPin?.proof ? 'again' : 'card', next }]);
}

function questionAnswered(session: Session, input: InputOf<'chosen'>, asked: string, context: DecideContext): Decision {
  const { choice } = session;
  const kind = findKind(context.menu, choice?.kindId);
  const question = kind?.questions.find(({ id }) => id === asked);
  if (choice === undefined || kind === undefined || question === undefined) return refuse('ENDED', 'the menu has gone');
  if (input.questionId !== asked) return refuse('ANSWERS_WRONG', 'another question was asked');
  if (!answersQuestion(question, input.optionIds)) return refuse('ANSWERS_WRONG', 'does not answer the question');
  const { answers, next } = lookAhead(kind, { ...choice.answers, [asked]: [...input.optionIds] }, choice.copies);
  return answer([{ kind: 'QuestionAnswered', questionId: asked, answers, next }]);
}

function back(from: '@copies' | '@confirm' | 'question') {
  return (session: Session, _input: unknown, step: { at: string; questionId?: string }, given: Given): Decision => {
    const kind = findKind(given.menu, session.choice?.kindId);
    if (kind === undefined || session.choice === undefined) return refuse('ENDED', 'the menu has gone');
    const here = from === 'question' ? (step.questionId ?? '') : from;
    const to = stepBefore(kind, session.choice, here);
    return answer([{ kind: 'SteppedTo', to, keeps: keptBefore(kind, session.choice, to) }]);
  };
}

function changed(session: Session, input: InputOf<'change'>, context: DecideContext): Decision {
  const { choice } = session;
  const kind = findKind(context.menu, choice?.kindId);
  if (kind === undefined || choice === undefined) return refuse('ENDED', 'the menu has gone');
  const { questionId } = input;
  if (questionId === '@kind') return answer([{ kind: 'SteppedTo', to: '@kind' }]);
  if (questionId === '@copies' && mostCopies(kind, choice.answers) > 1)
    return answer([{ kind: 'SteppedTo', to: '@copies' }]);
  if (pruneAnswers(kind, choice.answers)[questionId] === undefined) {
    return refuse('ANSWERS_WRONG', 'that question was not asked');
  }
  return answer([{ kind: 'SteppedTo', to: questionId }]);
}

function copiesChosen(session: Session, input: InputOf<'copies'>, context: DecideContext): Decision {
  const kind = findKind(context.menu, session.choice?.kindId);
  if (kind === undefined || session.choice === undefined) return refuse('ENDED', 'the menu has gone');
  if (input.copies > mostCopies(kind, session.choice.answers)) return refuse('COPIES_LIMIT');
  return answer([{ kind: 'CopiesChosen', copies: input.copies }]);
}

function confirmed(session: Session, input: InputOf<'confirmed'>, context: DecideContext): Decision {
  const { choice } = session;
  const kind = findKind(context.menu, choice?.kindId);
  if (kind === undefined || choice === undefined) return refuse('ENDED', 'the menu has gone');
  if (closedReason(kind, session.secondPin) !== undefined) return refused('ANSWERS_WRONG', 'kind');
  if (kind.secondPin && !session.secondPin?.proved) return refused('SECOND_PIN_NEEDED', 'kind');
  if (!answersKind(kind, choice.answers)) return refused('ANSWERS_WRONG', 'kind');
  if (kind.appliesTo !== undefined) {
    const enrolmentId = context.newId();
    return answer([{ kind: 'EnrolmentAsked', enrolmentId, kindId: kind.id, to: kind.appliesTo }]);
  }
  const feeYen = feeOfAll(kind, choice);
  // The resident pays what the screen said and nothing else.
  if (input.feeYen !== feeYen) return refuse('FEE_CHANGED', 'not the fee of the screen');
  const { maxApplications, maxEvents } = context.settings;
  const many = Object.keys(session.applications).length >= maxApplications || session.version > maxEvents;
  if (many) return refused('PAGE_LIMIT', 'end');
  return answer([
    {
      kind: 'ApplicationAccepted',
      applicationId: context.newId(),
      kindId: kind.id,
      answers: choice.answers,
      copies: copiesOf(kind, choice),
      feeYen,
    },
  ]);
}

/** The kiosk found that a document is not what was asked for: it goes no further, and a person looks. */
function documentRefused(session: Session, input: InputOf<'document-refused'>, context: DecideContext): Decision {
  const application = session.applications[input.applicationId];
  if (application === undefined || !isRefusalCode(input.code)) return refuse('MALFORMED', 'no such document or code');
  const { applicationId } = application;
  const { code } = input;
  const at = isoJapan(context.now);
  const events: SessionEvent[] = [{ kind: 'DocumentRefused', applicationId, code }];
  if (application.state === 'prepared') events.push({ kind: 'ApplicationVoided', applicationId, reason: code, at });
  if (code === 'MISMATCH_STOP') {
    events.push({ kind: 'CaseOpened', caseId: context.newId(), code: 'MISMATCH_STOP', applicationId });
  }
  events.push({ kind: 'Refused', code, leadsTo: code === 'MISMATCH_STOP' ? 'end' : 'kind' });
  return answer(events);
}

function delivered(input: InputOf<'delivered'>, step: StepAt<'delivery'>): Decision {
  if (input.applicationId !== step.applicationId)
    return refuse('OUT_OF_STEP', 'another application is being delivered');
  const events: SessionEvent[] = [
    { kind: 'DeliveryEnded', applicationId: input.applicationId, outcome: input.outcome },
  ];
  // After an unknown end the kiosk shows the case's number; there is nothing to go on with.
  if (input.outcome === 'unresolved') events.push(closed('finished'));
  return answer(events);
}

const table: { readonly [Name in StepName]: Row<Name> } = {
  terms: { ...base, agree: () => answer([{ kind: 'TermsAgreed' }]) },

  card: {
    ...base,
    back: () => answer([{ kind: 'SteppedTo', to: '@terms' }]),
    credential: (_session, input, _step, context) =>
      input.triesLeft === 0
        ? answer([
            { kind: 'CardProblemReported', code: 'PIN_LOCKED' },
            { kind: 'Refused', code: 'PIN_LOCKED', leadsTo: 'end' },
          ])
        : answer([{ kind: 'CredentialPresented', holder: context.carried, triesLeft: input.triesLeft }]),
    'card-problem': cardProblem,
  },

  'checking-credential': waiting,

  place: {
    ...base,
    'card-problem': cardProblem,
    chosen: (session, input, _step, context) => placeChosen(session, input, context),
  },

  municipality: {
    ...base,
    back: (session, input, step) =>
      session.placeAsked ? answer([{ kind: 'SteppedTo', to: '@place' }]) : outOfStep(session, input, step),
    'card-problem': cardProblem,
    chosen: (session, input, _step, context) => municipalityChosen(session, input, context),
  },

  'opening-visit': waiting,

  pin: {
    ...base,
    back: (session, input, step) =>
      session.municipalityAsked || session.placeAsked
        ? answer([{ kind: 'SteppedTo', to: session.placeAsked ? '@place' : '@municipality' }])
        : outOfStep(session, input, step),
    'card-problem': cardProblem,
    'pin-wrong': (session, input) => {
      // A card only ever counts down: a kiosk that says otherwise is believed at its lowest word.
      const triesLeft = Math.min(input.triesLeft, Math.max(0, session.triesLeft - 1));
      const events: SessionEvent[] = [{ kind: 'PinRefused', triesLeft }];
      if (triesLeft === 0) events.push({ kind: 'Refused', code: 'PIN_LOCKED', leadsTo: 'end' });
      return answer(events);
    },
    proof: (session, _input, _step, context) =>
      session.visit === undefined
        ? refuse('ENDED', 'no visit')
        : answer([{ kind: 'ProofGiven', visitId: session.visit.visitId, proof: context.carried }]),
  },

  proving: waiting,

  'remove-card': { ...base, 'card-removed': () => answer([{ kind: 'CardRemoved' }]) },

  kind: { ...base, chosen: (session, input, _step, context) => kindChosen(session, input, context) },

  'second-card': {
    ...base,
    back: () => answer([{ kind: 'SteppedTo', to: '@kind' }]),
    credential: (session, input, _step, context) => {
      // Everybody's own PIN on everybody's own card: another one is not even asked for its digits.
      if (context.carried !== session.holder) return secondCardProblem(session, 'CARD_OTHER', context);
      if (input.triesLeft === 0) return secondCardProblem(session, 'SECOND_PIN_LOCKED', context);
      return answer([{ kind: 'SecondCardPresented', triesLeft: input.triesLeft }]);
    },
    'card-problem': (session, input, _step, context) => secondCardProblem(session, input.code, context),
  },

  'second-pin': {
    ...base,
    back: () => answer([{ kind: 'SteppedTo', to: '@remove-second-card' }]),
    'card-problem': (session, input, _step, context) => secondCardProblem(session, input.code, context),
    'pin-wrong': (session, input) => {
      const triesLeft = Math.min(input.triesLeft, Math.max(0, (session.secondPin?.triesLeft ?? 0) - 1));
      const events: SessionEvent[] = [{ kind: 'SecondPinWrong', triesLeft }];
      if (triesLeft === 0) events.push(...secondPinLost('SECOND_PIN_LOCKED'));
      return answer(events);
    },
    'second-proof': (session, _input, _step, context) =>
      session.visit === undefined
        ? refuse('ENDED', 'no visit')
        : answer([{ kind: 'SecondProofGiven', visitId: session.visit.visitId, proof: context.carried }]),
  },

  'remove-second-card': { ...base, 'card-removed': () => answer([{ kind: 'SecondCardRemoved' }]) },

  'proving-second': waiting,

  question: {
    ...base,
    back: back('question'),
    chosen: (session, input, step, context) => questionAnswered(session, input, step.questionId, context),
  },

  copies: {
    ...base,
    back: back('@copies'),
    copies: (session, input, _step, context) => copiesChosen(session, input, context),
  },

  confirm: {
    ...base,
    back: back('@confirm'),
    change: (session, input, _step, context) => changed(session, input, context),
    confirmed: (session, input, _step, context) => confirmed(session, input, context),
  },

  preparing: waiting,

  applying: waiting,

  applied: { ...base, agree: () => answer([{ kind: 'SteppedTo', to: '@kind' }]) },

  delivery: {
    ...base,
    'document-refused': (session, input, _step, context) => documentRefused(session, input, context),
    delivered: (_session, input, step) => delivered(input, step),
  },

  another: {
    ...base,
    another: () => answer([{ kind: 'AnotherWanted' }]),
    finish: () => answer([closed('finished')]),
  },

  notice: {
    ...base,
    agree: (_session, _input, step) =>
      answer(step.leadsTo === 'end' ? [{ kind: 'NoticeRead' }, closed('refused')] : [{ kind: 'NoticeRead' }]),
  },

  ended: base,
};

/** For tests and papers: what each step knows. */
export const inputTable: Readonly<Record<StepName, Readonly<Record<Kind, unknown>>>> = table;
