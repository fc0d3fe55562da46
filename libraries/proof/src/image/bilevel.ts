/**
 * A black-and-white image in few bytes: the generic region of JBIG2 (ITU-T T.88, 6.2) with template 0 and rows like the
 * one above said in one bit (6.2.5.7). Only the coded data is kept; the size travels beside it.
 *
 * A page is mostly white: where neither the pixels nor their neighbours have ink, eight at once are given to the coder
 * as part of a run. That is four fifths of a certificate, and the bytes are the same.
 */
import { type BitImage, strideOf } from '../bit-image.ts';
import { MqDecoder, MqEncoder } from './mq-coder.ts';

const contexts = 0x10000;
/** The context in which it is said whether a row is like the one above (figure 8). */
const likeAbove = 0x9b25;
/** No page is larger: A4 at 600 dpi. */
const mostPixels = 4_960 * 7_016;

/** Rows of packed pixels with a white byte at both ends and two white rows above, so that all neighbours are there. */
class Rows {
  readonly width: number;
  readonly stride: number;
  readonly bits: Uint8Array;

  constructor(width: number, height: number) {
    this.width = width;
    this.stride = strideOf(width) + 2;
    this.bits = new Uint8Array(this.stride * (height + 2));
  }

  /** Of the first pixels' byte. */
  at(y: number): number {
    return (y + 2) * this.stride + 1;
  }

  isLikeAbove(y: number): boolean {
    const at = this.at(y);
    for (let i = at; i < at + this.stride - 2; i++) if (this.bits[i] !== this.bits[i - this.stride]) return false;
    return true;
  }

  /** The byte with its neighbours to the left and right, 24 pixels. */
  wide(at: number): number {
    const { bits } = this;
    return ((bits[at - 1] as number) << 16) | ((bits[at] as number) << 8) | (bits[at + 1] as number);
  }

  /** How many of a byte's pixels are on the page. */
  pixelsOf(byte: number): number {
    return Math.min(8, this.width - 8 * byte);
  }
}

function rowsOf({ width, height, bits }: BitImage): Rows {
  const rows = new Rows(width, height);
  const bytes = strideOf(width);
  // What stands in the last byte beyond the edge is no pixel.
  const mask = 0xff << (8 * bytes - width);
  for (let y = 0; y < height; y++) {
    const at = rows.at(y);
    rows.bits.set(bits.subarray(y * bytes, (y + 1) * bytes), at);
    const last = at + bytes - 1;
    rows.bits[last] = (rows.bits[last] as number) & mask;
  }
  return rows;
}

function encodeRow(rows: Rows, y: number, coder: MqEncoder): void {
  const at = rows.at(y);
  const { stride } = rows;
  let white = 0;
  for (let byte = 0; byte < stride - 2; byte++) {
    const here = rows.wide(at + byte);
    const above = rows.wide(at + byte - stride);
    const higher = rows.wide(at + byte - 2 * stride);
    const count = rows.pixelsOf(byte);
    if ((here & 0xfff00) === 0 && ((above | higher) & 0x7ffe0) === 0) {
      white += count;
      continue;
    }
    if (white > 0) coder.encodeRun(0, 0, white);
    white = 0;
    for (let x = 0; x < count; x++) {
      const context =
        ((here >> (16 - x)) & 0xf) | (((above >> (12 - x)) & 0x7f) << 4) | (((higher >> (13 - x)) & 0x1f) << 11);
      coder.encode(context, (here >> (15 - x)) & 1);
    }
  }
  if (white > 0) coder.encodeRun(0, 0, white);
}

export function encodeBilevel(image: BitImage): Uint8Array {
  const rows = rowsOf(image);
  const coder = new MqEncoder(contexts);
  let wasLike = 0;
  for (let y = 0; y < image.height; y++) {
    const like = rows.isLikeAbove(y) ? 1 : 0;
    coder.encode(likeAbove, like ^ wasLike);
    wasLike = like;
    if (like === 0) encodeRow(rows, y, coder);
  }
  return coder.finish();
}

/** Bytes from `byte` on above which there is no ink for all of their pixels' neighbours. */
function whiteAbove(rows: Rows, at: number, byte: number): number {
  const { stride } = rows;
  let to = byte;
  while (to < stride - 2 && ((rows.wide(at + to - stride) | rows.wide(at + to - 2 * stride)) & 0x7ffe0) === 0) to++;
  return to - byte;
}

function decodeRow(rows: Rows, y: number, coder: MqDecoder): void {
  const at = rows.at(y);
  const { stride, bits } = rows;
  let from = 0;
  for (let byte = 0; byte < stride - 2; ) {
    // With nothing to the left, either: a run of white, up to a pixel that begins something.
    const white = from === 0 && ((bits[at + byte - 1] as number) & 0xf) === 0 ? whiteAbove(rows, at, byte) : 0;
    if (white > 0) {
      const run = Math.min(8 * white, rows.width - 8 * byte);
      const done = coder.decodeRun(0, 0, run);
      byte += done >> 3;
      if (done === run) {
        if ((done & 7) !== 0) byte++;
        continue;
      }
      from = done & 7;
      bits[at + byte] = 0x80 >> from;
      from++;
    }
    const above = rows.wide(at + byte - stride);
    const higher = rows.wide(at + byte - 2 * stride);
    let here = ((bits[at + byte - 1] as number) << 8) | (bits[at + byte] as number);
    const count = rows.pixelsOf(byte);
    for (let x = from; x < count; x++) {
      const context =
        ((here >> (8 - x)) & 0xf) | (((above >> (12 - x)) & 0x7f) << 4) | (((higher >> (13 - x)) & 0x1f) << 11);
      here |= coder.decode(context) << (7 - x);
    }
    bits[at + byte] = here;
    byte++;
    from = 0;
  }
}

/** Any bytes give some image of that size: whether it is the right one is a signature's word. */
export function decodeBilevel(width: number, height: number, bytes: Uint8Array): BitImage {
  if (!(width > 0 && height > 0 && width * height <= mostPixels)) throw new RangeError(`no page: ${width} × ${height}`);
  const rows = new Rows(width, height);
  const coder = new MqDecoder(contexts, bytes);
  const stride = strideOf(width);
  const bits = new Uint8Array(stride * height);
  let like = 0;
  for (let y = 0; y < height; y++) {
    const at = rows.at(y);
    like ^= coder.decode(likeAbove);
    if (like === 1) rows.bits.copyWithin(at, at - rows.stride, at - rows.stride + stride);
    else decodeRow(rows, y, coder);
    bits.set(rows.bits.subarray(at, at + stride), y * stride);
  }
  return { width, height, bits };
}
