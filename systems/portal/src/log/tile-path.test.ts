import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readTilePath } from './tile-path.ts';

function pathOf(index: number, width: number): string {
  const digits = String(index);
  const groups = (digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/.{3}/g) ?? []).map((it, i, all) =>
    i < all.length - 1 ? `x${it}` : it,
  );
  return groups.join('/') + (width === 256 ? '' : `.p/${width}`);
}

test('every tile has a path, and a path has a tile', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 999_999_999_999 }), fc.integer({ min: 1, max: 256 }), (index, width) => {
      assert.deepEqual(readTilePath(pathOf(index, width)), { index: String(index), width });
    }),
  );
});

test('the path of the specification', () => {
  assert.deepEqual(readTilePath('x001/x234/067'), { index: '1234067', width: 256 });
});

test('everything else is no path', () => {
  for (const path of [
    '',
    '1',
    '0001',
    'x000/067',
    'x001/',
    '067.p/0',
    '067.p/256',
    '067.p/300',
    '../067',
    '067/',
    'x1/067',
  ])
    assert.equal(readTilePath(path), undefined, path);
});
