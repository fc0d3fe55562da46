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

/** Rows of a pixel that are looked at; along a row areas are exact. */
const samples = 4;

export class Canvas {
  readonly width: number;
  readonly height: number;
  /** 255 is black. */
  readonly ink: Uint8Array;
  #edges = new Float64Array(4_096);
  #count = 0;
  readonly #row: Float32Array;

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
    this.ink = new Uint8Array(width * height);
    this.#row = new Float32Array(width + 1);
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

  /** By the non-zero rule; `black`: 0 to 1. The darker wins. */
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
    const [firstRow, lastRow] = [Math.max(0, Math.floor(top)), Math.min(this.height - 1, Math.floor(bottom))];
    const [from, to] = [Math.max(0, Math.floor(left)), Math.min(this.width, Math.ceil(right) + 1)];
    if (from >= to) return;
    const crossings: number[] = [];
    for (let row = firstRow; row <= lastRow; row++) {
      this.#row.fill(0, from, to);
      for (let sample = 0; sample < samples; sample++) {
        const y = row + (sample + 0.5) / samples;
        crossings.length = 0;
        for (let i = 0; i < end; i += 4) {
          const [y0, y1] = [edges[i + 1] as number, edges[i + 3] as number];
          if (y0 <= y === y1 <= y) continue;
          const x0 = edges[i] as number;
          insert(crossings, x0 + ((y - y0) * ((edges[i + 2] as number) - x0)) / (y1 - y0), y1 > y0 ? 1 : -1);
        }
        this.#spans(crossings);
      }
      this.#blend(row, from, to, (255 * black) / samples);
    }
  }

  #spans(crossings: readonly number[]): void {
    let winding = 0;
    for (let i = 0; i + 2 < crossings.length; i += 2) {
      winding += crossings[i + 1] as number;
      if (winding !== 0) this.#span(crossings[i] as number, crossings[i + 2] as number);
    }
  }

  #span(x0: number, x1: number): void {
    const row = this.#row;
    const [from, to] = [Math.max(0, x0), Math.min(this.width, x1)];
    if (to <= from) return;
    const [first, last] = [Math.floor(from), Math.floor(to)];
    if (first === last) {
      row[first] = (row[first] as number) + to - from;
      return;
    }
    row[first] = (row[first] as number) + first + 1 - from;
    for (let x = first + 1; x < last; x++) row[x] = (row[x] as number) + 1;
    row[last] = (row[last] as number) + to - last;
  }

  #blend(row: number, from: number, to: number, scale: number): void {
    const at = row * this.width;
    for (let x = from; x < Math.min(to, this.width); x++) {
      const value = Math.min(255, Math.round((this.#row[x] as number) * scale));
      if (value > (this.ink[at + x] as number)) this.ink[at + x] = value;
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

/** Keeps pairs of place and direction in order of place. */
function insert(crossings: number[], x: number, direction: number): void {
  let at = crossings.length;
  crossings.push(0, 0);
  while (at > 0 && (crossings[at - 2] as number) > x) {
    crossings[at] = crossings[at - 2] as number;
    crossings[at + 1] = crossings[at - 1] as number;
    at -= 2;
  }
  crossings[at] = x;
  crossings[at + 1] = direction;
}
