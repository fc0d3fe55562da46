/** How a camera was held (EXIF 2.3, 4.6.4 A, tag 0x0112): 1 upright, 2 to 8 turned or mirrored. */
import type { GrayImage } from '../read/gray-image.ts';

/** As it should be looked at. */
export function oriented(image: GrayImage, orientation: number): GrayImage {
  if (!(orientation >= 2 && orientation <= 8)) return image;
  const { width, height, pixels } = image;
  const isTurned = orientation >= 5;
  const [w, h] = isTurned ? [height, width] : [width, height];
  // Of the upright picture's pixel: from which side of the stored one columns and rows are counted.
  const fromRight = [2, 3, 7, 8].includes(orientation);
  const fromBottom = [3, 4, 6, 7].includes(orientation);
  const out = new Uint8Array(w * h);
  for (let y = 0; y < h; y++) {
    for (let x = 0; x < w; x++) {
      const [column, row] = isTurned ? [y, x] : [x, y];
      const from = (fromBottom ? height - 1 - row : row) * width + (fromRight ? width - 1 - column : column);
      out[y * w + x] = pixels[from] as number;
    }
  }
  return { width: w, height: h, pixels: out };
}

/** From an EXIF block that begins with its TIFF header; 1 where it does not say. */
export function orientationOf(tiff: Uint8Array): number {
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength);
  if (view.byteLength < 8) return 1;
  const little = view.getUint16(0) === 0x4949;
  const at = view.getUint32(4, little);
  if (at + 2 > view.byteLength) return 1;
  const count = Math.min(200, view.getUint16(at, little));
  for (let i = 0, entry = at + 2; i < count && entry + 12 <= view.byteLength; i++, entry += 12)
    if (view.getUint16(entry, little) === 0x112) return view.getUint16(entry + 8, little);
  return 1;
}
