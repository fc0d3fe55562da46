/** What a person who holds a camera wants to hear: more light, closer, further back, still. */
import { markPlace } from '../front-mark.ts';
import type { GrayImage } from './gray-image.ts';
import type { Point } from './read-codes.ts';

export type FrontQuality = {
  readonly pixelsPerMm: number;
  /** All of the sheet is in the picture, as far as its mark tells. */
  readonly isWhole: boolean;
  /** The sheet’s longer way across the picture, 1: from edge to edge. */
  readonly fills: number;
  readonly isSharp: boolean;
};

const sheet = { widthMm: 210, heightMm: 297 } as const;
/** The mark is small: how far it is off at the other end of the sheet, as a share of the picture. */
const slack = 0.03;
/** Half of the way over which an edge is measured. */
const edgeMm = 0.17;
/** Share of the mark’s contrast that its edges go through within `2 × edgeMm`. */
const sharpFrom = 0.6;

/** Every so manieth pixel each way says how light a picture is. */
const stride = 7;
const darkBelow = 70;

/** Paper in it would be lighter: nine of ten pixels are darker than this. */
export function isTooDark({ width, height, pixels }: GrayImage): boolean {
  const seen: number[] = [];
  for (let y = 0; y < height; y += stride)
    for (let x = 0; x < width; x += stride) seen.push(pixels[y * width + x] as number);
  return quantile(Uint8Array.from(seen), 0.9) < darkBelow;
}

function quantile(values: Uint8Array, share: number): number {
  return values.toSorted()[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;
}

type Corners = readonly [Point, Point, Point, Point];

/** `corners`: of the front’s mark, upper left first, clockwise as it was drawn. */
export function frontQuality(picture: GrayImage, corners: Corners): FrontQuality {
  const [a, b, c, d] = corners;
  const { leftMm, topMm, sideMm } = markPlace;
  // A step of a millimetre to the right on the sheet, and one down.
  const right = { x: (b.x - a.x + c.x - d.x) / 2 / sideMm, y: (b.y - a.y + c.y - d.y) / 2 / sideMm };
  const down = { x: (d.x - a.x + c.x - b.x) / 2 / sideMm, y: (d.y - a.y + c.y - b.y) / 2 / sideMm };
  const middle = { x: (a.x + b.x + c.x + d.x) / 4, y: (a.y + b.y + c.y + d.y) / 4 };
  const at = (xMm: number, yMm: number): Point => {
    const [x, y] = [xMm - leftMm - sideMm / 2, yMm - topMm - sideMm / 2];
    return { x: middle.x + right.x * x + down.x * y, y: middle.y + right.y * x + down.y * y };
  };
  const { widthMm, heightMm } = sheet;
  const ends = [at(0, 0), at(widthMm, 0), at(widthMm, heightMm), at(0, heightMm)];
  const { width, height } = picture;
  const isIn = ({ x, y }: Point) =>
    x > -slack * width && x < (1 + slack) * width && y > -slack * height && y < (1 + slack) * height;
  const across = (of: (point: Point) => number) => Math.max(...ends.map(of)) - Math.min(...ends.map(of));
  const pixelsPerMm = (Math.hypot(right.x, right.y) + Math.hypot(down.x, down.y)) / 2;
  return {
    pixelsPerMm,
    isWhole: ends.every(isIn),
    fills: Math.max(across(({ x }) => x) / width, across(({ y }) => y) / height),
    isSharp: edgesOf(picture, corners, Math.max(1, Math.round(pixelsPerMm * edgeMm))) >= sharpFrom,
  };
}

/** How much of the contrast within the mark an edge goes through over `2 × reach` pixels. */
function edgesOf({ width, height, pixels }: GrayImage, corners: Corners, reach: number): number {
  const [xs, ys] = [corners.map(({ x }) => x), corners.map(({ y }) => y)];
  const from = (values: readonly number[]) => Math.max(reach, Math.floor(Math.min(...values)));
  const to = (values: readonly number[], end: number) => Math.min(end - reach, Math.ceil(Math.max(...values)));
  const [values, steps]: [number[], number[]] = [[], []];
  const at = (x: number, y: number) => pixels[y * width + x] as number;
  for (let y = from(ys); y < to(ys, height); y++) {
    for (let x = from(xs); x < to(xs, width); x++) {
      values.push(at(x, y));
      const [dx, dy] = [at(x + reach, y) - at(x - reach, y), at(x, y + reach) - at(x, y - reach)];
      steps.push(Math.max(Math.abs(dx), Math.abs(dy)));
    }
  }
  const light = Uint8Array.from(values);
  const contrast = quantile(light, 0.95) - quantile(light, 0.05);
  return contrast <= 0 ? 0 : quantile(Uint8Array.from(steps), 0.85) / contrast;
}
