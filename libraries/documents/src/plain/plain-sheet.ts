/** A sheet that certifies nothing: words at their places over a page of dots. For papers by which devices are set up. */
import type { GlyphStore } from '../font/glyph-store.ts';
import { glyphsOf, widthOf } from '../font/text-glyphs.ts';
import { pointsPerMm } from '../form/fitting.ts';
import { boxAt, down, makeTemplate, Sheet, textAt } from '../form/sheet.ts';
import type { BitImage, PdfaPart, StructureRole } from '../pdf/pdf-file.ts';

export type PlainText = {
  readonly text: string;
  readonly role?: StructureRole;
  /** Where the line begins, and its baseline, from the upper left corner. */
  readonly leftMm: number;
  readonly baselineMm: number;
  /** A longer line is set narrower (長体). */
  readonly widthMm: number;
  readonly sizePt: number;
};

export type PlainSheet = {
  readonly title: string;
  /** ISO 8601 with offset. */
  readonly createdAt: string;
  /** Dots over the whole page at 600 dpi (4960 × 7016). */
  readonly ground: BitImage;
  readonly texts: readonly PlainText[];
  readonly boxes: readonly {
    readonly leftMm: number;
    readonly topMm: number;
    readonly widthMm: number;
    readonly heightMm: number;
  }[];
};

const narrowest = 0.6;
const boxPt = 0.4;

/** One complete PDF. Throws RangeError for a line that is too long, GlyphMissing for a character without a glyph. */
export function drawPlainSheet(store: GlyphStore, plain: PlainSheet, part: PdfaPart = 2): Uint8Array {
  const k = pointsPerMm;
  const sheet = new Sheet(store, makeTemplate(store, []));
  sheet.beginArtifact();
  sheet.ground(plain.ground);
  for (const { leftMm, topMm, widthMm, heightMm } of plain.boxes)
    sheet.raw(boxAt(leftMm * k, down(topMm), widthMm * k, heightMm * k, boxPt));
  sheet.end();
  for (const { text, role = 'P', leftMm, baselineMm, widthMm, sizePt } of plain.texts) {
    const line = glyphsOf(store.font, { text });
    const condense = Math.min(1, (widthMm * k) / ((widthOf(line) / 1000) * sizePt));
    if (condense < narrowest) throw new RangeError(`too long for ${widthMm} mm: ${text}`);
    sheet.begin(role);
    sheet.raw(textAt(sheet.hex(line), leftMm * k, down(baselineMm), sizePt, condense));
    sheet.end();
  }
  return sheet.finish(plain.title, plain.createdAt, part);
}
