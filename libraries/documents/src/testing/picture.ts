/** Pictures of papers, to be compared with those that somebody has looked at. */
import { crc32, deflateSync, inflateSync } from 'node:zlib';

export type Picture = { readonly width: number; readonly height: number; readonly pixels: Uint8Array };

/** Reads a portable graymap (P5) of 8 bits, as pdftoppm writes it. */
export function readGraymap(file: Buffer): Picture {
  const head = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(file.toString('latin1', 0, 100));
  if (head === null) throw new Error('not a graymap of 8 bits');
  return { width: Number(head[1]), height: Number(head[2]), pixels: file.subarray(head[0].length) };
}

const signature = Buffer.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

function chunk(kind: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(kind, 'latin1'), body]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(body.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}

/** A small PNG (ISO/IEC 15948): 16 grays, no filter. */
export function writePng({ width, height, pixels }: Picture): Buffer {
  const stride = 1 + Math.ceil(width / 2);
  const raw = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * stride + 1 + (x >> 1);
      const gray = Math.round((pixels[y * width + x] as number) / 17);
      raw[at] = (raw[at] as number) | (x % 2 === 0 ? gray << 4 : gray);
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 4;
  const data = deflateSync(raw, { level: 9 });
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))]);
}

/** Reads what `writePng` wrote. */
export function readPng(png: Buffer): Picture {
  const parts: Buffer[] = [];
  let [width, height] = [0, 0];
  for (let at = signature.length; at < png.length; ) {
    const length = png.readUInt32BE(at);
    const kind = png.toString('latin1', at + 4, at + 8);
    const body = png.subarray(at + 8, at + 8 + length);
    if (kind === 'IHDR') {
      [width, height] = [body.readUInt32BE(0), body.readUInt32BE(4)];
      if (body[8] !== 4 || body[9] !== 0) throw new Error('not a picture of 16 grays');
    }
    if (kind === 'IDAT') parts.push(body);
    at += 12 + length;
  }
  const raw = inflateSync(Buffer.concat(parts));
  const stride = 1 + Math.ceil(width / 2);
  const pixels = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const pair = raw[y * stride + 1 + (x >> 1)] as number;
      pixels[y * width + x] = 17 * (x % 2 === 0 ? pair >> 4 : pair & 15);
    }
  }
  return { width, height, pixels };
}

/** Mean darkness of every square of `side` pixels, by sums over rows and columns. */
function blurred({ width, height, pixels }: Picture, side: number): Float64Array {
  const sums = new Float64Array((width + 1) * (height + 1));
  for (let y = 0; y < height; y++) {
    let row = 0;
    for (let x = 0; x < width; x++) {
      row += pixels[y * width + x] as number;
      sums[(y + 1) * (width + 1) + x + 1] = (sums[y * (width + 1) + x + 1] as number) + row;
    }
  }
  const means = new Float64Array((width - side) * (height - side));
  for (let y = 0; y < height - side; y++) {
    for (let x = 0; x < width - side; x++) {
      const at = (dx: number, dy: number) => sums[(y + dy) * (width + 1) + x + dx] as number;
      means[y * (width - side) + x] = (at(side, side) - at(0, side) - at(side, 0) + at(0, 0)) / side ** 2;
    }
  }
  return means;
}

/** The greatest difference, 0 to 255, between squares about as large as one character. Edges that another version of a
 *  program smooths otherwise hardly count; a character that is missing or moved does. */
export function difference(one: Picture, two: Picture): number {
  if (one.width !== two.width || one.height !== two.height) return 255;
  const side = 8;
  const [a, b] = [blurred(one, side), blurred(two, side)];
  let most = 0;
  for (const [i, value] of a.entries()) most = Math.max(most, Math.abs(value - (b[i] as number)));
  return most;
}
