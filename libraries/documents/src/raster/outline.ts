/** A glyph's outline as closed lines, in units of the em, y upwards (OpenType, glyf table). */

/** Closed lines: x and y of all their points, one after the other, and where in them each line ends. */
export type Outline = { readonly points: Float64Array; readonly ends: Uint32Array };
export type Edge = { readonly x0: number; readonly y0: number; readonly x1: number; readonly y1: number };

/** Room for points, used again for every glyph: one has some hundreds. */
class Points {
  #points = new Float64Array(512);
  #length = 0;
  #ends: number[] = [];

  add(x: number, y: number): void {
    if (this.#length + 2 > this.#points.length) {
      const larger = new Float64Array(this.#points.length * 2);
      larger.set(this.#points);
      this.#points = larger;
    }
    this.#points[this.#length++] = x;
    this.#points[this.#length++] = y;
  }

  end(): void {
    this.#ends.push(this.#length);
  }

  outline(): Outline {
    const outline = { points: this.#points.slice(0, this.#length), ends: Uint32Array.from(this.#ends) };
    this.clear();
    return outline;
  }

  clear(): void {
    this.#length = 0;
    this.#ends = [];
  }
}
const points = new Points();

type Contours = {
  readonly ends: Uint16Array;
  readonly on: Uint8Array;
  readonly xs: Int32Array;
  readonly ys: Int32Array;
};

/** The points of a simple glyph. */
function contoursOf(glyph: Buffer): Contours {
  const count = glyph.readInt16BE(0);
  const ends = Uint16Array.from({ length: Math.max(0, count) }, (_, i) => glyph.readUInt16BE(10 + 2 * i));
  const total = (ends.at(-1) ?? -1) + 1;
  let at = 10 + 2 * count + 2 + glyph.readUInt16BE(10 + 2 * count);
  const flags = new Uint8Array(total);
  for (let i = 0; i < total; ) {
    const flag = glyph.readUInt8(at++);
    const repeat = flag & 8 ? glyph.readUInt8(at++) : 0;
    flags.fill(flag, i, i + repeat + 1);
    i += repeat + 1;
  }
  const coordinates = (short: number, same: number) => {
    const values = new Int32Array(total);
    let value = 0;
    for (let i = 0; i < total; i++) {
      const flag = flags[i] as number;
      if (flag & short) {
        const delta = glyph.readUInt8(at++);
        value += flag & same ? delta : -delta;
      } else if (!(flag & same)) {
        value += glyph.readInt16BE(at);
        at += 2;
      }
      values[i] = value;
    }
    return values;
  };
  const xs = coordinates(2, 16);
  return { ends, on: flags.map((flag) => flag & 1), xs, ys: coordinates(4, 32) };
}

/** A quadratic curve as `pieces` lines; its first point is there already. */
function addCurve(to: Points, pieces: number, ax: number, ay: number, bx: number, by: number, cx: number, cy: number) {
  for (let step = 1; step <= pieces; step++) {
    const t = step / pieces;
    const first = (1 - t) * (1 - t);
    const second = 2 * t * (1 - t);
    const third = t * t;
    to.add(first * ax + second * bx + third * cx, first * ay + second * by + third * cy);
  }
}

/** The line of the contour from point `first` to `last`: between two points off the curve stands an implied one. */
function addContour({ on, xs, ys }: Contours, first: number, last: number, pieces: number, to: Points): void {
  const start = on.indexOf(1, first);
  if (start < 0 || start > last) return;
  const size = last - first + 1;
  const placeOf = (i: number) => first + ((start - first + i) % size);
  let [fromX, fromY] = [xs[start] as number, ys[start] as number];
  to.add(fromX, fromY);
  for (let i = 1; i <= size; i++) {
    const point = placeOf(i);
    const [x, y] = [xs[point] as number, ys[point] as number];
    if (on[point] === 1) {
      if (i < size) to.add(x, y);
      [fromX, fromY] = [x, y];
      continue;
    }
    const next = placeOf(i + 1);
    const isOn = on[next] === 1;
    const endX = isOn ? (xs[next] as number) : (x + (xs[next] as number)) / 2;
    const endY = isOn ? (ys[next] as number) : (y + (ys[next] as number)) / 2;
    addCurve(to, pieces, fromX, fromY, x, y, endX, endY);
    [fromX, fromY] = [endX, endY];
    if (isOn) i++;
  }
  to.end();
}

/** `pieces`: lines for each curve. */
export function outlineOf(glyph: Uint8Array, pieces: number): Outline {
  points.clear(); // of a glyph that could not be read
  if (glyph.length > 0) {
    const contours = contoursOf(Buffer.from(glyph.buffer, glyph.byteOffset, glyph.length));
    let first = 0;
    for (const end of contours.ends) {
      addContour(contours, first, end, pieces, points);
      first = end + 1;
    }
  }
  return points.outline();
}

/** The same, line by line. */
export function edgesOf(glyph: Uint8Array, pieces = 8): readonly Edge[] {
  const { points, ends } = outlineOf(glyph, pieces);
  const edges: Edge[] = [];
  let first = 0;
  for (const end of ends) {
    for (let i = first; i < end; i += 2) {
      const next = i + 2 < end ? i + 2 : first;
      const [x0, y0, x1, y1] = [points[i], points[i + 1], points[next], points[next + 1]] as [number, number, number, number]; // biome-ignore format: one edge
      edges.push({ x0, y0, x1, y1 });
    }
    first = end;
  }
  return edges;
}
