/** JPEG (ITU-T T.81), sequential with Huffman codes: the lightness of a picture, which is all that reading paper needs. */
import type { GrayImage } from '../read/gray-image.ts';
import { mostPixels } from './png.ts';

// biome-ignore format: a table
const zigzag = [
  0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
  35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
];

type Huffman = { readonly lengths: Uint8Array; readonly values: Uint8Array };
type Component = { id: number; h: number; v: number; table: number; dc: number; ac: number; last: number };

/** For each code of up to 16 bits, by its first bits: how long it is and what it means. */
function huffmanOf(counts: Uint8Array, symbols: Uint8Array): Huffman {
  const lengths = new Uint8Array(65_536);
  const values = new Uint8Array(65_536);
  let [code, at] = [0, 0];
  for (let length = 1; length <= 16; length++) {
    for (let i = 0; i < (counts[length - 1] as number); i++, code++, at++) {
      const from = code << (16 - length);
      const to = (code + 1) << (16 - length);
      lengths.fill(length, from, to);
      values.fill(symbols[at] as number, from, to);
    }
    code <<= 1;
  }
  return { lengths, values };
}

class Bits {
  readonly #bytes: Uint8Array;
  at: number;
  #held = 0;
  #count = 0;

  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes;
    this.at = at;
  }

  #fill(): void {
    while (this.#count <= 16) {
      const byte = this.#bytes[this.at] ?? 0;
      const isMarker = byte === 0xff && this.#bytes[this.at + 1] !== 0;
      this.#held = ((this.#held << 8) | (isMarker ? 0 : byte)) & 0xffffff;
      if (!isMarker && this.at < this.#bytes.length) this.at += byte === 0xff ? 2 : 1;
      this.#count += 8;
    }
  }

  symbol({ lengths, values }: Huffman): number {
    this.#fill();
    const next = (this.#held >> (this.#count - 16)) & 0xffff;
    const length = lengths[next] as number;
    if (length === 0) throw new RangeError('a damaged JPEG');
    this.#count -= length;
    return values[next] as number;
  }

  /** A number of so many bits, with its sign (figure F.12). */
  value(size: number): number {
    if (size === 0) return 0;
    this.#fill();
    this.#count -= size;
    const raw = (this.#held >> this.#count) & ((1 << size) - 1);
    return raw < 1 << (size - 1) ? raw - (1 << size) + 1 : raw;
  }

  restart(): void {
    this.#count = 0;
    this.#held = 0;
    while (
      this.at < this.#bytes.length &&
      !(this.#bytes[this.at] === 0xff && ((this.#bytes[this.at + 1] ?? 0) & 0xf8) === 0xd0)
    )
      this.at++;
    this.at += 2;
  }
}

const cosines = Float32Array.from({ length: 64 }, (_, i) => {
  const [x, u] = [i >> 3, i & 7];
  return (u === 0 ? Math.SQRT1_2 : 1) * 0.5 * Math.cos(((2 * x + 1) * u * Math.PI) / 16);
});

/** The inverse cosine transform, rows then columns; the block becomes samples. */
function inverse(block: Float32Array, scratch: Float32Array): void {
  for (let v = 0; v < 8; v++) {
    for (let x = 0; x < 8; x++) {
      let sum = 0;
      for (let u = 0; u < 8; u++) sum += (block[v * 8 + u] as number) * (cosines[x * 8 + u] as number);
      scratch[v * 8 + x] = sum;
    }
  }
  for (let x = 0; x < 8; x++) {
    for (let y = 0; y < 8; y++) {
      let sum = 0;
      for (let v = 0; v < 8; v++) sum += (scratch[v * 8 + x] as number) * (cosines[y * 8 + v] as number);
      block[y * 8 + x] = sum;
    }
  }
}

type Frame = { width: number; height: number; components: Component[] };
type Tables = { quantities: Map<number, Float32Array>; huffman: Map<number, Huffman>; restart: number };

function readTables(marker: number, body: Buffer, tables: Tables): void {
  if (marker === 0xdd) tables.restart = body.readUInt16BE(0);
  let at = 0;
  while (marker === 0xdb && at < body.length) {
    const info = body.readUInt8(at++);
    const wide = info >> 4;
    const table = Float32Array.from({ length: 64 }, (_, i) =>
      wide ? body.readUInt16BE(at + 2 * i) : body.readUInt8(at + i),
    );
    tables.quantities.set(info & 15, table);
    at += wide ? 128 : 64;
  }
  while (marker === 0xc4 && at < body.length) {
    const info = body.readUInt8(at);
    const counts = body.subarray(at + 1, at + 17);
    const total = counts.reduce((sum, it) => sum + it, 0);
    tables.huffman.set(info, huffmanOf(counts, body.subarray(at + 17, at + 17 + total)));
    at += 17 + total;
  }
}

function readFrame(body: Buffer): Frame {
  const [height, width] = [body.readUInt16BE(1), body.readUInt16BE(3)];
  if (body[0] !== 8 || !(width > 0 && height > 0 && width * height <= mostPixels))
    throw new RangeError('a JPEG of no usual size');
  const components = Array.from({ length: body.readUInt8(5) }, (_, i) => {
    const at = 6 + 3 * i;
    const factors = body.readUInt8(at + 1);
    return {
      id: body.readUInt8(at),
      h: factors >> 4,
      v: factors & 15,
      table: body.readUInt8(at + 2),
      dc: 0,
      ac: 0,
      last: 0,
    };
  });
  return { width, height, components };
}

function needed<T>(value: T | undefined): T {
  if (value === undefined) throw new RangeError('a damaged JPEG');
  return value;
}

function readBlock(bits: Bits, component: Component, tables: Tables, block: Float32Array): void {
  block.fill(0);
  const quantity = needed(tables.quantities.get(component.table));
  component.last += bits.value(bits.symbol(needed(tables.huffman.get(component.dc))));
  block[0] = component.last * (quantity[0] as number);
  const codes = needed(tables.huffman.get(0x10 | component.ac));
  for (let k = 1; k < 64; k++) {
    const symbol = bits.symbol(codes);
    const [run, size] = [symbol >> 4, symbol & 15];
    if (size === 0 && run !== 15) return;
    k += run;
    if (size === 0) continue;
    block[zigzag[k] ?? 63] = bits.value(size) * (quantity[k] ?? 1);
  }
}

function readScan(bytes: Uint8Array, start: number, frame: Frame, tables: Tables): GrayImage {
  const { width, height, components } = frame;
  const single = components.length === 1;
  const [hMost, vMost] = single
    ? [1, 1]
    : [Math.max(...components.map(({ h }) => h)), Math.max(...components.map(({ v }) => v))];
  const [across, down] = [Math.ceil(width / (8 * hMost)), Math.ceil(height / (8 * vMost))];
  const first = components[0] as Component;
  if (!single && (first.h !== hMost || first.v !== vMost))
    throw new RangeError('a JPEG with coarse lightness is not read');
  const pixels = new Uint8Array(width * height);
  const bits = new Bits(bytes, start);
  const [block, scratch] = [new Float32Array(64), new Float32Array(64)];
  for (let unit = 0; unit < across * down; unit++) {
    if (tables.restart > 0 && unit > 0 && unit % tables.restart === 0) {
      bits.restart();
      for (const component of components) component.last = 0;
    }
    for (const component of components) {
      const [h, v] = single ? [1, 1] : [component.h, component.v];
      for (let i = 0; i < h * v; i++) {
        readBlock(bits, component, tables, block);
        if (component !== first) continue;
        inverse(block, scratch);
        const left = ((unit % across) * hMost + (i % h)) * 8;
        const top = (Math.floor(unit / across) * vMost + Math.floor(i / h)) * 8;
        put(pixels, width, height, left, top, block);
      }
    }
  }
  return { width, height, pixels };
}

function put(pixels: Uint8Array, width: number, height: number, left: number, top: number, block: Float32Array): void {
  for (let y = 0; y < 8 && top + y < height; y++) {
    for (let x = 0; x < 8 && left + x < width; x++)
      pixels[(top + y) * width + left + x] = Math.min(255, Math.max(0, Math.round((block[y * 8 + x] as number) + 128)));
  }
}

export function isJpeg(bytes: Uint8Array): boolean {
  return bytes[0] === 0xff && bytes[1] === 0xd8;
}

/** Throws RangeError, saying what is not read. */
export function decodeJpeg(bytes: Uint8Array): GrayImage {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const tables: Tables = { quantities: new Map(), huffman: new Map(), restart: 0 };
  let frame: Frame | undefined;
  for (let at = 2; at + 4 <= file.length; ) {
    if (file[at] !== 0xff) throw new RangeError('a damaged JPEG');
    const marker = file.readUInt8(at + 1);
    const body = file.subarray(at + 4, at + 2 + file.readUInt16BE(at + 2));
    if (marker === 0xc0 || marker === 0xc1) frame = readFrame(body);
    else if (marker >= 0xc2 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker))
      throw new RangeError('a progressive or arithmetic JPEG is not read: save it as PNG, or as a baseline JPEG');
    else if (marker === 0xda) {
      const { components } = needed(frame);
      if (body.readUInt8(0) !== components.length)
        throw new RangeError('a JPEG in several scans is not read: save it as PNG');
      for (const [i, component] of components.entries()) {
        const chosen = body.readUInt8(2 + 2 * i);
        [component.dc, component.ac] = [chosen >> 4, chosen & 15];
      }
      return readScan(bytes, at + 4 + body.length, needed(frame), tables);
    } else readTables(marker, body, tables);
    at += 4 + body.length;
  }
  throw new RangeError('a JPEG without a picture');
}
