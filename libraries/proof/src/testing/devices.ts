/**
 * A printed sheet before a scanner or a telephone, both simulated: what happened to the paper, how it lies, what the
 * lens and the sensor do, and JPEG. Lengths are on the paper, so that a figure means the same at each resolution.
 */
import type { BitImage } from '../bit-image.ts';
import { printed } from '../copier/copier.ts';
import type { GrayImage } from '../read/gray-image.ts';
import { bell, blurred, kernelOf } from './blur.ts';
import { type Chance, chanceOf } from './chance.ts';
import { throughJpeg } from './jpeg-loss.ts';

/** Light that the sheet throws back, 0 to 255, not as a file writes it; `dpi` 600 or less. */
export type LitSheet = {
  readonly width: number;
  readonly height: number;
  readonly dpi: number;
  readonly light: Uint8Array;
};

export type Shot = {
  /** Of a scanner. */
  readonly dpi?: number;
  /** A telephone: its pixels, and how much of its long side the sheet fills. */
  readonly camera?: { readonly wide: number; readonly high: number; readonly fills: number };
  readonly turnDegrees?: number;
  /** How far the telephone is tilted, both ways by chance: a perspective. */
  readonly tiltDegrees?: number;
  /** Height of the waves in which the paper lies, as they move what is seen. */
  readonly wavesMm?: number;
  /** How far the lower right corner curls up, as it moves what is seen; from 80 mm around it. */
  readonly curlMm?: number;
  /** Deviation of what is out of focus. */
  readonly blurUm?: number;
  /** Length of the way that the hand moved. */
  readonly motionUm?: number;
  /** Deviation, of 255. */
  readonly noise?: number;
  /** The darkest corner loses this share of its light. */
  readonly shade?: number;
  /** What is written for ink and for paper, of 255. */
  readonly ink?: number;
  readonly paper?: number;
  readonly gamma?: number;
  /** Share of the sheet under a stain of one piece, which nothing is seen through. */
  readonly stain?: number;
  /** Share of the sheet in a band, across or along, where print is worn off. */
  readonly fold?: number;
  readonly jpeg?: number;
  readonly seed?: number;
};

/** What ink throws back. */
const inkLight = 0.059;

/** `page` at 600 dpi, printed and seen through a lens (a deviation of 30 µm); kept at 600 dpi and at 300. */
export function litSheets(page: BitImage, gain = 0.4): { readonly at600: LitSheet; readonly at300: LitSheet } {
  const { width, height, toner } = printed(page, gain);
  const white = Uint8Array.from(toner, (it) => 255 * (1 - it * (1 - inkLight)));
  const light = new Uint8Array(white.length);
  for (let y = 1; y < height - 1; y++) {
    for (let i = y * width + 1; i < (y + 1) * width - 1; i++) {
      const side = (at: number) => (white[at - 1] as number) + 2 * (white[at] as number) + (white[at + 1] as number);
      light[i] = (side(i - width) + 2 * side(i) + side(i + width)) >> 4;
    }
  }
  const [w, h] = [width >> 1, height >> 1];
  const half = new Uint8Array(w * h);
  for (let y = 0; y < h; y++) {
    for (let x = 0; x < w; x++) {
      const at = 2 * (y * width + x);
      half[y * w + x] = ((light[at] as number) + (light[at + 1] as number) + (light[at + width] as number) + (light[at + width + 1] as number)) >> 2; // biome-ignore format: one thought
    }
  }
  return { at600: { width, height, dpi: 600, light }, at300: { width: w, height: h, dpi: 300, light: half } };
}

/** A wavy disc somewhere, and a band. */
function dirtied(sheet: LitSheet, { stain = 0, fold = 0 }: Shot, chance: Chance): LitSheet {
  if (stain === 0 && fold === 0) return sheet;
  const { width, height } = sheet;
  const light = sheet.light.slice();
  const radius = Math.sqrt((stain * width * height) / Math.PI);
  const [cx, cy] = [radius + chance.next() * (width - 2 * radius), radius + chance.next() * (height - 2 * radius)];
  const [lobes, begin] = [3 + Math.floor(chance.next() * 4), chance.next() * 6];
  const reach = Math.ceil(radius * 1.3);
  for (let y = Math.max(0, Math.floor(cy - reach)); y < Math.min(height, cy + reach); y++) {
    for (let x = Math.max(0, Math.floor(cx - reach)); x < Math.min(width, cx + reach); x++) {
      const edge = radius * (1 + 0.15 * Math.sin(lobes * Math.atan2(y - cy, x - cx) + begin));
      const at = y * width + x;
      if (Math.hypot(x - cx, y - cy) < edge) light[at] = 30;
    }
  }
  const isAcross = chance.next() < 0.5;
  const band = fold * (isAcross ? height : width);
  const from = chance.next() * ((isAcross ? height : width) - band);
  const worn = (at: number, along: number) => {
    light[at] = 150 + 40 * Math.sin((along / band) * Math.PI);
  };
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const along = (isAcross ? y : x) - from;
      if (along >= 0 && along < band) worn(y * width + x, along);
    }
  return { ...sheet, light };
}

const curlReachMm = 80;

/** Where a place of the picture is on the sheet, in pixels of each: written to `at`, of which there is one. */
type Placing = {
  readonly size: readonly [number, number];
  /** How many of the sheet's pixels are one of the picture's. */
  readonly scale: number;
  readonly at: { u: number; v: number };
  find(x: number, y: number): void;
};

function placed(sheet: LitSheet, shot: Shot, chance: Chance): Placing {
  const { turnDegrees = 0, tiltDegrees = 0, wavesMm = 0, curlMm = 0, camera } = shot;
  const turn = (turnDegrees * Math.PI) / 180;
  const isUpright = Math.abs(Math.sin(turn)) < 0.7;
  const long = camera === undefined ? 0 : Math.max(camera.wide, camera.high) * camera.fills;
  const scale = camera === undefined ? sheet.dpi / (shot.dpi ?? 300) : sheet.height / long;
  const [w, h] = isUpright ? [sheet.width, sheet.height] : [sheet.height, sheet.width];
  const size: readonly [number, number] = camera === undefined ? [Math.round(w / scale), Math.round(h / scale)] : isUpright ? [camera.high, camera.wide] : [camera.wide, camera.high]; // biome-ignore format: one thought
  const tilted = () => Math.tan((chance.between(-1, 1) * tiltDegrees * Math.PI) / 180);
  // Seen from twice as far away as the sheet is high.
  const [tx, ty] = [tilted() / (2 * sheet.height), tilted() / (2 * sheet.height)];
  const perMm = sheet.dpi / 25.4;
  const [wave, curl] = [wavesMm * perMm, curlMm * perMm];
  const [cos, sin, midX, midY] = [Math.cos(turn), Math.sin(turn), size[0] / 2, size[1] / 2];
  const at = { u: 0, v: 0 };
  const find = (x: number, y: number) => {
    const [dx, dy] = [(x - midX) * scale, (y - midY) * scale];
    const depth = 1 - (tx * dx + ty * dy);
    const u = (cos * dx + sin * dy) / depth + sheet.width / 2;
    const v = (cos * dy - sin * dx) / depth + sheet.height / 2;
    at.u = wave === 0 ? u : u + wave * Math.sin((v / sheet.height) * 7);
    at.v = wave === 0 ? v : v + wave * Math.sin((u / sheet.width) * 5);
    if (curl === 0) return;
    const lifted = Math.max(0, 1 - Math.hypot(sheet.width - u, sheet.height - v) / (curlReachMm * perMm)) ** 2;
    at.u += curl * lifted;
    at.v += curl * lifted;
  };
  return { size, scale, at, find };
}

/** Of the table under the sheet. */
const table = 120;

/** Each pixel is the mean of what falls on it. */
function gathered(sheet: LitSheet, { size: [width, height], scale, at, find }: Placing): Float32Array {
  const taps = Math.max(1, Math.round(scale));
  const share = 1 / taps ** 2 / 255;
  const out = new Float32Array(width * height);
  const { width: w, height: h, light } = sheet;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (let j = 0; j < taps; j++) {
        for (let i = 0; i < taps; i++) {
          find(x + (i + 0.5) / taps, y + (j + 0.5) / taps);
          const [u, v] = [Math.floor(at.u), Math.floor(at.v)];
          sum += u < 0 || v < 0 || u >= w || v >= h ? table : (light[v * w + u] as number);
        }
      }
      out[y * width + x] = sum * share;
    }
  }
  return out;
}

/** sRGB, IEC 61966-2-1. */
const written = Float32Array.from({ length: 1_025 }, (_, i) => {
  const it = i / 1_024;
  return it <= 0.0031308 ? 12.92 * it : 1.055 * it ** (1 / 2.4) - 0.055;
});

/** What the device writes. */
export function shotOf(clean: LitSheet, shot: Shot): GrayImage {
  const { blurUm = 0, motionUm = 0, noise = 0, shade = 0, ink = 45, paper = 232, gamma = 1, jpeg, seed = 1 } = shot;
  const chance = chanceOf(seed + 17);
  const sheet = dirtied(clean, shot, chance);
  const placing = placed(sheet, shot, chance);
  const { size: [width, height], scale } = placing; // biome-ignore format: one thought
  let light: Float32Array = gathered(sheet, placing);
  const perUm = sheet.dpi / scale / 25_400;
  if (blurUm > 0) {
    const sigma = blurUm * perUm;
    const kernel = bell(sigma);
    light = blurred(blurred(light, width, height, kernel, true), width, height, kernel, false);
  }
  if (motionUm > 0) {
    const half = (motionUm * perUm) / 2;
    const kernel = kernelOf(Math.ceil(half), (i) => Math.max(0, Math.min(1, half + 0.5 - Math.abs(i))));
    light = blurred(light, width, height, kernel, chance.next() < 0.5);
  }
  const [low, high] = [written[Math.round(inkLight * 1_024)] as number, 1];
  const pixels = new Uint8Array(width * height);
  for (let i = 0, y = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const lit = (light[i] as number) * (1 - shade * ((0.6 * x) / width + (0.4 * y) / height));
      const value = written[Math.round(Math.min(1, Math.max(0, lit)) * 1_024)] as number;
      const part = Math.max(0, (value - low) / (high - low));
      // Three throws make a bell that is good enough, and quickly.
      const grain = noise === 0 ? 0 : noise * 2 * (chance.next() + chance.next() + chance.next() - 1.5);
      pixels[i] = Math.min(255, Math.max(0, ink + (paper - ink) * (gamma === 1 ? part : part ** gamma) + grain + 0.5));
    }
  }
  return jpeg === undefined ? { width, height, pixels } : throughJpeg({ width, height, pixels }, jpeg);
}
