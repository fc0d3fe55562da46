/** What is asked for a residence certificate, and what the answers mean. */
import type { AddresseeNumber, ResidenceOptions, ResidenceSnapshot, Resident } from '@dokodemo/domain';
import type { Answers, Option, Question } from '@dokodemo/protocol';
import { type LabelBook, onScreen } from '../../menu/label-book.ts';
import type { MunicipalityProfile } from '../../municipality.ts';
import type { Chosen, Questionnaire } from '../kind.ts';

/** A snapshot as the menu may see it: without restrictions. */
export type ResidenceSubject = Pick<ResidenceSnapshot, 'holder' | 'household'>;

export type ResidenceChoice = {
  readonly options: ResidenceOptions;
  readonly memberNumbers: readonly AddresseeNumber[];
};

/** Menu option → field of the options, in the order of the screen. */
const showOptions = [
  ['head', 'headAndRelationship'],
  ['domicile', 'domicile'],
  ['individual-number', 'individualNumber'],
  ['nationality', 'nationality'],
  ['status', 'residenceStatus'],
  ['card-number', 'residenceCardNumber'],
] as const;
type ShowId = (typeof showOptions)[number][0];

export function presentMembers(subject: ResidenceSubject): readonly Resident[] {
  return subject.household.members.filter(({ standing }) => standing === 'present');
}

function mayShow(id: ShowId, members: readonly Resident[], profile: MunicipalityProfile): boolean {
  if (id === 'head') return true;
  if (id === 'individual-number') return profile.policies.individualNumber;
  const wanted = id === 'domicile' ? 'japanese' : 'foreign';
  return members.some(({ particulars }) => particulars.kind === wanted);
}

const text = (id: string) => ({ text: id });

function scopeQuestion(alone: boolean): Question {
  const option = (id: string, note: boolean): Option => ({
    id,
    label: text(`residence.scope.${id}`),
    ...(note ? { note: text(`residence.scope.${id}.note`) } : {}),
  });
  return {
    id: 'scope',
    label: text('residence.scope'),
    choose: 'one',
    atLeast: 1,
    // Who lives alone is the whole household: one answer is left, and the question is not put.
    options: alone ? [option('all', false)] : [option('all', true), option('some', true), option('holder', false)],
    skipIfSingle: true,
  };
}

export function residenceQuestions(
  subject: ResidenceSubject,
  profile: MunicipalityProfile,
  labels: LabelBook,
): Questionnaire {
  const members = presentMembers(subject);
  const alone = members.length <= 1;
  const meanings = Object.fromEntries(members.map(({ addresseeNumber }, i) => [`m${i + 1}`, addresseeNumber]));
  const memberQuestion: Question = {
    id: 'members',
    label: text('residence.members'),
    choose: 'some',
    atLeast: 1,
    options: members
      .slice(0, 50)
      .map(({ name }, i) => ({ id: `m${i + 1}`, label: labels.personal(onScreen(name.text)) })),
    when: { question: 'scope', is: ['some'] },
    skipIfSingle: false,
  };
  const showQuestion: Question = {
    id: 'show',
    label: text('residence.show'),
    choose: 'some',
    atLeast: 0,
    options: showOptions
      .filter(([id]) => mayShow(id, members, profile))
      .map(([id]) => ({
        id,
        label: text(`residence.show.${id}`),
        ...(id === 'individual-number' ? { note: text('residence.show.individual-number.note') } : {}),
      })),
    skipIfSingle: false,
  };
  return { questions: [scopeQuestion(alone), ...(alone ? [] : [memberQuestion]), showQuestion], meanings };
}

/** The answers in the register's terms, as it stands now. */
export function chooseResidence(
  snapshot: ResidenceSnapshot,
  answers: Answers,
  meanings: Readonly<Record<string, string>>,
): Chosen<ResidenceChoice> {
  const answered = answers.scope?.[0];
  const scope = answered === 'all' || answered === 'some' ? answered : 'holder';
  const present = presentMembers(snapshot).map(({ addresseeNumber }) => addresseeNumber);
  const wanted =
    scope === 'all'
      ? present
      : scope === 'holder'
        ? [snapshot.holder]
        : (answers.members ?? []).map((option) => meanings[option] ?? '');
  // In the register's order (5.2), whatever order they were touched in.
  const memberNumbers = present.filter((number) => wanted.includes(number));
  const asked = new Set(answers.show ?? []);
  const flags = Object.fromEntries(showOptions.map(([id, field]) => [field, asked.has(id)]));
  return {
    choice: { options: { scope, ...flags } as ResidenceOptions, memberNumbers },
    subjects: memberNumbers,
    shown: showOptions.filter(([id]) => asked.has(id)).map(([, field]) => field),
    fits: answered !== undefined && wanted.length > 0 && memberNumbers.length === wanted.length,
  };
}
