/** Light and shade of a scan, taken away. */
import { type Layer, perMm } from './lay-over.ts';

const lightMm = 14;

/** As if the light were the same everywhere: less what the paper itself shows around each place. `isThere`: 1 where
 *  something was seen; the rest is neither light nor dark. */
export function evenlyLit({ width, height, ink }: Layer, isThere: Uint8Array): Layer {
  const tile = lightMm * perMm;
  const [columns, rows] = [Math.ceil(width / tile), Math.ceil(height / tile)];
  const paper = Float32Array.from({ length: columns * rows }, (_, i) => {
    const [left, top] = [(i % columns) * tile, Math.floor(i / columns) * tile];
    const values: number[] = [];
    for (let y = top; y < Math.min(height, top + tile); y += 3)
      for (let x = left; x < Math.min(width, left + tile); x += 3)
        if (isThere[y * width + x] === 1) values.push(ink[y * width + x] as number);
    return values.toSorted((a, b) => a - b)[values.length >> 2] ?? 0;
  });
  const out = new Float32Array(ink.length);
  for (let y = 0; y < height; y++) {
    const v = Math.min(rows - 1, Math.max(0, y / tile - 0.5));
    const [v0, v1] = [Math.floor(v), Math.min(rows - 1, Math.floor(v) + 1)];
    for (let x = 0; x < width; x++) {
      const u = Math.min(columns - 1, Math.max(0, x / tile - 0.5));
      const [u0, u1] = [Math.floor(u), Math.min(columns - 1, Math.floor(u) + 1)];
      const at = (row: number, column: number) => paper[row * columns + column] as number;
      const upper = at(v0, u0) + (u - u0) * (at(v0, u1) - at(v0, u0));
      const lower = at(v1, u0) + (u - u0) * (at(v1, u1) - at(v1, u0));
      out[y * width + x] = (ink[y * width + x] as number) - (upper + (v - v0) * (lower - upper));
    }
  }
  return { width, height, ink: out };
}
