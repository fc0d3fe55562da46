/** What is asked for a family register certificate, and what the answers mean. */
import {
  type FamilyRegister,
  type FamilyRegisterPerson,
  type FamilyRegisterSnapshot,
  type RegisterText,
  wholeName,
} from '@dokodemo/domain';
import type { Answers, Question } from '@dokodemo/protocol';
import { type LabelBook, onScreen } from '../../menu/label-book.ts';
import type { Chosen, Questionnaire } from '../kind.ts';
import { type Enrolled, subjectsOf } from './reading.ts';

export type FamilyReading = FamilyRegisterSnapshot & Enrolled;
/** A reading as the menu may see it: without restrictions. */
export type FamilySubject = Pick<FamilyReading, 'resident' | 'enrolled' | 'familyRegister' | 'holderPersonNumber'>;

export type FamilyRegisterChoice = {
  readonly scope: 'all' | 'some';
  /** In the order of the register. */
  readonly personNumbers: readonly number[];
};

const mostOptions = 50;
const text = (id: string) => ({ text: id });

/** Those who may be chosen: a removed person's own certificate (除籍) is the counter's. */
export function choosable({ persons }: FamilyRegister): readonly FamilyRegisterPerson[] {
  return persons.filter(({ removed }) => !removed).slice(0, mostOptions);
}

/** Whose certificate, by name: one screen, or none where there is nobody to choose between. */
export function membersQuestion(id: string, names: readonly RegisterText[], labels: LabelBook): Question {
  const options = names.map((name, i) => ({ id: `m${i + 1}`, label: labels.personal(onScreen(name.text)) }));
  return {
    id: 'members',
    label: text(id),
    choose: names.length > 1 ? 'some' : 'one',
    atLeast: 1,
    options,
    when: { question: 'scope', is: ['some'] },
    skipIfSingle: true,
  };
}

export function familyRegisterQuestions({ familyRegister }: FamilySubject, labels: LabelBook): Questionnaire {
  if (familyRegister === undefined) return { questions: [], meanings: {} };
  const persons = choosable(familyRegister);
  const scope: Question = {
    id: 'scope',
    label: text('family-register.scope'),
    choose: 'one',
    atLeast: 1,
    options: (['all', 'some'] as const).map((id) => ({
      id,
      label: text(`family-register.scope.${id}`),
      note: text(`family-register.scope.${id}.note`),
    })),
    skipIfSingle: false,
  };
  const names = persons.map(({ givenName }) => wholeName(familyRegister.surname, givenName));
  return {
    questions: [scope, membersQuestion('family-register.members', names, labels)],
    meanings: Object.fromEntries(persons.map(({ personNumber }, i) => [`m${i + 1}`, String(personNumber)])),
  };
}

/** The answers in the register's terms, as it stands now. */
export function chooseFamilyRegister(
  { familyRegister }: FamilyReading,
  answers: Answers,
  meanings: Readonly<Record<string, string>>,
): Chosen<FamilyRegisterChoice> {
  const scope = answers.scope?.[0] === 'all' ? 'all' : 'some';
  const there = familyRegister === undefined ? [] : choosable(familyRegister).map(({ personNumber }) => personNumber);
  const wanted = (answers.members ?? []).map((option) => Number(meanings[option] ?? 0));
  const personNumbers =
    scope === 'all'
      ? (familyRegister?.persons ?? []).map(({ personNumber }) => personNumber)
      : there.filter((number) => wanted.includes(number));
  return {
    choice: { scope, personNumbers },
    subjects: familyRegister === undefined ? [] : subjectsOf(familyRegister, personNumbers),
    shown: [],
    fits: personNumbers.length > 0 && (scope === 'all' || personNumbers.length === wanted.length),
  };
}
