/** Pictures of paper: one byte a pixel, 0 black to 255 white. */
import { type BitImage, unpacked } from '../bit-image.ts';

export type GrayImage = {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
};

export function grayOf(image: BitImage, dotsPerPixel = 1, margin = 0): GrayImage {
  const [width, height] = [image.width * dotsPerPixel + 2 * margin, image.height * dotsPerPixel + 2 * margin];
  const from = unpacked(image);
  const pixels = new Uint8Array(width * height).fill(255);
  for (let y = 0; y < image.height * dotsPerPixel; y++) {
    const row = Math.floor(y / dotsPerPixel) * image.width;
    const at = (y + margin) * width + margin;
    for (let x = 0; x < image.width * dotsPerPixel; x++)
      if (from[row + Math.floor(x / dotsPerPixel)] === 1) pixels[at + x] = 0;
  }
  return { width, height, pixels };
}

/** Half the size: fine dots become gray. */
export function halved({ width, height, pixels }: GrayImage): GrayImage {
  const [w, h] = [width >> 1, height >> 1];
  const out = new Uint8Array(w * h);
  for (let y = 0; y < h; y++) {
    for (let x = 0; x < w; x++) {
      const at = 2 * y * width + 2 * x;
      const sum =
        (pixels[at] as number) +
        (pixels[at + 1] as number) +
        (pixels[at + width] as number) +
        (pixels[at + width + 1] as number);
      out[y * w + x] = sum >> 2;
    }
  }
  return { width: w, height: h, pixels: out };
}

/** Twice the size, by cubic interpolation with a touch of sharpening: what helps a reader of codes most on a 200-dpi
 *  scan. */
export function doubled({ width, height, pixels }: GrayImage): GrayImage {
  // Catmull–Rom weights at a quarter and three quarters of the way between two pixels, sharpened by 1.3.
  const weights = cubicAt(0.25);
  const wide = new Float32Array(width * 2 * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = (dx: number) => pixels[y * width + Math.min(width - 1, Math.max(0, x + dx))] as number;
      wide[y * width * 2 + 2 * x] = weights[3] * at(-2) + weights[2] * at(-1) + weights[1] * at(0) + weights[0] * at(1);
      wide[y * width * 2 + 2 * x + 1] =
        weights[0] * at(-1) + weights[1] * at(0) + weights[2] * at(1) + weights[3] * at(2);
    }
  }
  const out = new Uint8Array(width * 2 * height * 2);
  const stride = width * 2;
  for (let y = 0; y < height; y++) {
    const row = (dy: number) => Math.min(height - 1, Math.max(0, y + dy)) * stride;
    const [a, b, c, d, e] = [row(-2), row(-1), row(0), row(1), row(2)];
    for (let x = 0; x < stride; x++) {
      const at = (r: number) => wide[r + x] as number;
      out[2 * y * stride + x] = clamp(
        weights[3] * at(a) + weights[2] * at(b) + weights[1] * at(c) + weights[0] * at(d),
      );
      out[(2 * y + 1) * stride + x] = clamp(
        weights[0] * at(b) + weights[1] * at(c) + weights[2] * at(d) + weights[3] * at(e),
      );
    }
  }
  return sharpened({ width: stride, height: height * 2, pixels: out });
}

function cubicAt(t: number): readonly [number, number, number, number] {
  const a = -0.5;
  const near = (x: number) => (a + 2) * x ** 3 - (a + 3) * x ** 2 + 1;
  const far = (x: number) => a * x ** 3 - 5 * a * x ** 2 + 8 * a * x - 4 * a;
  return [far(1 + t), near(t), near(1 - t), far(2 - t)];
}

function clamp(value: number): number {
  return value < 0 ? 0 : value > 255 ? 255 : Math.round(value);
}

/** Away from the mean of the four neighbours. */
function sharpened({ width, height, pixels }: GrayImage): GrayImage {
  const out = pixels.slice();
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const i = y * width + x;
      const around =
        (pixels[i - 1] as number) +
        (pixels[i + 1] as number) +
        (pixels[i - width] as number) +
        (pixels[i + width] as number);
      out[i] = clamp(2 * (pixels[i] as number) - around / 4);
    }
  }
  return { width, height, pixels: out };
}

/** A part of a picture. */
export function cropped({ width, pixels }: GrayImage, x: number, y: number, w: number, h: number): GrayImage {
  const out = new Uint8Array(w * h);
  for (let row = 0; row < h; row++) out.set(pixels.subarray((y + row) * width + x, (y + row) * width + x + w), row * w);
  return { width: w, height: h, pixels: out };
}
