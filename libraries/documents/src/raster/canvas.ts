/** A picture in which shapes are filled: how black each pixel is, 0 to 255. */
import type { BitImage } from '../pdf/pdf-file.ts';
import type { Outline } from './outline.ts';

/** x' = a·x + c·y + e, y' = b·x + d·y + f, as in PDF. */
export type Matrix = readonly [number, number, number, number, number, number];

/** First `inner`, then `outer`. */
export function times(inner: Matrix, outer: Matrix): Matrix {
  const [a, b, c, d, e, f] = inner;
  const [A, B, C, D, E, F] = outer;
  return [a * A + b * C, a * B + b * D, c * A + d * C, c * B + d * D, e * A + f * C + E, e * B + f * D + F];
}

/** Points of one shape, more than any glyph has, or it is none of ours. */
const mostNumbers = 1_000_000;

export class Canvas {
  readonly width: number;
  readonly height: number;
  /** 255 is black. */
  readonly ink: Uint8Array;
  /** The shape in work, in pixels: x and y of all points, and where in them each closed line ends. */
  #points = new Float64Array(4_096);
  #length = 0;
  #ends = new Uint32Array(64);
  #lines = 0;
  /** Signed areas of the shape in work, over its own box; all zero between two shapes. */
  #areas = new Float32Array(4_096);

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
    // Whole words, for `blackerThan`.
    this.ink = new Uint8Array(new ArrayBuffer((width * height + 3) & ~3), 0, width * height);
  }

  #makeRoom(numbers: number, lines: number): void {
    if (this.#length + numbers > mostNumbers) throw new RangeError('a shape without end');
    if (this.#length + numbers > this.#points.length) {
      const larger = new Float64Array(2 * (this.#length + numbers));
      larger.set(this.#points);
      this.#points = larger;
    }
    if (this.#lines + lines > this.#ends.length) {
      const larger = new Uint32Array(2 * (this.#lines + lines));
      larger.set(this.#ends);
      this.#ends = larger;
    }
  }

  /** Closed lines of the shape that the next `fill` fills. `place`: to pixels, y downwards. */
  outline({ points, ends }: Outline, place: Matrix): void {
    this.#makeRoom(points.length, ends.length);
    const [a, b, c, d, e, f] = place;
    const to = this.#points;
    const from = this.#length;
    for (let i = 0; i < points.length; i += 2) {
      const x = points[i] as number;
      const y = points[i + 1] as number;
      to[from + i] = a * x + c * y + e;
      to[from + i + 1] = b * x + d * y + f;
    }
    for (let i = 0; i < ends.length; i++) this.#ends[this.#lines++] = from + (ends[i] as number);
    this.#length += points.length;
  }

  /** Likewise, in pixels. */
  polygon(points: readonly (readonly [number, number])[]): void {
    this.#makeRoom(2 * points.length, 1);
    for (const [x, y] of points) {
      this.#points[this.#length++] = x;
      this.#points[this.#length++] = y;
    }
    this.#ends[this.#lines++] = this.#length;
  }

  /** Fills by exact areas, where contours of one sense overlap only once; `black`: 0 to 1. The darker wins. */
  fill(black: number): void {
    const points = this.#points;
    const length = this.#length;
    const lines = this.#lines;
    this.#length = 0;
    this.#lines = 0;
    let left = Infinity;
    let right = -Infinity;
    let top = Infinity;
    let bottom = -Infinity;
    for (let i = 0; i < length; i += 2) {
      const x = points[i] as number;
      const y = points[i + 1] as number;
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      if (y > bottom) bottom = y;
    }
    const x0 = Math.max(0, Math.floor(left));
    const y0 = Math.max(0, Math.floor(top));
    const x1 = Math.min(this.width, Math.floor(right) + 1);
    const y1 = Math.min(this.height, Math.floor(bottom) + 1);
    if (!(x0 < x1 && y0 < y1)) return;
    const stride = x1 - x0 + 2;
    if (this.#areas.length < stride * (y1 - y0)) this.#areas = new Float32Array(stride * (y1 - y0) * 2);
    let first = 0;
    for (let line = 0; line < lines; line++) {
      const end = this.#ends[line] as number;
      let fromX = (points[end - 2] as number) - x0;
      let fromY = (points[end - 1] as number) - y0;
      for (let i = first; i < end; i += 2) {
        const toX = (points[i] as number) - x0;
        const toY = (points[i + 1] as number) - y0;
        if (fromY < toY) addEdge(this.#areas, fromX, fromY, toX, toY, 1, stride, y1 - y0);
        else if (fromY > toY) addEdge(this.#areas, toX, toY, fromX, fromY, -1, stride, y1 - y0);
        fromX = toX;
        fromY = toY;
      }
      first = end;
    }
    this.#blend(x0, y0, x1, y1, stride, black);
  }

  #blend(x0: number, y0: number, x1: number, y1: number, stride: number, black: number): void {
    const areas = this.#areas;
    const { ink, width } = this;
    const full = 255 * black;
    for (let y = y0; y < y1; y++) {
      const at = y * width;
      const row = (y - y0) * stride - x0;
      let sum = 0;
      let value = 0;
      for (let x = x0; x < x1; x++) {
        const area = areas[row + x] as number;
        if (area !== 0) {
          areas[row + x] = 0;
          sum += area;
          const part = sum < 0 ? -sum : sum;
          value = (part < 1 ? full * part + 0.5 : full + 0.5) | 0;
        }
        if (value > (ink[at + x] as number)) ink[at + x] = value;
      }
      areas[row + x1] = 0;
      areas[row + x1 + 1] = 0;
    }
  }

  /** One bit a pixel: those that are at least this black. `hair`, where it is less: and hair lines, thinner than a pixel,
   *  whose ink lies half in one row (or column) and half in the next; the darker of the two, from this black on. */
  blackerThan(least: number, hair = least): BitImage {
    const { ink, width, height } = this;
    const stride = (width + 7) >> 3;
    const bits = new Uint8Array(stride * height);
    // Most of a page is white: four pixels are looked at as one.
    const fours = new Uint32Array(ink.buffer);
    for (let i = 0; i < fours.length; i++) {
      if (fours[i] === 0) continue;
      for (let k = 4 * i; k < 4 * i + 4; k++) {
        if (k >= ink.length || (ink[k] as number) < hair) continue;
        if ((ink[k] as number) < least && !this.#isOfHair(k, least, hair)) continue;
        const y = Math.floor(k / width);
        const at = y * stride + ((k - y * width) >> 3);
        bits[at] = (bits[at] as number) | (0x80 >> ((k - y * width) & 7));
      }
    }
    return { width, height, bits };
  }

  /** Darker than what is before and behind it, of which one is nearly white; with the other it is black enough. */
  #isOfHair(at: number, least: number, hair: number): boolean {
    const { ink, width } = this;
    const own = ink[at] as number;
    for (const apart of [width, 1]) {
      const [before, behind] = [ink[at - apart] ?? 0, ink[at + apart] ?? 0];
      const isRidge = own > before && own >= behind;
      if (isRidge && Math.min(before, behind) < hair && own + Math.max(before, behind) >= least) return true;
    }
    return false;
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

/** Adds what lies to the right of an edge that goes down, row by row (signed-area accumulation). */
function addEdge(
  areas: Float32Array,
  x0: number,
  y0: number,
  x1: number,
  y1: number,
  sense: number,
  stride: number,
  rows: number,
): void {
  const slope = (x1 - x0) / (y1 - y0);
  const lastColumn = stride - 2;
  let x = y0 < 0 ? x0 - y0 * slope : x0;
  const end = Math.min(rows, Math.ceil(y1));
  for (let row = y0 < 0 ? 0 : Math.floor(y0); row < end; row++) {
    const tall = Math.min(row + 1, y1) - Math.max(row, y0);
    const next = x + slope * tall;
    // What lies left of the box counts from its edge on, what lies right of it not at all.
    let from = Math.min(x, next);
    let to = Math.max(x, next);
    from = from < 0 ? 0 : Math.min(from, lastColumn);
    to = to < 0 ? 0 : Math.min(to, lastColumn);
    const signed = sense * tall;
    const first = Math.floor(from);
    const at = row * stride + first;
    if (to <= first + 1) {
      const over = (from + to) / 2 - first;
      areas[at] = (areas[at] as number) + signed * (1 - over);
      areas[at + 1] = (areas[at + 1] as number) + signed * over;
    } else addSlope(areas, at, first, from, to, signed);
    x = next;
  }
}

/** The part of an edge in one row, where it crosses several columns. */
function addSlope(areas: Float32Array, at: number, first: number, from: number, to: number, signed: number): void {
  const last = Math.ceil(to);
  const perPixel = signed / (to - from);
  let before = 0;
  for (let column = first; column < last; column++) {
    const left = Math.max(column, from);
    const right = Math.min(column + 1, to);
    // To the right of the edge within this column, and all that came before.
    const here = perPixel * (right - left) * (column + 1 - (left + right) / 2);
    const i = at + column - first;
    areas[i] = (areas[i] as number) + here + before;
    before = perPixel * (right - left) - here;
  }
  areas[at + last - first] = (areas[at + last - first] as number) + before;
}
