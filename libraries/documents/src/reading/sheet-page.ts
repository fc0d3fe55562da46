/** A page of a file, as a picture and as words: of our own making, or a scan in a file. */

import { groundName } from '../form/sheet.ts';
import type { BitImage } from '../pdf/pdf-file.ts';
import { Canvas } from '../raster/canvas.ts';
import { type Outline, outlineOf } from '../raster/outline.ts';
import { type DrawOptions, drawPage, type PageFont, type PageParts } from './draw-page.ts';
import { filtersOf, openPdf, type PdfFile, type PdfPage } from './pdf-objects.ts';
import {
  type Dictionary,
  dictionaryOf,
  isOperator,
  listOf,
  NotPdf,
  nameOf,
  numberOf,
  Reader,
  type Value,
} from './pdf-values.ts';

export type PageImage =
  | { readonly kind: 'jpeg'; readonly bytes: Uint8Array }
  | { readonly kind: 'samples'; readonly width: number; readonly height: number; readonly channels: 1 | 3 | 4; readonly bitsPerSample: 1 | 8; readonly invert: boolean; readonly bytes: Uint8Array }; // biome-ignore format: one line each

export type SheetPage = {
  readonly widthPt: number;
  readonly heightPt: number;
  /** How black each pixel is, 0 to 255; throws NotPdf when the page is not of our making. */
  draw(dpi: number, options?: { readonly background?: boolean }): Canvas;
  /** What the page says, a piece for each string that it shows; throws NotPdf likewise. */
  words(): readonly string[];
  /** The largest image on the page, for a scan in a file; undefined: none, or coded in a way that is not read. */
  image(): PageImage | undefined;
  /** The masks that it draws, by name. */
  masks(): ReadonlyMap<string, BitImage>;
};

const mostPixels = 4_960 * 7_016;
const piecesOfCurve = 4;

function outlinesOf(file: PdfFile, descendant: Dictionary): Pick<PageFont, 'outline' | 'unitsPerEm'> {
  const descriptor = dictionaryOf(file.resolve(descendant.get('FontDescriptor')));
  const stream = file.streamOf(descriptor?.get('FontFile2'));
  const bytes = stream === undefined ? undefined : file.data(stream);
  if (bytes === undefined) throw new NotPdf('a font that is not in the file');
  const font = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const tables = new Map(
    Array.from({ length: font.readUInt16BE(4) }, (_, i) => {
      const at = 12 + 16 * i;
      return [font.toString('latin1', at, at + 4), font.readUInt32BE(at + 8)] as const;
    }),
  );
  const [head, loca, glyf] = ['head', 'loca', 'glyf'].map((name) => tables.get(name));
  if (head === undefined || loca === undefined || glyf === undefined) throw new NotPdf('no TrueType font');
  const known = new Map<number, Outline>();
  return {
    unitsPerEm: font.readUInt16BE(head + 18),
    outline(code) {
      let outline = known.get(code);
      if (outline === undefined) {
        const [from, to] = [font.readUInt32BE(loca + 4 * code), font.readUInt32BE(loca + 4 * code + 4)];
        outline = outlineOf(font.subarray(glyf + from, glyf + to), piecesOfCurve);
        known.set(code, outline);
      }
      return outline;
    },
  };
}

/** `/W`: `first [width …]` in our files. */
function widthsOf(file: PdfFile, descendant: Dictionary): ReadonlyMap<number, number> {
  const widths = new Map<number, number>();
  const list = listOf(file.resolve(descendant.get('W'))) ?? [];
  for (let i = 0; i + 1 < list.length; i += 2) {
    const first = numberOf(list[i]);
    const of = listOf(file.resolve(list[i + 1]));
    if (first === undefined || of === undefined) throw new NotPdf('widths in another form');
    for (const [k, width] of of.entries()) widths.set(first + k, numberOf(width) ?? 1000);
  }
  return widths;
}

function fontOf(file: PdfFile, value: Value | undefined): PageFont & { readonly meaning: ReadonlyMap<number, string> } {
  const font = dictionaryOf(file.resolve(value));
  const descendant = dictionaryOf(file.resolve(listOf(file.resolve(font?.get('DescendantFonts')))?.[0]));
  if (font === undefined || descendant === undefined || nameOf(font.get('Encoding')) !== 'Identity-H')
    throw new NotPdf('a font of another kind');
  const widths = widthsOf(file, descendant);
  const usual = numberOf(descendant.get('DW')) ?? 1000;
  const stream = file.streamOf(font.get('ToUnicode'));
  const map = stream === undefined ? undefined : file.data(stream);
  return {
    ...outlinesOf(file, descendant),
    width: (code) => widths.get(code) ?? usual,
    meaning: meaningOf(map === undefined ? '' : Buffer.from(map).toString('latin1')),
  };
}

function meaningOf(map: string): ReadonlyMap<number, string> {
  const meaning = new Map<number, string>();
  for (const [, block = ''] of map.matchAll(/beginbfchar\n([\s\S]*?)\nendbfchar/g)) {
    for (const [, code = '', text = ''] of block.matchAll(/<([0-9a-f]{4})> <([0-9a-f]*)>/gi))
      meaning.set(Number.parseInt(code, 16), Buffer.from(text, 'hex').swap16().toString('utf16le'));
  }
  return meaning;
}

function maskOf(file: PdfFile, value: Value | undefined): BitImage {
  const stream = file.streamOf(value);
  const bits = stream === undefined ? undefined : file.data(stream);
  const width = numberOf(stream?.dictionary.get('Width')) ?? 0;
  const height = numberOf(stream?.dictionary.get('Height')) ?? 0;
  const isOurs =
    stream?.dictionary.get('ImageMask') === true && numberOf(listOf(stream.dictionary.get('Decode'))?.[0]) === 1;
  if (bits === undefined || !isOurs || width * height > mostPixels || bits.length < ((width + 7) >> 3) * height)
    throw new NotPdf('an image of another kind');
  return { width, height, bits };
}

class Page implements SheetPage {
  readonly #file: PdfFile;
  readonly #page: PdfPage;
  readonly #resources: Dictionary | undefined;
  readonly widthPt: number;
  readonly heightPt: number;
  readonly #fonts = new Map<string, ReturnType<typeof fontOf>>();

  constructor(file: PdfFile, page: PdfPage) {
    this.#file = file;
    this.#page = page;
    const box =
      listOf(file.resolve(page.inherited.get('MediaBox')))?.map((it) => numberOf(file.resolve(it)) ?? 0) ?? [];
    const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = box;
    [this.widthPt, this.heightPt] = [x1 - x0, y1 - y0];
    this.#resources = dictionaryOf(file.resolve(page.inherited.get('Resources')));
  }

  #of(kind: 'Font' | 'XObject', name: string): Value | undefined {
    return dictionaryOf(this.#file.resolve(this.#resources?.get(kind)))?.get(name);
  }

  #font(name: string): ReturnType<typeof fontOf> {
    const known = this.#fonts.get(name) ?? fontOf(this.#file, this.#of('Font', name));
    this.#fonts.set(name, known);
    return known;
  }

  /** What is drawn beside the content (annotations), or over a turned page, we do not draw. */
  #parts(): PageParts {
    const { dictionary, inherited } = this.#page;
    if (dictionary.has('Annots') || (numberOf(inherited.get('Rotate')) ?? 0) !== 0 || dictionary.has('UserUnit'))
      throw new NotPdf('a page with more than content');
    const contents = this.#file.resolve(dictionary.get('Contents'));
    const parts = listOf(contents) ?? [dictionary.get('Contents')];
    const data = parts.map((it) => {
      const stream = this.#file.streamOf(it);
      const bytes = stream === undefined ? undefined : this.#file.data(stream);
      if (bytes === undefined) throw new NotPdf('no content');
      return Buffer.concat([bytes, Buffer.from('\n')]);
    });
    return {
      content: Buffer.concat(data),
      font: (name) => this.#font(name),
      mask: (name) => maskOf(this.#file, this.#of('XObject', name)),
    };
  }

  draw(dpi: number, { background = false } = {}): Canvas {
    const [width, height] = [Math.round((this.widthPt * dpi) / 72), Math.round((this.heightPt * dpi) / 72)];
    if (!(width > 0 && height > 0 && width * height <= mostPixels)) throw new NotPdf('no page of paper');
    const canvas = new Canvas(width, height);
    const options: DrawOptions = background ? {} : { without: new Set([groundName]) };
    drawPage(canvas, this.#parts(), this.heightPt, options);
    return canvas;
  }

  words(): readonly string[] {
    const reader = new Reader(this.#parts().content);
    const said: string[] = [];
    let shown: Value | undefined;
    let font: ReturnType<typeof fontOf> | undefined;
    while (!reader.isAtEnd()) {
      const value = reader.next();
      if (!isOperator(value)) {
        if (value instanceof Uint8Array) shown = value;
        const name = nameOf(value);
        if (name !== undefined && this.#of('Font', name) !== undefined) font = this.#font(name);
      } else if (value.operator === 'Tj' && shown instanceof Uint8Array && font !== undefined) {
        let text = '';
        for (let i = 0; i + 1 < shown.length; i += 2)
          text += font.meaning.get(((shown[i] as number) << 8) | (shown[i + 1] as number)) ?? '';
        said.push(text);
      }
    }
    return said;
  }

  masks(): ReadonlyMap<string, BitImage> {
    const images = dictionaryOf(this.#file.resolve(this.#resources?.get('XObject'))) ?? new Map<string, Value>();
    return new Map([...images].map(([name, value]) => [name, maskOf(this.#file, value)]));
  }

  image(): PageImage | undefined {
    const images = dictionaryOf(this.#file.resolve(this.#resources?.get('XObject'))) ?? new Map<string, Value>();
    const streams = [...images.values()].map((value) => this.#file.streamOf(value)).filter((it) => it !== undefined);
    const size = ({ dictionary }: (typeof streams)[number]) =>
      (numberOf(dictionary.get('Width')) ?? 0) * (numberOf(dictionary.get('Height')) ?? 0);
    const largest = streams
      .filter(({ dictionary }) => nameOf(dictionary.get('Subtype')) === 'Image' && dictionary.get('ImageMask') !== true)
      .toSorted((a, b) => size(b) - size(a))[0];
    return largest === undefined || size(largest) < 500_000 ? undefined : this.#samples(largest);
  }

  #samples(stream: NonNullable<ReturnType<PdfFile['streamOf']>>): PageImage | undefined {
    const filters = filtersOf(this.#file, stream);
    if (filters.length === 1 && filters[0] === 'DCTDecode') return { kind: 'jpeg', bytes: stream.raw };
    const bytes = this.#file.data(stream);
    const of = (name: string) => numberOf(this.#file.resolve(stream.dictionary.get(name))) ?? 0;
    const [width, height, bits] = [of('Width'), of('Height'), of('BitsPerComponent')];
    const space = this.#file.resolve(stream.dictionary.get('ColorSpace'));
    const name = nameOf(space) ?? nameOf(listOf(space)?.[0]);
    const profile = name === 'ICCBased' ? this.#file.streamOf(listOf(space)?.[1]) : undefined;
    const channels =
      name === 'DeviceGray' || name === 'CalGray'
        ? 1
        : name === 'DeviceRGB'
          ? 3
          : numberOf(profile?.dictionary.get('N'));
    if (bytes === undefined || (bits !== 8 && bits !== 1) || (channels !== 1 && channels !== 3)) return undefined;
    if (bytes.length < ((width * channels * bits + 7) >> 3) * height) return undefined;
    const invert = numberOf(listOf(stream.dictionary.get('Decode'))?.[0]) === 1;
    return { kind: 'samples', width, height, channels, bitsPerSample: bits, invert, bytes };
  }
}

/** The pages of a file. Throws NotPdf (or what zlib throws) when it cannot be read. */
export function readPages(pdf: Uint8Array): readonly SheetPage[] {
  const file = openPdf(pdf);
  return file.pages.map((page) => new Page(file, page));
}
