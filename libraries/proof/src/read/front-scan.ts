/** Of a scan that shows a front, what is needed to compare it later: it may be a long time until its back is read. */
import { markPlace } from '../front-mark.ts';
import type { GrayImage } from './gray-image.ts';
import type { Point } from './read-codes.ts';

/** Made smaller by a whole factor, so that there are 4.8 to 9.6 pixels to a millimetre; a coarser scan is as it was. */
export type KeptFront = {
  readonly picture: GrayImage;
  /** Of the mark, upper left first, clockwise as it was drawn. */
  readonly corners: readonly Point[];
};

const fewestPerMm = 4.8;

const distance = (p: Point | undefined, q: Point | undefined) =>
  p === undefined || q === undefined ? 0 : Math.hypot(p.x - q.x, p.y - q.y);

export function keepFront(scan: GrayImage, corners: readonly Point[]): KeptFront {
  const side = (distance(corners[0], corners[1]) + distance(corners[0], corners[3])) / 2;
  const factor = Math.max(1, Math.floor(side / markPlace.sideMm / fewestPerMm));
  return {
    picture: reduced(scan, factor),
    corners: corners.map(({ x, y }) => ({ x: x / factor, y: y / factor })),
  };
}

/** Smaller by a whole factor, so that a sample stands for its surroundings. */
function reduced({ width, height, pixels }: GrayImage, factor: number): GrayImage {
  const [w, h] = [Math.floor(width / factor), Math.floor(height / factor)];
  const out = new Uint8Array(w * h);
  for (let y = 0; y < h; y++) {
    for (let x = 0; x < w; x++) {
      let sum = 0;
      for (let v = 0; v < factor; v++)
        for (let u = 0; u < factor; u++) sum += pixels[(y * factor + v) * width + x * factor + u] as number;
      out[y * w + x] = sum / factor ** 2;
    }
  }
  return { width: w, height: h, pixels: out };
}
