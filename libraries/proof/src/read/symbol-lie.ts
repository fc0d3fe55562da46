/**
 * How one symbol lies in a picture, to a fraction of a module: from a guess, by the patterns that every symbol of its
 * kind has, first the three large ones, then the small ones outwards from there. Paper is not flat: what a straight map
 * leaves over is a polynomial of the third degree over the symbol.
 */
import type { SoftSymbol } from '../qr/soft-symbol.ts';
import type { GrayImage } from './gray-image.ts';
import type { Point } from './read-codes.ts';

/** From modules of the symbol (0, 0 its upper left corner) to pixels of the picture. */
export type Lie = (x: number, y: number) => Point;

export type FoundLie = {
  readonly lie: Lie;
  /** Share of its small patterns that lie where the map says. */
  readonly share: number;
};

export type Pattern = {
  /** Centre, in modules. */
  readonly x: number;
  readonly y: number;
  readonly reach: number;
  /** Dark 1, light 0, row by row; 2 is anything. */
  readonly modules: Uint8Array;
};

/** A square of the fixed modules; around the symbol it is light. */
export function patternOf({ size, fixed }: SoftSymbol, x: number, y: number, reach: number): Pattern {
  const wide = 2 * reach + 1;
  const modules = Uint8Array.from({ length: wide * wide }, (_, i) => {
    const [u, v] = [Math.floor(x) - reach + (i % wide), Math.floor(y) - reach + Math.floor(i / wide)];
    return u < 0 || v < 0 || u >= size || v >= size ? 0 : (fixed[v * size + u] as number);
  });
  return { x, y, reach, modules };
}

export function valueAt({ width, height, pixels }: GrayImage, x: number, y: number): number {
  const [u, v] = [x - 0.5, y - 0.5];
  const [u0, v0] = [Math.floor(u), Math.floor(v)];
  if (u0 < 0 || v0 < 0 || u0 + 1 >= width || v0 + 1 >= height) return 255;
  const [fu, fv, i] = [u - u0, v - v0, v0 * width + u0];
  const upper = (pixels[i] as number) * (1 - fu) + (pixels[i + 1] as number) * fu;
  const lower = (pixels[i + width] as number) * (1 - fu) + (pixels[i + width + 1] as number) * fu;
  return upper * (1 - fv) + lower * fv;
}

type Shift = { readonly dx: number; readonly dy: number; readonly like: number };

/** Shifts are tried every half module. */
const perModule = 2;

/** Where the pattern is most alike, within `most` modules of where the map says; `like` −1 to 1. */
export function bestShift(picture: GrayImage, lie: Lie, { x, y, reach, modules }: Pattern, most: number): Shift {
  const wide = 2 * (reach + most) * perModule + 1;
  const patch = new Float32Array(wide * wide);
  for (let j = 0; j < wide; j++) {
    for (let i = 0; i < wide; i++) {
      const at = lie(x - reach - most + i / perModule, y - reach - most + j / perModule);
      patch[j * wide + i] = 255 - valueAt(picture, at.x, at.y);
    }
  }
  const like = (i: number, j: number) => likeness(patch, wide, modules, 2 * reach + 1, i, j);
  const last = 2 * most * perModule;
  let [bestI, bestJ, best] = [0, 0, -1];
  for (let j = 0; j <= last; j++) {
    for (let i = 0; i <= last; i++) {
      const here = like(i, j);
      if (here > best) [bestI, bestJ, best] = [i, j, here];
    }
  }
  const between = (before: number, after: number) => {
    const bend = before + after - 2 * best;
    return bend >= 0 ? 0 : Math.max(-0.5, Math.min(0.5, (before - after) / (2 * bend)));
  };
  const isInside = bestI > 0 && bestJ > 0 && bestI < last && bestJ < last;
  const fineI = isInside ? between(like(bestI - 1, bestJ), like(bestI + 1, bestJ)) : 0;
  const fineJ = isInside ? between(like(bestI, bestJ - 1), like(bestI, bestJ + 1)) : 0;
  return { dx: (bestI + fineI) / perModule - most, dy: (bestJ + fineJ) / perModule - most, like: best };
}

function likeness(patch: Float32Array, wide: number, modules: Uint8Array, side: number, i: number, j: number): number {
  let [n, a, b, bb, ab] = [0, 0, 0, 0, 0];
  for (let v = 0; v < side; v++) {
    for (let u = 0; u < side; u++) {
      const p = modules[v * side + u] as number;
      if (p === 2) continue;
      const q = patch[(j + v * perModule) * wide + i + u * perModule] as number;
      n++;
      a += p;
      b += q;
      bb += q * q;
      ab += p * q;
    }
  }
  const spread = (a - (a * a) / n) * (bb - (b * b) / n);
  return spread <= 0 ? -1 : (ab - (a * b) / n) / Math.sqrt(spread);
}

type Seen = { readonly x: number; readonly y: number; readonly dx: number; readonly dy: number };

/** The first three are enough for a plane, ten for a cubic. */
const terms = (x: number, y: number): readonly number[] => [1, x, y, x * x, x * y, y * y, x * x * x, x * x * y, x * y * y, y * y * y]; // biome-ignore format: one thought

/** Shifts over the symbol by least squares, damped but for the plane. */
function fitted(
  seen: readonly Seen[],
  size: number,
  count: number,
): (x: number, y: number) => readonly [number, number] {
  const unit = (it: number) => (2 * it) / size - 1;
  const rows = Array.from({ length: count }, (_, k) => {
    const row = new Float64Array(count + 2);
    row[k] = k < 3 ? 1e-6 : 0.02 * seen.length * 0.1;
    return row;
  });
  for (const { x, y, dx, dy } of seen) {
    const t = terms(unit(x), unit(y));
    for (let i = 0; i < count; i++) {
      const row = rows[i] as Float64Array;
      for (let j = 0; j < count; j++) row[j] = (row[j] as number) + (t[i] as number) * (t[j] as number);
      row[count] = (row[count] as number) + (t[i] as number) * dx;
      row[count + 1] = (row[count + 1] as number) + (t[i] as number) * dy;
    }
  }
  solve(rows, count);
  return (x, y) => {
    const t = terms(unit(x), unit(y));
    let [dx, dy] = [0, 0];
    for (let i = 0; i < count; i++) {
      dx += (t[i] as number) * (rows[i]?.[count] as number);
      dy += (t[i] as number) * (rows[i]?.[count + 1] as number);
    }
    return [dx, dy];
  };
}

/** Gauss–Jordan with pivots, in place: columns from `count` on become the solutions. */
export function solve(rows: Float64Array[], count: number): void {
  for (let k = 0; k < count; k++) {
    let pivot = k;
    for (let i = k + 1; i < count; i++)
      if (Math.abs(rows[i]?.[k] as number) > Math.abs(rows[pivot]?.[k] as number)) pivot = i;
    [rows[k], rows[pivot]] = [rows[pivot] as Float64Array, rows[k] as Float64Array];
    const row = rows[k] as Float64Array;
    const scale = row[k] as number;
    if (Math.abs(scale) < 1e-12) continue;
    for (let j = 0; j < row.length; j++) row[j] = (row[j] as number) / scale;
    for (const [i, other] of rows.entries()) {
      const factor = other[k] as number;
      if (i === k || factor === 0) continue;
      for (let j = 0; j < row.length; j++) other[j] = (other[j] as number) - factor * (row[j] as number);
    }
  }
}

const moved =
  (lie: Lie, shift: (x: number, y: number) => readonly [number, number]): Lie =>
  (x, y) => {
    const [dx, dy] = shift(x, y);
    return lie(x + dx, y + dy);
  };

const likeEnough = 0.6;
const smallLike = 0.65;
/** Modules that a small pattern may be off the map, and how many of them must not be. */
const mostOff = 0.8;
export const leastShare = 0.3;

/** Undefined: no such symbol is there. `reach`: how many modules the guess may be off. */
export function findLie(picture: GrayImage, symbol: SoftSymbol, guess: Lie, reach: number): FoundLie | undefined {
  const { size } = symbol;
  const large = [[3.5, 3.5], [size - 3.5, 3.5], [3.5, size - 3.5]] as const; // biome-ignore format: three corners
  const firsts = large.flatMap(([x, y]): readonly Seen[] => {
    const { dx, dy, like } = bestShift(picture, guess, patternOf(symbol, x, y, 4), reach);
    return like < likeEnough ? [] : [{ x, y, dx, dy }];
  });
  if (firsts.length === 0) return undefined;
  const mean = (of: (it: Seen) => number) => firsts.reduce((sum, it) => sum + of(it), 0) / firsts.length;
  const shift =
    firsts.length === 3 ? fitted(firsts, size, 3) : () => [mean((it) => it.dx), mean((it) => it.dy)] as const;
  const rough = moved(guess, shift);
  const once = followed(picture, symbol, rough, firsts);
  // From a better map, those are found that were too far off before.
  return once === undefined || once.share > 0.9 ? once : (followed(picture, symbol, once.lie, firsts) ?? once);
}

/** From the large patterns outwards, each small one where its neighbours say. */
function followed(picture: GrayImage, symbol: SoftSymbol, rough: Lie, firsts: readonly Seen[]): FoundLie | undefined {
  const { size } = symbol;
  const centres = smallCentres(symbol);
  const seen: Seen[] = firsts.map(({ x, y }) => ({ x, y, dx: 0, dy: 0 }));
  const far = (it: { x: number; y: number }) => Math.min(...firsts.map(({ x, y }) => Math.hypot(x - it.x, y - it.y)));
  for (const { x, y } of centres.toSorted((p, q) => far(p) - far(q))) {
    const near = seen.toSorted((p, q) => Math.hypot(p.x - x, p.y - y) - Math.hypot(q.x - x, q.y - y)).slice(0, 3);
    const mx = near.reduce((sum, it) => sum + it.dx, 0) / near.length;
    const my = near.reduce((sum, it) => sum + it.dy, 0) / near.length;
    const { dx, dy, like } = bestShift(picture, (u, v) => rough(u + mx, v + my), patternOf(symbol, x, y, 2), 2);
    if (like >= smallLike) seen.push({ x, y, dx: dx + mx, dy: dy + my });
  }
  let kept: readonly Seen[] = seen;
  const fit = () => fitted(kept, size, kept.length > 18 ? 10 : kept.length > 8 ? 6 : 3);
  for (let round = 0; round < 3; round++) {
    const over = fit();
    kept = seen.filter(({ x, y, dx, dy }) => {
      const [ex, ey] = over(x, y);
      return Math.hypot(dx - ex, dy - ey) < mostOff;
    });
    if (kept.length < 4) return undefined;
  }
  const share = kept.filter((it) => seen.indexOf(it) >= firsts.length).length / centres.length;
  return { lie: moved(rough, fit()), share };
}

const centresOf = new WeakMap<SoftSymbol, readonly { readonly x: number; readonly y: number }[]>();

/** Of the 5 × 5 patterns. */
function smallCentres(symbol: SoftSymbol): readonly { readonly x: number; readonly y: number }[] {
  const known = centresOf.get(symbol);
  if (known !== undefined) return known;
  const { size, fixed } = symbol;
  const found: { x: number; y: number }[] = [];
  const isDark = (x: number, y: number) => fixed[y * size + x] === 1;
  const isLight = (x: number, y: number) => fixed[y * size + x] === 0;
  for (let y = 4; y < size - 2; y++) {
    for (let x = 4; x < size - 2; x++) {
      const ring = [-1, 0, 1].every((i) => isLight(x + i, y - 1) && isLight(x + i, y + 1)) && isLight(x - 1, y) && isLight(x + 1, y); // biome-ignore format: one thought
      const edge = [-2, -1, 0, 1, 2].every((i) => isDark(x + i, y - 2) && isDark(x + i, y + 2) && isDark(x - 2, y + i) && isDark(x + 2, y + i)); // biome-ignore format: one thought
      if (isDark(x, y) && ring && edge) found.push({ x: x + 0.5, y: y + 0.5 });
    }
  }
  centresOf.set(symbol, found);
  return found;
}
