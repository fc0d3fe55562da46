/**
 * Single characters that look otherwise than they were signed. The signed picture knows no gray: strokes lie up to half
 * a pixel beside where they are printed, and thin ones are as black as thick ones. Under a bell of one pixel, over both,
 * that is gone, and what is left in windows of a stroke's surroundings is the shape.
 */
import { type GlyphCell, glyphCells } from './glyph-cells.ts';
import { edgeMm, type LaidFinely, softened } from './laid-finely.ts';
import type { Layer } from './lay-over.ts';

/** Deviations of the bells, in pixels: the scan has its own. */
const bells = { signed: 1, seen: 0.7 } as const;
/** Measured (docs/proof.md): characters as issued are unlike by 0.21 at most, 3 printed as 4 by 0.35 to 0.5. */
const mostUnlike = 0.25;

export function changedGlyphs(laid: LaidFinely): readonly GlyphCell[] {
  const [signed, seen] = [softened(laid.signed, bells.signed), softened(laid.seen, bells.seen)];
  return glyphCells(laid.signed, laid.pixelsPerMm, edgeMm).filter(
    (cell) =>
      laid.fits(cell.left + cell.width / 2, cell.top + cell.height / 2) && unlike(signed, seen, cell) > mostUnlike,
  );
}

/** 13 pixels: 2.2 mm at 150 dpi. */
const half = 6;
const windowSize = (2 * half + 1) ** 2;
/** Of a window's variance: with less there is not much to compare, as in a dense kanji, whose strokes run together. */
const faint = 0.04;
const step = 2;

/** 0: the same shape; 1: another. The worst window of those that are centred in the character. */
export function unlike({ ink: a, width }: Layer, { ink: b }: Layer, cell: GlyphCell): number {
  let worst = 0;
  for (let y = cell.top; y < cell.top + cell.height; y += step) {
    for (let x = cell.left; x < cell.left + cell.width; x += step) {
      let [sa, sb, aa, bb, ab] = [0, 0, 0, 0, 0];
      for (let v = y - half; v <= y + half; v++) {
        for (let i = v * width + x - half; i <= v * width + x + half; i++) {
          const [p, q] = [a[i] as number, b[i] as number];
          sa += p;
          sb += q;
          aa += p * p;
          bb += q * q;
          ab += p * q;
        }
      }
      const n = windowSize;
      const [va, vb, both] = [aa / n - (sa / n) ** 2, bb / n - (sb / n) ** 2, ab / n - (sa * sb) / n ** 2];
      const like = (both + faint) / Math.sqrt((Math.max(0, va) + faint) * (Math.max(0, vb) + faint));
      if (1 - like > worst) worst = 1 - like;
    }
  }
  return worst;
}
