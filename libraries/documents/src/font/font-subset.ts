/**
 * The subset of the font that one sheet uses, as a finished zlib stream: header tables deflated now, outlines from the
 * store. What a form's own words need is put together once; a sheet adds the glyphs of what is filled in. `glyf` stands
 * last in the file so that everything before it is small.
 */
import { type Adler, adlerOf, emptyAdler, joinAdler, tableChecksum } from './checksums.ts';
import { deflateChunk, type GlyphChunk } from './glyph-store.ts';
import type { TrueTypeFont } from './true-type.ts';

export type FontSubset = { readonly zlib: readonly Uint8Array[]; readonly length: number };

/** Glyphs one behind the other: outlines, and their entries in `loca` and `hmtx`. */
export type GlyphRun = {
  readonly count: number;
  readonly length: number;
  readonly deflated: readonly Uint8Array[];
  readonly adler: Adler;
  readonly checksum: number;
  /** Offsets from the beginning of the run, without its end. */
  readonly loca: Buffer;
  readonly hmtx: Buffer;
};

export function runOf(glyphs: readonly GlyphChunk[]): GlyphRun {
  const loca = Buffer.allocUnsafe(4 * glyphs.length);
  const hmtx = Buffer.allocUnsafe(4 * glyphs.length);
  const deflated: Uint8Array[] = [];
  let adler = emptyAdler;
  let checksum = 0;
  let length = 0;
  for (const [i, glyph] of glyphs.entries()) {
    loca.writeUInt32BE(length, 4 * i);
    hmtx.writeUInt16BE(glyph.advance, 4 * i);
    hmtx.writeInt16BE(glyph.leftSideBearing, 4 * i + 2);
    if (glyph.length === 0) continue;
    adler = joinAdler(adler, glyph.adler, glyph.length);
    checksum = (checksum + glyph.checksum) >>> 0;
    deflated.push(glyph.deflated);
    length += glyph.length;
  }
  return { count: glyphs.length, length, deflated, adler, checksum, loca, hmtx };
}

/** A run that will be used often: its pieces in one. */
export function joinedRun(run: GlyphRun): GlyphRun {
  return { ...run, deflated: [Buffer.concat(run.deflated)] };
}

const tableNames = ['glyf', 'head', 'hhea', 'hmtx', 'loca', 'maxp'] as const;
const directoryLength = 12 + 16 * tableNames.length;

/** head, hhea, maxp with their numbers changed, and where they stand. */
function numbersOf(font: TrueTypeFont, count: number) {
  const head = Buffer.from(font.head);
  head.writeUInt32BE(0, 8); // checkSumAdjustment: not asked for in a PDF
  head.writeInt16BE(1, 50); // long loca
  const hhea = Buffer.from(font.hhea);
  hhea.writeUInt16BE(count, 34);
  const maxp = Buffer.from(font.maxp);
  maxp.writeUInt16BE(count, 4);
  return { head, hhea, maxp };
}

function locaOf(first: GlyphRun, second: GlyphRun): Buffer {
  const loca = Buffer.allocUnsafe(4 * (first.count + second.count + 1));
  first.loca.copy(loca, 0);
  for (let i = 0; i < second.count; i++)
    loca.writeUInt32BE(first.length + second.loca.readUInt32BE(4 * i), 4 * (first.count + i));
  loca.writeUInt32BE(first.length + second.length, 4 * (first.count + second.count));
  return loca;
}

/** The first glyph must be the font's own .notdef. */
export function subsetFont(font: TrueTypeFont, first: GlyphRun, second: GlyphRun): FontSubset {
  const tables: Record<string, Buffer> = {
    ...numbersOf(font, first.count + second.count),
    hmtx: Buffer.concat([first.hmtx, second.hmtx]),
    loca: locaOf(first, second),
  };
  const glyfLength = first.length + second.length;
  const padded = (length: number) => (length + 3) & ~3;
  const frontLength = tableNames.reduce((sum, name) => sum + padded(tables[name]?.length ?? 0), directoryLength);
  const front = Buffer.alloc(frontLength);
  const power = Math.floor(Math.log2(tableNames.length));
  front.writeUInt32BE(0x00010000, 0);
  front.writeUInt16BE(tableNames.length, 4);
  front.writeUInt16BE(16 << power, 6);
  front.writeUInt16BE(power, 8);
  front.writeUInt16BE(16 * tableNames.length - (16 << power), 10);
  let at = directoryLength;
  for (const [i, name] of tableNames.entries()) {
    const table = tables[name];
    const entry = 12 + 16 * i;
    front.write(name, entry, 'latin1');
    front.writeUInt32BE(
      table === undefined ? (first.checksum + second.checksum) >>> 0 : tableChecksum(table),
      entry + 4,
    );
    front.writeUInt32BE(table === undefined ? frontLength : at, entry + 8);
    front.writeUInt32BE(table === undefined ? glyfLength : table.length, entry + 12);
    if (table === undefined) continue;
    table.copy(front, at);
    at += padded(table.length);
  }
  let adler = joinAdler(emptyAdler, adlerOf(front), front.length);
  adler = joinAdler(adler, first.adler, first.length);
  adler = joinAdler(adler, second.adler, second.length);
  const end = Buffer.alloc(6);
  end.writeUInt16BE(0x0300, 0); // an empty last block ends the stream
  end.writeUInt16BE(adler.b, 2);
  end.writeUInt16BE(adler.a, 4);
  const zlib = [Buffer.of(0x78, 0x9c), deflateChunk(front, 1), ...first.deflated, ...second.deflated, end];
  return { zlib, length: frontLength + glyfLength };
}
