/**
 * Characters in place of which something else stands that has nothing in common with them. A large one is all that a
 * place has to lie by, so where it was exchanged nothing seems to lie as it should, and the fine look says nothing; but
 * a character as it was signed is found somewhere near, however the sheet lies.
 */
import type { GlyphCell } from './glyph-cells.ts';
import type { LaidFinely } from './laid-finely.ts';
import { type Layer, type Overlay, perMm } from './lay-over.ts';
import { likeness } from './likeness.ts';

/** As large as writing of 8 points: what is smaller is found somewhere near by chance. */
const leastMm = 2.8;
/** Other kanji of that size are alike by 0.2 to 0.46 where they fit best; the same ones where nothing lies as it should
 *  by 0.54 or more. */
const leastAlike = 0.48;
const reach = perMm;
const margin = 2;
/** Nearer ones lie by what this one lies by. */
const [besideMm, aroundMm] = [7, 25];

export function strangeCharacters(
  { asSigned, asSeen, isThere }: Overlay,
  { pixelsPerMm, fits }: Pick<LaidFinely, 'pixelsPerMm' | 'fits'>,
  cells: readonly GlyphCell[],
): readonly GlyphCell[] {
  const middles = cells.map((it) => ({ x: it.left + it.width / 2, y: it.top + it.height / 2 }));
  const isFit = middles.map(({ x, y }) => fits(x, y));
  return cells.filter((cell, i) => {
    if (isFit[i] || Math.max(cell.width, cell.height) < leastMm * pixelsPerMm) return false;
    const { x, y } = middles[i] as (typeof middles)[number];
    const near = isFit.filter((_, j) => {
      const it = middles[j] as (typeof middles)[number];
      const away = Math.hypot(it.x - x, it.y - y) / pixelsPerMm;
      return away > besideMm && away < aroundMm;
    });
    // Where a sheet lies otherwise than it is thought to, others do not fit either.
    if (near.filter((it) => it).length < near.length / 2) return false;
    const like = likenessNear(asSigned, asSeen, isThere, cell, perMm / pixelsPerMm);
    return like !== undefined && like < leastAlike;
  });
}

/** How alike what the cell holds is where it fits best, −1 to 1, within a millimetre. Undefined: not all of that is in
 *  the picture. */
function likenessNear(
  signed: Layer,
  seen: Layer,
  isThere: Uint8Array,
  cell: GlyphCell,
  scale: number,
): number | undefined {
  const [left, top] = [Math.round(cell.left * scale) - margin, Math.round(cell.top * scale) - margin];
  const [wide, high] = [Math.round(cell.width * scale) + 2 * margin, Math.round(cell.height * scale) + 2 * margin];
  const [x0, y0, x1, y1] = [left - reach, top - reach, left + wide + reach, top + high + reach];
  if (x0 < 0 || y0 < 0 || x1 >= signed.width || y1 >= signed.height) return undefined;
  for (let y = y0; y <= y1; y++)
    for (let x = x0; x <= x1; x++) if (isThere[y * signed.width + x] !== 1) return undefined;
  const own = { ink: signed.ink, at: top * signed.width + left, stride: signed.width };
  let best = -1;
  for (let dy = -reach; dy <= reach; dy++) {
    for (let dx = -reach; dx <= reach; dx++) {
      const there = { ink: seen.ink, at: (top + dy) * seen.width + left + dx, stride: seen.width };
      best = Math.max(best, likeness(own, there, wide, high));
    }
  }
  return best;
}
