/** What becomes of strokes that are thinner than a pixel when gray becomes black and white. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Canvas } from './canvas.ts';

const [width, height] = [12, 9];

/** Rows of ink over the columns 2 to 9. */
function withRows(rows: Readonly<Record<number, number>>): Canvas {
  const canvas = new Canvas(width, height);
  for (const [row, ink] of Object.entries(rows))
    canvas.ink.fill(ink, Number(row) * width + 2, Number(row) * width + 10);
  return canvas;
}

const blackRows = (canvas: Canvas, least: number, hair?: number) => {
  const { bits } = canvas.blackerThan(least, hair);
  const stride = (width + 7) >> 3;
  return Array.from({ length: height }, (_, y) => y).filter((y) => ((bits[y * stride] as number) & 0x0f) === 0x0f);
};

test('a hair line between two rows is one row, where it would be none', () => {
  assert.deepEqual(blackRows(withRows({ 3: 55, 4: 50 }), 96), []);
  assert.deepEqual(blackRows(withRows({ 3: 55, 4: 50 }), 96, 40), [3]);
  assert.deepEqual(blackRows(withRows({ 3: 52, 4: 52 }), 96, 40), [3]);
});

test('the gray edge of a thick stroke, faint ink and a gray between two lines stay white', () => {
  assert.deepEqual(blackRows(withRows({ 3: 255, 4: 80 }), 96, 40), [3]);
  assert.deepEqual(blackRows(withRows({ 3: 35, 4: 30 }), 96, 40), []);
  assert.deepEqual(blackRows(withRows({ 3: 45 }), 96, 40), []);
  assert.deepEqual(blackRows(withRows({ 2: 200, 3: 60, 4: 200 }), 96, 40), [2, 4]);
});
