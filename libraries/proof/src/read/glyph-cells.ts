/** Characters of a signed picture, or what of them hangs together: a box around each. */
import type { Layer } from './lay-over.ts';

export type GlyphCell = {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** Black pixels. */
  readonly ink: number;
};

/** Smaller are dots, larger are rules, frames and characters that touch them. */
const leastMm = 1.1;
const mostMm = 6;
const thinnest = 1;

/** Of what lies within `edgeMm` of the picture's edge nothing is known. */
export function glyphCells({ width, height, ink }: Layer, pixelsPerMm: number, edgeMm: number): readonly GlyphCell[] {
  const [least, most, edge] = [leastMm * pixelsPerMm, mostMm * pixelsPerMm, edgeMm * pixelsPerMm];
  const isDone = new Uint8Array(ink.length);
  const cells: GlyphCell[] = [];
  const waiting: number[] = [];
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const first = y * width + x;
      if (ink[first] === 0 || isDone[first] === 1) continue;
      isDone[first] = 1;
      waiting.push(first);
      let [left, right, top, bottom, count] = [x, x, y, y, 0];
      for (let i = waiting.pop(); i !== undefined; i = waiting.pop()) {
        const [u, v] = [i % width, Math.floor(i / width)];
        if (u < 1 || v < 1 || u >= width - 1 || v >= height - 1) continue;
        count++;
        left = Math.min(left, u);
        right = Math.max(right, u);
        top = Math.min(top, v);
        bottom = Math.max(bottom, v);
        for (let at = i - width - 1; at <= i + width - 1; at += width) {
          for (let j = at; j < at + 3; j++) {
            if (ink[j] === 0 || isDone[j] === 1) continue;
            isDone[j] = 1;
            waiting.push(j);
          }
        }
      }
      const [wide, high] = [right - left + 1, bottom - top + 1];
      const isCharacter = Math.max(wide, high) >= least && Math.max(wide, high) <= most && Math.min(wide, high) >= thinnest; // biome-ignore format: one thought
      if (!isCharacter || left < edge || top < edge || right > width - edge || bottom > height - edge) continue;
      cells.push({ left, top, width: wide, height: high, ink: count });
    }
  }
  return cells;
}
