/** Finds a calibration sheet in a scan by the marks in its corners, and lays its light straight. */

import { linearLight, spreadOf } from '../read/front-scan.ts';
import { type GrayImage, halved } from '../read/gray-image.ts';
import type { Layer } from '../read/lay-over.ts';
import type { Code, Point, ReadCodes } from '../read/read-codes.ts';
import type { ReasonValues } from '../reasons.ts';
import type { ScanFaultCode } from './reasons.ts';
import { dotsPerMm, markDots, type SheetLayout, sheetVersion } from './sheet-layout.ts';
import { orderOf, readCornerMark } from './sheet-mark.ts';

/** Below this neither dots nor tones are what they were. */
const fewestDpi = 140;
/** A scanner that makes paper white, or knows black and white only, loses the fine dots just as a copier does. */
const mostClipped = 0.2;
const fewestBetween = 0.01;
const darkestPaper = 120;
/** Three corners tell a plane; the fourth may be torn off. */
const fewestMarks = 3;
/** How far corners of marks may lie from where the plane has them, in millimetres. */
const mostAstray = 0.6;
/** A picture of this shape shows the whole of a sheet of A4: then its size on the paper is known. */
const [a4Shape, sameShape] = [297 / 210, 0.012];
const mostScaled = 0.015;

export type SeenSheet = {
  /** Straight, `perMm` pixels to a millimetre: 255 less linear light. */
  readonly dark: Layer;
  readonly dpi: number;
};
export type NotSeen = { readonly fault: ScanFaultCode; readonly values?: ReasonValues };

/** x' = a·x + b·y + c, y' = d·x + e·y + f: from dots of the sheet to pixels of the scan. */
type Plane = readonly [number, number, number, number, number, number];
type Pair = { readonly from: Point; readonly to: Point };

const narrowest = 500;

/** As it is, then smaller: in a sharp scan a reader may see dots of toner instead of modules. */
async function marksIn(picture: GrayImage, read: ReadCodes): Promise<readonly Code[]> {
  let [found, smaller, factor]: [Code[], GrayImage, number] = [[], picture, 1];
  for (;;) {
    const seen = (await read(smaller)).filter(({ bytes }) => readCornerMark(bytes) !== undefined);
    if (seen.length > found.length) {
      const at = ({ x, y }: Point): Point => ({ x: x * factor, y: y * factor });
      found = seen.map(({ bytes, corners }) => ({ bytes, corners: corners.map(at) as unknown as Code['corners'] }));
    }
    if (found.length >= 4 || smaller.width < 2 * narrowest) return found;
    smaller = halved(smaller);
    factor *= 2;
  }
}

/** Least squares. */
function planeOf(pairs: readonly Pair[]): Plane {
  const mean = (of: (pair: Pair) => number) => pairs.reduce((sum, pair) => sum + of(pair), 0) / pairs.length;
  const [mx, my] = [mean(({ from }) => from.x), mean(({ from }) => from.y)];
  const [tx, ty] = [mean(({ to }) => to.x), mean(({ to }) => to.y)];
  let [xx, xy, yy, xu, yu, xv, yv] = [0, 0, 0, 0, 0, 0, 0];
  for (const { from, to } of pairs) {
    const [x, y, u, v] = [from.x - mx, from.y - my, to.x - tx, to.y - ty];
    xx += x * x;
    xy += x * y;
    yy += y * y;
    xu += x * u;
    yu += y * u;
    xv += x * v;
    yv += y * v;
  }
  const det = xx * yy - xy * xy;
  const [a, b] = [(xu * yy - yu * xy) / det, (yu * xx - xu * xy) / det];
  const [d, e] = [(xv * yy - yv * xy) / det, (yv * xx - xv * xy) / det];
  return [a, b, tx - a * mx - b * my, d, e, ty - d * mx - e * my];
}

const through = ([a, b, c, d, e, f]: Plane, { x, y }: Point): Point => ({ x: a * x + b * y + c, y: d * x + e * y + f });

function pairsOf(marks: readonly Code[], layout: SheetLayout): readonly Pair[] {
  return marks.flatMap(({ bytes, corners }) => {
    const { left, top } = layout.marks[readCornerMark(bytes)?.corner ?? 0] ?? { left: 0, top: 0 };
    const places = [[0, 0], [markDots, 0], [markDots, markDots], [0, markDots]] as const; // biome-ignore format: four corners
    return corners.map((to, i) => ({
      from: { x: left + (places[i]?.[0] ?? 0), y: top + (places[i]?.[1] ?? 0) },
      to,
    }));
  });
}

/** Means over the pixels of the scan that a pixel of the layer covers, as light and not as written. */
function straightened(scan: GrayImage, plane: Plane, layout: SheetLayout, perMm: number): Layer {
  const step = dotsPerMm / perMm;
  const [width, height] = [Math.floor(layout.width / step), Math.floor(layout.height / step)];
  const [a, b, c, d, e, f] = plane;
  const taps = Math.max(1, Math.ceil(step * Math.hypot(a, d)));
  const ink = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let [light, count] = [0, 0];
      for (let v = 0; v < taps; v++) {
        for (let u = 0; u < taps; u++) {
          const [dotX, dotY] = [(x + (u + 0.5) / taps) * step, (y + (v + 0.5) / taps) * step];
          const [px, py] = [Math.floor(a * dotX + b * dotY + c), Math.floor(d * dotX + e * dotY + f)];
          if (px < 0 || py < 0 || px >= scan.width || py >= scan.height) continue;
          light += linearLight[scan.pixels[py * scan.width + px] as number] as number;
          count++;
        }
      }
      ink[y * width + x] = count === 0 ? 0 : 255 - light / count;
    }
  }
  return { width, height, ink };
}

/** The sheet printed smaller or larger than it is; undefined where the scan does not tell. */
function scaleOf({ width, height }: GrayImage, dpiX: number, dpiY: number): number | undefined {
  const [long, short] = [Math.max(width, height), Math.min(width, height)];
  if (Math.abs(long / short / a4Shape - 1) > sameShape) return undefined;
  const scan = long / (297 / 25.4);
  return Math.sqrt((dpiX / scan) * (dpiY / scan));
}

/** What is wrong with the light of a scan. */
function faultOfLight(picture: GrayImage): NotSeen | undefined {
  const { clipped, paper, between } = spreadOf(picture);
  if (between < fewestBetween) return { fault: 'black-and-white' };
  if (clipped > mostClipped) return { fault: 'whitened', values: { percent: Math.round(clipped * 100) } };
  return paper < darkestPaper ? { fault: 'too-dark' } : undefined;
}

export async function findSheet(
  picture: GrayImage,
  read: ReadCodes,
  layout: SheetLayout,
  perMm: number,
): Promise<SeenSheet | NotSeen> {
  const found = await marksIn(picture, read);
  const marks = [...new Map(found.map((it) => [readCornerMark(it.bytes)?.corner, it])).values()];
  const said = marks.map(({ bytes }) => readCornerMark(bytes));
  if (said.length === 0) return { fault: 'no-sheet-found' };
  if (said.some((it) => it?.version !== sheetVersion || it.order !== orderOf(layout)))
    return { fault: 'sheet-of-another-version' };
  if (marks.length < fewestMarks) return { fault: 'sheet-not-whole', values: { marks: marks.length } };
  const pairs = pairsOf(marks, layout);
  const plane = planeOf(pairs);
  const [dpiX, dpiY] = [Math.hypot(plane[0], plane[3]) * 600, Math.hypot(plane[1], plane[4]) * 600];
  const dpi = Math.sqrt(dpiX * dpiY);
  if (dpi < fewestDpi) return { fault: 'too-coarse', values: { dpi: Math.round(dpi) } };
  const astray = pairs.map(({ from, to }) => {
    const at = through(plane, from);
    return (Math.hypot(at.x - to.x, at.y - to.y) / dpi) * 25.4;
  });
  if (Math.max(...astray) > mostAstray) return { fault: 'not-flat' };
  const scale = scaleOf(picture, dpiX, dpiY);
  const bad = faultOfLight(picture);
  if (bad !== undefined) return bad;
  if (scale !== undefined && Math.abs(scale - 1) > mostScaled)
    return { fault: 'printed-at-another-size', values: { percent: Math.round(scale * 100) } };
  return { dark: straightened(picture, plane, layout, perMm), dpi };
}
