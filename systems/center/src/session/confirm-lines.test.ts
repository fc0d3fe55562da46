import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Kind, Question } from '@dokodemo/protocol';
import { confirmLines } from './confirm-lines.ts';

const question = (id: string, more: Partial<Question> = {}): Question => ({
  id,
  label: { plain: `${id}?` },
  choose: 'one',
  atLeast: 1,
  skipIfSingle: true,
  options: [
    { id: 'a', label: { plain: 'A' } },
    { id: 'b', label: { plain: 'B' } },
  ],
  ...more,
});

function linesOf(questions: Question[], answers: Record<string, string[]>) {
  const kind: Kind = { id: 'k', label: { plain: 'K' }, feeYen: 300, maxCopies: 1, secondPin: false, questions };
  return confirmLines(kind, { kindId: 'k', answers, copies: 1 })
    .slice(1, -1)
    .map(({ label, value, change }) => [label, value, change]);
}

test('a question with a short name is said by it, and led back to as itself', () => {
  assert.deepEqual(linesOf([question('year', { line: { plain: 'Year' } })], { year: ['b'] }), [
    [{ plain: 'Year' }, { plain: 'B' }, 'year'],
  ]);
});

test('an answer that only led on is not said; what it led to is', () => {
  const [a, b] = question('level').options;
  assert.ok(a && b);
  const questions = [
    question('level', { options: [{ ...a, leadsOn: true }, b] }),
    question('deeper', { when: { question: 'level', is: ['a'] } }),
  ];
  assert.deepEqual(linesOf(questions, { level: ['a'], deeper: ['b'] }), [
    [{ plain: 'deeper?' }, { plain: 'B' }, 'deeper'],
  ]);
  assert.deepEqual(linesOf(questions, { level: ['b'] }), [[{ plain: 'level?' }, { plain: 'B' }, 'level']]);
});
