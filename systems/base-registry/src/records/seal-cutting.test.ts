import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type SealImpression, sealSizeMm } from '@dokodemo/domain';
import { cutSeal, type SealCut } from './seal-cutting.ts';

const cut = (more: Partial<SealCut> = {}): SealCut => ({
  legend: '見本',
  sizeMm: 18,
  dpi: 600,
  shape: 'round',
  nickDegrees: 30,
  ...more,
});

function blackAt({ widthPx, bits }: SealImpression, x: number, y: number): boolean {
  const byte = Buffer.from(bits, 'base64')[y * Math.ceil(widthPx / 8) + (x >> 3)] ?? 0;
  return (byte & (0x80 >> (x & 7))) !== 0;
}

test('the same cut gives the same dots; each person’s seal differs from another’s', () => {
  assert.deepEqual(cutSeal(cut()), cutSeal(cut()));
  const kinds = [
    cut(),
    cut({ nickDegrees: 200 }),
    cut({ legend: '佐藤' }),
    cut({ legend: '佐々' }),
    cut({ shape: 'square' }),
  ];
  assert.equal(new Set(kinds.map((it) => cutSeal(it).bits)).size, kinds.length);
});

test('true size, a closed ring, nothing outside of it', () => {
  for (const sizeMm of [8.1, 10.5, 18, 25]) {
    const seal = cutSeal(cut({ sizeMm }));
    const { widthMm } = sealSizeMm(seal);
    assert.ok(widthMm <= sizeMm && widthMm > sizeMm - 0.05, `${widthMm}`);
    const middle = Math.floor(seal.widthPx / 2);
    for (const [x, y] of [
      [1, middle],
      [middle, 1],
      [middle, seal.heightPx - 2],
    ] as const)
      assert.ok(blackAt(seal, x, y), `ring at ${x}, ${y}`);
    for (const [x, y] of [
      [2, 2],
      [seal.widthPx - 3, 2],
      [2, seal.heightPx - 3],
    ] as const)
      assert.ok(!blackAt(seal, x, y), `outside at ${x}, ${y}`);
  }
});

test('what may not be registered is not cut', () => {
  assert.throws(() => cutSeal(cut({ sizeMm: 7.9 })), RangeError);
  assert.throws(() => cutSeal(cut({ sizeMm: 25.4 })), RangeError);
  assert.throws(() => cutSeal(cut({ dpi: 300 })), RangeError);
});

test('variation selectors and long names do not matter', () => {
  assert.equal(cutSeal(cut({ legend: '渡邉\u{E010F}' })).bits, cutSeal(cut({ legend: '渡邉' })).bits);
  assert.equal(cutSeal(cut({ legend: '一二三四五六' })).bits, cutSeal(cut({ legend: '一二三四' })).bits);
});
