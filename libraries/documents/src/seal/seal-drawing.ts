/** A seal for papers that are no real papers: characters in a square frame, read in columns from the right, drawn from
 *  the font's outlines as a bitmap, as a scanned seal would come. */

import { glyphsOf } from '../font/text-glyphs.ts';
import type { TrueTypeFont } from '../font/true-type.ts';
import type { BitImage } from '../pdf/pdf-file.ts';

type Point = { readonly x: number; readonly y: number; readonly on: boolean };
type Edge = { readonly x0: number; readonly y0: number; readonly x1: number; readonly y1: number };

/** The contours of a simple glyph (OpenType, glyf table). */
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

/** Straight edges of a contour: quadratic curves in eight pieces, implied points between two off-curve ones. */
function edgesOf(contour: readonly Point[]): Edge[] {
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
    for (let step = 1; step <= 8; step++) {
      const t = step / 8;
      const x = (1 - t) ** 2 * from.x + 2 * t * (1 - t) * point.x + t ** 2 * to.x;
      const y = (1 - t) ** 2 * from.y + 2 * t * (1 - t) * point.y + t ** 2 * to.y;
      edges.push({ x0: px, y0: py, x1: x, y1: y });
      [px, py] = [x, y];
    }
    from = to;
  }
  return edges;
}

/** Fills by the non-zero rule into a bitmap of bytes, one a pixel. */
function fill(pixels: Uint8Array, size: number, edges: readonly Edge[]): void {
  for (let row = 0; row < size; row++) {
    const y = row + 0.5;
    const crossings: [number, number][] = [];
    for (const { x0, y0, x1, y1 } of edges) {
      if (y0 <= y === y1 <= y) continue;
      crossings.push([x0 + ((y - y0) * (x1 - x0)) / (y1 - y0), y1 > y0 ? 1 : -1]);
    }
    crossings.sort((a, b) => a[0] - b[0]);
    let winding = 0;
    for (const [i, [x, direction]] of crossings.entries()) {
      winding += direction;
      const end = crossings[i + 1]?.[0];
      if (winding === 0 || end === undefined) continue;
      for (let column = Math.max(0, Math.ceil(x - 0.5)); column < Math.min(size, end - 0.5); column++)
        pixels[row * size + column] = 1;
    }
  }
}

const dotsPerMm = 600 / 25.4;

/** `legend`: at most 16 characters, e.g. 「どこでも市長之印」. `widthMm`: at most 25, as for a real one. */
export function drawSeal(font: TrueTypeFont, legend: string, widthMm: number): BitImage {
  const size = Math.round(widthMm * dotsPerMm);
  const characters = glyphsOf(font, { text: legend });
  if (characters.length === 0 || characters.length > 16) throw new RangeError('a seal has 1 to 16 characters');
  const perSide = Math.ceil(Math.sqrt(characters.length));
  const columns = Math.ceil(characters.length / perSide);
  const pixels = new Uint8Array(size * size);
  const frame = Math.round(0.9 * dotsPerMm);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) if (Math.min(x, y, size - 1 - x, size - 1 - y) < frame) pixels[y * size + x] = 1;
  }
  const inner = size - 2 * frame - Math.round(1.4 * dotsPerMm);
  const edge = (size - inner) / 2;
  const cellWidth = inner / columns;
  const scaleX = (cellWidth * 0.98) / font.unitsPerEm;
  const edges: Edge[] = [];
  for (const [i, { glyph }] of characters.entries()) {
    const column = Math.floor(i / perSide);
    // Seal script fills its field: a shorter column's characters are cut taller.
    const inColumn = Math.min(perSide, characters.length - column * perSide);
    const cellHeight = inner / inColumn;
    const scaleY = (cellHeight * 0.98) / font.unitsPerEm;
    const left = edge + (columns - 1 - column) * cellWidth;
    const base = edge + (i % perSide) * cellHeight + cellHeight * 0.88;
    for (const contour of contoursOf(Buffer.from(font.outline(glyph)))) {
      for (const it of edgesOf(contour)) {
        edges.push({
          x0: left + it.x0 * scaleX,
          y0: base - it.y0 * scaleY,
          x1: left + it.x1 * scaleX,
          y1: base - it.y1 * scaleY,
        });
      }
    }
  }
  fill(pixels, size, edges);
  return pack(thicken(pixels, size, 2), size);
}

/** Seals are cut in thick lines; a Mincho's hairlines are not. */
function thicken(pixels: Uint8Array, size: number, by: number): Uint8Array {
  const thick = new Uint8Array(pixels);
  for (let y = by; y < size - by; y++) {
    for (let x = by; x < size - by; x++) {
      if (pixels[y * size + x] !== 1) continue;
      for (let dy = -by; dy <= by; dy++) for (let dx = -by; dx <= by; dx++) thick[(y + dy) * size + x + dx] = 1;
    }
  }
  return thick;
}

function pack(pixels: Uint8Array, size: number): BitImage {
  const stride = Math.ceil(size / 8);
  const bits = new Uint8Array(stride * size);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++)
      if (pixels[y * size + x] === 1)
        bits[y * stride + (x >> 3)] = (bits[y * stride + (x >> 3)] as number) | (0x80 >> (x & 7));
  }
  return { width: size, height: size, bits };
}
