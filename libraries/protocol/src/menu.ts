/**
 * The issuer hands its whole menu as one tree, so that choosing costs no round trip. The tax certificates' three
 * levels, the year, the skippable items, 本人・全員・一部 with the list of members are all just questions with `when`.
 */
import { type Static, Type } from 'typebox';
import { Code, Key, Label, MunicipalityCodeText, strict, Yen } from './shapes.ts';

export const Option = Type.Object(
  {
    id: Key,
    label: Label,
    note: Type.Optional(Label),
    feeYen: Type.Optional(Yen),
    closed: Type.Optional(Code),
    /** Only leads to a further question, whose answer says it all: not on the screen to confirm. */
    leadsOn: Type.Optional(Type.Boolean()),
    /** Of what is chosen so there are no more copies than this, however many the kind permits. */
    maxCopies: Type.Optional(Type.Integer({ minimum: 1, maximum: 20 })),
  },
  strict,
);
export type Option = Static<typeof Option>;

export const Question = Type.Object(
  {
    id: Key,
    label: Label,
    /** What stands before the answer on the screen to confirm; absent: the question itself. */
    line: Type.Optional(Label),
    choose: Type.Union([Type.Literal('one'), Type.Literal('some')]),
    /** How many of `options` must be chosen at least; 0 makes a question of extras (「何を載せますか」). */
    atLeast: Type.Integer({ minimum: 0, maximum: 50 }),
    options: Type.Array(Option, { minItems: 1, maxItems: 50 }),
    /** Asked only when an earlier question was answered with one of these. */
    when: Type.Optional(Type.Object({ question: Key, is: Type.Array(Key, { minItems: 1, maxItems: 50 }) }, strict)),
    /** With only one open option left, it is taken without asking. */
    skipIfSingle: Type.Boolean(),
  },
  strict,
);
export type Question = Static<typeof Question>;

export const Kind = Type.Object(
  {
    id: Key,
    label: Label,
    note: Type.Optional(Label),
    icon: Type.Optional(Key),
    closed: Type.Optional(Code),
    feeYen: Yen,
    maxCopies: Type.Integer({ minimum: 1, maximum: 20 }),
    secondPin: Type.Boolean(),
    /** No certificate: an application (利用登録) that goes to this municipality, and costs nothing. */
    appliesTo: Type.Optional(MunicipalityCodeText),
    questions: Type.Array(Question, { maxItems: 60 }),
  },
  strict,
);
export type Kind = Static<typeof Kind>;

export const Menu = Type.Object({ kinds: Type.Array(Kind, { maxItems: 30 }), notice: Type.Optional(Label) }, strict);
export type Menu = Static<typeof Menu>;

/** Answers by question: which options were chosen. */
export const Answers = Type.Record(Key, Type.Array(Key, { maxItems: 50 }));
export type Answers = Static<typeof Answers>;

/** Is `question` to be asked, given the answers so far? */
export function isAsked(question: Question, answers: Answers): boolean {
  const { when } = question;
  return when === undefined || (answers[when.question] ?? []).some((option) => when.is.includes(option));
}

/** The only possible answer of a question that need not be put, else undefined. */
export function singleAnswer(question: Question): readonly string[] | undefined {
  if (!question.skipIfSingle || question.choose !== 'one') return undefined;
  const open = question.options.filter((option) => option.closed === undefined);
  return open.length === 1 && open[0] !== undefined ? [open[0].id] : undefined;
}

/** `answers` completed with all questions that have one answer left; and the next question to put, if any. */
export function nextQuestion(kind: Kind, answers: Answers): { answers: Answers; question: Question | undefined } {
  const complete: Answers = { ...answers };
  for (const question of kind.questions) {
    if (!isAsked(question, complete)) continue;
    if (complete[question.id] !== undefined) continue;
    const single = singleAnswer(question);
    if (single === undefined) return { answers: complete, question };
    complete[question.id] = [...single];
  }
  return { answers: complete, question: undefined };
}

/** Do `chosen` options answer `question`: known, open, no doubles, and as many as asked? */
export function answersQuestion(question: Question, chosen: readonly string[]): boolean {
  if (new Set(chosen).size !== chosen.length) return false;
  if (chosen.length < question.atLeast || (question.choose === 'one' && chosen.length !== 1)) return false;
  return chosen.every((id) => question.options.some((option) => option.id === id && option.closed === undefined));
}

/** A whole set of answers against the menu that was given: every asked question answered, nothing else said. */
export function answersKind(kind: Kind, answers: Answers): boolean {
  const asked = kind.questions.filter((question) => isAsked(question, answers));
  return (
    asked.every((question) => answersQuestion(question, answers[question.id] ?? [])) &&
    Object.keys(answers).every((id) => asked.some((question) => question.id === id))
  );
}

/** How many copies these answers permit. */
export function mostCopies(kind: Kind, answers: Answers): number {
  const limits = kind.questions
    .flatMap((question) => question.options.filter((option) => answers[question.id]?.includes(option.id)))
    .flatMap((option) => option.maxCopies ?? []);
  return Math.min(kind.maxCopies, ...limits);
}

/** Fee of one copy with these answers: an option with its own fee takes the place of the kind's. */
export function feeOfOneCopy(kind: Kind, answers: Answers): number {
  const fees = kind.questions
    .filter((question) => isAsked(question, answers))
    .flatMap((question) => question.options.filter((option) => answers[question.id]?.includes(option.id)))
    .flatMap((option) => (option.feeYen === undefined ? [] : [option.feeYen]));
  return fees.length === 0 ? kind.feeYen : fees.reduce((sum, fee) => sum + fee, 0);
}
