/** Gray pictures as PNG, with the size at which they are printed. */
import { deflateSync } from 'node:zlib';
import { crc32 } from '../back/tile.ts';
import type { GrayImage } from '../read/gray-image.ts';

const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

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
