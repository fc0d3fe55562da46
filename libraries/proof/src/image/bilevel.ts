/**
 * A black-and-white image in few bytes: the generic region of JBIG2 (ITU-T T.88, 6.2) with template 0 and rows like the
 * one above said in one bit (6.2.5.7). Only the coded data is kept; the size travels beside it.
 */
import { type BitImage, packed, unpacked } from '../bit-image.ts';
import { MqDecoder, MqEncoder } from './mq-coder.ts';

const contexts = 0x10000;
/** The context in which it is said whether a row is like the one above (figure 8). */
const likeAbove = 0x9b25;
const border = 4;
/** No page is larger: A4 at 600 dpi. */
const mostPixels = 4_960 * 7_016;

/** With a white border, so that neighbours beyond the edge are white. */
function bordered(width: number, height: number): { stride: number; pixels: Uint8Array; row: (y: number) => number } {
  const stride = width + 2 * border;
  return {
    stride,
    pixels: new Uint8Array(stride * (height + 2)),
    row: (y) => (y + 2) * stride + border,
  };
}

export function encodeBilevel(image: BitImage): Uint8Array {
  const { width, height } = image;
  const from = unpacked(image);
  const { stride, pixels, row } = bordered(width, height);
  const coder = new MqEncoder(contexts);
  let wasLike = 0;
  for (let y = 0; y < height; y++) {
    const at = row(y);
    pixels.set(from.subarray(y * width, (y + 1) * width), at);
    let like = 1;
    for (let x = 0; x < width && like === 1; x++) if (pixels[at + x] !== pixels[at - stride + x]) like = 0;
    coder.encode(likeAbove, like ^ wasLike);
    wasLike = like;
    if (like === 1) continue;
    const [above, higher] = [at - stride, at - 2 * stride];
    let here = 0;
    let one = ((pixels[above] as number) << 2) | ((pixels[above + 1] as number) << 1) | (pixels[above + 2] as number);
    let two = ((pixels[higher] as number) << 1) | (pixels[higher + 1] as number);
    for (let x = 0; x < width; x++) {
      one = ((one << 1) | (pixels[above + x + 3] as number)) & 0x7f;
      two = ((two << 1) | (pixels[higher + x + 2] as number)) & 0x1f;
      const bit = pixels[at + x] as number;
      coder.encode(here | (one << 4) | (two << 11), bit);
      here = ((here << 1) | bit) & 0xf;
    }
  }
  return coder.finish();
}

/** Any bytes give some image of that size: whether it is the right one is a signature's word. */
export function decodeBilevel(width: number, height: number, bytes: Uint8Array): BitImage {
  if (!(width > 0 && height > 0 && width * height <= mostPixels)) throw new RangeError(`no page: ${width} × ${height}`);
  const { stride, pixels, row } = bordered(width, height);
  const coder = new MqDecoder(contexts, bytes);
  let like = 0;
  for (let y = 0; y < height; y++) {
    const at = row(y);
    const [above, higher] = [at - stride, at - 2 * stride];
    like ^= coder.decode(likeAbove);
    if (like === 1) {
      pixels.copyWithin(at, above, above + width);
      continue;
    }
    let here = 0;
    let one = ((pixels[above] as number) << 2) | ((pixels[above + 1] as number) << 1) | (pixels[above + 2] as number);
    let two = ((pixels[higher] as number) << 1) | (pixels[higher + 1] as number);
    for (let x = 0; x < width; x++) {
      one = ((one << 1) | (pixels[above + x + 3] as number)) & 0x7f;
      two = ((two << 1) | (pixels[higher + x + 2] as number)) & 0x1f;
      const bit = coder.decode(here | (one << 4) | (two << 11));
      pixels[at + x] = bit;
      here = ((here << 1) | bit) & 0xf;
    }
  }
  const out = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) out.set(pixels.subarray(row(y), row(y) + width), y * width);
  return packed(width, height, out);
}
