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
  const blank = new Uint8Array(width);
  const rowOf = (y: number) => (y < 0 || y >= height ? blank : dots.subarray(y * width, (y + 1) * width));
  for (let y = 0; y < height; y++) {
    const [upper, middle, lower] = [rowOf(y - 1), rowOf(y), rowOf(y + 1)];
    // The neighbourhood moves along: its left column goes, a new right one comes.
    let bits = 0;
    for (let x = -1; x < width; x++) {
      const next = x + 1;
      const column =
        next < width ? (upper[next] as number) | ((middle[next] as number) << 3) | ((lower[next] as number) << 6) : 0;
      bits = ((bits >> 1) & 0b011011011) | (column << 2);
      if (x >= 0) toner[y * width + x] = table[bits] as number;
    }
  }
  return { width, height, toner };
}

type Sheet = ReturnType<typeof printed>;

/** Separable, edges repeated. Rows are made wider beforehand: the inner loops have nothing to decide. */
function blurred(values: Float32Array, width: number, height: number, sigma: number): Float32Array {
  const kernel = kernelOf(sigma);
  const taps = kernel.length;
  const reach = taps >> 1;
  const along = new Float32Array(values.length);
  const padded = new Float32Array(width + 2 * reach);
  for (let y = 0; y < height; y++) {
    const row = values.subarray(y * width, (y + 1) * width);
    padded.fill(row[0] as number, 0, reach);
    padded.set(row, reach);
    padded.fill(row[width - 1] as number, reach + width);
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (let k = 0; k < taps; k++) sum += (kernel[k] as number) * (padded[x + k] as number);
      along[y * width + x] = sum;
    }
  }
  const out = new Float32Array(values.length);
  const rows = new Uint32Array(taps);
  for (let y = 0; y < height; y++) {
    for (let k = 0; k < taps; k++) rows[k] = Math.min(height - 1, Math.max(0, y + k - reach)) * width;
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (let k = 0; k < taps; k++) sum += (kernel[k] as number) * (along[(rows[k] as number) + x] as number);
      out[y * width + x] = sum;
    }
  }
  return out;
}

/** Toner as it arrives behind a lens, at 600 dpi. `lensUm`: deviation of its blur. */
export function throughLens({ width, height, toner }: Sheet, lensUm = 35): Sheet {
  return { width, height, toner: blurred(toner, width, height, lensUm / umPerDot) };
}

/** What a place throws back of which this share is covered, bare paper being 1. */
export const lightFrom = (covered: number): number => 1 - covered * (1 - inkWhite);

type Light = { readonly width: number; readonly height: number; readonly light: Float32Array };

/** What a sensor behind the lens sees: 0 black to 1 white. */
export function sampledAt(dpi: number, { width, height, toner }: Sheet): Light {
  const step = 600 / dpi;
  const [w, h] = [Math.floor(width / step), Math.floor(height / step)];
  const light = new Float32Array(w * h);
  for (let y = 0; y < h; y++) {
    for (let x = 0; x < w; x++) {
      let sum = 0;
      for (let v = 0; v < step; v++) {
        const from = (y * step + v) * width + x * step;
        for (let i = from; i < from + step; i++) sum += toner[i] as number;
      }
      light[y * w + x] = lightFrom(sum / step ** 2);
    }
  }
  return { width: w, height: h, light };
}

/** What a scanner sees: lens and sensor in one, for what lies between samples nobody asks. */
export function seen({ width, height, toner }: Sheet, dpi: number, lensUm = 35): Light {
  const step = 600 / dpi;
  const [w, h] = [Math.floor(width / step), Math.floor(height / step)];
  const kernel = widened(kernelOf(lensUm / umPerDot), step);
  const taps = kernel.length;
  const reach = (taps - step) / 2;
  const along = new Float32Array(w * height);
  const padded = new Float32Array(width + 2 * reach);
  for (let y = 0; y < height; y++) {
    const row = toner.subarray(y * width, (y + 1) * width);
    padded.fill(row[0] as number, 0, reach);
    padded.set(row, reach);
    padded.fill(row[width - 1] as number, reach + width);
    for (let x = 0, from = 0; x < w; x++, from += step) {
      let sum = 0;
      for (let k = 0; k < taps; k++) sum += (kernel[k] as number) * (padded[from + k] as number);
      along[y * w + x] = sum;
    }
  }
  const light = new Float32Array(w * h);
  const sums = new Float64Array(w);
  for (let y = 0; y < h; y++) {
    sums.fill(0);
    for (let k = 0; k < taps; k++) {
      const row = Math.min(height - 1, Math.max(0, y * step + k - reach)) * w;
      const weight = kernel[k] as number;
      for (let x = 0; x < w; x++) sums[x] = (sums[x] as number) + weight * (along[row + x] as number);
    }
    for (let x = 0; x < w; x++) light[y * w + x] = lightFrom(sums[x] as number);
  }
  return { width: w, height: h, light };
}

/** The kernel, and then the mean of `step` dots. */
function widened(kernel: Float32Array, step: number): Float32Array {
  return Float32Array.from({ length: kernel.length + step - 1 }, (_, i) => {
    let sum = 0;
    for (let k = Math.max(0, i - step + 1); k <= Math.min(i, kernel.length - 1); k++) sum += kernel[k] as number;
    return sum / step;
  });
}

/** The page as a copier would print it, at 600 dpi. */
export const copied = (page: BitImage, mode: CopierMode, gain = 0.4): BitImage =>
  developed(seen(printed(page, gain), mode.dpi), mode, page);

/** Of a printed page, as it arrives behind the copier's lens. */
export const copiedFrom = (arriving: Sheet, mode: CopierMode): BitImage =>
  developed(sampledAt(mode.dpi, arriving), mode, arriving);

/** What a copier makes of what its sensor saw: tones clipped, edges sharpened, black or white. */
function developed({ width, height, light }: Light, mode: CopierMode, paper: Pick<BitImage, 'width' | 'height'>) {
  const toned = new Float32Array(light.length);
  const span = mode.white - mode.black;
  for (let i = 0; i < light.length; i++)
    toned[i] = Math.min(1, Math.max(0, ((light[i] as number) - mode.black) / span));
  const soft = blurred(toned, width, height, 1);
  const step = 600 / mode.dpi;
  const pixels = new Uint8Array(paper.width * paper.height);
  for (let y = 0; y < paper.height; y++) {
    const row = Math.min(height - 1, Math.floor(y / step)) * width;
    for (let x = 0; x < paper.width; x++) {
      const at = row + Math.min(width - 1, Math.floor(x / step));
      const value = toned[at] as number;
      if (value + mode.sharpen * (value - (soft[at] as number)) < mode.threshold) pixels[y * paper.width + x] = 1;
    }
  }
  return packed(paper.width, paper.height, pixels);
}

/** A picture for people: the printed page at a resolution, in gray. */
export function pictured(page: BitImage, dpi: number, gain = 0.4): GrayImage {
  const { width, height, light } = seen(printed(page, gain), dpi);
  const pixels = new Uint8Array(light.length);
  for (let i = 0; i < pixels.length; i++) pixels[i] = Math.round(255 * encodedLight(paperWhite * (light[i] as number)));
  return { width, height, pixels };
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
  const light = lightFrom(sum / count);
  return 116 * Math.cbrt(light) - 16;
}
