/** PNG (ISO/IEC 15948) by a library: any depth, palettes, interlaced. How large it is, is known before it is unpacked. */
import { convertIndexedToRgb, decode } from 'fast-png';
import { Unzlib } from 'fflate';
import type { GrayImage } from '../read/gray-image.ts';
import { checkSize, FileFault } from './fault.ts';
import { grayFromSamples, type Samples } from './samples.ts';

const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

export function isPng(bytes: Uint8Array): boolean {
  return signature.every((value, i) => bytes[i] === value);
}

/** What the header promises is all that may come out: more is a trap for memory. */
function checkContent(bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 45) throw new FileFault('damaged-file');
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  checkSize(width, height);
  const channels = [1, 0, 3, 1, 2, 0, 4][bytes[25] as number] ?? 0;
  const rowBytes = Math.ceil((width * channels * (bytes[24] as number)) / 8) + 1;
  // Seven passes of an interlaced picture each round their rows up.
  const most = (bytes[28] === 0 ? 1 : 2) * (rowBytes + 8) * (height + 8);
  let length = 0;
  const inflator = new Unzlib((chunk) => {
    length += chunk.length;
    if (length > most) throw new FileFault('picture-too-large', 'a PNG that holds more than it says');
  });
  for (let at = 8; at + 12 <= bytes.length; ) {
    const size = view.getUint32(at);
    const isData = view.getUint32(at + 4) === 0x49444154;
    const end = Math.min(bytes.length, at + 8 + size);
    for (let from = at + 8; isData && from < end; from += 65_536)
      inflator.push(bytes.subarray(from, Math.min(end, from + 65_536)));
    at += 12 + size;
  }
}

/** Throws FileFault, or what the library throws at a damaged file. */
export function decodePng(bytes: Uint8Array): GrayImage {
  if (!isPng(bytes)) throw new FileFault('unknown-kind');
  checkContent(bytes);
  const image = decode(bytes);
  const { width, height } = image;
  if (image.palette !== undefined) {
    const channels = (image.palette[0]?.length ?? 3) as 3 | 4;
    return grayFromSamples({ width, height, channels, bitsPerSample: 8, bytes: convertIndexedToRgb(image) });
  }
  const samples =
    image.data instanceof Uint16Array ? Uint8Array.from(image.data, (it) => it >> 8) : new Uint8Array(image.data);
  const bitsPerSample = Math.min(8, image.depth) as Samples['bitsPerSample'];
  return grayFromSamples({
    width,
    height,
    channels: image.channels as Samples['channels'],
    bitsPerSample,
    bytes: samples,
  });
}
