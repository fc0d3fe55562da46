/** Paper as a scanner or a telephone sees it: turned, seen askew, out of focus, noisy, dirty. No real device was used. */
import type { GrayImage } from '../read/gray-image.ts';
import { chanceOf } from './chance.ts';

export type Scan = {
  /** Of the picture, where the paper's is 300. */
  readonly dpi?: number;
  readonly turnDegrees?: number;
  /** How far the corners are moved, as a share of the width. */
  readonly askew?: number;
  /** Waves of the paper, in millimetres. */
  readonly wavesMm?: number;
  /** Deviation of the blur, in pixels. */
  readonly blur?: number;
  /** Deviation, of 255. */
  readonly noise?: number;
  /** The darkest corner loses this share of its light. */
  readonly shade?: number;
  /** A dark square over this share of the sheet. */
  readonly stain?: number;
  /** Creases across the middle, both ways, in millimetres. */
  readonly foldMm?: number;
  readonly seed?: number;
};

const paperWhite = 232;
const inkBlack = 32;

function dirtied({ width, height, pixels }: GrayImage, { stain = 0, foldMm = 0, seed = 1 }: Scan): GrayImage {
  const out = pixels.slice();
  const chance = chanceOf(seed + 500);
  const side = Math.round(Math.sqrt(stain * width * height));
  const [left, top] = [Math.floor(chance.next() * (width - side)), Math.floor(chance.next() * (height - side))];
  for (let y = top; y < top + side; y++) out.fill(40, y * width + left, y * width + left + side);
  const fold = Math.round((foldMm * width) / 210);
  const pale = (i: number) => {
    out[i] = 130 + (out[i] as number) / 3;
  };
  for (let y = 0; y < fold; y++) for (let x = 0; x < width; x++) pale(((height >> 1) + y) * width + x);
  for (let y = 0; y < height; y++) for (let x = 0; x < fold; x++) pale(y * width + (width >> 1) + x);
  return { width, height, pixels: out };
}

/** From places of the scan to places of the paper, by the four corners (bilinear: near enough to a perspective). */
function placing(
  width: number,
  height: number,
  w: number,
  h: number,
  { turnDegrees = 0, askew = 0, wavesMm = 0, seed = 1 }: Scan,
) {
  const chance = chanceOf(seed);
  const corners = [0, 1, 2, 3].map(
    () => [chance.between(-askew, askew) * w, chance.between(-askew, askew) * w] as const,
  );
  const [cos, sin] = [Math.cos((turnDegrees * Math.PI) / 180), Math.sin((turnDegrees * Math.PI) / 180)];
  const wave = (wavesMm * width) / 210;
  return (x: number, y: number): readonly [number, number] => {
    const [s, t] = [x / w, y / h];
    const mix = (k: 0 | 1) =>
      (1 - s) * (1 - t) * (corners[0]?.[k] ?? 0) +
      s * (1 - t) * (corners[1]?.[k] ?? 0) +
      s * t * (corners[2]?.[k] ?? 0) +
      (1 - s) * t * (corners[3]?.[k] ?? 0);
    const [dx, dy] = [x + mix(0) - w / 2, y + mix(1) - h / 2];
    const u = (cos * dx + sin * dy) * (width / w) + width / 2;
    const v = (-sin * dx + cos * dy) * (height / h) + height / 2;
    return [u + wave * Math.sin((v / height) * 7), v + wave * Math.sin((u / width) * 5)];
  };
}

function blurred({ width, height, pixels }: GrayImage, deviation: number): GrayImage {
  if (deviation === 0) return { width, height, pixels };
  const reach = Math.ceil(deviation * 2.5);
  const weights = Array.from({ length: 2 * reach + 1 }, (_, i) => Math.exp(-((i - reach) ** 2) / (2 * deviation ** 2)));
  const sum = weights.reduce((a, b) => a + b, 0);
  const kernel = Float32Array.from(weights, (it) => it / sum);
  const wide = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let value = 0;
      for (let i = -reach; i <= reach; i++)
        value +=
          (kernel[i + reach] as number) * (pixels[y * width + Math.min(width - 1, Math.max(0, x + i))] as number);
      wide[y * width + x] = value;
    }
  }
  const out = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let value = 0;
      for (let i = -reach; i <= reach; i++)
        value += (kernel[i + reach] as number) * (wide[Math.min(height - 1, Math.max(0, y + i)) * width + x] as number);
      out[y * width + x] = value;
    }
  }
  return { width, height, pixels: out };
}

/** `paper`: 300 dpi, ink 0 and paper 255. */
export function scanned(paper: GrayImage, scan: Scan): GrayImage {
  const { dpi = 300, blur = 0, noise = 0, shade = 0, seed = 1 } = scan;
  const dirty = dirtied(paper, scan);
  const [width, height] = [Math.round((paper.width * dpi) / 300), Math.round((paper.height * dpi) / 300)];
  const place = placing(paper.width, paper.height, width, height, scan);
  const pixels = new Uint8Array(width * height);
  const taps = dpi < 300 ? [0.25, 0.75] : [0.5];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (const dy of taps) for (const dx of taps) sum += at(dirty, ...place(x + dx, y + dy));
      pixels[y * width + x] = sum / taps.length ** 2;
    }
  }
  const seen = blurred({ width, height, pixels }, blur);
  const chance = chanceOf(seed + 900);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      const light = 1 - shade * (0.6 * (x / width) + 0.4 * (y / height));
      // Three throws make a bell that is good enough, and quickly.
      const grain = noise === 0 ? 0 : noise * 2 * (chance.next() + chance.next() + chance.next() - 1.5);
      const value = (inkBlack + ((paperWhite - inkBlack) * (seen.pixels[i] as number)) / 255) * light + grain;
      seen.pixels[i] = Math.min(255, Math.max(0, value));
    }
  }
  return seen;
}

function at({ width, height, pixels }: GrayImage, x: number, y: number): number {
  const [u, v] = [x - 0.5, y - 0.5];
  const [u0, v0] = [Math.floor(u), Math.floor(v)];
  if (u0 < 0 || v0 < 0 || u0 + 1 >= width || v0 + 1 >= height) return 240;
  const [fu, fv, i] = [u - u0, v - v0, v0 * width + u0];
  const upper = (pixels[i] as number) * (1 - fu) + (pixels[i + 1] as number) * fu;
  const lower = (pixels[i + width] as number) * (1 - fu) + (pixels[i + width + 1] as number) * fu;
  return upper * (1 - fv) + lower * fv;
}
