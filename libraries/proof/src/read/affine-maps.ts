/** Maps of the plane through pairs of places. */
import type { Perspective } from './perspective.ts';
import type { Point } from './read-codes.ts';

/** x' = a·x + b·y + c, y' = d·x + e·y + f: from layer pixels to scan pixels. */
export type Affine = readonly [number, number, number, number, number, number];
export type Pair = { readonly from: Point; readonly to: Point };

export const through = ([a, b, c, d, e, f]: Affine, { x, y }: Point): Point => ({
  x: a * x + b * y + c,
  y: d * x + e * y + f,
});

/** The turn, scale and shift that fit best. */
export function similarity(pairs: readonly Pair[]): Affine {
  const mean = (of: (pair: Pair) => number) => pairs.reduce((sum, pair) => sum + of(pair), 0) / pairs.length;
  const [mx, my] = [mean(({ from }) => from.x), mean(({ from }) => from.y)];
  const [tx, ty] = [mean(({ to }) => to.x), mean(({ to }) => to.y)];
  let [re, im, size] = [0, 0, 0];
  for (const { from, to } of pairs) {
    const [x, y, u, v] = [from.x - mx, from.y - my, to.x - tx, to.y - ty];
    re += x * u + y * v;
    im += x * v - y * u;
    size += x * x + y * y;
  }
  const [a, b] = [re / size, im / size];
  return [a, -b, tx - a * mx + b * my, b, a, ty - b * mx - a * my];
}

export function nearest(pairs: readonly Pair[], at: Point, count: number): readonly Pair[] {
  const far = ({ from }: Pair) => (from.x - at.x) ** 2 + (from.y - at.y) ** 2;
  return pairs.toSorted((p, q) => far(p) - far(q)).slice(0, count);
}

/** Layer pixels, 20 mm: where a page is empty the nearest points are far apart, and of those the nearer tell more. */
const reach = 80;

/**
 * From the layer to the scan: the affine map that fits best near a place; too few points for one: the similarity.
 * `whole`: how the sheet lies as a whole; then only what the points near the place deviate from it is followed.
 */
export function affineNear(pairs: readonly Pair[], at: Point, whole?: Perspective): Affine {
  const near = nearest(pairs, at, 14);
  const rough = whole === undefined ? similarity(near) : whole.near(at);
  if (near.length < 10) return rough;
  // What is left over, by least squares in (x, y, 1) around the place; damped, so that points in one line do not tilt
  // the plane.
  const sums = new Float64Array(12);
  for (const { from, to } of near) {
    const guess = whole === undefined ? through(rough, from) : whole.at(from);
    const [x, y, ex, ey] = [from.x - at.x, from.y - at.y, to.x - guess.x, to.y - guess.y];
    const weight = 1 / (1 + (x * x + y * y) / reach ** 2) ** 2;
    const add = [x * x, x * y, x, y * y, y, 1, x * ex, y * ex, ex, x * ey, y * ey, ey];
    for (const [i, value] of add.entries()) sums[i] = (sums[i] as number) + weight * value;
  }
  const [xx = 0, xy = 0, sx = 0, yy = 0, sy = 0, count = 1] = sums;
  const damp = 40 ** 2 * count * 0.05;
  const solve = (bx: number, by: number, b: number): [number, number, number] => {
    const [A, B, C] = [xx + damp - (sx * sx) / count, xy - (sx * sy) / count, yy + damp - (sy * sy) / count];
    const [p, q] = [bx - (sx * b) / count, by - (sy * b) / count];
    const det = A * C - B * B;
    const [kx, ky] = [(p * C - q * B) / det, (q * A - p * B) / det];
    return [kx, ky, (b - kx * sx - ky * sy) / count];
  };
  const [ux, uy, u] = solve(sums[6] ?? 0, sums[7] ?? 0, sums[8] ?? 0);
  const [vx, vy, v] = solve(sums[9] ?? 0, sums[10] ?? 0, sums[11] ?? 0);
  const [a, b, c, d, e, f] = rough;
  return [a + ux, b + uy, c + u - ux * at.x - uy * at.y, d + vx, e + vy, f + v - vx * at.x - vy * at.y];
}
