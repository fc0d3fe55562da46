/** How dark each module of a symbol is, given how it lies: against its surroundings, and less what its neighbours throw
 *  over it where the picture is not sharp. */
import type { SoftSymbol } from '../qr/soft-symbol.ts';
import type { GrayImage } from './gray-image.ts';
import { type Lie, solve, valueAt } from './symbol-lie.ts';

/** Around a module, each way: what its light is held against. */
const surroundings = 7;
/** Around a module, each way: among so many neighbours some are dark and some light. */
const neighbours = 2;
/** Neighbours that throw light: two each way. */
const throwing = 2;
const taps = (2 * throwing + 1) ** 2;
const everyHowManyth = 3;
const rounds = 2;

/** Above zero dark, below light; about one where nothing is in doubt. */
export function sampleModules(picture: GrayImage, { size }: Pick<SoftSymbol, 'size'>, lie: Lie): Float32Array {
  const raw = new Float32Array(size * size);
  const [a, b] = [lie(size / 2, size / 2), lie(size / 2 + 1, size / 2)];
  // Where there are many pixels to a module, several of them are looked at.
  const points = Math.hypot(a.x - b.x, a.y - b.y) > 2.5 ? [0.28, 0.5, 0.72] : [0.5];
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      let sum = 0;
      for (const v of points)
        for (const u of points) {
          const at = lie(x + u, y + v);
          sum += valueAt(picture, at.x, at.y);
        }
      raw[y * size + x] = 255 - sum / points.length ** 2;
    }
  }
  let modules = levelled(raw, size);
  for (let round = 0; round < rounds; round++) modules = equalised(modules, size) ?? modules;
  return modules;
}

/** Less the mean of the surroundings, in their deviations: half of the modules of a symbol are dark, everywhere. */
function levelled(raw: Float32Array, size: number): Float32Array {
  const spread = spreads(raw, size);
  const usual = Math.max(1, spread(size >> 1, size >> 1, size).deviation);
  const out = new Float32Array(raw.length);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const { mean, deviation } = spread(x, y, surroundings);
      // Under a stain nothing differs from its neighbours, which modules do; its grain is not to be taken for them.
      const near = Math.min(1, spread(x, y, neighbours).deviation / (0.5 * usual));
      const value = ((raw[y * size + x] as number) - mean) / Math.max(deviation, 0.35 * usual);
      out[y * size + x] = value * near * near;
    }
  }
  return out;
}

/** Mean and deviation in a square of `reach` modules each way, what is outside left out. */
function spreads(raw: Float32Array, size: number) {
  const wide = size + 1;
  const [sums, squares] = [new Float64Array(wide * wide), new Float64Array(wide * wide)];
  for (let y = 0; y < size; y++) {
    let [row, rowSquares] = [0, 0];
    for (let x = 0; x < size; x++) {
      const it = raw[y * size + x] as number;
      row += it;
      rowSquares += it * it;
      const at = (y + 1) * wide + x + 1;
      sums[at] = (sums[at - wide] as number) + row;
      squares[at] = (squares[at - wide] as number) + rowSquares;
    }
  }
  const over = (table: Float64Array, x0: number, y0: number, x1: number, y1: number) =>
    (table[y1 * wide + x1] as number) - (table[y0 * wide + x1] as number) - (table[y1 * wide + x0] as number) + (table[y0 * wide + x0] as number); // biome-ignore format: one thought
  return (x: number, y: number, reach: number) => {
    const [x0, y0] = [Math.max(0, x - reach), Math.max(0, y - reach)];
    const [x1, y1] = [Math.min(size, x + reach + 1), Math.min(size, y + reach + 1)];
    const n = (y1 - y0) * (x1 - x0);
    const mean = over(sums, x0, y0, x1, y1) / n;
    return { mean, deviation: Math.sqrt(Math.max(0, over(squares, x0, y0, x1, y1) / n - mean * mean)) };
  };
}

/** The linear filter over neighbours that brings modules nearest to what they are taken for, and what it gives. */
function equalised(modules: Float32Array, size: number): Float32Array | undefined {
  const rows = Array.from({ length: taps }, (_, k) => {
    const row = new Float64Array(taps + 1);
    row[k] = 0.01 * size * size / everyHowManyth; // biome-ignore format: damped
    return row;
  });
  const around = new Float64Array(taps);
  const gather = (x: number, y: number) => {
    for (let k = 0, v = -throwing; v <= throwing; v++)
      for (let u = -throwing; u <= throwing; u++, k++) around[k] = modules[(y + v) * size + x + u] as number;
  };
  let turn = 0;
  for (let y = throwing; y < size - throwing; y++) {
    for (let x = throwing; x < size - throwing; x++) {
      const value = modules[y * size + x] as number;
      // What is in doubt teaches nothing.
      if (turn++ % everyHowManyth !== 0 || Math.abs(value) < 0.3) continue;
      gather(x, y);
      for (let i = 0; i < taps; i++) {
        const row = rows[i] as Float64Array;
        const it = around[i] as number;
        for (let j = 0; j < taps; j++) row[j] = (row[j] as number) + it * (around[j] as number);
        row[taps] = (row[taps] as number) + (value > 0 ? it : -it);
      }
    }
  }
  solve(rows, taps);
  const filter = rows.map((row) => row[taps] as number);
  if (filter.some((it) => !Number.isFinite(it))) return undefined;
  const out = modules.slice();
  for (let y = throwing; y < size - throwing; y++) {
    for (let x = throwing; x < size - throwing; x++) {
      gather(x, y);
      let sum = 0;
      for (let k = 0; k < taps; k++) sum += (filter[k] as number) * (around[k] as number);
      out[y * size + x] = sum;
    }
  }
  return out;
}
