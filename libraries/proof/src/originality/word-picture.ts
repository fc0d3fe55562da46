/** The ground for the eye: what is printed on it taken away, shade too, and the rest with much contrast. */
import type { GrayImage } from '../read/gray-image.ts';
import type { Layer } from '../read/lay-over.ts';
import { groundPerMm } from './word-mask.ts';

/** Three large dots and more: they are not seen one by one. */
const near = groundPerMm;
const far = 8 * groundPerMm;
/** Of linear light: what is so much darker than its surroundings is black, the same amount lighter white. */
const blackAt = 0.18;

/** Less than this of a place's surroundings is bare: nothing is said of it. */
const fewest = 5;

/** Means over squares of side 2 · reach + 1, of `values` where `counts` is 1; by sums along rows and columns. */
function means(values: Float32Array, counts: Float32Array, width: number, height: number, reach: number): Float32Array {
  const sums = [values.map((it, i) => it * (counts[i] as number)), counts].map((from) => {
    const across = slid(from, width, height, reach, 1, width);
    return slid(across, height, width, reach, width, 1);
  });
  const [total, count] = sums as [Float32Array, Float32Array];
  return total.map((it, i) => ((count[i] as number) < fewest ? Number.NaN : it / (count[i] as number)));
}

/** Sums of a sliding window along lines of `length`, `step` apart; lines are `next` apart. */
function slid(
  from: Float32Array,
  length: number,
  lines: number,
  reach: number,
  step: number,
  next: number,
): Float32Array {
  const out = new Float32Array(from.length);
  for (let line = 0; line < lines; line++) {
    const start = line * next;
    let sum = 0;
    for (let i = 0; i < Math.min(length, reach); i++) sum += from[start + i * step] as number;
    for (let i = 0; i < length; i++) {
      if (i + reach < length) sum += from[start + (i + reach) * step] as number;
      if (i - reach > 0) sum -= from[start + (i - reach - 1) * step] as number;
      out[start + i * step] = sum;
    }
  }
  return out;
}

/** `printed`: 1 where something is printed or near. */
export function wordPicture({ width, height, ink }: Layer, printed: Uint8Array): GrayImage {
  const white = new Float32Array(printed).map((it) => 1 - it);
  const light = ink.map((it) => 255 - it);
  const [fine, broad] = [near, far].map((reach) => means(light, white, width, height, reach));
  const pixels = new Uint8Array(light.length);
  for (let i = 0; i < pixels.length; i++) {
    const share = (fine?.[i] ?? Number.NaN) / (broad?.[i] ?? Number.NaN) - 1;
    pixels[i] = Number.isNaN(share) ? 170 : Math.min(255, Math.max(0, 170 + (share * 170) / blackAt));
  }
  return { width, height, pixels };
}
