/** How alike two rectangles of ink are, whatever their lightness and contrast. */

/** A rectangle begins at `at`; its rows are `stride` apart. */
export type Rectangle = { readonly ink: Float32Array; readonly at: number; readonly stride: number };

/** −1 to 1; 0 where one of them is plain. */
export function likeness(one: Rectangle, other: Rectangle, wide: number, high: number): number {
  const [a, b] = [one.ink, other.ink];
  let [sa, sb, aa, bb, ab] = [0, 0, 0, 0, 0];
  for (let y = 0; y < high; y++) {
    const [i, j] = [one.at + y * one.stride, other.at + y * other.stride];
    for (let x = 0; x < wide; x++) {
      const [p, q] = [a[i + x] as number, b[j + x] as number];
      sa += p;
      sb += q;
      aa += p * p;
      bb += q * q;
      ab += p * q;
    }
  }
  const n = wide * high;
  const spread = (aa - (sa * sa) / n) * (bb - (sb * sb) / n);
  return spread <= 0 ? 0 : (ab - (sa * sb) / n) / Math.sqrt(spread);
}
