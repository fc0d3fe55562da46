/** Choosing a certificate: from the issuer's tree of questions to what is asked next and what it costs. */

import type { Answers, Question } from '@dokodemo/protocol';
import {
  answersQuestion,
  feeOfOneCopy,
  isAsked,
  type Kind,
  type Menu,
  mostCopies,
  nextQuestion,
  singleAnswer,
} from '@dokodemo/protocol';
import type { Next } from './events.ts';
import type { Choice, SecondPin } from './state.ts';

export function findKind(menu: Menu | undefined, kindId: string | undefined): Kind | undefined {
  return menu?.kinds.find((kind) => kind.id === kindId);
}

/** Why a kind cannot be chosen here and now: by the issuer's word, or because the second PIN it demands is lost to this
 *  session. */
export function closedReason(kind: Kind, secondPin: SecondPin | undefined): string | undefined {
  return kind.closed ?? (kind.secondPin ? secondPin?.refused : undefined);
}

/** Keeps what still answers a question that is asked: after a change, later answers may have lost their ground. */
export function pruneAnswers(kind: Kind, answers: Answers): Answers {
  const kept: Answers = {};
  for (const question of kind.questions) {
    const given = answers[question.id];
    if (given !== undefined && isAsked(question, kept) && answersQuestion(question, given)) kept[question.id] = given;
  }
  return kept;
}

export type Ahead = { readonly answers: Answers; readonly next: Next };

/** Copies before anybody was asked: 0, or the only number there is. */
export function firstCopies(kind: Kind): number {
  return kind.maxCopies === 1 ? 1 : 0;
}

/** The answers completed with all that need no asking, and what comes next. `copies`: 0 when yet to be asked. */
export function lookAhead(kind: Kind, answers: Answers, copies: number): Ahead {
  const { answers: complete, question } = nextQuestion(kind, pruneAnswers(kind, answers));
  if (question !== undefined) return { answers: complete, next: question.id };
  return { answers: complete, next: copies === 0 && mostCopies(kind, complete) > 1 ? '@copies' : '@confirm' };
}

/** Questions that were really put to the resident, in the menu's order. */
export function askedQuestions(kind: Kind, answers: Answers): readonly Question[] {
  return kind.questions.filter((question) => isAsked(question, answers) && singleAnswer(question) === undefined);
}

/** The screen before this one: the previous question actually asked, else the choice of the kind. */
export function stepBefore(kind: Kind, choice: Choice, from: Next): Next {
  const asked = askedQuestions(kind, choice.answers);
  if (from === '@confirm' && mostCopies(kind, choice.answers) > 1) return '@copies';
  const index = asked.findIndex(({ id }) => id === from);
  const before = index === -1 ? asked.at(-1) : asked[index - 1];
  return index === 0 || before === undefined ? '@kind' : before.id;
}

/** Who goes back over a question is asked it again on the way forward: kept is what was answered up to `to`. */
export function keptBefore(kind: Kind, choice: Choice, to: Next): Pick<Choice, 'answers' | 'copies'> {
  const last = kind.questions.findIndex(({ id }) => id === to);
  if (last === -1) return { answers: choice.answers, copies: choice.copies };
  const kept = kind.questions.slice(0, last + 1).flatMap(({ id }) => {
    const given = choice.answers[id];
    return given === undefined ? [] : [[id, given] as const];
  });
  return { answers: Object.fromEntries(kept), copies: firstCopies(kind) };
}

/** How many there will be: a number that was chosen for paper stays in mind while a file is chosen, of which there is one. */
export function copiesOf(kind: Kind, choice: Choice): number {
  return Math.min(Math.max(1, choice.copies), mostCopies(kind, choice.answers));
}

/** Fee of one copy, as far as the answers go. */
export function feeOfOne(kind: Kind, choice: Choice): number {
  return feeOfOneCopy(kind, choice.answers);
}

/** What the resident is asked to confirm, for all copies. */
export function feeOfAll(kind: Kind, choice: Choice): number {
  return choice.feeYen ?? feeOfOne(kind, choice) * copiesOf(kind, choice);
}

/** How many options must and may be chosen. */
export function bounds(question: Question): { atLeast: number; atMost: number } {
  if (question.choose === 'one') return { atLeast: 1, atMost: 1 };
  return {
    atLeast: question.atLeast,
    atMost: Math.max(1, question.options.filter((it) => it.closed === undefined).length),
  };
}
