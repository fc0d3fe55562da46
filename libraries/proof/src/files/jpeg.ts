/**
 * JPEG of every kind that PDF knows (baseline, progressive; gray, YCbCr, CMYK), decoded by PDFium: the picture becomes
 * the only page of a PDF. What is read here is the header alone: how large it is, and how the camera was held.
 */
import { FileFault } from './fault.ts';
import { orientationOf } from './oriented.ts';

export type JpegHeader = {
  readonly width: number;
  readonly height: number;
  readonly components: number;
  readonly orientation: number;
  /** Four colours are written the other way round (Adobe’s APP14). */
  readonly isInverted: boolean;
};

export function isJpeg(bytes: Uint8Array): boolean {
  return bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;
}

const latin = (bytes: Uint8Array) => String.fromCharCode(...bytes);

/** Throws FileFault. */
export function readJpegHeader(bytes: Uint8Array): JpegHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let orientation = 1;
  let isAdobe = false;
  for (let at = 2; at + 4 <= bytes.length; ) {
    if (bytes[at] !== 0xff) throw new FileFault('damaged-file');
    const marker = bytes[at + 1] as number;
    if (marker === 0xff) {
      at++; // filling
      continue;
    }
    const length = view.getUint16(at + 2);
    const body = bytes.subarray(at + 4, at + 2 + length);
    if (marker === 0xe1 && latin(body.subarray(0, 6)) === 'Exif\0\0') orientation = orientationOf(body.subarray(6));
    if (marker === 0xee && latin(body.subarray(0, 5)) === 'Adobe') isAdobe = true;
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame && body.length >= 6) {
      const [height, width, components] = [view.getUint16(at + 5), view.getUint16(at + 7), body[5] as number];
      return { width, height, components, orientation, isInverted: isAdobe && components === 4 };
    }
    if (marker === 0xda) break;
    at += 2 + length;
  }
  throw new FileFault('damaged-file', 'a JPEG without a frame');
}

/** A PDF of one page, one point a pixel. `isRgb`: three colours that are not YCbCr, and no marker says so. */
export function pdfOfJpeg(
  bytes: Uint8Array,
  { width, height, components, isInverted }: JpegHeader,
  isRgb = false,
): Uint8Array {
  const space = components === 1 ? 'DeviceGray' : components === 4 ? 'DeviceCMYK' : 'DeviceRGB';
  const content = `q ${width} 0 0 ${height} 0 0 cm /I Do Q`;
  const encoder = new TextEncoder();
  const parts: Uint8Array[] = [];
  const offsets: number[] = [];
  let length = 0;
  const push = (part: string | Uint8Array) => {
    const raw = typeof part === 'string' ? encoder.encode(part) : part;
    parts.push(raw);
    length += raw.length;
  };
  const object = (...body: readonly (string | Uint8Array)[]) => {
    offsets.push(length);
    push(`${offsets.length} 0 obj\n`);
    for (const part of body) push(part);
    push('\nendobj\n');
  };
  push('%PDF-1.4\n');
  object('<</Type/Catalog/Pages 2 0 R>>');
  object('<</Type/Pages/Kids[3 0 R]/Count 1>>');
  object(
    `<</Type/Page/Parent 2 0 R/MediaBox[0 0 ${width} ${height}]/Resources<</XObject<</I 5 0 R>>>>/Contents 4 0 R>>`,
  );
  object(`<</Length ${content.length}>>\nstream\n${content}\nendstream`);
  object(
    `<</Type/XObject/Subtype/Image/Width ${width}/Height ${height}/BitsPerComponent 8/ColorSpace/${space}/Filter/DCTDecode${isInverted ? '/Decode[1 0 1 0 1 0 1 0]' : ''}${isRgb ? '/DecodeParms<</ColorTransform 0>>' : ''}/Length ${bytes.length}>>\nstream\n`,
    bytes,
    '\nendstream',
  );
  const start = length;
  push(`xref\n0 6\n0000000000 65535 f \n`);
  for (const offset of offsets) push(`${String(offset).padStart(10, '0')} 00000 n \n`);
  push(`trailer\n<</Size 6/Root 1 0 R>>\nstartxref\n${start}\n%%EOF\n`);
  const out = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
