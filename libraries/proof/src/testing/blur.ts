/** What a lens out of focus does, and a hand that moves: each value is a mean of its neighbours. */

/** `kernel`: odd many weights; beyond the edge is what is at the edge. */
export function blurred(values: Float32Array, width: number, height: number, kernel: Float32Array, isAlong: boolean) {
  const reach = kernel.length >> 1;
  const out = new Float32Array(values.length);
  for (let k = -reach; k <= reach; k++) {
    const weight = kernel[k + reach] as number;
    for (let y = 0; y < height; y++) {
      const row = y * width;
      const from = isAlong ? row : Math.min(height - 1, Math.max(0, y + k)) * width;
      const [begin, end, shift] = isAlong ? [Math.max(0, -k), width - Math.max(0, k), k] : [0, width, 0];
      for (let x = 0; x < begin; x++) out[row + x] = (out[row + x] as number) + weight * (values[row] as number);
      for (let x = begin; x < end; x++)
        out[row + x] = (out[row + x] as number) + weight * (values[from + x + shift] as number);
      for (let x = end; x < width; x++)
        out[row + x] = (out[row + x] as number) + weight * (values[row + width - 1] as number);
    }
  }
  return out;
}

export function kernelOf(reach: number, weight: (i: number) => number): Float32Array {
  const all = Float32Array.from({ length: 2 * reach + 1 }, (_, i) => weight(i - reach));
  const sum = all.reduce((a, b) => a + b, 0);
  return all.map((it) => it / sum);
}

/** The kernel of a blur, in pixels. */
export const bell = (deviation: number) =>
  kernelOf(Math.max(1, Math.ceil(deviation * 2.5)), (i) => Math.exp(-(i ** 2) / (2 * deviation ** 2)));
