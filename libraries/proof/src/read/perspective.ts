/** How a flat sheet is seen by a lens that is not straight above it. */
import type { Affine, Pair } from './affine-maps.ts';
import { solveSymmetric } from './least-squares.ts';
import type { Point } from './read-codes.ts';

export type Perspective = {
  readonly at: (place: Point) => Point;
  /** The affine map that touches it at a place. */
  readonly near: (place: Point) => Affine;
};

/** Behind what this of the lens’s distance is left of, nothing is seen. */
const leastDepth = 0.05;

/**
 * The one that fits best, by linear least squares. `unit`: length of the sheet, in the pairs’ own measure. `stiffness`:
 * how much it costs that what is nearer is larger, which points of a small part of the sheet do not tell well.
 * Undefined: it cannot be told.
 */
export function perspectiveOf(pairs: readonly Pair[], unit: number, stiffness: number): Perspective | undefined {
  const count = pairs.length;
  const [mx, my] = [0, 1].map((i) => pairs.reduce((sum, { to }) => sum + (i === 0 ? to.x : to.y) / count, 0)) as [number, number]; // biome-ignore format: one thought
  const span = Math.max(...pairs.map(({ to }) => Math.hypot(to.x - mx, to.y - my)));
  const square = Array.from({ length: 8 }, () => new Array<number>(8).fill(0));
  const sums = new Array<number>(8).fill(0);
  for (const { from, to } of pairs) {
    const [x, y, u, v] = [from.x / unit, from.y / unit, (to.x - mx) / span, (to.y - my) / span];
    for (const [row, value] of [
      [[x, y, 1, 0, 0, 0, -x * u, -y * u], u],
      [[0, 0, 0, x, y, 1, -x * v, -y * v], v],
    ] as const) {
      for (let i = 0; i < 8; i++) {
        sums[i] = (sums[i] as number) + (row[i] as number) * value;
        const own = square[i] as number[];
        for (let j = 0; j < 8; j++) own[j] = (own[j] as number) + (row[i] as number) * (row[j] as number);
      }
    }
  }
  for (const [i, row] of square.entries()) row[i] = (row[i] as number) + (i < 6 ? 1e-9 : stiffness);
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = solveSymmetric(square, sums);
  if (![a, b, c, d, e, f, g, h].every(Number.isFinite) || (a === 0 && b === 0)) return undefined;
  const seen = ({ x, y }: Point) => {
    const [px, py] = [x / unit, y / unit];
    const depth = Math.max(leastDepth, g * px + h * py + 1);
    return { depth, x: (a * px + b * py + c) / depth, y: (d * px + e * py + f) / depth };
  };
  return {
    at(place) {
      const { x, y } = seen(place);
      return { x: span * x + mx, y: span * y + my };
    },
    near(place) {
      const { depth, x, y } = seen(place);
      const scale = span / (depth * unit);
      const [xx, xy] = [scale * (a - g * x), scale * (b - h * x)];
      const [yx, yy] = [scale * (d - g * y), scale * (e - h * y)];
      const [tx, ty] = [span * x + mx, span * y + my];
      return [xx, xy, tx - xx * place.x - xy * place.y, yx, yy, ty - yx * place.x - yy * place.y];
    },
  };
}
