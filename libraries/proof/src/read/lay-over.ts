/**
 * Lays a scan of the front over the picture that the back holds. It begins at the mark, whose corners give place, turn
 * and scale, and goes from there over the page block by block: each block is looked for where its neighbours say, so
 * that perspective and waves of the paper are followed.
 */
import { type BitImage, isBlack } from '../bit-image.ts';
import { markPlace } from '../front-mark.ts';
import { type Affine, type Pair, similarity, through } from './affine-maps.ts';
import type { KeptFront } from './front-scan.ts';
import type { GrayImage } from './gray-image.ts';
import { likeness, type Rectangle } from './likeness.ts';
import type { Point } from './read-codes.ts';
import { type Near, sheetLie } from './sheet-lie.ts';

/** Pixels to a millimetre at which both are compared (102 dpi). */
export const perMm = 4;
const blockMm = 10;
const block = blockMm * perMm;

/** How black, 0 to 1, at `perMm`, upright. */
export type Layer = { readonly width: number; readonly height: number; readonly ink: Float32Array };

export type Overlay = {
  readonly asSigned: Layer;
  readonly asSeen: Layer;
  /** 1 where the scan shows the pixel of `asSeen`: what a picture cuts off was not seen. */
  readonly isThere: Uint8Array;
  /** Share of the inked blocks that the scan shows which were found where they should be. */
  readonly found: number;
  readonly signed: { readonly picture: BitImage; readonly dpi: number };
  /** Where places of the layer are in the scan, around each. */
  readonly lying: { readonly scan: GrayImage; readonly near: Near };
};

/** The signed picture at the resolution of the comparison, or another. */
export function layerOf(picture: BitImage, dpi: number, pixelsPerMm = perMm): Layer {
  const scale = dpi / 25.4 / pixelsPerMm;
  const [width, height] = [Math.floor(picture.width / scale), Math.floor(picture.height / scale)];
  const ink = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    const [y0, y1] = [Math.floor(y * scale), Math.max(Math.floor(y * scale) + 1, Math.floor((y + 1) * scale))];
    for (let x = 0; x < width; x++) {
      const [x0, x1] = [Math.floor(x * scale), Math.max(Math.floor(x * scale) + 1, Math.floor((x + 1) * scale))];
      let black = 0;
      for (let v = y0; v < y1; v++) for (let u = x0; u < x1; u++) if (isBlack(picture, u, v)) black++;
      ink[y * width + x] = black / ((x1 - x0) * (y1 - y0));
    }
  }
  return { width, height, ink };
}

const distance = (p: Point, q: Point) => Math.hypot(p.x - q.x, p.y - q.y);

/** The scan at layer resolution over a part of the page, by one map. `isThere`: becomes 1 where the scan reaches. */
function sampled(
  scan: GrayImage,
  map: Affine,
  left: number,
  top: number,
  width: number,
  height: number,
  isThere?: Uint8Array,
): Float32Array {
  const out = new Float32Array(width * height);
  const [a, b, c, d, e, f] = map;
  const { pixels } = scan;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [px, py] = [left + x + 0.5, top + y + 0.5];
      const [u, v] = [a * px + b * py + c - 0.5, d * px + e * py + f - 0.5];
      const [u0, v0] = [Math.floor(u), Math.floor(v)];
      if (u0 < 0 || v0 < 0 || u0 + 1 >= scan.width || v0 + 1 >= scan.height) continue;
      const [fu, fv, at] = [u - u0, v - v0, v0 * scan.width + u0];
      const upper = (pixels[at] as number) * (1 - fu) + (pixels[at + 1] as number) * fu;
      const lower = (pixels[at + scan.width] as number) * (1 - fu) + (pixels[at + scan.width + 1] as number) * fu;
      out[y * width + x] = 255 - (upper * (1 - fv) + lower * fv);
      if (isThere !== undefined) isThere[y * width + x] = 1;
    }
  }
  return out;
}

type Place = { readonly x: number; readonly y: number };

const apart = 5;

const blockAt = ({ ink, width }: Layer, x: number, y: number): Rectangle => ({ ink, at: y * width + x, stride: width });

/** A rule can be slid along itself: a block that looks the same a little further, in x or in y, holds nothing. */
function holdsFast(layer: Layer, x: number, y: number): boolean {
  const own = blockAt(layer, x, y);
  const isOther = (it: Rectangle) => likeness(own, it, block, block) < 0.7;
  return isOther(blockAt(layer, x + apart, y)) && isOther(blockAt(layer, x, y + apart));
}

/** Blocks with something to hold on to, the nearest to the mark first. */
function blocksOf(layer: Layer): Place[] {
  const places: Place[] = [];
  for (let y = block; y + block + apart <= layer.height; y += block) {
    for (let x = block; x + block + apart <= layer.width; x += block) {
      let ink = 0;
      for (let v = 0; v < block; v++)
        for (let u = 0; u < block; u++) ink += layer.ink[(y + v) * layer.width + x + u] as number;
      if (ink / block ** 2 > 0.02 && holdsFast(layer, x, y)) places.push({ x, y });
    }
  }
  const mark = {
    x: (markPlace.leftMm + markPlace.sideMm / 2) * perMm,
    y: (markPlace.topMm + markPlace.sideMm / 2) * perMm,
  };
  return places.toSorted((p, q) => distance(p, mark) - distance(q, mark));
}

type Shift = { readonly like: number; readonly dx: number; readonly dy: number };

/** Around so many of the best of every other shift the rest is looked at: writing is alike within a pixel only. */
const looked = 4;

function bestShift(layer: Layer, scan: GrayImage, map: Affine, { x, y }: Place, reach: number): Shift {
  const stride = block + 2 * reach;
  const patch = sampled(scan, map, x - reach, y - reach, stride, stride);
  const own = blockAt(layer, x, y);
  const at = (dx: number, dy: number) =>
    likeness(own, { ink: patch, at: (reach + dy) * stride + reach + dx, stride }, block, block);
  const tried: Shift[] = [];
  for (let dy = -reach; dy <= reach; dy += 2)
    for (let dx = -reach; dx <= reach; dx += 2) tried.push({ like: at(dx, dy), dx, dy });
  const first = tried.toSorted((p, q) => q.like - p.like).slice(0, looked);
  let best = first[0] as Shift;
  for (const { dx: cx, dy: cy } of first) {
    for (let dy = Math.max(-reach, cy - 1); dy <= Math.min(reach, cy + 1); dy++) {
      for (let dx = Math.max(-reach, cx - 1); dx <= Math.min(reach, cx + 1); dx++) {
        const like = at(dx, dy);
        if (like > best.like + 0.002) best = { like, dx, dy };
      }
    }
  }
  const { like, dx, dy } = best;
  if (like < enoughAlike) return best;
  const isInside = Math.abs(dx) < reach && Math.abs(dy) < reach;
  return isInside
    ? { like, dx: dx + peak(at(dx - 1, dy), like, at(dx + 1, dy)), dy: dy + peak(at(dx, dy - 1), like, at(dx, dy + 1)) }
    : best;
}

const enoughAlike = 0.5;

/** Between the pixels: where a parabola through three neighbours is highest, half a pixel away at most. */
function peak(before: number, here: number, after: number): number {
  const bend = before + after - 2 * here;
  return bend >= 0 ? 0 : Math.max(-0.5, Math.min(0.5, (before - after) / (2 * bend)));
}

/** By the mark alone. */
export const nearByMark = (scan: KeptFront): Near => {
  const map = similarity(markPairs(scan));
  return () => map;
};

/** The mark's corners: where they stand, and where they are in the scan. */
function markPairs(scan: KeptFront): readonly Pair[] {
  const { leftMm: l, topMm: t, sideMm: s } = markPlace;
  const places = [[l, t], [l + s, t], [l + s, t + s], [l, t + s]] as const; // biome-ignore format: four corners
  const at = (i: number): Point => ({ x: (places[i]?.[0] ?? 0) * perMm, y: (places[i]?.[1] ?? 0) * perMm });
  return scan.corners.map((to, i) => ({ from: at(i), to }));
}

/** Is the whole block in the scan? */
function isShown({ width, height }: GrayImage, map: Affine, { x, y }: Place): boolean {
  const corners = [[x, y], [x + block, y], [x, y + block], [x + block, y + block]] as const; // biome-ignore format: four corners
  return corners.every(([px, py]) => {
    const { x: u, y: v } = through(map, { x: px, y: py });
    return u >= 0 && v >= 0 && u < width && v < height;
  });
}

/** Layer pixels around where a block should be, even numbers: beyond an empty part of the page, and else. */
const [reachFar, reachUsual] = [20, 6];
/** At the beginning; and where a lens looks from far aside: what is not found in so many blocks is no such picture. */
const [reachFirst, reachAside, mostAside] = [10, 20, 40];
const fewFound = 24;
const far = 25 * perMm;
/** Share of the blocks from which on a sheet lies as it should. */
const wellLaid = 0.6;

type Laid = { readonly near: Near; readonly found: number };

function laid(asSigned: Layer, blocks: readonly Place[], scan: KeptFront, isAside: boolean): Laid {
  const lie = sheetLie(markPairs(scan), 297 * perMm);
  let [shown, found] = [0, 0];
  for (const place of blocks) {
    if (isAside && shown === mostAside && found < shown * wellLaid) break;
    const middle = { x: place.x + block / 2, y: place.y + block / 2 };
    const map = lie.near(middle);
    if (!isShown(scan.picture, map, place)) continue;
    shown++;
    const reach = lie.count() < fewFound ? (isAside ? reachAside : reachFirst) : lie.far(middle) > far ? reachFar : reachUsual; // biome-ignore format: one thought
    const { like, dx, dy } = bestShift(asSigned, scan.picture, map, place, reach);
    if (like < enoughAlike) continue;
    found++;
    lie.found({ from: middle, to: through(map, { x: middle.x + dx, y: middle.y + dy }) });
  }
  return { near: lie.settled(), found: shown === 0 ? 0 : found / shown };
}

function laidWell(asSigned: Layer, scan: KeptFront): Laid {
  const blocks = blocksOf(asSigned);
  const usual = laid(asSigned, blocks, scan, false);
  if (usual.found >= wellLaid) return usual;
  const aside = laid(asSigned, blocks, scan, true);
  return aside.found >= wellLaid ? aside : usual;
}

export function layOver(picture: BitImage, dpi: number, scan: KeptFront): Overlay {
  const asSigned = layerOf(picture, dpi);
  const { near, found } = laidWell(asSigned, scan);
  const isThere = new Uint8Array(asSigned.ink.length);
  return {
    asSigned,
    asSeen: straightened(asSigned, scan.picture, near, 1, isThere),
    isThere,
    found,
    signed: { picture, dpi },
    lying: { scan: scan.picture, near },
  };
}

/** Of the same scan another picture, `smaller` times as small, laid straight at `pixelsPerMm`. */
export function laidStraight({ signed, lying }: Overlay, scan: GrayImage, smaller: number, pixelsPerMm: number): Layer {
  const [width, height] = [signed.picture.width, signed.picture.height].map((it) =>
    Math.floor((it * 25.4 * pixelsPerMm) / signed.dpi),
  ) as [number, number];
  const near: Near = (at) => lying.near(at).map((it) => it / smaller) as unknown as Affine;
  return straightened({ width, height }, scan, near, pixelsPerMm / perMm);
}

/** The whole scan upright, each block by the map of its surroundings. `finer`: pixels to one of the layer. `isThere`:
 *  one byte a pixel, becomes 1 where the scan reaches. */
export function straightened(
  { width, height }: Pick<Layer, 'width' | 'height'>,
  scan: GrayImage,
  near: Near,
  finer = 1,
  isThere?: Uint8Array,
): Layer {
  const ink = new Float32Array(width * height);
  const part = block * finer;
  for (let y = 0; y < height; y += part) {
    for (let x = 0; x < width; x += part) {
      const [w, h] = [Math.min(part, width - x), Math.min(part, height - y)];
      const [a, b, c, d, e, f] = near({ x: (x + w / 2) / finer, y: (y + h / 2) / finer });
      const reached = new Uint8Array(w * h);
      const piece = sampled(scan, [a / finer, b / finer, c, d / finer, e / finer, f], x, y, w, h, reached);
      for (let v = 0; v < h; v++) {
        ink.set(piece.subarray(v * w, (v + 1) * w), (y + v) * width + x);
        isThere?.set(reached.subarray(v * w, (v + 1) * w), (y + v) * width + x);
      }
    }
  }
  return { width, height, ink };
}
