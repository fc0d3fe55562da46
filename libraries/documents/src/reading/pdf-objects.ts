/**
 * A PDF file as its objects. By the cross-reference table where it is one of the plain kind, else (cross-reference
 * streams, damage) by looking for `n g obj` through the file, the last one of a number counting.
 */
import { inflateSync } from 'node:zlib';
import {
  type Dictionary,
  dictionaryOf,
  isOperator,
  isReference,
  listOf,
  NotPdf,
  nameOf,
  numberOf,
  Reader,
  type Value,
} from './pdf-values.ts';

export type PdfStream = { readonly dictionary: Dictionary; readonly raw: Uint8Array };

export type PdfPage = { readonly dictionary: Dictionary; readonly inherited: Dictionary };

export type PdfFile = {
  /** What a value stands for: references are followed. */
  resolve(value: Value | undefined): Value | undefined;
  streamOf(value: Value | undefined): PdfStream | undefined;
  /** With all its filters undone; undefined where one is not known (`DCTDecode`, `JBIG2Decode` …). */
  data(stream: PdfStream): Uint8Array | undefined;
  readonly pages: readonly PdfPage[];
};

const mostObjects = 100_000;
const mostPages = 500;
/** A page at 600 dpi in colour, with room. */
const mostInflated = 300_000_000;

const latin = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');

type Places = { readonly offsets: Map<number, number>; readonly root: Value | undefined };

/** The plain tables, newest first: the first word on a number counts. */
function readTables(bytes: Uint8Array): Places | undefined {
  const offsets = new Map<number, number>();
  const start = /startxref\s+(\d+)\s+%%EOF\s*$/.exec(latin(bytes.subarray(-64)))?.[1];
  let next: number | undefined = start === undefined ? undefined : Number(start);
  let root: Value | undefined;
  const seen = new Set<number>();
  while (next !== undefined && !seen.has(next)) {
    seen.add(next);
    const reader = new Reader(bytes, next);
    if (latin(bytes.subarray(next, next + 4)) !== 'xref') return undefined;
    reader.at += 4;
    for (;;) {
      reader.skipWhite();
      const first = reader.word();
      if (first === 'trailer') break;
      reader.skipWhite();
      const count = Number(reader.word());
      reader.skipWhite();
      if (!(count <= mostObjects)) throw new NotPdf('a table without an end');
      for (let i = 0; i < count; i++, reader.at += 20) {
        const number = Number(first) + i;
        const [, offset, use] = /^(\d{10}) \d{5} ([nf])/.exec(latin(bytes.subarray(reader.at, reader.at + 20))) ?? [];
        if (offset === undefined) return undefined;
        if (!offsets.has(number)) offsets.set(number, use === 'n' ? Number(offset) : -1);
      }
    }
    const trailer = dictionaryOf(reader.value());
    root ??= trailer?.get('Root');
    if (trailer?.has('XRefStm')) return undefined;
    next = numberOf(trailer?.get('Prev'));
  }
  return root === undefined ? undefined : { offsets, root };
}

function searchObjects(bytes: Uint8Array): Places {
  const text = latin(bytes);
  const offsets = new Map<number, number>();
  for (const match of text.matchAll(/(?<![0-9])(\d{1,7})\s+\d{1,5}\s+obj\b/g)) {
    if (offsets.size > mostObjects) throw new NotPdf('too many objects');
    offsets.set(Number(match[1]), match.index);
  }
  const root = [...text.matchAll(/\/Root\s+(\d+)\s+\d+\s+R/g)].at(-1)?.[1];
  return { offsets, root: root === undefined ? undefined : { ref: Number(root) } };
}

function unfilter(
  name: string | undefined,
  parameters: Dictionary | undefined,
  data: Uint8Array,
): Uint8Array | undefined {
  if (name !== 'FlateDecode' && name !== 'Fl') return undefined;
  const predictor = numberOf(parameters?.get('Predictor')) ?? 1;
  const bytes = inflateSync(data, { maxOutputLength: mostInflated });
  return predictor < 10 ? bytes : undone(bytes, parameters as Dictionary);
}

/** PNG's predictors (PDF 7.4.4.4). */
function undone(bytes: Uint8Array, parameters: Dictionary): Uint8Array {
  const of = (name: string, usual: number) => numberOf(parameters.get(name)) ?? usual;
  const bits = of('Colors', 1) * of('BitsPerComponent', 8);
  const [stride, left] = [(of('Columns', 1) * bits + 7) >> 3, Math.max(1, bits >> 3)];
  const rows = Math.floor(bytes.length / (stride + 1));
  const out = new Uint8Array(rows * stride);
  for (let y = 0; y < rows; y++) {
    const kind = bytes[y * (stride + 1)];
    for (let x = 0; x < stride; x++) {
      const a = x >= left ? (out[y * stride + x - left] as number) : 0;
      const b = y > 0 ? (out[(y - 1) * stride + x] as number) : 0;
      const c = x >= left && y > 0 ? (out[(y - 1) * stride + x - left] as number) : 0;
      const guess = kind === 1 ? a : kind === 2 ? b : kind === 3 ? (a + b) >> 1 : kind === 4 ? paeth(a, b, c) : 0;
      out[y * stride + x] = (bytes[y * (stride + 1) + 1 + x] as number) + guess;
    }
  }
  return out;
}

export function paeth(a: number, b: number, c: number): number {
  const [da, db, dc] = [Math.abs(b - c), Math.abs(a - c), Math.abs(a + b - 2 * c)];
  return da <= db && da <= dc ? a : db <= dc ? b : c;
}

export function filtersOf(file: Pick<PdfFile, 'resolve'>, { dictionary }: PdfStream): readonly (string | undefined)[] {
  const filter = file.resolve(dictionary.get('Filter') ?? dictionary.get('F'));
  if (filter === undefined || filter === null) return [];
  return (listOf(filter) ?? [filter]).map((it) => nameOf(file.resolve(it)));
}

/** Throws NotPdf, RangeError or what zlib throws: whoever reads a stranger's file catches all. */
export function openPdf(bytes: Uint8Array): PdfFile {
  if (!latin(bytes.subarray(0, 1_024)).includes('%PDF-')) throw new NotPdf('no PDF');
  const places = readTables(bytes) ?? searchObjects(bytes);
  const objects = new Map<number, Value | PdfStream>();

  const readAt = (offset: number): Value | PdfStream | undefined => {
    const reader = new Reader(bytes, offset);
    for (let i = 0; i < 2; i++) if (typeof reader.next() !== 'number') return undefined;
    const word = reader.next();
    if (!isOperator(word) || word.operator !== 'obj') return undefined;
    const value = reader.value();
    const dictionary = dictionaryOf(value);
    reader.skipWhite();
    if (dictionary === undefined || latin(bytes.subarray(reader.at, reader.at + 6)) !== 'stream') return value;
    let at = reader.at + 6;
    if (bytes[at] === 13) at++;
    if (bytes[at] === 10) at++;
    const length = numberOf(file.resolve(dictionary.get('Length')));
    if (length === undefined || at + length > bytes.length) throw new NotPdf('a stream without its length');
    return { dictionary, raw: bytes.subarray(at, at + length) };
  };
  const objectOf = (number: number): Value | PdfStream | undefined => {
    const known = objects.get(number);
    if (known !== undefined) return known;
    const offset = places.offsets.get(number);
    const made = offset === undefined || offset < 0 ? undefined : readAt(offset);
    if (made !== undefined) objects.set(number, made);
    return made;
  };
  const isStream = (value: Value | PdfStream | undefined): value is PdfStream =>
    typeof value === 'object' && value !== null && 'raw' in value;

  const file: Omit<PdfFile, 'pages'> = {
    resolve(value) {
      let at = value;
      for (let steps = 0; isReference(at) && steps < 20; steps++) {
        const object = objectOf(at.ref);
        at = isStream(object) ? object.dictionary : object;
      }
      return at;
    },
    streamOf(value) {
      const object = isReference(value) ? objectOf(value.ref) : undefined;
      return isStream(object) ? object : undefined;
    },
    data(stream) {
      const given = file.resolve(stream.dictionary.get('DecodeParms'));
      const parameters = listOf(given) ?? [given];
      let data: Uint8Array | undefined = stream.raw;
      for (const [i, name] of filtersOf(file, stream).entries()) {
        if (data !== undefined) data = unfilter(name, dictionaryOf(file.resolve(parameters[i] as Value)), data);
      }
      return data;
    },
  };
  // Objects within streams, where the file has any.
  for (const [number, offset] of [...places.offsets]) {
    if (offset < 0 || !latin(bytes.subarray(offset, offset + 120)).includes('/ObjStm')) continue;
    const stream = file.streamOf({ ref: number });
    const data = stream === undefined ? undefined : file.data(stream);
    if (stream === undefined || data === undefined) continue;
    const head = new Reader(data);
    const first = numberOf(stream.dictionary.get('First')) ?? 0;
    for (let i = 0; i < Math.min(mostObjects, numberOf(stream.dictionary.get('N')) ?? 0); i++) {
      const [inner, at] = [head.next(), head.next()];
      if (typeof inner === 'number' && typeof at === 'number' && !objects.has(inner))
        objects.set(inner, new Reader(data, first + at).value());
    }
  }
  const catalog = dictionaryOf(file.resolve(places.root));
  return { ...file, pages: pagesOf(file, catalog?.get('Pages')) };
}

function pagesOf(file: Omit<PdfFile, 'pages'>, root: Value | undefined): readonly PdfPage[] {
  const pages: PdfPage[] = [];
  const seen = new Set<number>();
  const walk = (value: Value | undefined, inherited: Dictionary) => {
    if (isReference(value)) {
      if (seen.has(value.ref) || pages.length >= mostPages) return;
      seen.add(value.ref);
    }
    const node = dictionaryOf(file.resolve(value));
    if (node === undefined) return;
    const below = new Map([
      ...inherited,
      ...[...node].filter(([name]) => ['MediaBox', 'Resources', 'Rotate'].includes(name)),
    ]);
    const kids = listOf(file.resolve(node.get('Kids')));
    if (kids === undefined) pages.push({ dictionary: node, inherited: below });
    else for (const kid of kids) walk(kid, below);
  };
  walk(root, new Map());
  return pages;
}
