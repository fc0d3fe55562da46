/**
 * A simulated printer and a simulated copier. Printing: each dot spreads (Gaussian, 20 µm) and toner is where more than
 * a threshold arrives. Copying: a lens (Gaussian, 35 µm) sees the paper, it is sampled, tones are clipped, edges are
 * sharpened, and each sample becomes black or white; then it is printed again. A model: no real copier was used.
 */
import { type BitImage, packed, unpacked } from '../bit-image.ts';
import type { GrayImage } from '../read/gray-image.ts';

export type CopierMode = {
  readonly dpi: 200 | 300 | 600;
  readonly white: number;
  readonly black: number;
  readonly sharpen: number;
  readonly threshold: number;
};

/** Text mode of a copier, at what it samples with. */
export const copierModes: Readonly<Record<number, CopierMode>> = {
  200: { dpi: 200, white: 0.88, black: 0.25, sharpen: 0.5, threshold: 0.6 },
  300: { dpi: 300, white: 0.88, black: 0.25, sharpen: 0.8, threshold: 0.6 },
  600: { dpi: 600, white: 0.88, black: 0.25, sharpen: 0.8, threshold: 0.6 },
};

const umPerDot = 25_400 / 600;
const inkWhite = 0.05 / 0.85;

function kernelOf(sigma: number): Float32Array {
  const reach = Math.max(1, Math.ceil(sigma * 3));
  const weights = Float32Array.from({ length: 2 * reach + 1 }, (_, i) =>
    Math.exp(-((i - reach) ** 2) / (2 * sigma ** 2)),
  );
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map((it) => it / sum);
}

/** For each of the 512 neighbourhoods of a dot, how much of it gets toner: worked out at 8 × 8 points in a dot. */
function spreadTable(gain: number): Float32Array {
  const points = 8;
  const size = 3 * points;
  const kernel = kernelOf((20 / umPerDot) * points);
  const reach = kernel.length >> 1;
  // A dot's share at a place of the middle one, along one axis: the kernel summed over the dot.
  const share = [0, 1, 2].map((dot) =>
    Float32Array.from({ length: points }, (_, i) => {
      let sum = 0;
      for (let k = 0; k < kernel.length; k++) {
        const at = points + i + k - reach;
        if (at >= 0 && at < size && Math.floor(at / points) === dot) sum += kernel[k] as number;
      }
      return sum;
    }),
  );
  return Float32Array.from({ length: 512 }, (_, bits) => {
    let toner = 0;
    for (let v = 0; v < points; v++) {
      for (let u = 0; u < points; u++) {
        let sum = 0;
        for (let i = 0; i < 9; i++)
          if ((bits >> i) & 1) sum += (share[i % 3]?.[u] as number) * (share[Math.floor(i / 3)]?.[v] as number);
        if (sum > gain) toner++;
      }
    }
    return toner / points ** 2;
  });
}

/** How much of each dot's place is covered with toner, 0 to 1. `gain`: 0.5 prints thin, 0.4 is usual, 0.33 fat. */
export function printed(
  page: BitImage,
  gain = 0.4,
): { readonly width: number; readonly height: number; readonly toner: Float32Array } {
  const { width, height } = page;
  const table = spreadTable(gain);
  const dots = unpacked(page);
  const toner = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let bits = 0;
      for (let dy = -1; dy <= 1; dy++) {
        const row = y + dy;
        if (row < 0 || row >= height) continue;
        for (let dx = -1; dx <= 1; dx++) {
          const column = x + dx;
          if (column >= 0 && column < width && dots[row * width + column] === 1) bits |= 1 << ((dy + 1) * 3 + dx + 1);
        }
      }
      toner[y * width + x] = table[bits] as number;
    }
  }
  return { width, height, toner };
}

type Sheet = ReturnType<typeof printed>;

/** Separable, edges repeated. */
function blurred(values: Float32Array, width: number, height: number, sigma: number): Float32Array {
  const kernel = kernelOf(sigma);
  const reach = kernel.length >> 1;
  const pass = (from: Float32Array, isAlong: boolean) => {
    const out = new Float32Array(from.length);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        let sum = 0;
        for (let k = -reach; k <= reach; k++) {
          const at = isAlong
            ? y * width + Math.min(width - 1, Math.max(0, x + k))
            : Math.min(height - 1, Math.max(0, y + k)) * width + x;
          sum += (kernel[k + reach] as number) * (from[at] as number);
        }
        out[y * width + x] = sum;
      }
    }
    return out;
  };
  return pass(pass(values, true), false);
}

/** What a scanner sees: 0 black to 1 white. `lensUm`: deviation of its blur. */
export function seen(
  { width, height, toner }: Sheet,
  dpi: number,
  lensUm = 35,
): { readonly width: number; readonly height: number; readonly light: Float32Array } {
  const soft = blurred(toner, width, height, lensUm / umPerDot);
  const step = 600 / dpi;
  const [w, h] = [Math.floor(width / step), Math.floor(height / step)];
  const light = new Float32Array(w * h);
  for (let y = 0; y < h; y++) {
    for (let x = 0; x < w; x++) {
      let sum = 0;
      for (let v = 0; v < step; v++)
        for (let u = 0; u < step; u++) sum += soft[(y * step + v) * width + x * step + u] as number;
      light[y * w + x] = 1 - (sum / step ** 2) * (1 - inkWhite);
    }
  }
  return { width: w, height: h, light };
}

/** The page as a copier would print it, at 600 dpi. */
export function copied(page: BitImage, mode: CopierMode, gain = 0.4): BitImage {
  const { width, height, light } = seen(printed(page, gain), mode.dpi);
  const toned = light.map((it) => Math.min(1, Math.max(0, (it - mode.black) / (mode.white - mode.black))));
  const soft = blurred(toned, width, height, 1);
  const step = 600 / mode.dpi;
  const pixels = new Uint8Array(page.width * page.height);
  for (let y = 0; y < page.height; y++) {
    for (let x = 0; x < page.width; x++) {
      const at = Math.min(height - 1, Math.floor(y / step)) * width + Math.min(width - 1, Math.floor(x / step));
      const value = toned[at] as number;
      if (value + mode.sharpen * (value - (soft[at] as number)) < mode.threshold) pixels[y * page.width + x] = 1;
    }
  }
  return packed(page.width, page.height, pixels);
}

/** A picture for people: the printed page at a resolution, in gray. */
export function pictured(page: BitImage, dpi: number, gain = 0.4): GrayImage {
  const { width, height, light } = seen(printed(page, gain), dpi);
  return { width, height, pixels: Uint8Array.from(light, (it) => Math.round(255 * encodedLight(paperWhite * it))) };
}

/** White paper throws back less light than a scanner's white, and files hold light as IEC 61966-2-1 (sRGB) encodes it. */
const paperWhite = 0.88;
const encodedLight = (it: number) => (it <= 0.0031308 ? 12.92 * it : 1.055 * it ** (1 / 2.4) - 0.055);

/** CIE lightness L* of the middle of a printed page, paper being 100. */
export function lightness(page: BitImage, gain = 0.4): number {
  const { width, height, toner } = printed(page, gain);
  let [sum, count] = [0, 0];
  for (let y = height >> 3; y < height - (height >> 3); y++) {
    for (let x = width >> 3; x < width - (width >> 3); x++, count++) sum += toner[y * width + x] as number;
  }
  const light = 1 - (sum / count) * (1 - inkWhite);
  return 116 * Math.cbrt(light) - 16;
}
