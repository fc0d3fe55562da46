/** The subset of the font that one sheet uses, as a finished zlib stream: header tables deflated now, outlines from the
 *  store. `glyf` stands last in the file so that everything before it is small. */
import { adlerOf, emptyAdler, joinAdler, tableChecksum } from './checksums.ts';
import { deflateChunk, type GlyphChunk } from './glyph-store.ts';
import type { TrueTypeFont } from './true-type.ts';

export type FontSubset = { readonly zlib: readonly Uint8Array[]; readonly zlibLength: number; readonly length: number };

function padded(bytes: Buffer): Buffer {
  return bytes.length % 4 === 0 ? bytes : Buffer.concat([bytes, Buffer.alloc(4 - (bytes.length % 4))]);
}

function metricTables(font: TrueTypeFont, glyphs: readonly GlyphChunk[]) {
  const loca = Buffer.alloc(4 * (glyphs.length + 1));
  const hmtx = Buffer.alloc(4 * glyphs.length);
  let at = 0;
  for (const [i, glyph] of glyphs.entries()) {
    loca.writeUInt32BE(at, 4 * i);
    hmtx.writeUInt16BE(glyph.advance, 4 * i);
    hmtx.writeInt16BE(glyph.leftSideBearing, 4 * i + 2);
    at += glyph.length;
  }
  loca.writeUInt32BE(at, 4 * glyphs.length);
  const head = Buffer.from(font.head);
  head.writeUInt32BE(0, 8); // checkSumAdjustment: not asked for in a PDF
  head.writeInt16BE(1, 50); // long loca
  const hhea = Buffer.from(font.hhea);
  hhea.writeUInt16BE(glyphs.length, 34);
  const maxp = Buffer.from(font.maxp);
  maxp.writeUInt16BE(glyphs.length, 4);
  return { glyfLength: at, tables: { head, hhea, hmtx, loca, maxp } };
}

/** Glyph 0 must be the font's own .notdef. */
export function subsetFont(font: TrueTypeFont, glyphs: readonly GlyphChunk[]): FontSubset {
  const { glyfLength, tables } = metricTables(font, glyphs);
  const names = ['glyf', ...Object.keys(tables)].sort();
  const directory = Buffer.alloc(12 + 16 * names.length);
  const power = Math.floor(Math.log2(names.length));
  directory.writeUInt32BE(0x00010000, 0);
  directory.writeUInt16BE(names.length, 4);
  directory.writeUInt16BE(16 << power, 6);
  directory.writeUInt16BE(power, 8);
  directory.writeUInt16BE(16 * names.length - (16 << power), 10);
  let at = directory.length;
  const places = new Map<string, { offset: number; length: number; checksum: number }>();
  const parts: Buffer[] = [directory];
  for (const [name, bytes] of Object.entries(tables)) {
    places.set(name, { offset: at, length: bytes.length, checksum: tableChecksum(bytes) });
    const whole = padded(bytes);
    parts.push(whole);
    at += whole.length;
  }
  places.set('glyf', {
    offset: at,
    length: glyfLength,
    checksum: glyphs.reduce((sum, glyph) => (sum + glyph.checksum) >>> 0, 0),
  });
  for (const [i, name] of names.entries()) {
    const { offset, length, checksum } = places.get(name) as { offset: number; length: number; checksum: number };
    const entry = 12 + 16 * i;
    directory.write(name, entry, 'latin1');
    directory.writeUInt32BE(checksum, entry + 4);
    directory.writeUInt32BE(offset, entry + 8);
    directory.writeUInt32BE(length, entry + 12);
  }
  return assemble(Buffer.concat(parts), glyphs, at + glyfLength);
}

function assemble(front: Buffer, glyphs: readonly GlyphChunk[], length: number): FontSubset {
  let adler = joinAdler(emptyAdler, adlerOf(front), front.length);
  const zlib: Uint8Array[] = [Buffer.of(0x78, 0x9c), deflateChunk(front, 1)];
  for (const glyph of glyphs) {
    if (glyph.length === 0) continue;
    adler = joinAdler(adler, glyph.adler, glyph.length);
    zlib.push(glyph.deflated);
  }
  const end = Buffer.alloc(6);
  end.writeUInt16BE(0x0300, 0); // an empty last block ends the stream
  end.writeUInt16BE(adler.b, 2);
  end.writeUInt16BE(adler.a, 4);
  zlib.push(end);
  return { zlib, zlibLength: zlib.reduce((sum, part) => sum + part.length, 0), length };
}
