/** A seal for papers that are no real papers: characters in a square frame, read in columns from the right, drawn from
 *  the font's outlines as a bitmap, as a scanned seal would come. */

import { glyphsOf } from '../font/text-glyphs.ts';
import type { TrueTypeFont } from '../font/true-type.ts';
import type { BitImage } from '../pdf/pdf-file.ts';
import { type Edge, edgesOf } from '../raster/outline.ts';

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
    for (const it of edgesOf(font.outline(glyph))) {
      edges.push({
        x0: left + it.x0 * scaleX,
        y0: base - it.y0 * scaleY,
        x1: left + it.x1 * scaleX,
        y1: base - it.y1 * scaleY,
      });
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
