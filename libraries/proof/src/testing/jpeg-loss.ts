/** What JPEG takes from a gray picture: blocks of 8 × 8 transformed, rounded by table K.1 of ITU-T T.81 at a quality as
 *  the Independent JPEG Group counts it, and back. Its coding of the rounded values loses nothing and is left out. */
import type { GrayImage } from '../read/gray-image.ts';

const luminance = [
  16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51,
  87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101,
  72, 92, 95, 98, 112, 100, 103, 99,
]; // biome-ignore format: rows of a table

const cosines = Float32Array.from({ length: 64 }, (_, i) => {
  const [u, x] = [i >> 3, i & 7];
  return (u === 0 ? Math.SQRT1_2 : 1) * 0.5 * Math.cos(((2 * x + 1) * u * Math.PI) / 16);
});

/** Rows, then columns; `isBack`: from frequencies. */
function transformed(block: Float32Array, isBack: boolean): void {
  const row = new Float32Array(8);
  for (const [step, stride] of [[1, 8], [8, 1]] as const) {
    for (let line = 0; line < 8; line++) {
      for (let k = 0; k < 8; k++) {
        let sum = 0;
        for (let i = 0; i < 8; i++)
          sum += (cosines[isBack ? i * 8 + k : k * 8 + i] as number) * (block[line * stride + i * step] as number);
        row[k] = sum;
      }
      for (let k = 0; k < 8; k++) block[line * stride + k * step] = row[k] as number;
    }
  }
} // biome-ignore format: two directions

export function throughJpeg({ width, height, pixels }: GrayImage, quality: number): GrayImage {
  const scale = quality < 50 ? 5_000 / quality : 200 - 2 * quality;
  const steps = luminance.map((it) => Math.min(255, Math.max(1, Math.floor((it * scale + 50) / 100))));
  const out = new Uint8Array(pixels.length);
  const block = new Float32Array(64);
  for (let top = 0; top < height; top += 8) {
    for (let left = 0; left < width; left += 8) {
      for (let i = 0; i < 64; i++) {
        const at = Math.min(height - 1, top + (i >> 3)) * width + Math.min(width - 1, left + (i & 7));
        block[i] = (pixels[at] as number) - 128;
      }
      transformed(block, false);
      for (let i = 0; i < 64; i++) block[i] = Math.round((block[i] as number) / (steps[i] as number)) * (steps[i] as number); // biome-ignore format: one line
      transformed(block, true);
      for (let y = top; y < Math.min(height, top + 8); y++)
        for (let x = left; x < Math.min(width, left + 8); x++)
          out[y * width + x] = Math.min(
            255,
            Math.max(0, Math.round((block[(y - top) * 8 + x - left] as number) + 128)),
          );
    }
  }
  return { width, height, pixels: out };
}
