/** Where a scan says something else than what was signed. */
import { markPlace } from '../front-mark.ts';
import { type Layer, type Overlay, perMm } from './lay-over.ts';

export type Difference = {
  /** On the sheet, in millimetres from its upper left corner. */
  readonly leftMm: number;
  readonly topMm: number;
  readonly widthMm: number;
  readonly heightMm: number;
};

export type Comparison = {
  readonly differences: readonly Difference[];
  /** Share of the inked blocks that lay where they should. Below 0.6 the scan is not of this paper, or unreadable. */
  readonly found: number;
};

/** About the size of a character: 3 mm, each millimetre. */
const side = 3 * perMm;
const step = perMm;
/** Print, copy and scan make lines thicker or thinner, up to this; more ink, or less, is something else. */
const mostInk = 0.3;
/** Measured on a residence certificate (docs/proof.md): windows of the same front are alike by 0.29 or more even when a
 *  copy was photographed; 一 in place of 二 gives −0.4. */
const leastAlike = 0.15;
const someInk = 0.03;
/** Deviation of the ink where nothing was printed: the background gives 0.06 at most, thin writing 0.2. */
const mostAdded = 0.15;
const shifts = [0, -1, 1];
/** What a printer leaves white and a scanner sees of the table. */
const marginMm = 7;

/** The mark is on the paper and not in the picture; whether it is right is said by the code that it gives. */
function isAtMark(x: number, y: number): boolean {
  const { leftMm, topMm, sideMm } = markPlace;
  const [left, top] = [x / perMm + side / perMm, y / perMm + side / perMm];
  return (
    left > leftMm - 1.5 && top > topMm - 1.5 && x / perMm < leftMm + sideMm + 1.5 && y / perMm < topMm + sideMm + 1.5
  );
}

type Look = { readonly ink: number; readonly like: number; readonly deviation: number };

/** Ink of a window in the scan, and how alike it is, where it fits best within a pixel. */
function lookAt(
  signed: Layer,
  seen: Layer,
  x: number,
  y: number,
): { readonly signed: number; readonly looks: readonly Look[] } {
  const n = side * side;
  const [ink, other, stride, wide] = [signed.ink, seen.ink, signed.width, seen.width];
  let a = 0;
  let aa = 0;
  for (let v = 0; v < side; v++) {
    const from = (y + v) * stride + x;
    for (let i = from; i < from + side; i++) {
      const p = ink[i] as number;
      a += p;
      aa += p * p;
    }
  }
  const looks: Look[] = [];
  for (const dy of shifts) {
    for (const dx of shifts) {
      let b = 0;
      let bb = 0;
      let ab = 0;
      for (let v = 0; v < side; v++) {
        const from = (y + v) * stride + x;
        const at = (y + v + dy) * wide + x + dx;
        for (let u = 0; u < side; u++) {
          const p = ink[from + u] as number;
          const q = other[at + u] as number;
          b += q;
          bb += q * q;
          ab += p * q;
        }
      }
      const spread = (aa - (a * a) / n) * (bb - (b * b) / n);
      looks.push({
        ink: b / n,
        like: spread <= 0 ? 0 : (ab - (a * b) / n) / Math.sqrt(spread),
        deviation: Math.sqrt(Math.max(0, bb / n - (b / n) ** 2)),
      });
    }
  }
  return { signed: a / n, looks };
}

/** seen = gain · signed + ground, by the medians of many windows: what paper, light and toner do everywhere alike. */
function tone(signed: Layer, seen: Layer): { readonly gain: number; readonly ground: number } {
  const empty: number[] = [];
  const gains: number[] = [];
  const windows: [number, number][] = [];
  for (let y = marginMm * perMm; y + side < signed.height - marginMm * perMm; y += side) {
    for (let x = marginMm * perMm; x + side < signed.width - marginMm * perMm; x += side) {
      let [a, b] = [0, 0];
      for (let v = 0; v < side; v++) {
        for (let u = 0; u < side; u++) {
          a += signed.ink[(y + v) * signed.width + x + u] as number;
          b += seen.ink[(y + v) * seen.width + x + u] as number;
        }
      }
      windows.push([a / side ** 2, b / side ** 2]);
      if (a === 0) empty.push(b / side ** 2);
    }
  }
  const ground = median(empty);
  for (const [a, b] of windows) if (a > 0.1) gains.push((b - ground) / a);
  return { ground, gain: median(gains) };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}

const lightMm = 14;

/** As if the light were the same everywhere: less what the paper itself shows around each place. */
function lit({ width, height, ink }: Layer): Layer {
  const tile = lightMm * perMm;
  const [columns, rows] = [Math.ceil(width / tile), Math.ceil(height / tile)];
  const paper = Float32Array.from({ length: columns * rows }, (_, i) => {
    const [left, top] = [(i % columns) * tile, Math.floor(i / columns) * tile];
    const values: number[] = [];
    for (let y = top; y < Math.min(height, top + tile); y += 3)
      for (let x = left; x < Math.min(width, left + tile); x += 3) values.push(ink[y * width + x] as number);
    return values.toSorted((a, b) => a - b)[values.length >> 2] ?? 0;
  });
  const out = new Float32Array(ink.length);
  for (let y = 0; y < height; y++) {
    const v = Math.min(rows - 1, Math.max(0, y / tile - 0.5));
    const [v0, v1] = [Math.floor(v), Math.min(rows - 1, Math.floor(v) + 1)];
    for (let x = 0; x < width; x++) {
      const u = Math.min(columns - 1, Math.max(0, x / tile - 0.5));
      const [u0, u1] = [Math.floor(u), Math.min(columns - 1, Math.floor(u) + 1)];
      const at = (row: number, column: number) => paper[row * columns + column] as number;
      const upper = at(v0, u0) + (u - u0) * (at(v0, u1) - at(v0, u0));
      const lower = at(v1, u0) + (u - u0) * (at(v1, u1) - at(v1, u0));
      out[y * width + x] = (ink[y * width + x] as number) - (upper + (v - v0) * (lower - upper));
    }
  }
  return { width, height, ink: out };
}

/** Means of 3 × 3: a line on the edge between two pixels then looks like one within a pixel. */
function smoothed({ width, height, ink }: Layer): Layer {
  const out = new Float32Array(ink.length);
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      let sum = 0;
      for (let at = (y - 1) * width + x; at <= (y + 1) * width + x; at += width)
        sum += (ink[at - 1] as number) + (ink[at] as number) + (ink[at + 1] as number);
      out[y * width + x] = sum / 9;
    }
  }
  return { width, height, ink: out };
}

export function compare({ asSigned: signedSharp, asSeen: seenSharp, found }: Overlay): Comparison {
  const [asSigned, asSeen] = [smoothed(signedSharp), smoothed(lit(seenSharp))];
  const { gain, ground } = tone(asSigned, asSeen);
  const flagged: { x: number; y: number }[] = [];
  const edge = marginMm * perMm;
  for (let y = edge; y + side < asSigned.height - edge; y += step) {
    for (let x = edge; x + side < asSigned.width - edge; x += step) {
      if (isAtMark(x, y)) continue;
      const { signed, looks } = lookAt(asSigned, asSeen, x, y);
      const off = Math.min(...looks.map(({ ink }) => Math.abs((ink - ground) / (gain || 1) - signed)));
      const like = Math.max(...looks.map((it) => it.like));
      const added = signed > 0.004 ? 0 : Math.min(...looks.map(({ deviation }) => deviation)) / (gain || 1);
      if (off > mostInk || (signed > someInk && like < leastAlike) || added > mostAdded) flagged.push({ x, y });
    }
  }
  return { differences: joined(flagged), found };
}

/** Windows that touch are one difference. */
function joined(windows: readonly { readonly x: number; readonly y: number }[]): readonly Difference[] {
  const boxes: { x0: number; y0: number; x1: number; y1: number }[] = [];
  for (const { x, y } of windows) {
    let box = { x0: x, y0: y, x1: x + side, y1: y + side };
    for (let i = boxes.length - 1; i >= 0; i--) {
      const it = boxes[i] as typeof box;
      if (it.x0 > box.x1 || it.x1 < box.x0 || it.y0 > box.y1 || it.y1 < box.y0) continue;
      box = { x0: Math.min(it.x0, box.x0), y0: Math.min(it.y0, box.y0), x1: Math.max(it.x1, box.x1), y1: Math.max(it.y1, box.y1) }; // biome-ignore format: one box
      boxes.splice(i, 1);
    }
    boxes.push(box);
  }
  return boxes.map(({ x0, y0, x1, y1 }) => ({
    leftMm: x0 / perMm,
    topMm: y0 / perMm,
    widthMm: (x1 - x0) / perMm,
    heightMm: (y1 - y0) / perMm,
  }));
}
