/** For any register and any answers to its questions: what reaches the form of 戸籍 and 附票 is about exactly those who were
 *  chosen, with exactly what was asked for. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type FamilyRegisterPerson, municipalityCode, type RegisterHistoryPerson } from '@dokodemo/domain';
import { type Answers, answersKind, isAsked, type Kind, type Question } from '@dokodemo/protocol';
import fc from 'fast-check';
import { openLabelBook } from '../../menu/label-book.ts';
import { date, town } from '../../testing/people.ts';
import { printableRegister } from '../family-register/printable.ts';
import { chooseFamilyRegister, familyRegisterQuestions } from '../family-register/questions.ts';
import { printableHistory } from './printable.ts';
import { chooseRegisterHistory, registerHistoryQuestions } from './questions.ts';

/** Removed or not, one after the other; the first, the holder, never is. */
const people = fc.array(fc.boolean(), { minLength: 0, maxLength: 6 }).map((more) => [false, ...more]);
const bits = fc.array(fc.nat({ max: 127 }), { minLength: 3, maxLength: 3 });
const frame = {
  municipality: municipalityCode(town),
  asOf: '',
  holder: '1',
  restrictions: [],
  versions: {},
  enrolled: false,
};
const nameOf = (i: number) => `名${i + 1}番`;
const whole = {
  familyRegisterId: 'k',
  registeredDomicile: { text: '本籍地' },
  surname: { text: '氏' },
  headGivenName: { text: '筆頭' },
};

function pick({ options, choose, atLeast }: Question, by: number): string[] {
  const ids = options.map(({ id }) => id);
  if (choose === 'one') return [ids[by % ids.length] ?? ''];
  const some = ids.filter((_, i) => (by >> i) & 1);
  return some.length >= atLeast ? some : ids.slice(0, atLeast);
}

function answered(questions: readonly Question[], by: readonly number[]): Answers {
  const answers: Answers = {};
  for (const [i, question] of questions.entries())
    if (isAsked(question, answers)) answers[question.id] = pick(question, by[i] ?? 0);
  const kind: Kind = {
    id: 'k',
    label: { plain: '' },
    feeYen: 0,
    maxCopies: 1,
    secondPin: false,
    questions: [...questions],
  };
  assert.ok(answersKind(kind, answers));
  return answers;
}

/** Said again, from the paper's side: whose names must be there. */
function expected(removed: readonly boolean[], answers: Answers): readonly string[] {
  const there = removed.flatMap((gone, i) => (gone ? [] : [i]));
  const scope = answers.scope?.[0];
  const chosen =
    scope === 'all'
      ? removed.map((_, i) => i)
      : scope === 'holder'
        ? [0]
        : there.filter((_, place) => answers.members?.includes(`m${place + 1}`));
  return chosen.map(nameOf);
}

function namesIn(text: string, removed: readonly boolean[]): readonly string[] {
  return removed.map((_, i) => nameOf(i)).filter((name) => text.includes(name));
}

test('戸籍: exactly those chosen, without numbers of the municipality; who was removed only on a paper of all', () => {
  fc.assert(
    fc.property(people, bits, (removed, by) => {
      const persons = removed.map(
        (gone, i): FamilyRegisterPerson => ({
          personNumber: i + 1,
          addresseeNumber: `宛名${i + 1}`,
          givenName: { text: nameOf(i) },
          birth: date('1980-01-01'),
          relationship: '長男',
          removed: gone,
          entries: [],
        }),
      );
      const reading = {
        ...frame,
        familyRegister: { ...whole, entries: [], persons, processing: false },
        holderPersonNumber: 1,
      };
      const { questions, meanings } = familyRegisterQuestions(reading, openLabelBook());
      const answers = answered(questions, by);
      const chosen = chooseFamilyRegister(reading, answers, meanings);
      assert.ok(chosen.fits);
      const text = JSON.stringify(printableRegister(reading, chosen.choice));
      assert.deepEqual(namesIn(text, removed), expected(removed, answers));
      assert.ok(!text.includes('宛名'));
    }),
    { numRuns: 300 },
  );
});

test('附票: exactly those chosen; 本籍・筆頭者 and 在外選挙人 only when asked for', () => {
  fc.assert(
    fc.property(people, bits, (removed, by) => {
      const persons = removed.map(
        (gone, i): RegisterHistoryPerson => ({
          personNumber: i + 1,
          addresseeNumber: `宛名${i + 1}`,
          givenName: { text: nameOf(i) },
          addresses: [],
          overseasVotersListOf: '名簿市',
          ...(gone ? { removedOn: date('2020-01-01') } : {}),
        }),
      );
      const reading = {
        ...frame,
        history: { ...whole, madeOn: date('2008-11-03'), persons, processing: false },
        holderPersonNumber: 1,
      };
      const { questions, meanings } = registerHistoryQuestions(reading, openLabelBook());
      const answers = answered(questions, by);
      const chosen = chooseRegisterHistory(reading, answers, meanings);
      assert.ok(chosen.fits);
      const text = JSON.stringify(printableHistory(reading, chosen.choice));
      assert.deepEqual(namesIn(text, removed), expected(removed, answers));
      const asked = (id: string) => answers.show?.includes(id) === true;
      assert.equal(text.includes('本籍地'), asked('domicile'));
      assert.equal(text.includes('筆頭'), asked('domicile'));
      assert.equal(text.includes('名簿市'), asked('overseas-voter'));
      assert.ok(!text.includes('宛名'));
    }),
    { numRuns: 300 },
  );
});
