/**
 * Single characters that look otherwise than they were signed. The signed picture knows no gray: strokes lie up to half
 * a pixel beside where they are printed, and thin ones are as black as thick ones. Under a small bell over both that is
 * nearly gone, and what is left is the shape: in windows of a stroke's surroundings, and along the whole character.
 */
import type { GlyphCell } from './glyph-cells.ts';
import { type LaidFinely, softened } from './laid-finely.ts';
import type { Layer } from './lay-over.ts';

/** Deviations of the bells, in pixels: the scan has its own. */
const bells = { signed: 0.8, seen: 0.5 } as const;

/** Nothing less is a change; nor what is not this many times as unlike as the twentieth of this sheet's characters that
 *  is most unlike: a coarse or noisy scan, or a copy, raises the limit for itself. Measured (docs/proof.md). */
const limits = { shape: { least: 0.32, times: 2 }, profile: { least: 0.52, times: 2.9 } } as const;

/** `all`: the characters of the signed picture; judged are those where the scan lies as it should. */
export function changedGlyphs(laid: LaidFinely, all: readonly GlyphCell[]): readonly GlyphCell[] {
  const [signed, seen] = [softened(laid.signed, bells.signed), softened(laid.seen, bells.seen)];
  const cells = all.filter((it) => laid.fits(it.left + it.width / 2, it.top + it.height / 2));
  const shapes = cells.map((cell) => unlike(signed, seen, cell));
  const profiles = cells.map((cell) => otherProfile(signed, seen, cell));
  const [shape, profile] = [limitOf(shapes, limits.shape), limitOf(profiles, limits.profile)];
  return cells.filter((_, i) => (shapes[i] as number) > shape || (profiles[i] as number) > profile);
}

function limitOf(values: readonly number[], { least, times }: { readonly least: number; readonly times: number }) {
  const twentieth = values.toSorted((a, b) => a - b)[Math.floor(0.95 * values.length)] ?? 0;
  return Math.max(least, times * twentieth);
}

/** 13 pixels: 2.2 mm at 150 dpi. */
const half = 6;
const windowSize = (2 * half + 1) ** 2;
/** Of a window's variance: with less there is not much to compare, as in a dense kanji, whose strokes run together. */
const faint = 0.04;
const step = 2;

/** 0: the same shape; 1: another. The worst window of those that are centred in the character. */
export function unlike({ ink: a, width }: Layer, { ink: b }: Layer, cell: GlyphCell): number {
  let worst = 0;
  for (let y = cell.top; y < cell.top + cell.height; y += step) {
    for (let x = cell.left; x < cell.left + cell.width; x += step) {
      let [sa, sb, aa, bb, ab] = [0, 0, 0, 0, 0];
      for (let v = y - half; v <= y + half; v++) {
        for (let i = v * width + x - half; i <= v * width + x + half; i++) {
          const [p, q] = [a[i] as number, b[i] as number];
          sa += p;
          sb += q;
          aa += p * p;
          bb += q * q;
          ab += p * q;
        }
      }
      worst = Math.max(worst, 1 - likeness(windowSize, sa, sb, aa, bb, ab, faint));
    }
  }
  return worst;
}

/** Of a profile's variance. */
const faintProfile = 0.015;
/** Strokes along the sides are left out: they say nothing of the lines between them. */
const inset = 0.2;
const [leastLong, leastWide] = [8, 6];

/** The same of the means of a character's rows, or of its columns: hair lines are seen by their whole length. */
export function otherProfile(signed: Layer, seen: Layer, cell: GlyphCell): number {
  const { left, top, width, height } = cell;
  const stride = signed.width;
  const first = top * stride + left;
  return Math.max(
    profilesApart(signed.ink, seen.ink, first, height, stride, width, 1),
    profilesApart(signed.ink, seen.ink, first, width, 1, height, stride),
  );
}

/** `long` means of what lies `across`; the steps lead from pixel to pixel. */
function profilesApart(
  a: Float32Array,
  b: Float32Array,
  first: number,
  long: number,
  stepAlong: number,
  wide: number,
  stepAcross: number,
): number {
  if (long < leastLong || wide < leastWide) return 0;
  const begin = Math.round(wide * inset);
  const count = wide - 2 * begin;
  let [sa, sb, aa, bb, ab] = [0, 0, 0, 0, 0];
  for (let t = -1; t <= long; t++) {
    let [p, q] = [0, 0];
    for (let u = begin; u < wide - begin; u++) {
      const at = first + t * stepAlong + u * stepAcross;
      p += a[at] as number;
      q += b[at] as number;
    }
    p /= count;
    q /= count;
    sa += p;
    sb += q;
    aa += p * p;
    bb += q * q;
    ab += p * q;
  }
  return 1 - likeness(long + 2, sa, sb, aa, bb, ab, faintProfile);
}

/** Out of the sums of n pairs. `floor`: a variance that counts as nothing. */
function likeness(n: number, sa: number, sb: number, aa: number, bb: number, ab: number, floor: number): number {
  const [va, vb] = [Math.max(0, aa / n - (sa / n) ** 2), Math.max(0, bb / n - (sb / n) ** 2)];
  return (ab / n - (sa * sb) / n ** 2 + floor) / Math.sqrt((va + floor) * (vb + floor));
}
