/** Of a scan that shows a front, what is needed to compare it later: it may be a long time until its back is read. */
import { markPlace } from '../front-mark.ts';
import type { GrayImage } from './gray-image.ts';
import type { Point } from './read-codes.ts';

/** Made smaller by a whole factor, so that there are 4.8 to 9.6 pixels to a millimetre; a coarser scan is as it was. */
export type KeptFront = {
  readonly picture: GrayImage;
  /** Of the mark, upper left first, clockwise as it was drawn. */
  readonly corners: readonly Point[];
  /** For what a copier does to the ground. */
  readonly light: FrontLight;
};

export type FrontLight = {
  /** Not as it was written but as it shone: means of linear light, half the size of `picture`. */
  readonly picture: GrayImage;
  readonly dpi: number;
  /** Share of pixels that are as white as can be. */
  readonly clipped: number;
  /** What half of the pixels are no lighter than: paper, 0 to 255 as written. */
  readonly paper: number;
};

/** How many times `light` is smaller than the picture. */
export const lightSmaller = 2;

const fewestPerMm = 4.8;

const distance = (p: Point | undefined, q: Point | undefined) =>
  p === undefined || q === undefined ? 0 : Math.hypot(p.x - q.x, p.y - q.y);

export function keepFront(scan: GrayImage, corners: readonly Point[]): KeptFront {
  const side = (distance(corners[0], corners[1]) + distance(corners[0], corners[3])) / 2;
  const factor = Math.max(1, Math.floor(side / markPlace.sideMm / fewestPerMm));
  return {
    picture: reduced(scan, factor),
    corners: corners.map(({ x, y }) => ({ x: x / factor, y: y / factor })),
    light: lightOf(scan, factor * lightSmaller, (side / markPlace.sideMm) * 25.4),
  };
}

/** sRGB (IEC 61966-2-1), which scanners and cameras write: a mean of what is written is not what an eye sees. */
export const linearLight = Float32Array.from({ length: 256 }, (_, i) => {
  const value = i / 255;
  return 255 * (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
});
const asWhiteAsCanBe = 253;
const asBlackAsCanBe = 2;
/** A row in so many says how its values are spread. */
const rowsLookedAt = 5;

export type Spread = Pick<FrontLight, 'clipped' | 'paper'> & {
  /** Share of pixels that are neither black nor white. */
  readonly between: number;
};

/** How the values of a scan are spread. */
export function spreadOf(scan: GrayImage): Spread {
  const counts = new Float64Array(256);
  for (let y = 0; y < scan.height; y += rowsLookedAt) {
    for (let at = y * scan.width; at < (y + 1) * scan.width; at++) {
      const value = scan.pixels[at] as number;
      counts[value] = (counts[value] as number) + 1;
    }
  }
  const all = counts.reduce((sum, it) => sum + it, 0);
  let [paper, below] = [0, 0];
  while (paper < 255 && below + (counts[paper] as number) < all / 2) below += counts[paper++] as number;
  const share = (from: number, to: number) => counts.subarray(from, to).reduce((sum, it) => sum + it, 0) / all;
  return { clipped: share(asWhiteAsCanBe, 256), paper, between: share(asBlackAsCanBe + 1, asWhiteAsCanBe) };
}

function lightOf(scan: GrayImage, factor: number, dpi: number): FrontLight {
  const { clipped, paper } = spreadOf(scan);
  return { picture: reduced(scan, factor, linearLight), dpi, clipped, paper };
}

/** Smaller by a whole factor, so that a sample stands for its surroundings. `values`: what a pixel counts as. */
function reduced({ width, height, pixels }: GrayImage, factor: number, values?: Float32Array): GrayImage {
  const [w, h] = [Math.floor(width / factor), Math.floor(height / factor)];
  const out = new Uint8Array(w * h);
  for (let y = 0; y < h; y++) {
    for (let x = 0; x < w; x++) {
      let sum = 0;
      for (let v = 0; v < factor; v++) {
        const from = (y * factor + v) * width + x * factor;
        if (values === undefined) for (let i = from; i < from + factor; i++) sum += pixels[i] as number;
        else for (let i = from; i < from + factor; i++) sum += values[pixels[i] as number] as number;
      }
      out[y * w + x] = sum / factor ** 2;
    }
  }
  return { width: w, height: h, pixels: out };
}
