/** How much the word shows in each field of a calibration sheet that lies straight. */
import { inWord } from '../background/ground.ts';
import { measureWord, type WordMeasure } from '../originality/measure-word.ts';
import { field, groundPerMm, unsure, word } from '../originality/word-mask.ts';
import { wordPicture } from '../originality/word-picture.ts';
import type { GrayImage } from '../read/gray-image.ts';
import type { Layer } from '../read/lay-over.ts';
import { cellDots, dotsPerMm, fieldDots, type SheetLayout } from './sheet-layout.ts';

export type FieldReading = {
  readonly profile: string;
  /** CIE L*: how much darker the word is than its field. Less than 0: lighter. */
  readonly deltaL: number;
  /** Standard error of it. */
  readonly error: number;
  /** How much darker than bare paper the field of fine dots is: on a copy, which loses them, nothing. */
  readonly tone: number;
  /** For the eye: 2 pixels a millimetre, with much contrast. */
  readonly picture: GrayImage;
};

/** `measureWord` leaves so much out at the edges: the field is cut out with as much around it. */
const around = 7 * groundPerMm;
const perPixel = dotsPerMm / groundPerMm;
/** How far a place may lie from where it is thought to be, in dots (half a millimetre). */
const slack = 12;
/** Of bare paper beside a field: from where to where, in pixels. */
const bare = { from: 2, to: 7 } as const;

function cutOut({ width, height, ink }: Layer, left: number, top: number, w: number, h: number): Layer {
  const out = new Float32Array(w * h);
  for (let y = 0; y < h; y++) {
    for (let x = 0; x < w; x++) {
      const [u, v] = [left + x, top + y];
      if (u >= 0 && v >= 0 && u < width && v < height) out[y * w + x] = ink[v * width + u] as number;
    }
  }
  return { width: w, height: h, ink: out };
}

/** `word`, `field` or `unsure`, from the field's corner on. `startX`, `startY`: of the cut, in dots from that corner. */
function maskOf(layout: SheetLayout, startX: number, startY: number, w: number, h: number): Uint8Array {
  const { width, height } = fieldDots(layout);
  const [fromX, fromY] = [layout.cells.fromX * cellDots, layout.cells.fromY * cellDots];
  const near = [-slack, 0, slack];
  const mask = new Uint8Array(w * h).fill(unsure);
  for (let y = 0; y < h; y++) {
    for (let x = 0; x < w; x++) {
      const [cx, cy] = [startX + (x + 0.5) * perPixel, startY + (y + 0.5) * perPixel];
      if (cx < slack || cy < slack || cx + slack >= width || cy + slack >= height) continue;
      let inside = 0;
      for (const dy of near) for (const dx of near) if (inWord(fromX + cx + dx, fromY + cy + dy, cellDots)) inside++;
      mask[y * w + x] = inside === 9 ? word : inside === 0 ? field : unsure;
    }
  }
  return mask;
}

function meanLight({ ink }: Layer, isOf: (i: number) => boolean): number {
  let [sum, count] = [0, 0];
  for (let i = 0; i < ink.length; i++) {
    if (!isOf(i)) continue;
    sum += 255 - (ink[i] as number);
    count++;
  }
  return count === 0 ? Number.NaN : sum / count;
}

/** Undefined: one of them cannot be measured. */
export function measureFields(dark: Layer, layout: SheetLayout): readonly FieldReading[] | undefined {
  const { width, height } = fieldDots(layout);
  const [w, h] = [width, height].map((it) => Math.ceil(it / perPixel) + 2 * around) as [number, number];
  const readings = layout.fields.map(({ profile, left, top }) => {
    const [x, y] = [Math.floor(left / perPixel) - around, Math.floor(top / perPixel) - around];
    const cut = cutOut(dark, x, y, w, h);
    const mask = maskOf(layout, x * perPixel - left, y * perPixel - top, w, h);
    const measure: WordMeasure | undefined = measureWord(cut, mask);
    if (measure === undefined) return undefined;
    const isBeside = (i: number) => {
      const [u, v] = [i % w, Math.floor(i / w)];
      const out = u < w / 2 ? around - u : u - (w - around) + 1;
      return out > bare.from && out <= bare.to && v > around && v < h - around;
    };
    const ratio = meanLight(cut, (i) => mask[i] === field) / meanLight(cut, isBeside);
    const inner = cutOut(cut, around, around, w - 2 * around, h - 2 * around);
    return {
      profile: profile.name,
      deltaL: measure.deltaL,
      error: measure.error,
      tone: 116 * (1 - Math.cbrt(ratio)),
      picture: wordPicture(inner, new Uint8Array(inner.ink.length)),
    };
  });
  const all = readings.filter((it) => it !== undefined);
  return all.length === readings.length ? all : undefined;
}
