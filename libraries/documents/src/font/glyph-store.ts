/**
 * Glyph outlines, deflated once and used in every document that needs them. A chunk ends with a sync flush, so chunks
 * can stand one behind the other in one deflate stream: subsetting becomes concatenation.
 */
import { constants, deflateRawSync } from 'node:zlib';
import { type Adler, adlerOf, emptyAdler, tableChecksum } from './checksums.ts';
import type { TrueTypeFont } from './true-type.ts';

export type GlyphChunk = {
  readonly glyph: number;
  readonly advance: number;
  readonly leftSideBearing: number;
  /** Length of the outline, a multiple of four. */
  readonly length: number;
  readonly deflated: Uint8Array;
  readonly adler: Adler;
  readonly checksum: number;
};

export type GlyphStore = { readonly font: TrueTypeFont; chunk(glyph: number): GlyphChunk };

export function deflateChunk(bytes: Uint8Array, level = 9): Uint8Array {
  return deflateRawSync(bytes, { level, windowBits: 13, memLevel: 6, finishFlush: constants.Z_SYNC_FLUSH });
}

export function openGlyphStore(font: TrueTypeFont): GlyphStore {
  const chunks = new Map<number, GlyphChunk>();
  return {
    font,
    chunk(glyph) {
      const known = chunks.get(glyph);
      if (known !== undefined) return known;
      const outline = Buffer.from(font.outline(glyph));
      const made: GlyphChunk = {
        glyph,
        advance: font.advance(glyph),
        leftSideBearing: font.leftSideBearing(glyph),
        length: outline.length,
        deflated: outline.length === 0 ? new Uint8Array() : deflateChunk(outline),
        adler: outline.length === 0 ? emptyAdler : adlerOf(outline),
        checksum: tableChecksum(outline),
      };
      chunks.set(glyph, made);
      return made;
    },
  };
}
