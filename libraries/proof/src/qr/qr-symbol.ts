/**
 * QR codes of one version, one level and one fixed mask (ISO/IEC 18004:2015). What the house puts into them is
 * ciphertext or a random code, so choosing among masks gains nothing, and everything but the data is laid out once.
 */
import { type BitImage, packed, strideOf } from '../bit-image.ts';
import { generator, multiply } from './galois.ts';

export type SymbolKind = {
  readonly version: number;
  readonly level: 'L' | 'M' | 'Q';
  /** Check bytes of each block, and how many blocks (ISO/IEC 18004, table 9). */
  readonly checkBytes: number;
  readonly blocks: number;
};

export type QrSymbol = {
  /** Modules along a side, quiet zone not counted. */
  readonly size: number;
  /** Most bytes that fit. */
  readonly capacity: number;
  /** One bit a module. */
  encode(data: Uint8Array): BitImage;
};

/** The tiles of the back: 2,953 bytes in 177 modules. */
export const version40L: SymbolKind = { version: 40, level: 'L', checkBytes: 30, blocks: 25 };
/** The mark of the front: 20 bytes in 25 modules; a quarter of it may be unreadable. */
export const version2Q: SymbolKind = { version: 2, level: 'Q', checkBytes: 22, blocks: 1 };

const levelBits = { L: 1, M: 0, Q: 3 } as const;
const mask = 0;

export type Grid = { readonly size: number; readonly dark: Uint8Array; readonly taken: Uint8Array };

function place({ size, dark, taken }: Grid, x: number, y: number, isDark: boolean): void {
  dark[y * size + x] = isDark ? 1 : 0;
  taken[y * size + x] = 1;
}

function drawFinder(grid: Grid, centerX: number, centerY: number): void {
  for (let dy = -4; dy <= 4; dy++) {
    for (let dx = -4; dx <= 4; dx++) {
      const [x, y] = [centerX + dx, centerY + dy];
      const ring = Math.max(Math.abs(dx), Math.abs(dy));
      if (x >= 0 && y >= 0 && x < grid.size && y < grid.size) place(grid, x, y, ring !== 2 && ring !== 4);
    }
  }
}

/** Centres of alignment patterns along one side (annex E, by its rule). */
export function alignmentCentres(version: number, size: number): readonly number[] {
  if (version === 1) return [];
  const count = Math.floor(version / 7) + 2;
  const step = version === 32 ? 26 : Math.ceil((version * 4 + 4) / (count * 2 - 2)) * 2;
  return [6, ...Array.from({ length: count - 1 }, (_, i) => size - 7 - i * step).reverse()];
}

function drawAlignment(grid: Grid, version: number): void {
  const centres = alignmentCentres(version, grid.size);
  const last = centres.length - 1;
  for (const [i, x] of centres.entries()) {
    for (const [j, y] of centres.entries()) {
      if ((i === 0 && j === 0) || (i === 0 && j === last) || (i === last && j === 0)) continue;
      for (let dy = -2; dy <= 2; dy++)
        for (let dx = -2; dx <= 2; dx++) place(grid, x + dx, y + dy, Math.max(Math.abs(dx), Math.abs(dy)) !== 1);
    }
  }
}

/** `value` followed by the remainder of its division (BCH codes of annexes C and D). */
function withRemainder(value: number, length: number, polynomial: number): number {
  let rest = value;
  for (let i = 0; i < length; i++) rest = (rest << 1) ^ ((rest >>> (length - 1)) * polynomial);
  return (value << length) | rest;
}

function drawFormat(grid: Grid, level: SymbolKind['level']): void {
  const { size } = grid;
  const bits = withRemainder((levelBits[level] << 3) | mask, 10, 0x537) ^ 0x5412;
  const bit = (i: number) => ((bits >>> i) & 1) === 1;
  for (let i = 0; i <= 5; i++) place(grid, 8, i, bit(i));
  place(grid, 8, 7, bit(6));
  place(grid, 8, 8, bit(7));
  place(grid, 7, 8, bit(8));
  for (let i = 9; i < 15; i++) place(grid, 14 - i, 8, bit(i));
  for (let i = 0; i < 8; i++) place(grid, size - 1 - i, 8, bit(i));
  for (let i = 8; i < 15; i++) place(grid, 8, size - 15 + i, bit(i));
  place(grid, 8, size - 8, true);
}

function drawVersion(grid: Grid, version: number): void {
  if (version < 7) return;
  const bits = withRemainder(version, 12, 0x1f25);
  for (let i = 0; i < 18; i++) {
    const [far, near] = [grid.size - 11 + (i % 3), Math.floor(i / 3)];
    place(grid, far, near, ((bits >>> i) & 1) === 1);
    place(grid, near, far, ((bits >>> i) & 1) === 1);
  }
}

/** `dark` and whether the place is `taken` by a pattern that is the same in every symbol of the kind. */
export function drawFixed({ version, level }: SymbolKind): Grid {
  const size = version * 4 + 17;
  const grid = { size, dark: new Uint8Array(size * size), taken: new Uint8Array(size * size) };
  for (let i = 0; i < size; i++) {
    place(grid, 6, i, i % 2 === 0);
    place(grid, i, 6, i % 2 === 0);
  }
  drawFinder(grid, 3, 3);
  drawFinder(grid, size - 4, 3);
  drawFinder(grid, 3, size - 4);
  drawAlignment(grid, version);
  drawFormat(grid, level);
  drawVersion(grid, version);
  return grid;
}

/** Where data goes, bit after bit: pairs of columns from the right, up and down in turn. The mask is drawn already. */
export function dataModules({ size, dark, taken }: Grid): Int32Array {
  const order: number[] = [];
  for (let right = size - 1; right >= 1; right -= 2) {
    if (right === 6) right = 5;
    const isUpwards = ((right + 1) & 2) === 0;
    for (let step = 0; step < size; step++) {
      const y = isUpwards ? size - 1 - step : step;
      for (const x of [right, right - 1]) {
        const at = y * size + x;
        if (taken[at] === 1) continue;
        dark[at] = (x + y) % 2 === 0 ? 1 : 0;
        order.push(at);
      }
    }
  }
  return Int32Array.from(order);
}

/** The byte of each module in a packed image, and its bit, in turn. */
function placesOf(order: Int32Array, size: number): Int32Array {
  const places = new Int32Array(2 * (order.length & ~7));
  for (let i = 0; i < places.length; i += 2) {
    const module = order[i >> 1] as number;
    const x = module % size;
    places[i] = ((module - x) / size) * strideOf(size) + (x >> 3);
    places[i + 1] = 0x80 >> (x & 7);
  }
  return places;
}

/** Byte mode, its count, the data, the terminator, and padding (7.4.5, 7.4.10). */
function fillCodewords(codewords: Uint8Array, data: Uint8Array, version: number): void {
  codewords.fill(0);
  const { length } = data;
  const at = version < 10 ? 1 : 2;
  if (version < 10) codewords[0] = 0x40 | (length >> 4);
  else {
    codewords[0] = 0x40 | (length >> 12);
    codewords[1] = (length >> 4) & 0xff;
  }
  codewords[at] = (length & 15) << 4;
  for (let i = 0; i < length; i++) {
    const value = data[i] as number;
    codewords[at + i] = (codewords[at + i] as number) | (value >> 4);
    codewords[at + i + 1] = (value & 15) << 4;
  }
  for (let i = at + length + 1, pad = 0xec; i < codewords.length; i++, pad ^= 0xec ^ 0x11) codewords[i] = pad;
}

/** How codewords are dealt out to blocks (7.6): `at` says where a byte of a block, data or check, stands among all. */
export function blocksOf({ checkBytes, blocks }: SymbolKind, rawBytes: number) {
  const dataBytes = rawBytes - checkBytes * blocks;
  const shortBlocks = blocks - (rawBytes % blocks);
  const shortLength = Math.floor(rawBytes / blocks) - checkBytes;
  return {
    dataBytes,
    /** Of data, block by block. */
    lengths: Array.from({ length: blocks }, (_, i) => shortLength + (i < shortBlocks ? 0 : 1)),
    at(block: number, i: number): number {
      const length = shortLength + (block < shortBlocks ? 0 : 1);
      if (i >= length) return dataBytes + (i - length) * blocks + block;
      return i < shortLength ? i * blocks + block : shortLength * blocks + block - shortBlocks;
    },
  };
}

export function qrSymbol(kind: SymbolKind): QrSymbol {
  const { version, checkBytes, blocks } = kind;
  const grid = drawFixed(kind);
  const order = dataModules(grid);
  const empty = packed(grid.size, grid.size, grid.dark);
  const places = placesOf(order, grid.size);
  const rawBytes = order.length >> 3;
  const { dataBytes, lengths, at: placeAmongAll } = blocksOf(kind, rawBytes);
  const capacity = dataBytes - (version < 10 ? 2 : 3);
  const remainder = remainders(checkBytes);

  /** Blocks interleaved, then their check bytes interleaved (7.6). */
  const interleave = (codewords: Uint8Array): Uint8Array => {
    const all = new Uint8Array(rawBytes);
    let start = 0;
    for (const [block, length] of lengths.entries()) {
      for (let i = 0; i < length; i++) all[placeAmongAll(block, i)] = codewords[start + i] as number;
      const rest = remainder(codewords, start, length);
      for (let j = 0; j < checkBytes; j++) all[dataBytes + j * blocks + block] = rest[j] as number;
      start += length;
    }
    return all;
  };

  return {
    size: grid.size,
    capacity,
    encode(data) {
      if (data.length > capacity) throw new RangeError(`${data.length} bytes do not fit in ${capacity}`);
      const codewords = new Uint8Array(dataBytes);
      fillCodewords(codewords, data, version);
      const all = interleave(codewords);
      const bits = empty.bits.slice();
      for (let i = 0; i < places.length; i += 2) {
        const isDark = ((all[i >> 4] as number) >> (7 - ((i >> 1) & 7))) & 1;
        const at = places[i] as number;
        bits[at] = (bits[at] as number) ^ (-isDark & (places[i + 1] as number));
      }
      return { ...empty, bits };
    },
  };
}

/** Check bytes of a block: the remainder of its division, four bytes at a time in words. */
function remainders(checkBytes: number): (from: Uint8Array, start: number, length: number) => Uint8Array {
  const words = (checkBytes + 3) >> 2;
  const polynomial = generator(checkBytes);
  const products = new Uint32Array(256 * words);
  for (let a = 0; a < 256; a++)
    for (let j = 0; j < checkBytes; j++) {
      const at = a * words + (j >> 2);
      products[at] = (products[at] as number) | (multiply(polynomial[j] as number, a) << (24 - 8 * (j & 3)));
    }
  return (from, start, length) => {
    const rest = new Uint32Array(words + 1);
    for (let i = start; i < start + length; i++) {
      const row = (((rest[0] as number) >>> 24) ^ (from[i] as number)) * words;
      for (let j = 0; j < words; j++)
        rest[j] = (((rest[j] as number) << 8) | ((rest[j + 1] as number) >>> 24)) ^ (products[row + j] as number);
    }
    return Uint8Array.from({ length: checkBytes }, (_, j) => (rest[j >> 2] as number) >>> (24 - 8 * (j & 3)));
  };
}
