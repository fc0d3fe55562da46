/**
 * How much darker than its surroundings the word of the ground is, in a scan of a front. A copier loses the fine dots
 * around the word and keeps the large ones in it, so that on a copy, or in a scan of one, the word is darker.
 */
import type { Layer } from '../read/lay-over.ts';
import { field, groundPerMm, word } from './word-mask.ts';

export type WordMeasure = {
  /** CIE L* of the field less that of the word, the field's being 100: 1 is what an eye just sees. */
  readonly deltaL: number;
  /** Standard error of it. */
  readonly error: number;
  /** Squares of the page that had enough of both. */
  readonly squares: number;
};

/** Shade and stains are nearly the same over a square of 15 mm, and it has strokes of the word. */
const squareMm = 15;
const square = squareMm * groundPerMm;
/** Of each kind, in pixels. */
const fewest = 25;
const marginMm = 7;
/** Of the squares' values so many are left out at both ends: seals, stains, folds. */
const leftOut = 0.2;

/** `light`: 255 less linear light, laid straight; `mask`: of the same size. Undefined: nowhere enough to measure. */
export function measureWord({ width, height, ink: dark }: Layer, mask: Uint8Array): WordMeasure | undefined {
  const edge = marginMm * groundPerMm;
  const values: number[] = [];
  for (let top = edge; top + square <= height - edge; top += square) {
    for (let left = edge; left + square <= width - edge; left += square) {
      const value = inSquare(dark, mask, width, left, top);
      if (value !== undefined) values.push(value);
    }
  }
  if (values.length < 10) return undefined;
  const drop = Math.floor(values.length * leftOut);
  const sorted = values.toSorted((a, b) => a - b);
  const kept = sorted.slice(drop, values.length - drop);
  const mean = kept.reduce((sum, it) => sum + it, 0) / kept.length;
  // Of a trimmed mean: by the values with those left out drawn in to the last that were kept (Tukey and McLaughlin 1963).
  const [low, high] = [kept[0] ?? 0, kept.at(-1) ?? 0];
  const drawnIn = sorted.map((it) => Math.min(high, Math.max(low, it)));
  const middle = drawnIn.reduce((sum, it) => sum + it, 0) / drawnIn.length;
  const spread = drawnIn.reduce((sum, it) => sum + (it - middle) ** 2, 0) / (drawnIn.length - 1);
  return { deltaL: mean, error: Math.sqrt(spread / values.length) / (1 - 2 * leftOut), squares: values.length };
}

/**
 * Least squares of light = plane + word: what a plane of shade explains is not taken for the word. The light around is
 * white.
 */
function inSquare(dark: Float32Array, mask: Uint8Array, width: number, left: number, top: number): number | undefined {
  let [inside, outside, sumIn, sumOut] = [0, 0, 0, 0];
  const [xs, ys] = [
    [0, 0],
    [0, 0],
  ] as [[number, number], [number, number]];
  let [xx, xy, yy, xl, yl] = [0, 0, 0, 0, 0];
  const middle = square / 2;
  for (let v = 0; v < square; v++) {
    for (let u = 0; u < square; u++) {
      const at = (top + v) * width + left + u;
      const kind = mask[at];
      if (kind !== word && kind !== field) continue;
      const light = 255 - (dark[at] as number);
      const [x, y] = [u - middle, v - middle];
      const isWord = kind === word ? 1 : 0;
      if (isWord === 1) {
        inside++;
        sumIn += light;
      } else {
        outside++;
        sumOut += light;
      }
      xs[isWord] += x;
      ys[isWord] += y;
      xx += x * x;
      xy += x * y;
      yy += y * y;
      xl += x * light;
      yl += y * light;
    }
  }
  if (inside < fewest || outside < fewest || sumOut === 0) return undefined;
  // Slopes within both kinds, each about its own mean.
  const within = (sum: number, [a, b]: readonly number[], [c, d]: readonly number[]) =>
    sum - ((a ?? 0) * (c ?? 0)) / outside - ((b ?? 0) * (d ?? 0)) / inside;
  const ls = [sumOut, sumIn];
  const [A, B, C] = [within(xx, xs, xs), within(xy, xs, ys), within(yy, ys, ys)];
  const [p, q] = [within(xl, xs, ls), within(yl, ys, ls)];
  const det = A * C - B * B;
  if (det <= 0) return undefined;
  const [slopeX, slopeY] = [(p * C - q * B) / det, (q * A - p * B) / det];
  const fieldLight = sumOut / outside;
  const apart =
    sumIn / inside -
    fieldLight -
    slopeX * (xs[1] / inside - xs[0] / outside) -
    slopeY * (ys[1] / inside - ys[0] / outside);
  return 116 * (1 - Math.cbrt(Math.max(0, 1 + apart / fieldLight)));
}
