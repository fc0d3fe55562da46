/** Upper parts of fronts with their ground, printed, copied and scanned by the simulated devices. */
import { drawGround, type GroundProfile } from '../background/ground.ts';
import { type BitImage, isBlack, packed, unpacked } from '../bit-image.ts';
import { type printed, seen } from '../copier/copier.ts';
import { drawMark, markPlace } from '../front-mark.ts';
import type { GrayImage } from '../read/gray-image.ts';
import type { Point } from '../read/read-codes.ts';
import { chanceOf } from './chance.ts';
import { pageLike } from './page-like.ts';

const dotsPerMm = 600 / 25.4;
/** A third of the sheet, at 150 dpi: what is signed. */
export const signedPart = { dpi: 150, picture: pageLike(3, 1_240, 585) } as const;
const dots = 4;

/** At 600 dpi. */
export function frontOnGround(profile: GroundProfile): BitImage {
  const { picture } = signedPart;
  const [width, height] = [picture.width * dots, picture.height * dots];
  const ground = drawGround(profile);
  const mark = drawMark('0123456789ABCDEF');
  const [left, top] = [Math.round(markPlace.leftMm * dotsPerMm), Math.round(markPlace.topMm * dotsPerMm)];
  const text = unpacked(picture);
  const pixels = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const v = Math.floor((y - top) / 12);
    for (let x = 0; x < width; x++) {
      const u = Math.floor((x - left) / 12);
      const isOfMark = u >= 0 && v >= 0 && u < mark.width && v < mark.height && isBlack(mark, u, v);
      const isOfText = text[Math.floor(y / dots) * picture.width + Math.floor(x / dots)] === 1;
      if (isOfMark || isOfText || isBlack(ground, x, y)) pixels[y * width + x] = 1;
    }
  }
  return packed(width, height, pixels);
}

export type Scanner = {
  readonly dpi: 200 | 300 | 600;
  /** Of linear light, what paper gives back. */
  readonly white?: number;
  /** The far corner loses this share of its light. */
  readonly shade?: number;
  /** Deviation, of 255. */
  readonly noise?: number;
  /** Black and white only. */
  readonly bilevel?: boolean;
};

const steps = 4_096;
const encoded = Float32Array.from({ length: steps + 1 }, (_, i) => {
  const light = i / steps;
  return 255 * (light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055);
});

/** sRGB (IEC 61966-2-1), of 255, of light from 0 to 1. */
export const written = (light: number): number => encoded[Math.round(light * steps)] as number;

/** Of a printed front. sRGB, as scanners write; and where the mark's corners are. */
export function scanOf(
  paper: ReturnType<typeof printed>,
  { dpi, white = 0.82, shade = 0.15, noise = 3, bilevel = false }: Scanner,
): { readonly picture: GrayImage; readonly corners: readonly Point[] } {
  const { width, height, light } = seen(paper, dpi);
  const chance = chanceOf(dpi);
  const pixels = new Uint8Array(light.length);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const shaded = (light[i] as number) * white * (1 - shade * (0.6 * (x / width) + 0.4 * (y / height)));
      const grain = noise * 2 * (chance.next() + chance.next() + chance.next() - 1.5);
      const value = written(Math.min(1, shaded)) + grain;
      pixels[i] = bilevel ? (value < 128 ? 0 : 255) : Math.min(255, Math.max(0, Math.round(value)));
    }
  }
  const [l, t, s] = [markPlace.leftMm, markPlace.topMm, markPlace.sideMm].map((it) => (it * dpi) / 25.4) as [
    number,
    number,
    number,
  ];
  return {
    picture: { width, height, pixels },
    corners: [
      { x: l, y: t },
      { x: l + s, y: t },
      { x: l + s, y: t + s },
      { x: l, y: t + s },
    ],
  };
}
