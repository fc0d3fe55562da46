/**
 * The standard screens of 広域交付サーバ: what a resident sees in every state of a session. One pure function over one
 * table that has a row for every step; a step without its screen does not compile.
 */
import { isoJapan } from '@dokodemo/domain';
import { type Kind, type Label, type Menu, mostCopies, type Question, type Screen } from '@dokodemo/protocol';
import { bounds, closedReason, feeOfAll, feeOfOne, findKind } from './choosing.ts';
import { confirmLines } from './confirm-lines.ts';
import type { Given } from './given.ts';
import { municipalitiesToAsk, municipalityOption } from './municipality-question.ts';
import type { Choice, Session, StepAt, StepName } from './state.ts';
import { text } from './text.ts';

type Frame = Pick<Screen, 'title' | 'help' | 'back' | 'stop' | 'idleSeconds' | 'step'>;
type ScreenOf<Name extends StepName> = (session: Session, step: StepAt<Name>, given: Given) => Screen;

/** The screen of a session as it stands. */
export function nextScreen(session: Session, given: Given): Screen {
  const screenOf = screens[session.step.at] as ScreenOf<StepName>;
  return screenOf(session, session.step, given);
}

function frame(
  given: Given,
  name: StepName,
  step: Screen['step'],
  title: Label,
  more: { help?: Label | undefined; back?: boolean; stop?: boolean } = {},
): Frame {
  return {
    title,
    back: more.back ?? false,
    stop: more.stop ?? true,
    idleSeconds: given.settings.idleSeconds[name],
    step,
    ...(more.help === undefined ? {} : { help: more.help }),
  };
}

/** Shown only to a kiosk that asks in the middle of a step; reading it asks again for the same step. */
function waiting(name: StepName, step: Screen['step']): (session: Session, at: unknown, given: Given) => Screen {
  return (_session, _at, given) => ({
    ...frame(given, name, step, text('center.working.title')),
    kind: 'notice',
    tone: 'information',
    lines: [text('center.working.line')],
    button: text('center.working.button'),
  });
}

/** The menu has gone (kept for the session's time only): nothing can be chosen any more, and the screen says so. */
function gone(given: Given): Screen {
  return {
    ...frame(given, 'notice', 'choose', text('center.refused.title')),
    kind: 'notice',
    tone: 'refused',
    lines: [text('refusal.ENDED')],
    button: text('center.notice.end'),
  };
}

/** Does anything that can be chosen ask for the card once more? */
function mayNeedCardAgain(menu: Menu | undefined): boolean {
  return menu?.kinds.some((kind) => kind.secondPin && kind.closed === undefined) ?? false;
}

function withKind(
  session: Session,
  given: Given,
  make: (menu: Menu, kind: Kind, choice: Choice) => Screen | undefined,
): Screen {
  const { choice } = session;
  const kind = findKind(given.menu, choice?.kindId);
  const screen =
    given.menu === undefined || kind === undefined || choice === undefined ? undefined : make(given.menu, kind, choice);
  return screen ?? gone(given);
}

function questionScreen(given: Given, question: Question, choice: Choice): Screen {
  const some = question.choose === 'some';
  return {
    ...frame(given, 'question', 'choose', question.label, {
      back: true,
      help: some ? text('center.question.some') : text('center.question.one'),
    }),
    kind: 'choose',
    questionId: question.id,
    options: question.options.map(({ leadsOn: _, maxCopies: __, ...option }) => option),
    ...bounds(question),
    chosen: [...(choice.answers[question.id] ?? [])],
  };
}

const screens: { readonly [Name in StepName]: ScreenOf<Name> } = {
  terms: (_session, _step, given) => ({
    ...frame(given, 'terms', 'identify', text('center.terms.title')),
    kind: 'notice',
    tone: 'terms',
    lines: [
      text('center.terms.need'),
      text('center.terms.fee'),
      text('center.terms.no-refund'),
      text('center.terms.data'),
    ],
    button: text('center.terms.agree'),
  }),

  card: (_session, _step, given) => ({
    ...frame(given, 'card', 'identify', text('center.card.title'), { back: true, help: text('center.card.help') }),
    kind: 'present-card',
  }),

  'checking-credential': waiting('checking-credential', 'identify'),

  place: (_session, _step, given) => ({
    ...frame(given, 'place', 'identify', text('center.place.title'), { help: text('center.place.help') }),
    kind: 'choose',
    questionId: '@place',
    options: (['home', 'other'] as const).map((id) => ({
      id,
      label: text(`center.place.${id}`),
      icon: id === 'home' ? 'house' : 'town',
    })),
    atLeast: 1,
    atMost: 1,
    chosen: [],
  }),

  municipality: (session, _step, given) => ({
    ...frame(given, 'municipality', 'identify', text('center.municipality.title'), {
      help: text('center.municipality.help'),
      back: session.placeAsked,
    }),
    kind: 'choose',
    questionId: '@municipality',
    options: municipalitiesToAsk(session, given).slice(0, 50).map(municipalityOption),
    atLeast: 1,
    atMost: 1,
    chosen: [],
  }),

  'opening-visit': waiting('opening-visit', 'identify'),

  pin: (session, _step, given) => ({
    ...frame(given, 'pin', 'identify', text('center.pin.title'), {
      back: session.municipalityAsked || session.placeAsked,
      help: text(session.triesLeft === 1 ? 'center.pin.last-try' : 'center.pin.help'),
    }),
    kind: 'enter-pin',
    which: 'holder',
    triesLeft: session.triesLeft,
    length: { min: 4, max: 4 },
    visitId: session.visit?.visitId ?? '',
    municipality: session.visit?.municipality ?? '',
    issuerNonce: session.visit?.nonce ?? '',
  }),

  proving: waiting('proving', 'identify'),

  'remove-card': (_session, _step, given) => ({
    ...frame(given, 'remove-card', 'identify', text('center.remove-card.title'), {
      help: text(mayNeedCardAgain(given.menu) ? 'center.remove-card.help-again' : 'center.remove-card.help'),
    }),
    kind: 'remove-card',
  }),

  kind: (session, _step, given) => {
    const { menu } = given;
    if (menu === undefined || menu.kinds.length === 0) return gone(given);
    return {
      ...frame(given, 'kind', 'choose', text('center.kind.title'), { help: menu.notice ?? text('center.kind.help') }),
      kind: 'choose',
      questionId: '@kind',
      options: menu.kinds.map((kind) => {
        const closed = closedReason(kind, session.secondPin);
        return {
          id: kind.id,
          label: kind.label,
          ...(kind.appliesTo === undefined ? { feeYen: kind.feeYen } : {}),
          // Hours beside a kind that we have closed would look like the reason.
          ...(kind.note === undefined || closed !== kind.closed ? {} : { note: kind.note }),
          ...(kind.icon === undefined ? {} : { icon: kind.icon }),
          ...(closed === undefined ? {} : { closed }),
        };
      }),
      atLeast: 1,
      atMost: 1,
      chosen: session.choice === undefined ? [] : [session.choice.kindId],
    };
  },

  'second-card': (_session, _step, given) => ({
    ...frame(given, 'second-card', 'choose', text('center.second-card.title'), {
      back: true,
      help: text('center.second-card.help'),
    }),
    kind: 'present-card',
    which: 'second',
  }),

  'second-pin': (session, _step, given) => {
    const triesLeft = session.secondPin?.triesLeft ?? 0;
    return {
      ...frame(given, 'second-pin', 'choose', text('center.second-pin.title'), {
        back: true,
        help: text(triesLeft === 1 ? 'center.second-pin.last-try' : 'center.second-pin.help'),
      }),
      kind: 'enter-pin',
      which: 'second',
      triesLeft,
      length: { min: 4, max: 4 },
      visitId: session.visit?.visitId ?? '',
      municipality: session.visit?.municipality ?? '',
      issuerNonce: session.visit?.nonce ?? '',
    };
  },

  'remove-second-card': (session, _step, given) => ({
    ...frame(given, 'remove-second-card', 'choose', text('center.remove-card.title'), {
      help: text(session.secondPin?.proof ? 'center.remove-second-card.help' : 'center.remove-second-card.help-only'),
    }),
    kind: 'remove-card',
  }),

  'proving-second': waiting('proving-second', 'choose'),

  question: (session, step, given) =>
    withKind(session, given, (_menu, kind, choice) => {
      const question = kind.questions.find(({ id }) => id === step.questionId);
      return question === undefined ? undefined : questionScreen(given, question, choice);
    }),

  copies: (session, _step, given) =>
    withKind(session, given, (_menu, kind, choice) => ({
      ...frame(given, 'copies', 'choose', text('center.copies.title'), {
        back: true,
        help: text('center.copies.help', { max: mostCopies(kind, choice.answers) }),
      }),
      kind: 'copies',
      max: mostCopies(kind, choice.answers),
      feeYen: feeOfOne(kind, choice),
    })),

  confirm: (session, _step, given) =>
    withKind(session, given, (_menu, kind, choice) => ({
      ...frame(
        given,
        'confirm',
        'confirm',
        text(kind.appliesTo === undefined ? 'center.confirm.title' : 'center.apply.title'),
        { back: true, help: text(kind.appliesTo === undefined ? 'center.confirm.help' : 'center.apply.help') },
      ),
      kind: 'confirm',
      ...(kind.appliesTo === undefined ? {} : { what: 'application' as const }),
      lines: [...confirmLines(kind, choice)],
      feeYen: feeOfAll(kind, choice),
    })),

  preparing: waiting('preparing', 'confirm'),

  applying: waiting('applying', 'confirm'),

  applied: (_session, step, given) => ({
    ...frame(given, 'applied', 'confirm', text('center.applied.title')),
    kind: 'notice',
    tone: 'information',
    lines: [text(step.already ? 'center.applied.already' : 'center.applied.line')],
    button: text('center.applied.button'),
  }),

  delivery: (session, step, given) => {
    const application = session.applications[step.applicationId];
    if (application === undefined) return gone(given);
    return {
      ...frame(given, 'delivery', 'pay', text('center.pay.title'), { help: text('center.pay.help') }),
      kind: 'pay',
      applicationId: application.applicationId,
      kindLabel: findKind(given.menu, application.kindId)?.label ?? text('center.pay.certificate'),
      copies: application.copies,
      sheets: application.sheets,
      feeYen: application.feeYen,
      methods: [...given.settings.methods],
      expiresAt: isoJapan(application.expiresAt),
    };
  },

  another: (_session, _step, given) => ({
    ...frame(given, 'another', 'take', text('center.another.title'), { help: text('center.another.help') }),
    kind: 'another',
  }),

  notice: (_session, step, given) => ({
    ...frame(given, 'notice', 'choose', text('center.refused.title')),
    kind: 'notice',
    tone: step.code === 'FEE_CHANGED' ? 'information' : 'refused',
    lines: [text(`refusal.${step.code}`)],
    button: text(
      step.code.startsWith('ENROLMENT_') && step.leadsTo === 'card'
        ? 'center.notice.municipality'
        : step.leadsTo === 'end'
          ? 'center.notice.end'
          : noticeButton[step.leadsTo],
    ),
  }),

  ended: (_session, step, given) => ({
    ...frame(given, 'ended', 'take', text('center.end.title'), {
      stop: false,
      help: text(step.reason === 'finished' ? 'center.end.thanks' : 'center.end.nothing-left'),
    }),
    kind: 'end',
  }),
};

const noticeButton = {
  card: 'center.notice.card',
  municipality: 'center.notice.municipality',
  kind: 'center.notice.kind',
  confirm: 'center.notice.confirm',
  'second-card': 'center.notice.card',
  'remove-second-card': 'center.notice.take-card',
} as const;
