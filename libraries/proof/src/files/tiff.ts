/**
 * TIFF 6.0 by a library: fax (G3, G4), LZW, PackBits, Deflate; page by page. JPEG within (technical note 2) is taken out
 * strip by strip and decoded as any other JPEG.
 */
import { inflateSync, unzlibSync } from 'fflate';
import utif from 'utif2';
import type { GrayImage } from '../read/gray-image.ts';
import { checkSize, FileFault, mostPages } from './fault.ts';
import { oriented } from './oriented.ts';
import { grayFromSamples } from './samples.ts';
import { checkDirectories } from './tiff-directories.ts';

export function isTiff(bytes: Uint8Array): boolean {
  const [a, b, c, d] = bytes;
  return (a === 0x49 && b === 0x49 && c === 42 && d === 0) || (a === 0x4d && b === 0x4d && c === 0 && d === 42);
}

/** `isRgb`: its three colours are red, green and blue as they are. */
export type DecodeJpeg = (jpeg: Uint8Array, isRgb: boolean) => Promise<GrayImage>;

type Directory = ReturnType<typeof utif.decode>[number];
const numbersOf = (directory: Directory, tag: number): readonly number[] => {
  const value = directory[`t${tag}`];
  return Array.isArray(value) || ArrayBuffer.isView(value) ? Array.from(value as ArrayLike<number>) : [];
};
const tags = { width: 256, height: 257, bits: 258, compression: 259, photometric: 262, strips: 273, orientation: 274, samples: 277, rows: 278, counts: 279, tiles: 322, jpegTables: 347 } as const; // biome-ignore format: one table

/** Deflate has no size of its own, and the library unpacks whatever comes: each strip is tried within its bound. */
function checkDeflated(bytes: Uint8Array, directory: Directory): void {
  if (![8, 32_946].includes(numbersOf(directory, tags.compression)[0] ?? 1)) return;
  if (numbersOf(directory, tags.tiles).length > 0) throw new FileFault('unknown-kind', 'a TIFF of deflated tiles');
  const [width = 0, height = 0] = [numbersOf(directory, tags.width)[0], numbersOf(directory, tags.height)[0]];
  const bits = numbersOf(directory, tags.bits).reduce((sum, it) => sum + it, 0) || 1;
  const rows = Math.min(height, numbersOf(directory, tags.rows)[0] ?? height);
  const most = (Math.ceil((width * Math.max(bits, numbersOf(directory, tags.samples)[0] ?? 1)) / 8) + 1) * rows;
  const counts = numbersOf(directory, tags.counts);
  for (const [i, from] of numbersOf(directory, tags.strips).entries()) {
    const strip = bytes.subarray(from, from + (counts[i] ?? 0));
    const out = new Uint8Array(most + 1);
    const inflated = strip[0] === 0x78 ? unzlibSync(strip, { out }) : inflateSync(strip, { out });
    if (inflated.length > most) throw new FileFault('picture-too-large', 'a TIFF that holds more than it says');
  }
}

const isJpegWithin = (directory: Directory) =>
  numbersOf(directory, tags.compression)[0] === 7 && numbersOf(directory, tags.tiles).length === 0;
const photometricRgb = 2;

/** Strips lie under one another. */
async function joinStrips(bytes: Uint8Array, directory: Directory, decode: DecodeJpeg): Promise<GrayImage> {
  const [width = 0, height = 0] = [numbersOf(directory, tags.width)[0], numbersOf(directory, tags.height)[0]];
  const tables = Uint8Array.from(numbersOf(directory, tags.jpegTables));
  const counts = numbersOf(directory, tags.counts);
  const pixels = new Uint8Array(width * height).fill(255);
  let top = 0;
  for (const [i, from] of numbersOf(directory, tags.strips).entries()) {
    const strip = bytes.subarray(from, from + (counts[i] ?? 0));
    // The tables without their end, the strip without its beginning.
    const jpeg = new Uint8Array(Math.max(0, tables.length - 2) + strip.length - (tables.length > 2 ? 2 : 0));
    jpeg.set(tables.subarray(0, -2));
    jpeg.set(tables.length > 2 ? strip.subarray(2) : strip, Math.max(0, tables.length - 2));
    const part = await decode(jpeg, numbersOf(directory, tags.photometric)[0] === photometricRgb);
    if (part.width !== width) throw new FileFault('damaged-file', 'a strip of another width');
    const rows = Math.min(part.height, height - top);
    pixels.set(part.pixels.subarray(0, rows * width), top * width);
    top += rows;
    if (top >= height) break;
  }
  return { width, height, pixels };
}

/** Pages one after the other. Throws FileFault, or what the library throws at a damaged file. */
export async function* decodeTiff(
  bytes: Uint8Array,
  decodeJpeg: DecodeJpeg,
): AsyncGenerator<{ readonly of: number; readonly picture: GrayImage }> {
  checkDirectories(bytes);
  const buffer = bytes.slice().buffer;
  const pages = utif.decode(buffer).filter((it) => numbersOf(it, tags.width).length > 0);
  if (pages.length === 0) throw new FileFault('no-pages');
  if (pages.length > mostPages) throw new FileFault('too-many-pages');
  for (const page of pages) checkSize(numbersOf(page, tags.width)[0] ?? 0, numbersOf(page, tags.height)[0] ?? 0);
  for (const page of pages) {
    const picture = isJpegWithin(page) ? await joinStrips(bytes, page, decodeJpeg) : decodePage(bytes, buffer, page);
    yield { of: pages.length, picture: oriented(picture, numbersOf(page, tags.orientation)[0] ?? 1) };
    // What was unpacked is not needed again.
    page.data = new Uint8Array(0);
  }
}

function decodePage(bytes: Uint8Array, buffer: ArrayBuffer, page: Directory): GrayImage {
  checkDeflated(bytes, page);
  utif.decodeImage(buffer, page);
  const { width, height } = page;
  checkSize(width, height);
  const samples = utif.toRGBA8(page);
  if (samples.length !== width * height * 4) throw new FileFault('damaged-file');
  return grayFromSamples({ width, height, channels: 4, bitsPerSample: 8, bytes: samples });
}
