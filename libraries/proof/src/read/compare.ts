/** Where a scan says something else than what was signed. */
import { markPlace } from '../front-mark.ts';
import { changedGlyphs } from './changed-glyphs.ts';
import { evenlyLit } from './even-light.ts';
import { glyphCells } from './glyph-cells.ts';
import { edgeMm, laidFinely } from './laid-finely.ts';
import { type Layer, type Overlay, perMm } from './lay-over.ts';
import { strangeCharacters } from './strange-characters.ts';

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
  /** Share of the inked windows that the scan does not show: cut off, or a corner outside the picture. */
  readonly unseen: number;
};

/** About the size of a character: 3 mm, each millimetre. */
const side = 3 * perMm;
const step = perMm;
/** Print, copy and scan make lines thicker or thinner, up to this; more ink, or less, is something else. */
const mostInk = 0.3;
/** A window that is less alike than this shows something else: 一 in place of 二 gives −0.4. Windows of the same front are
 *  alike by 0.07 or more where a lens saw them, and by −0.22 in a page that a program drew at 200 dpi and JPEG coarsened:
 *  dots of the ground lie over a little thin writing. What is smaller the fine look finds. */
const leastAlike = -0.25;
const someInk = 0.03;
/** Deviation of the ink where nothing was printed: the background gives 0.06 at most, thin writing 0.2. */
const mostAdded = 0.15;
/** Writing deviates by more than this, rules by less. Of that so much is left in a scan: 0.37 at least, behind a printer
 *  that prints thin; 0.3, the background's, where it was whitened. */
const writing = 0.2;
const leastLeft = 0.32;
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
): { readonly signed: number; readonly spread: number; readonly looks: readonly Look[] } {
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
  return { signed: a / n, spread: Math.sqrt(Math.max(0, aa / n - (a / n) ** 2)), looks };
}

/** seen = gain · signed + ground, by the medians of many windows: what paper, light and toner do everywhere alike. */
function tone(
  signed: Layer,
  seen: Layer,
  isShown: (x: number, y: number) => boolean,
): { readonly gain: number; readonly ground: number } {
  const empty: number[] = [];
  const gains: number[] = [];
  const windows: [number, number][] = [];
  for (let y = marginMm * perMm; y + side < signed.height - marginMm * perMm; y += side) {
    for (let x = marginMm * perMm; x + side < signed.width - marginMm * perMm; x += side) {
      if (!isShown(x, y)) continue;
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

export function compare(overlay: Overlay): Comparison {
  const { flagged, unseen } = changedWindows(overlay);
  const laid = laidFinely(overlay);
  const cells = glyphCells(laid.signed, laid.pixelsPerMm, edgeMm);
  const glyphs = [...changedGlyphs(laid, cells), ...strangeCharacters(overlay, laid, cells)].map(
    ({ left, top, width, height }) => ({
      ...{ leftMm: left / laid.pixelsPerMm, topMm: top / laid.pixelsPerMm },
      ...{ widthMm: width / laid.pixelsPerMm, heightMm: height / laid.pixelsPerMm },
    }),
  );
  return { differences: joined([...flagged, ...glyphs]), found: overlay.found, unseen };
}

/** What is larger than a character, and ink where there was none: windows of 3 mm. */
function changedWindows({ asSigned: signedSharp, asSeen: seenSharp, isThere }: Overlay) {
  const [asSigned, asSeen] = [smoothed(signedSharp), smoothed(evenlyLit(seenSharp, isThere))];
  // The edge of a scan is straight: a window whose corners are there is there.
  const at = (x: number, y: number) => isThere[y * asSigned.width + x] === 1;
  const [before, behind] = [-2, side + 1];
  const isShown = (x: number, y: number) =>
    at(x + before, y + before) &&
    at(x + behind, y + before) &&
    at(x + before, y + behind) &&
    at(x + behind, y + behind);
  const { gain, ground } = tone(asSigned, asSeen, isShown);
  const flagged: Difference[] = [];
  const edge = marginMm * perMm;
  let [inked, cut] = [0, 0];
  for (let y = edge; y + side < asSigned.height - edge; y += step) {
    for (let x = edge; x + side < asSigned.width - edge; x += step) {
      if (isAtMark(x, y)) continue;
      const { signed, spread, looks } = lookAt(asSigned, asSeen, x, y);
      if (signed > someInk) inked++;
      if (!isShown(x, y)) {
        if (signed > someInk) cut++;
        continue;
      }
      const off = Math.min(...looks.map(({ ink }) => Math.abs((ink - ground) / (gain || 1) - signed)));
      const like = Math.max(...looks.map((it) => it.like));
      const added = signed > 0.004 ? 0 : Math.min(...looks.map(({ deviation }) => deviation)) / (gain || 1);
      const left = Math.max(...looks.map(({ deviation }) => deviation)) / (gain || 1);
      const isOther = (signed > someInk && like < leastAlike) || (spread > writing && left < leastLeft * spread);
      if (off > mostInk || isOther || added > mostAdded)
        flagged.push({ leftMm: x / perMm, topMm: y / perMm, widthMm: side / perMm, heightMm: side / perMm });
    }
  }
  return { flagged, unseen: inked === 0 ? 0 : cut / inked };
}

/** Places that touch are one difference. */
function joined(places: readonly Difference[]): readonly Difference[] {
  const boxes: { x0: number; y0: number; x1: number; y1: number }[] = [];
  for (const { leftMm, topMm, widthMm, heightMm } of places) {
    let box = { x0: leftMm, y0: topMm, x1: leftMm + widthMm, y1: topMm + heightMm };
    for (let i = boxes.length - 1; i >= 0; i--) {
      const it = boxes[i] as typeof box;
      if (it.x0 > box.x1 || it.x1 < box.x0 || it.y0 > box.y1 || it.y1 < box.y0) continue;
      box = { x0: Math.min(it.x0, box.x0), y0: Math.min(it.y0, box.y0), x1: Math.max(it.x1, box.x1), y1: Math.max(it.y1, box.y1) }; // biome-ignore format: one box
      boxes.splice(i, 1);
    }
    boxes.push(box);
  }
  return boxes.map(({ x0, y0, x1, y1 }) => ({ leftMm: x0, topMm: y0, widthMm: x1 - x0, heightMm: y1 - y0 }));
}
