/** A picture in which shapes are filled: how black each pixel is, 0 to 255. */
import type { BitImage } from '../pdf/pdf-file.ts';

/** x' = a·x + c·y + e, y' = b·x + d·y + f, as in PDF. */
export type Matrix = readonly [number, number, number, number, number, number];

/** First `inner`, then `outer`. */
export function times(inner: Matrix, outer: Matrix): Matrix {
  const [a, b, c, d, e, f] = inner;
  const [A, B, C, D, E, F] = outer;
  return [a * A + b * C, a * B + b * D, c * A + d * C, c * B + d * D, e * A + f * C + E, e * B + f * D + F];
}

export class Canvas {
  readonly width: number;
  readonly height: number;
  /** 255 is black. */
  readonly ink: Uint8Array;
  #edges = new Float64Array(4_096);
  #count = 0;
  /** Signed areas of the shape in work, over its own box. */
  #areas = new Float32Array(4_096);

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
    this.ink = new Uint8Array(width * height);
  }

  /** An edge of the shape that the next `fill` fills, in pixels, y downwards. */
  edge(x0: number, y0: number, x1: number, y1: number): void {
    if (this.#count + 4 > this.#edges.length) {
      const larger = new Float64Array(this.#edges.length * 2);
      larger.set(this.#edges);
      this.#edges = larger;
    }
    this.#edges.set([x0, y0, x1, y1], this.#count);
    this.#count += 4;
  }

  polygon(points: readonly (readonly [number, number])[]): void {
    for (const [i, [x, y]] of points.entries()) {
      const [toX, toY] = points[(i + 1) % points.length] as readonly [number, number];
      this.edge(x, y, toX, toY);
    }
  }

  /** Fills by exact areas, where contours of one sense overlap only once; `black`: 0 to 1. The darker wins. */
  fill(black: number): void {
    const edges = this.#edges;
    const end = this.#count;
    this.#count = 0;
    let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
    for (let i = 0; i < end; i += 2) {
      const [x, y] = [edges[i] as number, edges[i + 1] as number];
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      if (y > bottom) bottom = y;
    }
    const [x0, y0] = [Math.max(0, Math.floor(left)), Math.max(0, Math.floor(top))];
    const [x1, y1] = [Math.min(this.width, Math.floor(right) + 1), Math.min(this.height, Math.floor(bottom) + 1)];
    if (x0 >= x1 || y0 >= y1) return;
    const stride = x1 - x0 + 2;
    const size = stride * (y1 - y0);
    if (this.#areas.length < size) this.#areas = new Float32Array(size * 2);
    this.#areas.fill(0, 0, size);
    for (let i = 0; i < end; i += 4) {
      const [fromY, toY] = [edges[i + 1] as number, edges[i + 3] as number];
      if (fromY === toY) continue;
      const [ax, bx] = [(edges[i] as number) - x0, (edges[i + 2] as number) - x0];
      if (fromY < toY) this.#addEdge(ax, fromY - y0, bx, toY - y0, 1, stride, y1 - y0);
      else this.#addEdge(bx, toY - y0, ax, fromY - y0, -1, stride, y1 - y0);
    }
    this.#blend(x0, y0, x1, y1, stride, black);
  }

  /** Adds what lies to the right of an edge, row by row (signed-area accumulation). */
  #addEdge(x0: number, y0: number, x1: number, y1: number, sense: number, stride: number, rows: number): void {
    const areas = this.#areas;
    const slope = (x1 - x0) / (y1 - y0);
    const lastColumn = stride - 2;
    let x = y0 < 0 ? x0 - y0 * slope : x0;
    for (let row = Math.max(0, Math.floor(y0)); row < Math.min(rows, Math.ceil(y1)); row++) {
      const tall = Math.min(row + 1, y1) - Math.max(row, y0);
      const next = x + slope * tall;
      // What lies left of the box counts from its edge on, what lies right of it not at all.
      const [a, b] = x < next ? [x, next] : [next, x];
      const [from, to] = [Math.min(lastColumn, Math.max(0, a)), Math.min(lastColumn, Math.max(0, b))];
      const signed = sense * tall;
      const first = Math.floor(from);
      const last = Math.ceil(to);
      const at = row * stride;
      if (last <= first + 1) {
        const over = (from + to) / 2 - first;
        areas[at + first] = (areas[at + first] as number) + signed * (1 - over);
        areas[at + first + 1] = (areas[at + first + 1] as number) + signed * over;
      } else {
        const perPixel = signed / (to - from);
        let before = 0;
        for (let column = first; column < last; column++) {
          const [l, r] = [Math.max(column, from), Math.min(column + 1, to)];
          // To the right of the edge within this column, and all that came before.
          const here = perPixel * (r - l) * (column + 1 - (l + r) / 2);
          areas[at + column] = (areas[at + column] as number) + here + before;
          before = perPixel * (r - l) - here;
        }
        areas[at + last] = (areas[at + last] as number) + before;
      }
      x = next;
    }
  }

  #blend(x0: number, y0: number, x1: number, y1: number, stride: number, black: number): void {
    for (let y = y0; y < y1; y++) {
      let sum = 0;
      const [at, row] = [y * this.width, (y - y0) * stride - x0];
      for (let x = x0; x < x1; x++) {
        sum += this.#areas[row + x] as number;
        const value = Math.round(255 * black * Math.min(1, Math.abs(sum)));
        if (value > (this.ink[at + x] as number)) this.ink[at + x] = value;
      }
    }
  }

  /** A mask over the unit square of `place` (in pixels), its first row at y = 1: each of the picture's pixels takes the
   *  mask's mean over its own area, when the mask stands upright. */
  mask(image: BitImage, place: Matrix, black: number): void {
    const [a, b, c, d, e, f] = place;
    if (b !== 0 || c !== 0) throw new RangeError('a turned image');
    const [left, top] = [e, f + d];
    const [perX, perY] = [image.width / a, image.height / -d];
    const stride = (image.width + 7) >> 3;
    for (let y = Math.max(0, Math.floor(top)); y < Math.min(this.height, f); y++) {
      const [y0, y1] = [Math.max(0, (y - top) * perY), Math.min(image.height, (y + 1 - top) * perY)];
      for (let x = Math.max(0, Math.floor(left)); x < Math.min(this.width, left + a); x++) {
        const [x0, x1] = [Math.max(0, (x - left) * perX), Math.min(image.width, (x + 1 - left) * perX)];
        const mean = area(image.bits, stride, x0, x1, y0, y1) / (perX * perY);
        const value = Math.min(255, Math.round(255 * black * mean));
        const at = y * this.width + x;
        if (value > (this.ink[at] as number)) this.ink[at] = value;
      }
    }
  }
}

function area(bits: Uint8Array, stride: number, x0: number, x1: number, y0: number, y1: number): number {
  let sum = 0;
  for (let y = Math.floor(y0 + 1e-6); y < y1 - 1e-6; y++) {
    const tall = Math.min(y + 1, y1) - Math.max(y, y0);
    for (let x = Math.floor(x0 + 1e-6); x < x1 - 1e-6; x++) {
      if (((bits[y * stride + (x >> 3)] as number) & (0x80 >> (x & 7))) !== 0)
        sum += tall * (Math.min(x + 1, x1) - Math.max(x, x0));
    }
  }
  return sum;
}
