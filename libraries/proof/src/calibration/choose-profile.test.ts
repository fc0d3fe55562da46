/** Hidden on the paper and plain on every copy; and why, when none is. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chooseProfile } from './choose-profile.ts';

const reading = (profile: string, deltaL: number) => ({
  profile,
  deltaL,
  error: 0.03,
  tone: 2,
  picture: { width: 1, height: 1, pixels: new Uint8Array(1) },
});
const names = ['thin', 'usual', 'fat'] as const;
type Three = readonly [number, number, number];
const of = (values: Three) => names.map((name, i) => reading(name, values[i] as number));
const choose = (paper: Three, ...copies: readonly Three[]) => {
  const { profiles, verdict } = chooseProfile(of(paper), copies.map(of));
  return [verdict.code, verdict.profile, profiles.map(({ fit }) => fit)];
};

test('each copier counts: what one of them loses does not suit', () => {
  assert.deepEqual(choose([-0.8, -0.1, -0.3], [3.7, 4.1, 3.9], [0.2, 0.6, 3.8]), [
    'fits',
    'fat',
    ['hidden-on-copies', 'hidden-on-copies', 'suits'],
  ]);
});

test('more than plain on a copy makes up for nothing on the paper', () => {
  assert.equal(choose([0, 0.9, 0.9], [4, 6, 5])[1], 'thin');
  assert.equal(choose([0, 0.4, 0.9], [2.5, 3.1, 3.1])[1], 'usual');
});

test('what is as good on the copies is decided by the paper', () => {
  assert.equal(choose([0.4, 1, 2.4], [2.2, 2.85, 2.8])[1], 'thin');
});

test('without copies the paper alone decides, and the answer says so', () => {
  assert.deepEqual(choose([-0.2, 0.4, 1.2]).slice(0, 2), ['fits-on-paper', 'thin']);
});

test('none: seen on the paper, darker or paler; or not on the copies', () => {
  assert.deepEqual(choose([1.3, 1.9, 2.3]), ['none-hides-on-paper', undefined, names.map(() => 'shows-on-paper')]);
  assert.deepEqual(choose([-1.3, -1.1, -1.2]), ['none-hides-on-paper', undefined, names.map(() => 'pale-on-paper')]);
  assert.deepEqual(choose([0, 0.5, 1.5], [1.7, 1, 3]), [
    'none-shows-on-copies',
    undefined,
    ['hidden-on-copies', 'hidden-on-copies', 'shows-on-paper'],
  ]);
});
