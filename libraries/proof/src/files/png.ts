/** PNG (ISO/IEC 15948): what scanners and screens write is read, gray pictures are written. */
import { deflateSync, inflateSync } from 'node:zlib';
import { crc32 } from '../back/tile.ts';
import type { GrayImage } from '../read/gray-image.ts';
import { grayFromSamples } from './samples.ts';

const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
/** A sheet at 1,200 dpi. */
export const mostPixels = 150_000_000;

export function isPng(bytes: Uint8Array): boolean {
  return signature.every((value, i) => bytes[i] === value);
}

function paeth(a: number, b: number, c: number): number {
  const [da, db, dc] = [Math.abs(b - c), Math.abs(a - c), Math.abs(a + b - 2 * c)];
  return da <= db && da <= dc ? a : db <= dc ? b : c;
}

function unfiltered(raw: Uint8Array, stride: number, height: number, left: number): Uint8Array {
  const out = new Uint8Array(stride * height);
  for (let y = 0; y < height; y++) {
    const kind = raw[y * (stride + 1)];
    for (let x = 0; x < stride; x++) {
      const at = y * stride + x;
      const a = x >= left ? (out[at - left] as number) : 0;
      const b = y > 0 ? (out[at - stride] as number) : 0;
      const c = x >= left && y > 0 ? (out[at - stride - left] as number) : 0;
      const guess = kind === 1 ? a : kind === 2 ? b : kind === 3 ? (a + b) >> 1 : kind === 4 ? paeth(a, b, c) : 0;
      out[at] = (raw[y * (stride + 1) + 1 + x] as number) + guess;
    }
  }
  return out;
}

/** Throws RangeError, saying what is not read. */
export function decodePng(bytes: Uint8Array): GrayImage {
  if (!isPng(bytes)) throw new RangeError('no PNG');
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const parts: Buffer[] = [];
  let palette = Buffer.alloc(0);
  for (let at = 8; at + 12 <= file.length; at += 12 + file.readUInt32BE(at)) {
    const kind = file.toString('latin1', at + 4, at + 8);
    const body = file.subarray(at + 8, at + 8 + file.readUInt32BE(at));
    if (kind === 'IDAT') parts.push(body);
    if (kind === 'PLTE') palette = Buffer.from(body);
  }
  const [width, height, bits, colour] = [file.readUInt32BE(16), file.readUInt32BE(20), file[24] ?? 0, file[25] ?? 0];
  const channels = ({ 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 } as const)[colour as 0 | 2 | 3 | 4 | 6];
  if (!(width > 0 && height > 0 && width * height <= mostPixels)) throw new RangeError('a PNG of no usual size');
  if (channels === undefined || ![1, 2, 4, 8].includes(bits) || file[28] !== 0)
    throw new RangeError('a PNG with 16 bits a sample or interlaced is not read');
  const stride = (width * channels * bits + 7) >> 3;
  const raw = inflateSync(Buffer.concat(parts), { maxOutputLength: (stride + 1) * height + 1_000 });
  const samples = unfiltered(raw, stride, height, Math.max(1, (channels * bits) >> 3));
  const made = { width, height, channels, bitsPerSample: bits as 1 | 2 | 4 | 8, bytes: samples };
  if (colour !== 3) return grayFromSamples(made);
  const most = 2 ** bits - 1;
  const grays = grayFromSamples({
    width: palette.length / 3,
    height: 1,
    channels: 3,
    bitsPerSample: 8,
    bytes: palette,
  });
  const { pixels } = grayFromSamples(made);
  return { width, height, pixels: pixels.map((value) => grays.pixels[Math.round((value * most) / 255)] ?? 255) };
}

/** `dpi`: what a program prints it at. */
export function encodePng({ width, height, pixels }: GrayImage, dpi = 300): Uint8Array {
  const raw = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y++) raw.set(pixels.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  const numbers = (...values: readonly number[]) => {
    const out = Buffer.alloc(4 * values.length);
    for (const [i, value] of values.entries()) out.writeUInt32BE(value, 4 * i);
    return out;
  };
  const chunk = (kind: string, body: Buffer) => {
    const named = Buffer.concat([Buffer.from(kind, 'latin1'), body]);
    return Buffer.concat([numbers(body.length), named, numbers(crc32(named))]);
  };
  const perMetre = Math.round(dpi / 0.0254);
  return new Uint8Array(
    Buffer.concat([
      signature,
      chunk('IHDR', Buffer.concat([numbers(width, height), Buffer.of(8, 0, 0, 0, 0)])),
      chunk('pHYs', Buffer.concat([numbers(perMetre, perMetre), Buffer.of(1)])),
      chunk('IDAT', deflateSync(raw, { level: 6 })),
      chunk('IEND', Buffer.alloc(0)),
    ]),
  );
}
