/** Which places of the page belong to the word for sure, and which to the field around it. */
import { inWord, pageDots, usualProfile } from '../background/ground.ts';
import { markPlace } from '../front-mark.ts';
import type { Layer } from '../read/lay-over.ts';

/** Pixels to a millimetre at which the ground is measured: a stroke of the word is two millimetres wide. */
export const groundPerMm = 2;
export const unsure = 0;
export const field = 1;
export const word = 2;

/** How far a place may lie from where it is thought to be, in dots of 600 dpi (half a millimetre). */
const slack = 12;
const dotsPerPixel = 600 / 25.4 / groundPerMm;
/** Ink spreads, and a lens spreads it further: nothing is printed so many pixels around. */
const clear = 2;

let known: { readonly width: number; readonly height: number; readonly mask: Uint8Array } | undefined;

/** Every profile has the word in the same cells. */
function wordMask(width: number, height: number): Uint8Array {
  if (known?.width === width && known.height === height) return known.mask;
  const mask = new Uint8Array(width * height);
  const cell = usualProfile.large.pitch;
  const around = [-slack, 0, slack];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [cx, cy] = [(x + 0.5) * dotsPerPixel, (y + 0.5) * dotsPerPixel];
      if (cx < slack || cy < slack || cx + slack >= pageDots.width || cy + slack >= pageDots.height) continue;
      let inside = 0;
      for (const dy of around) for (const dx of around) if (inWord(cx + dx, cy + dy, cell)) inside++;
      mask[y * width + x] = inside === 9 ? word : inside === 0 ? field : unsure;
    }
  }
  known = { width, height, mask };
  return mask;
}

/** 1 where something is printed on the ground, or near. `signed`: at `perMm` of the comparison. */
export function printedMask(signed: Layer, signedPerMm: number, width: number, height: number): Uint8Array {
  const mask = new Uint8Array(width * height);
  const scale = signedPerMm / groundPerMm;
  for (let y = 0; y < signed.height; y++) {
    for (let x = 0; x < signed.width; x++) {
      if ((signed.ink[y * signed.width + x] as number) === 0) continue;
      const [u, v] = [Math.floor(x / scale), Math.floor(y / scale)];
      for (let row = Math.max(0, v - clear); row <= Math.min(height - 1, v + clear); row++)
        mask.fill(1, row * width + Math.max(0, u - clear), row * width + Math.min(width, u + clear + 1));
    }
  }
  // The mark is on the paper and not in the picture.
  const { leftMm, topMm, sideMm } = markPlace;
  const [left, top, side] = [leftMm, topMm, sideMm].map((it) => Math.round(it * groundPerMm)) as [
    number,
    number,
    number,
  ];
  for (let row = Math.max(0, top - 2 * clear); row < Math.min(height, top + side + 2 * clear); row++)
    mask.fill(1, row * width + Math.max(0, left - 2 * clear), row * width + Math.min(width, left + side + 2 * clear));
  return mask;
}

/** Of the whole page `word`, `field` or `unsure`; `unsure` where something is printed. */
export function groundMask(printed: Uint8Array, width: number, height: number): Uint8Array {
  return wordMask(width, height).map((kind, i) => (printed[i] === 1 ? unsure : kind));
}
