/** One sheet being drawn: text, rules and images in millimetres from the upper left corner. */
import type { RegisterText } from '@dokodemo/domain';
import { subsetFont } from '../font/font-subset.ts';
import type { GlyphChunk, GlyphStore } from '../font/glyph-store.ts';
import { glyphsOf, type SetGlyph, widthOf } from '../font/text-glyphs.ts';
import { type BitImage, pageHeight, writeSheet } from '../pdf/pdf-file.ts';

const pointsPerMm = 72 / 25.4;

export type Align = 'left' | 'center' | 'right' | 'spread';

export type TextStyle = {
  readonly sizePt: number;
  /** Horizontal scale, 1 is natural: 長体 below 1. */
  readonly condense?: number;
  /** 0 black … 1 white. */
  readonly gray?: number;
};

const n = (value: number): string => (Math.round(value * 100) / 100).toString();

function hexOfText(text: string): string {
  return Buffer.from(text, 'utf16le').swap16().toString('hex');
}

/** Glyph numbers shared by all sheets of a form: what its labels need comes first, always under the same number. */
export type Template = {
  readonly glyphs: readonly SetGlyph[];
  readonly chunks: readonly GlyphChunk[];
  readonly numbers: ReadonlyMap<number, number>;
  readonly unicode: readonly string[];
};

export function makeTemplate(store: GlyphStore, labels: readonly string[]): Template {
  const notdef: SetGlyph = { glyph: 0, text: '', width: 1000 };
  const numbers = new Map<number, number>([[0, 0]]);
  const glyphs: SetGlyph[] = [notdef];
  for (const glyph of labels.flatMap((text) => glyphsOf(store.font, { text }))) {
    if (numbers.has(glyph.glyph)) continue;
    numbers.set(glyph.glyph, glyphs.length);
    glyphs.push(glyph);
  }
  return {
    glyphs,
    chunks: glyphs.map(({ glyph }) => store.chunk(glyph)),
    numbers,
    unicode: glyphs.slice(1).map((glyph, i) => unicodeLine(i + 1, glyph.text)),
  };
}

function unicodeLine(number: number, text: string): string {
  return `<${number.toString(16).padStart(4, '0')}> <${hexOfText(text)}>`;
}

function toUnicodeMap(lines: readonly string[]): string {
  const blocks: string[] = [];
  for (let i = 0; i < lines.length; i += 100) {
    const part = lines.slice(i, i + 100);
    blocks.push(`${part.length} beginbfchar\n${part.join('\n')}\nendbfchar`);
  }
  return `/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo <</Registry (Adobe)/Ordering (UCS)/Supplement 0>> def\n/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n${blocks.join('\n')}\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend`;
}

export class Sheet {
  readonly #store: GlyphStore;
  readonly #template: Template;
  readonly #added: SetGlyph[] = [];
  readonly #numbers = new Map<number, number>();
  readonly #content: string[] = [];
  readonly #images: Record<string, BitImage> = {};
  /** Everything that was set, in order: what the paper says. */
  readonly said: string[] = [];

  constructor(store: GlyphStore, template: Template) {
    this.#store = store;
    this.#template = template;
  }

  #number(glyph: SetGlyph): number {
    const known = this.#template.numbers.get(glyph.glyph) ?? this.#numbers.get(glyph.glyph);
    if (known !== undefined) return known;
    const number = this.#template.glyphs.length + this.#added.length;
    this.#numbers.set(glyph.glyph, number);
    this.#added.push(glyph);
    return number;
  }

  #hex(glyphs: readonly SetGlyph[]): string {
    let hex = '';
    for (const glyph of glyphs) hex += this.#number(glyph).toString(16).padStart(4, '0');
    return hex;
  }

  /** Static drawing that was compiled before. */
  raw(content: string): void {
    this.#content.push(content);
  }

  rule(x1: number, y1: number, x2: number, y2: number, widthPt: number): void {
    const at = (x: number, y: number) => `${n(x * pointsPerMm)} ${n(pageHeight - y * pointsPerMm)}`;
    this.#content.push(`${n(widthPt)} w ${at(x1, y1)} m ${at(x2, y2)} l S`);
  }

  /** A run of glyphs whose baseline begins at (x, y); `spacingPt` goes between two of them. */
  glyphs(glyphs: readonly SetGlyph[], x: number, y: number, style: TextStyle, spacingPt = 0): void {
    if (glyphs.length === 0) return;
    const scale = style.condense ?? 1;
    const gray = style.gray === undefined ? '' : `${n(style.gray)} g `;
    this.#content.push(
      `BT ${gray}/F ${n(style.sizePt)} Tf ${n(spacingPt / scale)} Tc ${n(scale * 100)} Tz 1 0 0 1 ${n(x * pointsPerMm)} ${n(pageHeight - y * pointsPerMm)} Tm <${this.#hex(glyphs)}> Tj ET${style.gray === undefined ? '' : ' 0 g'}`,
    );
    this.said.push(glyphs.map(({ text }) => text).join(''));
  }

  /** One line in a box of `width` mm, its baseline at y. The caller has made sure that it fits. */
  line(text: RegisterText, x: number, y: number, width: number, align: Align, style: TextStyle): void {
    const glyphs = glyphsOf(this.#store.font, text);
    const natural = (widthOf(glyphs) / 1000) * style.sizePt * (style.condense ?? 1);
    const free = width * pointsPerMm - natural;
    if (align === 'spread' && glyphs.length > 1 && free > 0) {
      // Half a gap at either end: labels of two and of six characters both sit evenly in their box.
      const gap = free / (glyphs.length + 0.6);
      this.glyphs(glyphs, x + (gap * 0.8) / pointsPerMm, y, style, gap);
      return;
    }
    const shift = align === 'right' ? free : align === 'left' ? 0 : free / 2;
    this.glyphs(glyphs, x + Math.max(0, shift) / pointsPerMm, y, style);
  }

  /** Large letters across the sheet, behind everything that follows. */
  watermark(text: string, centerX: number, centerY: number, sizePt: number, degrees: number, gray: number): void {
    const glyphs = glyphsOf(this.#store.font, { text });
    const angle = (degrees * Math.PI) / 180;
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    const half = ((widthOf(glyphs) / 1000) * sizePt) / 2;
    const drop = sizePt * 0.38;
    const x = centerX * pointsPerMm - half * cos + drop * sin;
    const y = pageHeight - centerY * pointsPerMm - half * sin - drop * cos;
    this.#content.push(
      `BT ${n(gray)} g /F ${n(sizePt)} Tf ${cos.toFixed(4)} ${sin.toFixed(4)} ${(-sin).toFixed(4)} ${cos.toFixed(4)} ${n(x)} ${n(y)} Tm <${this.#hex(glyphs)}> Tj ET 0 g`,
    );
    this.said.push(text);
  }

  /** A black-and-white image with its upper left corner at (x, y). */
  image(name: string, image: BitImage, x: number, y: number, widthMm: number): void {
    const heightMm = (widthMm * image.height) / image.width;
    this.#images[name] = image;
    this.#content.push(
      `q ${n(widthMm * pointsPerMm)} 0 0 ${n(heightMm * pointsPerMm)} ${n(x * pointsPerMm)} ${n(pageHeight - (y + heightMm) * pointsPerMm)} cm /${name} Do Q`,
    );
  }

  /** What was drawn so far, to be drawn again elsewhere by `raw`. */
  drawn(): string {
    return this.#content.join('\n');
  }

  finish(title: string, createdAt: string): Buffer {
    const { font } = this.#store;
    const chunks = [...this.#template.chunks, ...this.#added.map(({ glyph }) => this.#store.chunk(glyph))];
    const perMille = 1000 / font.unitsPerEm;
    let widths = '';
    for (const [number, { advance }] of chunks.entries()) {
      const width = Math.round(advance * perMille);
      if (width !== 1000) widths += `${number}[${width}]`;
    }
    const first = this.#template.glyphs.length;
    return writeSheet({
      title,
      createdAt,
      content: this.#content.join('\n'),
      subset: subsetFont(font, chunks),
      boundingBox: font.boundingBox.map((value) => Math.round(value * perMille)) as never,
      widths,
      toUnicode: toUnicodeMap([
        ...this.#template.unicode,
        ...this.#added.map((glyph, i) => unicodeLine(first + i, glyph.text)),
      ]),
      images: this.#images,
    });
  }
}
