/** Reads what a PDF needs of a TrueType font (OpenType specification: cmap 12 and 14, glyf, loca, hmtx, post 2.0). */

type Table = { readonly offset: number; readonly length: number };

export type Glyph = {
  /** Glyph id in the font. */
  readonly id: number;
  /** Units of the em, see `unitsPerEm`. */
  readonly advance: number;
};

export type TrueTypeFont = {
  readonly unitsPerEm: number;
  readonly glyphCount: number;
  readonly boundingBox: readonly [number, number, number, number];
  /** Glyph of a code point. */
  glyphOf(codePoint: number): number | undefined;
  /** Glyph of a base character with a variation selector (IVS); undefined when the font does not have this sequence. */
  glyphOfSequence(codePoint: number, selector: number): number | undefined;
  /** Glyph by its name ("mj055353"). */
  glyphNamed(name: string): number | undefined;
  advance(glyph: number): number;
  leftSideBearing(glyph: number): number;
  /** Outline as it stands in `glyf`, without hinting instructions, padded to four bytes. Empty for a blank. */
  outline(glyph: number): Uint8Array;
  /** Tables that a subset takes over with changes of single numbers. */
  readonly head: Buffer;
  readonly hhea: Buffer;
  readonly maxp: Buffer;
};

function readTables(font: Buffer): ReadonlyMap<string, Table> {
  const count = font.readUInt16BE(4);
  return new Map(
    Array.from({ length: count }, (_, i) => {
      const entry = 12 + 16 * i;
      return [
        font.toString('latin1', entry, entry + 4),
        { offset: font.readUInt32BE(entry + 8), length: font.readUInt32BE(entry + 12) },
      ];
    }),
  );
}

function subtables(font: Buffer, cmap: number): ReadonlyMap<number, number> {
  const formats = new Map<number, number>();
  for (let i = 0; i < font.readUInt16BE(cmap + 2); i++) {
    const offset = cmap + font.readUInt32BE(cmap + 8 + 8 * i);
    formats.set(font.readUInt16BE(offset), offset);
  }
  return formats;
}

/** Format 12: ranges of code points to ranges of glyphs. */
function readCharacters(font: Buffer, at: number): ReadonlyMap<number, number> {
  const characters = new Map<number, number>();
  for (let i = 0; i < font.readUInt32BE(at + 12); i++) {
    const group = at + 16 + 12 * i;
    const first = font.readUInt32BE(group);
    const last = font.readUInt32BE(group + 4);
    const glyph = font.readUInt32BE(group + 8);
    for (let codePoint = first; codePoint <= last; codePoint++) characters.set(codePoint, glyph + codePoint - first);
  }
  return characters;
}

/** One number for a base and a selector of the supplement (U+E0100–E01EF). */
export function sequenceKey(codePoint: number, selector: number): number {
  return codePoint * 0x100 + (selector - 0xe0100);
}

export function isVariationSelector(codePoint: number): boolean {
  return codePoint >= 0xe0100 && codePoint <= 0xe01ef;
}

/** Format 14: per selector the bases that keep their default glyph, and those with one of their own. */
function readSequences(font: Buffer, at: number, characters: ReadonlyMap<number, number>): ReadonlyMap<number, number> {
  const sequences = new Map<number, number>();
  for (let i = 0; i < font.readUInt32BE(at + 6); i++) {
    const record = at + 10 + 11 * i;
    const selector = font.readUIntBE(record, 3);
    const defaults = font.readUInt32BE(record + 3);
    const others = font.readUInt32BE(record + 7);
    if (defaults !== 0) {
      for (let k = 0; k < font.readUInt32BE(at + defaults); k++) {
        const range = at + defaults + 4 + 4 * k;
        const first = font.readUIntBE(range, 3);
        for (let codePoint = first; codePoint <= first + font.readUInt8(range + 3); codePoint++) {
          const glyph = characters.get(codePoint);
          if (glyph !== undefined) sequences.set(sequenceKey(codePoint, selector), glyph);
        }
      }
    }
    if (others !== 0) {
      for (let k = 0; k < font.readUInt32BE(at + others); k++) {
        const mapping = at + others + 4 + 5 * k;
        sequences.set(sequenceKey(font.readUIntBE(mapping, 3), selector), font.readUInt16BE(mapping + 3));
      }
    }
  }
  return sequences;
}

/** post 2.0: names beyond the 258 of Macintosh, as counted strings. */
function readNames(font: Buffer, { offset, length }: Table): ReadonlyMap<string, number> {
  const count = font.readUInt16BE(offset + 32);
  const own: string[] = [];
  for (let at = offset + 34 + 2 * count; at < offset + length; at += 1 + font.readUInt8(at)) {
    own.push(font.toString('latin1', at + 1, at + 1 + font.readUInt8(at)));
  }
  const names = new Map<string, number>();
  for (let glyph = 0; glyph < count; glyph++) {
    const name = own[font.readUInt16BE(offset + 34 + 2 * glyph) - 258];
    if (name !== undefined) names.set(name, glyph);
  }
  return names;
}

function withoutInstructions(outline: Buffer): Buffer {
  const contours = outline.readInt16BE(0);
  if (contours < 0) throw new Error('a composite glyph: this font is expected to have none among its characters');
  const at = 10 + 2 * contours;
  const rest = outline.subarray(at + 2 + outline.readUInt16BE(at));
  const bare = Buffer.alloc(Math.ceil((at + 2 + rest.length) / 4) * 4);
  outline.copy(bare, 0, 0, at);
  rest.copy(bare, at + 2);
  return bare;
}

export function readTrueType(font: Buffer): TrueTypeFont {
  const tables = readTables(font);
  const table = (name: string): Table => {
    const found = tables.get(name);
    if (found === undefined) throw new Error(`the font has no ${name} table`);
    return found;
  };
  const copy = (name: string) =>
    Buffer.from(font.subarray(table(name).offset, table(name).offset + table(name).length));
  const head = copy('head');
  const hhea = copy('hhea');
  const formats = subtables(font, table('cmap').offset);
  const format12 = formats.get(12);
  const format14 = formats.get(14);
  if (format12 === undefined || format14 === undefined) throw new Error('the font has no cmap of formats 12 and 14');
  const characters = readCharacters(font, format12);
  const sequences = readSequences(font, format14, characters);
  const names = readNames(font, table('post'));
  const longLoca = head.readInt16BE(50) === 1;
  const longMetrics = hhea.readUInt16BE(34);
  const hmtx = table('hmtx').offset;
  const loca = table('loca').offset;
  const glyf = table('glyf').offset;
  const place = (glyph: number) =>
    longLoca ? font.readUInt32BE(loca + 4 * glyph) : 2 * font.readUInt16BE(loca + 2 * glyph);
  return {
    unitsPerEm: head.readUInt16BE(18),
    glyphCount: font.readUInt16BE(table('maxp').offset + 4),
    boundingBox: [head.readInt16BE(36), head.readInt16BE(38), head.readInt16BE(40), head.readInt16BE(42)],
    glyphOf: (codePoint) => characters.get(codePoint),
    glyphOfSequence: (codePoint, selector) => sequences.get(sequenceKey(codePoint, selector)),
    glyphNamed: (name) => names.get(name),
    advance: (glyph) => font.readUInt16BE(hmtx + 4 * Math.min(glyph, longMetrics - 1)),
    leftSideBearing: (glyph) =>
      glyph < longMetrics
        ? font.readInt16BE(hmtx + 4 * glyph + 2)
        : font.readInt16BE(hmtx + 4 * longMetrics + 2 * (glyph - longMetrics)),
    outline(glyph) {
      const outline = font.subarray(glyf + place(glyph), glyf + place(glyph + 1));
      return outline.length === 0 ? outline : withoutInstructions(outline);
    },
    head,
    hhea,
    maxp: copy('maxp'),
  };
}
