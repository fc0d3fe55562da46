/** Any k pieces give the data back; fewer never do. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parityOf, recover } from './erasure-code.ts';

const cases = fc
  .record({ k: fc.integer({ min: 1, max: 9 }), parity: fc.integer({ min: 0, max: 9 }), length: fc.integer({ min: 1, max: 40 }) })
  .chain(({ k, parity, length }) =>
    fc.record({
      data: fc.array(fc.uint8Array({ minLength: length, maxLength: length }), { minLength: k, maxLength: k }),
      parity: fc.constant(parity),
      order: fc.shuffledSubarray(Array.from({ length: k + parity }, (_, i) => i), { minLength: k + parity }),
    }),
  ); // biome-ignore format: one object each

test('whichever k pieces are left, the data is the same', () => {
  fc.assert(
    fc.property(cases, ({ data, parity, order }) => {
      const all = [...data, ...parityOf(data, parity)];
      const left = new Set(order.slice(0, data.length));
      const recovered = recover(
        all.map((piece, i) => (left.has(i) ? piece : undefined)),
        data.length,
      );
      assert.deepEqual(recovered, data);
    }),
  );
});

test('with one piece too few nothing is made up', () => {
  fc.assert(
    fc.property(cases, ({ data, parity, order }) => {
      const all = [...data, ...parityOf(data, parity)];
      const left = new Set(order.slice(0, data.length - 1));
      assert.equal(recover(all.map((piece, i) => (left.has(i) ? piece : undefined)), data.length), undefined); // biome-ignore format: one thought
    }),
  );
});

test('parity needs room in the field', () => {
  assert.throws(() => parityOf([new Uint8Array(1)], 256), RangeError);
  assert.throws(() => parityOf([], 1), RangeError);
});
