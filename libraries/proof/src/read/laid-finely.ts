/**
 * A scan laid over the signed picture once more, at the picture's own resolution. What `layOver` knows of the blocks is
 * right to half a pixel of 150 dpi; characters are told apart by strokes of one. So a mesh of places every 5 mm is moved
 * until what is around each fits best (least squares in place, gain and ground: Lucas and Kanade 1981), which takes
 * whatever ink is there and not whole blocks, and slides nothing along a rule.
 */
import { unpacked } from '../bit-image.ts';
import type { Affine } from './affine-maps.ts';
import type { GrayImage } from './gray-image.ts';
import { type Layer, type Overlay, perMm } from './lay-over.ts';
import { solveSymmetric } from './least-squares.ts';

export type LaidFinely = {
  /** 1 where the picture is black. */
  readonly signed: Layer;
  /** How dark the scan is, 0 to 1 from paper to ink as far as is known; only near ink of the signed picture. */
  readonly seen: Layer;
  readonly pixelsPerMm: number;
  /** Does the scan lie as the picture does, around a pixel of it? Where not, nothing fine can be said. */
  fits(x: number, y: number): boolean;
};

const meshMm = 5;
/** Of a pixel, in a round. */
const mostMoved = 1;
/** Bells over the picture, round by round, in pixels: a wide one is found from further away. */
const softenings = [2.5, 1.2] as const;
/** Nothing nearer to the edge is looked at: what a printer leaves white. */
export const edgeMm = 7;
/** Share of what is seen around a place that the signed picture explains: on sheets as issued 0.32 or more, half of it
 *  0.6 to 0.75. Less, or much less than elsewhere on the sheet: the scan does not lie there as it should. */
const leastExplained = 0.3;
const shareOfUsual = 0.6;

type Mesh = {
  readonly columns: number;
  readonly rows: number;
  /** Pixels of the picture from place to place. */
  readonly step: number;
  /** Of each place: where it is in the scan. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** And what a pixel of the picture is there in the scan: a, b of x; a, b of y. */
  readonly unit: Float64Array;
};

function meshOver({ asSigned, signed: { picture, dpi }, lying }: Overlay): Mesh {
  const perPixel = (perMm * 25.4) / dpi;
  const step = Math.round((meshMm * dpi) / 25.4);
  const [columns, rows] = [Math.ceil(picture.width / step) + 1, Math.ceil(picture.height / step) + 1];
  const mesh: Mesh = {
    ...{ columns, rows, step },
    x: new Float64Array(columns * rows),
    y: new Float64Array(columns * rows),
    unit: new Float64Array(4 * columns * rows),
  };
  // The layer's pixels begin where a whole pixel of the picture does: half of one too early in the mean.
  const early = asSigned.width < picture.width ? 0.5 : 0;
  const mapOf = new Map<string, Affine>();
  for (let i = 0; i < columns * rows; i++) {
    const [row, column] = [Math.floor(i / columns), i % columns];
    const at = { x: column * step * perPixel, y: row * step * perPixel };
    // One map for four places: it costs more than all that is done with it.
    const key = `${row >> 1} ${column >> 1}`;
    const map = mapOf.get(key) ?? lying.near(at);
    mapOf.set(key, map);
    const [a, b, c, d, e, f] = map;
    const unit = [a * perPixel, b * perPixel, d * perPixel, e * perPixel] as const;
    mesh.unit.set(unit, 4 * i);
    mesh.x[i] = a * at.x + b * at.y + c + early * (unit[0] + unit[1]);
    mesh.y[i] = d * at.x + e * at.y + f + early * (unit[2] + unit[3]);
  }
  return mesh;
}

/** Darkness at each pixel of the picture that is wanted, 0 to 255. */
function sampled(scan: GrayImage, mesh: Mesh, wanted: Uint8Array, width: number, height: number): Float32Array {
  const out = new Float32Array(width * height);
  const { columns, step, x: mx, y: my } = mesh;
  const { pixels, width: wide } = scan;
  for (let y = 0; y < height; y++) {
    const row = Math.floor(y / step);
    const fy = (y - row * step + 0.5) / step;
    for (let x = 0; x < width; x++) {
      if (wanted[y * width + x] === 0) continue;
      const column = Math.floor(x / step);
      const fx = (x - column * step + 0.5) / step;
      const i = row * columns + column;
      const u = between(mx, i, columns, fx, fy) - 0.5;
      const v = between(my, i, columns, fx, fy) - 0.5;
      const [u0, v0] = [Math.floor(u), Math.floor(v)];
      if (u0 < 0 || v0 < 0 || u0 + 1 >= wide || v0 + 1 >= scan.height) continue;
      const [fu, fv, at] = [u - u0, v - v0, v0 * wide + u0];
      const upper = (pixels[at] as number) * (1 - fu) + (pixels[at + 1] as number) * fu;
      const lower = (pixels[at + wide] as number) * (1 - fu) + (pixels[at + wide + 1] as number) * fu;
      out[y * width + x] = 255 - (upper * (1 - fv) + lower * fv);
    }
  }
  return out;
}

function between(values: Float64Array, i: number, columns: number, fx: number, fy: number): number {
  const upper = (values[i] as number) * (1 - fx) + (values[i + 1] as number) * fx;
  const lower = (values[i + columns] as number) * (1 - fx) + (values[i + columns + 1] as number) * fx;
  return upper * (1 - fy) + lower * fy;
}

/** Sums of the least squares of a square of the mesh: p, its slopes and 1 against each other and against what is seen. */
const terms = 15;

function sumsOf(soft: Layer, seen: Float32Array, wanted: Uint8Array, mesh: Mesh, edge: number): Float64Array {
  const { width, height } = soft;
  const { columns, rows, step } = mesh;
  const sums = new Float64Array(columns * rows * terms);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const [top, left] = [Math.max(edge, row * step), Math.max(edge, column * step)];
      const [bottom, right] = [Math.min(height - edge, (row + 1) * step), Math.min(width - edge, (column + 1) * step)];
      const part = sumsOfSquare(soft, seen, wanted, top, left, bottom, right);
      if (part !== undefined) sums.set(part, (row * columns + column) * terms);
    }
  }
  return sums;
}

function sumsOfSquare(
  { width, ink }: Layer,
  seen: Float32Array,
  wanted: Uint8Array,
  top: number,
  left: number,
  bottom: number,
  right: number,
): readonly number[] | undefined {
  let [pp, pgx, xx, pgy, xy, yy, sp, sx, sy, n, pz, xz, yz, sz, zz] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
  for (let y = top; y < bottom; y++) {
    for (let i = y * width + left; i < y * width + right; i++) {
      if (wanted[i] === 0) continue;
      const p = ink[i] as number;
      const gx = ((ink[i + 1] as number) - (ink[i - 1] as number)) / 2;
      const gy = ((ink[i + width] as number) - (ink[i - width] as number)) / 2;
      const z = seen[i] as number;
      pp += p * p;
      pgx += p * gx;
      xx += gx * gx;
      pgy += p * gy;
      xy += gx * gy;
      yy += gy * gy;
      sp += p;
      sx += gx;
      sy += gy;
      n++;
      pz += p * z;
      xz += gx * z;
      yz += gy * z;
      sz += z;
      zz += z * z;
    }
  }
  return n === 0 ? undefined : [pp, pgx, xx, pgy, xy, yy, sp, sx, sy, n, pz, xz, yz, sz, zz];
}

/** Squares within 10 mm; the four that touch the place count most. */
function around(sums: Float64Array, { columns, rows }: Mesh, row: number, column: number): Float64Array {
  const out = new Float64Array(terms);
  for (let r = Math.max(0, row - 2); r < Math.min(rows, row + 2); r++) {
    for (let c = Math.max(0, column - 2); c < Math.min(columns, column + 2); c++) {
      const isNear = (it: number, place: number) => it === place || it === place - 1;
      const weight = (isNear(r, row) ? 1 : 0.35) * (isNear(c, column) ? 1 : 0.35);
      for (let k = 0; k < terms; k++)
        out[k] = (out[k] as number) + weight * (sums[(r * columns + c) * terms + k] as number);
    }
  }
  return out;
}

const enoughInk = 8;
/** As much as the slopes of a stroke of 1 mm: a place with less to hold on to stays where it is. */
const damping = 0.8;

type Fit = {
  readonly dx: number;
  readonly dy: number;
  readonly gain: number;
  readonly ground: number;
  readonly explained: number;
};

function fitOf(s: Float64Array): Fit | undefined {
  const [pp = 0, pgx = 0, xx = 0, pgy = 0, xy = 0, yy = 0, p = 0, gx = 0, gy = 0, n = 0, pz = 0, xz = 0, yz = 0, z = 0, zz = 0] = s; // biome-ignore format: one list
  if (pp < enoughInk) return undefined;
  const matrix = [[pp, pgx, pgy, p], [pgx, xx + damping, xy, gx], [pgy, xy, yy + damping, gy], [p, gx, gy, n]]; // biome-ignore format: a square
  const [gain = 0, ax = 0, ay = 0, ground = 0] = solveSymmetric(matrix, [pz, xz, yz, z]);
  const all = zz - (z * z) / n;
  if (gain <= 0 || all <= 0) return undefined;
  const within = (it: number) => Math.max(-mostMoved, Math.min(mostMoved, it));
  const left = zz - (gain * pz + ax * xz + ay * yz + ground * z);
  return { dx: within(-ax / gain), dy: within(-ay / gain), gain, ground, explained: 1 - left / all };
}

/** Each place moved to where it fits best; one without ink as its neighbours are. */
function moved(mesh: Mesh, fits: readonly (Fit | undefined)[]): void {
  const { columns, rows } = mesh;
  const [dx, dy] = [new Float64Array(fits.length), new Float64Array(fits.length)];
  for (const [i, fit] of fits.entries()) [dx[i], dy[i]] = [fit?.dx ?? 0, fit?.dy ?? 0];
  for (let round = 0; round < 20; round++) {
    for (const [i, fit] of fits.entries()) {
      if (fit !== undefined) continue;
      const [row, column] = [Math.floor(i / columns), i % columns];
      const beside = [row > 0 ? i - columns : i, row + 1 < rows ? i + columns : i, column > 0 ? i - 1 : i, column + 1 < columns ? i + 1 : i]; // biome-ignore format: four neighbours
      dx[i] = beside.reduce((sum, at) => sum + (dx[at] as number), 0) / 4;
      dy[i] = beside.reduce((sum, at) => sum + (dy[at] as number), 0) / 4;
    }
  }
  for (let i = 0; i < fits.length; i++) {
    const [a = 0, b = 0, c = 0, d = 0] = mesh.unit.subarray(4 * i, 4 * i + 4);
    mesh.x[i] = (mesh.x[i] as number) + a * (dx[i] as number) + b * (dy[i] as number);
    mesh.y[i] = (mesh.y[i] as number) + c * (dx[i] as number) + d * (dy[i] as number);
  }
}

export function laidFinely(overlay: Overlay): LaidFinely {
  const { picture, dpi } = overlay.signed;
  const { width, height } = picture;
  const signed: Layer = { width, height, ink: new Float32Array(unpacked(picture)) };
  const wide = softened(signed, softenings[0]);
  const narrow = softened(signed, softenings[1]);
  // What a character is held against is never further from its ink than this reaches.
  const wanted = new Uint8Array(width * height);
  for (let i = 0; i < wanted.length; i++) if ((wide.ink[i] as number) > 1e-6) wanted[i] = 1;
  const pixelsPerMm = dpi / 25.4;
  const edge = Math.round(edgeMm * pixelsPerMm);
  const mesh = meshOver(overlay);
  const fitsWith = (soft: Layer, seen: Float32Array) => {
    const sums = sumsOf(soft, seen, wanted, mesh, edge);
    return Array.from({ length: mesh.columns * mesh.rows }, (_, i) =>
      fitOf(around(sums, mesh, Math.floor(i / mesh.columns), i % mesh.columns)),
    );
  };
  const look = () => sampled(overlay.lying.scan, mesh, wanted, width, height);
  for (const soft of [wide, narrow]) moved(mesh, fitsWith(soft, look()));
  const seen = look();
  const fits = fitsWith(narrow, seen);
  const at = (x: number, y: number) => Math.round(y / mesh.step) * mesh.columns + Math.round(x / mesh.step);
  const gains = fits.flatMap((fit) => (fit === undefined ? [] : [fit.gain])).toSorted((p, q) => p - q);
  const gain = gains[gains.length >> 1] ?? 1;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      if (wanted[i] === 1) seen[i] = ((seen[i] as number) - (fits[at(x, y)]?.ground ?? 0)) / gain;
    }
  }
  const explained = fits.map((fit) => fit?.explained ?? 0);
  const usual = explained.filter((it) => it > 0).toSorted((p, q) => p - q);
  const least = Math.max(leastExplained, shareOfUsual * (usual[usual.length >> 1] ?? 1));
  return {
    ...{ signed, seen: { width, height, ink: seen }, pixelsPerMm },
    fits(x, y) {
      const i = Math.floor(y / mesh.step) * mesh.columns + Math.floor(x / mesh.step);
      return [i, i + 1, i + mesh.columns, i + mesh.columns + 1].every((it) => fits[it] === undefined || (explained[it] as number) > least); // biome-ignore format: four corners
    },
  };
}

/** By a bell of this deviation, in pixels. */
export function softened({ width, height, ink }: Layer, deviation: number): Layer {
  const reach = Math.ceil(2.5 * deviation);
  const bell = Array.from({ length: 2 * reach + 1 }, (_, i) => Math.exp(-((i - reach) ** 2) / (2 * deviation ** 2)));
  const sum = bell.reduce((a, b) => a + b, 0);
  const weights = Float32Array.from(bell, (it) => it / sum);
  const along = new Float32Array(ink.length);
  const out = new Float32Array(ink.length);
  // Most of a page is white: what is black is spread.
  const spread = (from: Float32Array, to: Float32Array, apart: number) => {
    const [begin, end] = [reach * (width + 1), from.length - reach * (width + 1)];
    for (let i = begin; i < end; i++) {
      const value = from[i] as number;
      if (value === 0) continue;
      for (let k = 0, at = i - reach * apart; k < weights.length; k++, at += apart)
        to[at] = (to[at] as number) + value * (weights[k] as number);
    }
  };
  spread(ink, along, 1);
  spread(along, out, width);
  return { width, height, ink: out };
}
