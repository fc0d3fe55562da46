/** Paper as a scanner or a telephone sees it: turned, seen askew, out of focus, noisy, dirty. No real device was used. */
import type { GrayImage } from '../read/gray-image.ts';
import { bell, blurred } from './blur.ts';
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

/** A place on the paper, in its pixels. */
type Place = { u: number; v: number };

/** From places of the scan to places of the paper, by the four corners (bilinear: near enough to a perspective). */
function placing(paper: GrayImage, w: number, h: number, { turnDegrees = 0, askew = 0, wavesMm = 0, seed = 1 }: Scan) {
  const { width, height } = paper;
  const chance = chanceOf(seed);
  const moved = Array.from({ length: 8 }, () => chance.between(-askew, askew) * w);
  const [ax = 0, ay = 0, bx = 0, by = 0, cx = 0, cy = 0, dx = 0, dy = 0] = moved;
  const [cos, sin] = [Math.cos((turnDegrees * Math.PI) / 180), Math.sin((turnDegrees * Math.PI) / 180)];
  const wave = (wavesMm * width) / 210;
  return (x: number, y: number, to: Place) => {
    const [s, t] = [x / w, y / h];
    const [p, q, r, o] = [(1 - s) * (1 - t), s * (1 - t), s * t, (1 - s) * t];
    const fromX = x - w / 2 + p * ax + q * bx + r * cx + o * dx;
    const fromY = y - h / 2 + p * ay + q * by + r * cy + o * dy;
    const u = (cos * fromX + sin * fromY) * (width / w) + width / 2;
    const v = (-sin * fromX + cos * fromY) * (height / h) + height / 2;
    to.u = wave === 0 ? u : u + wave * Math.sin((v / height) * 7);
    to.v = wave === 0 ? v : v + wave * Math.sin((u / width) * 5);
  };
}

/** What falls on each pixel of the scan, 0 to 255. */
function gathered(paper: GrayImage, width: number, height: number, scan: Scan): Float32Array {
  const find = placing(paper, width, height, scan);
  const taps = (scan.dpi ?? 300) < 300 ? [0.25, 0.75] : [0.5];
  const place: Place = { u: 0, v: 0 };
  const out = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (const dy of taps) {
        for (const dx of taps) {
          find(x + dx, y + dy, place);
          sum += at(paper, place.u, place.v);
        }
      }
      out[y * width + x] = sum / taps.length ** 2;
    }
  }
  return out;
}

/** `paper`: 300 dpi, ink 0 and paper 255. */
export function scanned(paper: GrayImage, scan: Scan): GrayImage {
  const { dpi = 300, blur = 0, noise = 0, shade = 0, seed = 1 } = scan;
  const [width, height] = [Math.round((paper.width * dpi) / 300), Math.round((paper.height * dpi) / 300)];
  let seen = gathered(dirtied(paper, scan), width, height, scan);
  if (blur > 0) {
    const kernel = bell(blur);
    seen = blurred(blurred(seen, width, height, kernel, true), width, height, kernel, false);
  }
  const chance = chanceOf(seed + 900);
  const pixels = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      const light = 1 - shade * (0.6 * (x / width) + 0.4 * (y / height));
      // Three throws make a bell that is good enough, and quickly.
      const grain = noise === 0 ? 0 : noise * 2 * (chance.next() + chance.next() + chance.next() - 1.5);
      const value = (inkBlack + ((paperWhite - inkBlack) * (seen[i] as number)) / 255) * light + grain;
      pixels[i] = Math.min(255, Math.max(0, value));
    }
  }
  return { width, height, pixels };
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
