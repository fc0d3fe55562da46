/** What is typed can be taken back step by step; what is different is told place by place. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { differences } from './differences.ts';
import { stepUndo } from './use-undo.ts';

test('a word typed in one go is one step; undo and redo lead back and forth', () => {
  let state = { past: [] as readonly string[], now: '', future: [] as readonly string[], tag: '' };
  const step = (it: Parameters<typeof stepUndo>[1]) => {
    state = stepUndo(state, it) as typeof state;
    return state.now;
  };
  for (const to of ['認', '認証', '認証文']) step({ kind: 'change', to, tag: 'certify' });
  step({ kind: 'change', to: '認証文。', tag: 'end' });
  assert.equal(step({ kind: 'undo' }), '認証文');
  assert.equal(step({ kind: 'undo' }), '');
  assert.equal(step({ kind: 'undo' }), '', 'nothing before the beginning');
  assert.equal(step({ kind: 'redo' }), '認証文');
  step({ kind: 'change', to: 'other', tag: '' });
  assert.equal(step({ kind: 'redo' }), 'other', 'a new change has no future');
});

test('differences name the place, what was there and what is', () => {
  assert.deepEqual(differences({ a: [1, { b: 'x' }], c: 1 }, { a: [1, { b: 'y' }], d: [2] }), [
    { at: '/a/1/b', before: 'x', after: 'y' },
    { at: '/c', before: '1', after: undefined },
    { at: '/d', before: undefined, after: '[2]' },
  ]);
  assert.deepEqual(differences({ a: 1 }, { a: 1 }), []);
});
