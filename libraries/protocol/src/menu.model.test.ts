import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  type Answers,
  answersKind,
  answersQuestion,
  feeOfOneCopy,
  isAsked,
  type Kind,
  nextQuestion,
  type Question,
} from './menu.ts';

const option = fc.record({
  closed: fc.boolean(),
  fee: fc.option(fc.integer({ min: 0, max: 500 }), { nil: undefined }),
});

/** Kinds as a municipality might write them: questions in order, each perhaps depending on an earlier one. */
const kinds: fc.Arbitrary<Kind> = fc
  .array(
    fc.record({
      options: fc.array(option, { minLength: 1, maxLength: 4 }),
      some: fc.boolean(),
      skip: fc.boolean(),
      depends: fc.option(fc.tuple(fc.nat(5), fc.nat(3)), { nil: undefined }),
    }),
    { maxLength: 5 },
  )
  .map((shapes) => {
    const questions: Question[] = [];
    for (const [i, shape] of shapes.entries()) {
      const on = shape.depends === undefined ? undefined : questions[shape.depends[0]];
      const is = on?.options[shape.depends?.[1] ?? 0]?.id;
      questions.push({
        id: `q${i}`,
        label: { plain: `Q${i}` },
        choose: shape.some ? 'some' : 'one',
        atLeast: shape.some ? 0 : 1,
        // The first option is always open, so that every question can be answered.
        options: shape.options.map((o, n) => ({
          id: `o${n}`,
          label: { plain: `O${n}` },
          ...(o.closed && n > 0 ? { closed: 'HOURS' } : {}),
          ...(o.fee === undefined ? {} : { feeYen: o.fee }),
        })),
        ...(on !== undefined && is !== undefined ? { when: { question: on.id, is: [is] } } : {}),
        skipIfSingle: shape.skip,
      });
    }
    return { id: 'kind', label: { plain: 'K' }, feeYen: 200, maxCopies: 3, secondPin: false, questions };
  });

function answerAll(kind: Kind, choose: (question: Question) => string[]): Answers {
  let answers: Answers = {};
  for (let round = 0; round <= kind.questions.length; round++) {
    const next = nextQuestion(kind, answers);
    answers = next.answers;
    if (next.question === undefined) return answers;
    answers = { ...answers, [next.question.id]: choose(next.question) };
  }
  throw new Error('never came to an end');
}

test('answering what is asked, in order, always comes to an end that the whole accepts', () => {
  fc.assert(
    fc.property(kinds, fc.nat(3), (kind, pick) => {
      const answers = answerAll(kind, (question) => {
        const open = question.options.filter(({ closed }) => closed === undefined);
        return question.choose === 'some' && pick === 0 ? [] : [open[pick % open.length]?.id ?? ''];
      });
      assert.ok(answersKind(kind, answers));
      for (const question of kind.questions)
        assert.equal(answers[question.id] !== undefined, isAsked(question, answers));
    }),
  );
});

test('closed, unknown, doubled or too few options answer nothing', () => {
  const question: Question = {
    id: 'q',
    label: { plain: 'q' },
    choose: 'some',
    atLeast: 1,
    skipIfSingle: false,
    options: [
      { id: 'a', label: { plain: 'a' } },
      { id: 'b', label: { plain: 'b' }, closed: 'HOURS' },
    ],
  };
  assert.ok(answersQuestion(question, ['a']));
  for (const wrong of [[], ['b'], ['z'], ['a', 'a'], ['a', 'b']])
    assert.ok(!answersQuestion(question, wrong), wrong.join());
});

test('an answer to a question that is not asked spoils the whole', () => {
  fc.assert(
    fc.property(kinds, (kind) => {
      const answers = answerAll(kind, (question) => [question.options[0]?.id ?? '']);
      assert.ok(!answersKind(kind, { ...answers, 'not-a-question': ['o0'] }));
    }),
  );
});

test('an option’s own fee takes the place of the kind’s', () => {
  const question: Question = {
    id: 'q',
    label: { plain: 'q' },
    choose: 'one',
    atLeast: 1,
    skipIfSingle: false,
    options: [
      { id: 'a', label: { plain: 'a' }, feeYen: 350 },
      { id: 'b', label: { plain: 'b' } },
    ],
  };
  const kind: Kind = {
    id: 'k',
    label: { plain: 'k' },
    feeYen: 200,
    maxCopies: 1,
    secondPin: false,
    questions: [question],
  };
  assert.equal(feeOfOneCopy(kind, { q: ['a'] }), 350);
  assert.equal(feeOfOneCopy(kind, { q: ['b'] }), 200);
});
