/** What is asked for a 附票, and what the answers mean. */
import {
  type RegisterHistory,
  type RegisterHistoryOptions,
  type RegisterHistoryPerson,
  type RegisterHistorySnapshot,
  wholeName,
} from '@dokodemo/domain';
import type { Answers, Option, Question } from '@dokodemo/protocol';
import type { LabelBook } from '../../menu/label-book.ts';
import { membersQuestion } from '../family-register/questions.ts';
import { type Enrolled, subjectsOf } from '../family-register/reading.ts';
import type { Chosen, Questionnaire } from '../kind.ts';

export type HistoryReading = RegisterHistorySnapshot & Enrolled;
/** A reading as the menu may see it: without restrictions. */
export type HistorySubject = Pick<HistoryReading, 'resident' | 'enrolled' | 'history' | 'holderPersonNumber'>;

export type RegisterHistoryChoice = {
  readonly options: RegisterHistoryOptions;
  /** In the order of the register. */
  readonly personNumbers: readonly number[];
};

/** Menu option → field of the options, in the order of the screen. */
const showOptions = [
  ['domicile', 'domicile'],
  ['overseas-voter', 'overseasVoter'],
] as const;

const mostOptions = 50;
const text = (id: string) => ({ text: id });

/** Those who may be chosen: a 附票 of somebody removed from it (除票) is the counter's. */
function choosable({ persons }: RegisterHistory): readonly RegisterHistoryPerson[] {
  return persons.filter(({ removedOn }) => removedOn === undefined).slice(0, mostOptions);
}

function scopeQuestion(alone: boolean): Question {
  const option = (id: string, note: boolean): Option => ({
    id,
    label: text(`register-history.scope.${id}`),
    ...(note ? { note: text(`register-history.scope.${id}.note`) } : {}),
  });
  return {
    id: 'scope',
    label: text('register-history.scope'),
    choose: 'one',
    atLeast: 1,
    // Whoever is alone in the register is all of it: one answer is left, and the question is not put.
    options: alone ? [option('all', false)] : [option('holder', false), option('all', true), option('some', true)],
    skipIfSingle: true,
  };
}

export function registerHistoryQuestions({ history }: HistorySubject, labels: LabelBook): Questionnaire {
  if (history === undefined) return { questions: [], meanings: {} };
  const persons = choosable(history);
  const alone = history.persons.length <= 1;
  const show: Question = {
    id: 'show',
    label: text('register-history.show'),
    choose: 'some',
    atLeast: 0,
    options: showOptions.map(([id]) => ({ id, label: text(`register-history.show.${id}`) })),
    skipIfSingle: false,
  };
  const names = persons.map(({ givenName }) => wholeName(history.surname, givenName));
  return {
    questions: [
      scopeQuestion(alone),
      ...(alone ? [] : [membersQuestion('register-history.members', names, labels)]),
      show,
    ],
    meanings: Object.fromEntries(persons.map(({ personNumber }, i) => [`m${i + 1}`, String(personNumber)])),
  };
}

/** The answers in the register's terms, as it stands now. */
export function chooseRegisterHistory(
  { history, holderPersonNumber }: HistoryReading,
  answers: Answers,
  meanings: Readonly<Record<string, string>>,
): Chosen<RegisterHistoryChoice> {
  const answered = answers.scope?.[0];
  const scope = answered === 'all' || answered === 'some' ? answered : 'holder';
  const everybody = (history?.persons ?? []).map(({ personNumber }) => personNumber);
  const there = history === undefined ? [] : choosable(history).map(({ personNumber }) => personNumber);
  const wanted =
    scope === 'all'
      ? everybody
      : scope === 'holder'
        ? [holderPersonNumber ?? 0]
        : (answers.members ?? []).map((option) => Number(meanings[option] ?? 0));
  const personNumbers = (scope === 'all' ? everybody : there).filter((number) => wanted.includes(number));
  const asked = new Set(answers.show ?? []);
  return {
    choice: {
      options: { scope, domicile: asked.has('domicile'), overseasVoter: asked.has('overseas-voter') },
      personNumbers,
    },
    subjects: history === undefined ? [] : subjectsOf(history, personNumbers),
    shown: showOptions.filter(([id]) => asked.has(id)).map(([, field]) => field),
    fits: answered !== undefined && wanted.length > 0 && personNumbers.length === wanted.length,
  };
}
