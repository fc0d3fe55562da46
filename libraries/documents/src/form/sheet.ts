/** One sheet being drawn: marked content for its structure, glyph numbers of its own subset of the font, images. */
import type { RegisterText } from '@dokodemo/domain';
import { type GlyphRun, joinedRun, runOf, subsetFont } from '../font/font-subset.ts';
import type { GlyphChunk, GlyphStore } from '../font/glyph-store.ts';
import { glyphsOf, type SetGlyph } from '../font/text-glyphs.ts';
import type { TrueTypeFont } from '../font/true-type.ts';
import {
  type BitImage,
  type PdfaPart,
  pageHeight,
  pageWidth,
  type StructureRole,
  writeSheet,
} from '../pdf/pdf-file.ts';
import { type Fitted, type Line, leading, middleOfType, pointsPerMm } from './fitting.ts';

/** The name under which the content draws the copy-evident background. */
export const groundName = 'Ground';

/** A number as a content stream writes it. */
export const n = (value: number): string => (Math.round(value * 100) / 100).toString();

function hexOfText(text: string): string {
  return Buffer.from(text, 'utf16le').swap16().toString('hex');
}

function unicodeLine(number: string, text: string): string {
  return `<${number}> <${hexOfText(text)}>`;
}

function unicodeBlocks(lines: readonly string[]): string {
  const blocks: string[] = [];
  for (let i = 0; i < lines.length; i += 100) {
    const part = lines.slice(i, i + 100);
    blocks.push(`${part.length} beginbfchar\n${part.join('\n')}\nendbfchar`);
  }
  return blocks.join('\n');
}

function toUnicodeMap(blocks: string): string {
  return `/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo <</Registry (Adobe)/Ordering (UCS)/Supplement 0>> def\n/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n${blocks}\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend`;
}

/** Numbers of glyphs as content writes them. */
function hexNumber(number: number): string {
  return number.toString(16).padStart(4, '0');
}

/** Glyph numbers shared by all sheets of a form: what its own words need comes first, always under the same number. */
export type Template = {
  readonly count: number;
  readonly hex: ReadonlyMap<SetGlyph, string>;
  readonly run: GlyphRun;
  readonly widths: string;
  readonly unicode: string;
};

const perMilleOf = (font: TrueTypeFont) => 1000 / font.unitsPerEm;

/** `number[width]` for widths other than 1000. */
function widthsFrom(font: TrueTypeFont, first: number, chunks: readonly GlyphChunk[]): string {
  let widths = '';
  for (const [i, { advance }] of chunks.entries()) {
    const width = Math.round(advance * perMilleOf(font));
    if (width !== 1000) widths += `${first + i}[${width}]`;
  }
  return widths;
}

export function makeTemplate(store: GlyphStore, texts: readonly string[]): Template {
  const set = new Set(texts.flatMap((text) => glyphsOf(store.font, { text })));
  const glyphs = [...set];
  const chunks = [0, ...glyphs.map(({ glyph }) => glyph)].map((glyph) => store.chunk(glyph));
  return {
    count: chunks.length,
    hex: new Map(glyphs.map((glyph, i) => [glyph, hexNumber(i + 1)])),
    run: joinedRun(runOf(chunks)),
    widths: widthsFrom(store.font, 0, chunks),
    unicode: unicodeBlocks(glyphs.map((glyph, i) => unicodeLine(hexNumber(i + 1), glyph.text))),
  };
}

export type Align = 'left' | 'center' | 'right';

export class Sheet {
  readonly #store: GlyphStore;
  readonly #template: Template;
  readonly #added: SetGlyph[] = [];
  readonly #hex = new Map<SetGlyph, string>();
  readonly #content: string[] = [];
  readonly #images = new Map<BitImage, string>();
  readonly #roles: StructureRole[] = [];
  /** What was filled in, in order: what the paper says beside the form's labels. */
  readonly said: string[] = [];

  constructor(store: GlyphStore, template: Template) {
    this.#store = store;
    this.#template = template;
  }

  glyphsOf(text: RegisterText): Line {
    return glyphsOf(this.#store.font, text);
  }

  #hexOfNew(glyph: SetGlyph): string {
    const hex = hexNumber(this.#template.count + this.#added.length);
    this.#hex.set(glyph, hex);
    this.#added.push(glyph);
    return hex;
  }

  hex(glyphs: Line): string {
    let hex = '';
    for (const glyph of glyphs) hex += this.#template.hex.get(glyph) ?? this.#hex.get(glyph) ?? this.#hexOfNew(glyph);
    return hex;
  }

  raw(content: string): void {
    this.#content.push(content);
  }

  /** What follows, until `end`, is one element of the document's structure. */
  begin(role: StructureRole): void {
    this.#content.push(`/${role}<</MCID ${this.#roles.length}>>BDC`);
    this.#roles.push(role);
  }

  /** What follows, until `end`, says nothing: rules, watermarks. */
  beginArtifact(): void {
    this.#content.push('/Artifact BMC');
  }

  end(): void {
    this.#content.push('EMC');
  }

  /** Set lines in a box, in points from the origin in force, y upwards; the box's upper left corner at (x, y). */
  lines({ lines, sizePt, condense }: Fitted, x: number, y: number, width: number, height: number, align: Align): void {
    let baseline = y - height / 2 + (((lines.length - 1) * leading) / 2 - middleOfType) * sizePt;
    for (const line of lines) {
      const at = align === 'left' ? x : x + startOf(line, width, sizePt * condense, align);
      this.#content.push(textAt(this.hex(line), at, baseline, sizePt, condense));
      baseline -= leading * sizePt;
    }
  }

  /** A black-and-white image, in points from the origin in force, with its lower left corner at (x, y). */
  image(image: BitImage, x: number, y: number, width: number, height: number): void {
    const name = this.#images.get(image) ?? `I${this.#images.size}`;
    this.#images.set(image, name);
    this.#content.push(`q ${n(width)} 0 0 ${n(height)} ${n(x)} ${n(y)} cm /${name} Do Q`);
  }

  /** Dots over the whole page, under what is drawn later. */
  ground(image: BitImage): void {
    this.#images.set(image, groundName);
    this.#content.push(`q ${n(pageWidth)} 0 0 ${n(pageHeight)} 0 0 cm /${groundName} Do Q`);
  }

  /** Content and font of a page whose file is written elsewhere. */
  parts() {
    const { font } = this.#store;
    const template = this.#template;
    const chunks = this.#added.map(({ glyph }) => this.#store.chunk(glyph));
    const own = this.#added.map((glyph) => unicodeLine(this.#hex.get(glyph) as string, glyph.text));
    return {
      content: this.#content.join('\n'),
      subset: subsetFont(font, template.run, runOf(chunks)),
      glyphCount: template.count + chunks.length,
      boundingBox: font.boundingBox.map((value) => Math.round(value * perMilleOf(font))),
      widths: template.widths + widthsFrom(font, template.count, chunks),
      toUnicode: toUnicodeMap(own.length === 0 ? template.unicode : `${template.unicode}\n${unicodeBlocks(own)}`),
    };
  }

  finish(title: string, createdAt: string, part: PdfaPart): Buffer {
    return writeSheet({ ...this.parts(), title, createdAt, part, roles: this.#roles, images: this.#images });
  }
}

function startOf(line: Line, width: number, size: number, align: Align): number {
  let natural = 0;
  for (const glyph of line) natural += glyph.width;
  const free = width - (natural / 1000) * size;
  return align === 'right' ? free : free / 2;
}

export function textAt(hex: string, x: number, y: number, sizePt: number, condense = 1, spacing = 0): string {
  return `BT /F ${n(sizePt)} Tf ${n(spacing / condense)} Tc ${n(condense * 100)} Tz 1 0 0 1 ${n(x)} ${n(y)} Tm <${hex}> Tj ET`;
}

export function ruleFrom(x: number, y: number, toX: number, toY: number, widthPt: number): string {
  return `${n(widthPt)} w ${n(x)} ${n(y)} m ${n(toX)} ${n(toY)} l S`;
}

/** A box by its upper left corner. */
export function boxAt(x: number, y: number, width: number, height: number, widthPt: number): string {
  return `${n(widthPt)} w ${n(x)} ${n(y - height)} ${n(width)} ${n(height)} re S`;
}

/** Where the sheet's own origin lies: the y of a place so many millimetres below the upper edge. */
export function down(mm: number): number {
  return pageHeight - mm * pointsPerMm;
}
