/** Black-and-white images as the printer and the PDF writer have them. */

export type BitImage = {
  readonly width: number;
  readonly height: number;
  /** Rows of whole bytes, most significant bit first; 1 is black. */
  readonly bits: Uint8Array;
};

export function strideOf(width: number): number {
  return (width + 7) >> 3;
}

export function blankImage(width: number, height: number): BitImage {
  return { width, height, bits: new Uint8Array(strideOf(width) * height) };
}

export function isBlack({ width, bits }: BitImage, x: number, y: number): boolean {
  return (((bits[y * strideOf(width) + (x >> 3)] as number) >> (7 - (x & 7))) & 1) === 1;
}

export function blacken({ width, bits }: BitImage, x: number, y: number): void {
  const at = y * strideOf(width) + (x >> 3);
  bits[at] = (bits[at] as number) | (0x80 >> (x & 7));
}

/** One byte a pixel, 0 or 1, for work that would unpack each bit many times. */
export function unpacked(image: BitImage): Uint8Array {
  const { width, height, bits } = image;
  const stride = strideOf(width);
  const pixels = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++)
      pixels[y * width + x] = ((bits[y * stride + (x >> 3)] as number) >> (7 - (x & 7))) & 1;
  }
  return pixels;
}

export function packed(width: number, height: number, pixels: Uint8Array): BitImage {
  const stride = strideOf(width);
  const bits = new Uint8Array(stride * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (pixels[y * width + x] !== 0) {
        const at = y * stride + (x >> 3);
        bits[at] = (bits[at] as number) | (0x80 >> (x & 7));
      }
    }
  }
  return { width, height, bits };
}
