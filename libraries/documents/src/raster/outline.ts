/** A glyph's outline as straight edges, in units of the em, y upwards (OpenType, glyf table). */

type Point = { readonly x: number; readonly y: number; readonly on: boolean };
export type Edge = { readonly x0: number; readonly y0: number; readonly x1: number; readonly y1: number };

/** The contours of a simple glyph. */
function contoursOf(outline: Buffer): Point[][] {
  if (outline.length === 0) return [];
  const count = outline.readInt16BE(0);
  const ends = Array.from({ length: count }, (_, i) => outline.readUInt16BE(10 + 2 * i));
  const total = (ends.at(-1) ?? -1) + 1;
  let at = 10 + 2 * count + 2 + outline.readUInt16BE(10 + 2 * count);
  const flags: number[] = [];
  while (flags.length < total) {
    const flag = outline.readUInt8(at++);
    const repeat = flag & 8 ? outline.readUInt8(at++) : 0;
    for (let i = 0; i <= repeat; i++) flags.push(flag);
  }
  const coordinates = (short: number, same: number) => {
    let value = 0;
    return flags.map((flag) => {
      if (flag & short) {
        const delta = outline.readUInt8(at++);
        value += flag & same ? delta : -delta;
      } else if (!(flag & same)) {
        value += outline.readInt16BE(at);
        at += 2;
      }
      return value;
    });
  };
  const xs = coordinates(2, 16);
  const ys = coordinates(4, 32);
  const points = flags.map((flag, i): Point => ({ x: xs[i] as number, y: ys[i] as number, on: (flag & 1) === 1 }));
  return ends.map((end, i) => points.slice((ends[i - 1] ?? -1) + 1, end + 1));
}

const middle = (a: Point, b: Point): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, on: true });

/** Straight edges of a contour: quadratic curves in pieces, implied points between two off-curve ones. */
function contourEdges(contour: readonly Point[], pieces: number): Edge[] {
  const whole: Point[] = [];
  for (const [i, point] of contour.entries()) {
    const next = contour[(i + 1) % contour.length] as Point;
    whole.push(point);
    if (!point.on && !next.on) whole.push(middle(point, next));
  }
  const first = whole.findIndex(({ on }) => on);
  if (first < 0) return [];
  const ordered = [...whole.slice(first), ...whole.slice(0, first), whole[first] as Point];
  const edges: Edge[] = [];
  let from = ordered[0] as Point;
  for (let i = 1; i < ordered.length; i++) {
    const point = ordered[i] as Point;
    if (point.on) {
      edges.push({ x0: from.x, y0: from.y, x1: point.x, y1: point.y });
      from = point;
      continue;
    }
    const to = ordered[++i] as Point;
    let [px, py] = [from.x, from.y];
    for (let step = 1; step <= pieces; step++) {
      const t = step / pieces;
      const x = (1 - t) ** 2 * from.x + 2 * t * (1 - t) * point.x + t ** 2 * to.x;
      const y = (1 - t) ** 2 * from.y + 2 * t * (1 - t) * point.y + t ** 2 * to.y;
      edges.push({ x0: px, y0: py, x1: x, y1: y });
      [px, py] = [x, y];
    }
    from = to;
  }
  return edges;
}

/** `pieces`: of each curve. */
export function edgesOf(outline: Uint8Array, pieces = 8): readonly Edge[] {
  return contoursOf(Buffer.from(outline.buffer, outline.byteOffset, outline.length)).flatMap((contour) =>
    contourEdges(contour, pieces),
  );
}
