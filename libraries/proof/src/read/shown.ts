/** Pictures of fronts for the eye: upright, 6 pixels to a millimetre. */
import type { KeptFront } from './front-scan.ts';
import type { GrayImage } from './gray-image.ts';
import { type Layer, layerOf, nearByMark, type Overlay, perMm, straightened } from './lay-over.ts';

const shownPerMm = 6;
/** A page that is nearly black stays dark. */
const mostDim = 160;

function gray({ width, height, ink }: Layer, most: number): GrayImage {
  const pixels = new Uint8Array(ink.length);
  for (let i = 0; i < pixels.length; i++) pixels[i] = 255 - Math.round(((ink[i] as number) * 255) / most);
  return { width, height, pixels };
}

/** As if the paper were white: a photograph in a dim room is hard to hold against black on white. */
function lightened({ width, height, ink }: Layer): Layer {
  const few = ink.filter((it, i) => it > 0 && i % 101 === 0).toSorted();
  const paper = Math.min(mostDim, few[few.length >> 1] ?? 0);
  return { width, height, ink: ink.map((it) => Math.max(0, ((it - paper) * 255) / (255 - paper))) };
}

/** Both of one size: the signed one, and the scan laid straight over it. */
export function picturesOf({ signed, lying }: Overlay): { readonly signed: GrayImage; readonly seen: GrayImage } {
  const shown = layerOf(signed.picture, signed.dpi, shownPerMm);
  const seen = straightened(shown, lying.scan, lying.near, shownPerMm / perMm);
  return { signed: gray(shown, 1), seen: gray(lightened(seen), 255) };
}

/** A front of which nothing is known but its mark: a whole sheet, upright by that alone. */
export function uprightByMark(scan: KeptFront): GrayImage {
  const size = { width: 210 * shownPerMm, height: 297 * shownPerMm };
  return gray(straightened(size, scan.picture, nearByMark(scan), shownPerMm / perMm), 255);
}
