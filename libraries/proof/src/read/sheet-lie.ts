/**
 * How a sheet lies in a scan: as a flat one seen from where the lens is, and around each place what its points deviate
 * from that, because paper has waves. The flat one tells how it goes on beyond an empty part of a page, where nothing
 * else does.
 */
import { type Affine, affineNear, nearest, type Pair, similarity, through } from './affine-maps.ts';
import { type Perspective, perspectiveOf } from './perspective.ts';
import type { Point } from './read-codes.ts';

/** The map of a place and its surroundings. */
export type Near = (place: Point) => Affine;

export type SheetLie = {
  /** By what was found so far. */
  readonly near: Near;
  /** A block was found: where it is on the sheet, and in the scan. */
  found(pair: Pair): void;
  count(): number;
  /** From a place to the nearest block that was found. */
  far(place: Point): number;
  /** By all that was found and agrees. */
  settled(): Near;
};

/** Points below which the mark alone tells how a block lies; and below which a sheet is seen from straight above. */
const [fewestNear, fewest] = [4, 12];
/** Of a sheet of length 1: points err by a thousandth of it where it is wavy, and a telephone tilted by 10° makes the
 *  foot nearer by a tenth. */
const stiffness = 1e-4;
/** So many times more than anyhow may a point err of what its neighbours say, who see it curl less. */
const withinNeighbours = 6;
/** So many times as many points, and it is laid again. */
const growth = 1.2;
const rounds = 4;

type Whole = { readonly flat: Perspective; readonly kept: readonly Pair[] };

const distance = (p: Point, q: Point) => Math.hypot(p.x - q.x, p.y - q.y);
const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

/**
 * The flat sheet by the points that agree; a block may be found in the dots of the ground, or a line too far along.
 * `within`: what a point may err anyhow. Kept are also points that deviate as their neighbours do: a corner that curls.
 */
function wholeOf(pairs: readonly Pair[], length: number, within: number): Whole | undefined {
  let agreeing = pairs;
  let flat = perspectiveOf(agreeing, length, stiffness);
  let most = 0;
  for (let round = 0; round < rounds && flat !== undefined; round++) {
    const { at } = flat;
    const off = (pair: Pair) => distance(at(pair.from), pair.to);
    most = Math.max(within, 4 * median(agreeing.map(off)));
    const next = pairs.filter((pair) => off(pair) <= most);
    if (next.length === agreeing.length || next.length < fewest || next.length < pairs.length / 2) break;
    agreeing = next;
    flat = perspectiveOf(agreeing, length, stiffness);
  }
  if (flat === undefined) return undefined;
  const isWithin = new Set(agreeing);
  const kept = pairs.filter((it) => isWithin.has(it) || curlsWithOthers(it, pairs, flat as Perspective, most, within));
  return { flat, kept };
}

/** `most`: by which a point may be off the flat sheet. A neighbour is off towards the same side, if by less; and beyond
 *  them all, what they say is not far wrong. */
function curlsWithOthers(pair: Pair, pairs: readonly Pair[], flat: Perspective, most: number, within: number): boolean {
  const off = ({ from, to }: Pair) => {
    const { x, y } = flat.at(from);
    return { x: to.x - x, y: to.y - y };
  };
  const own = off(pair);
  const others = pairs.filter((it) => it !== pair);
  const isTowards = ({ x, y }: Point) => Math.hypot(x, y) > most / 2 && x * own.x + y * own.y > 0;
  if (!nearest(others, pair.from, 3).some((it) => isTowards(off(it)))) return false;
  const said = through(affineNear(others, pair.from, flat), pair.from);
  return distance(said, pair.to) <= Math.max(most, withinNeighbours * within);
}

/** `corners`: of the mark, which is known before anything else. `length`: of the sheet, in the pairs’ own measure. */
export function sheetLie(corners: readonly Pair[], length: number): SheetLie {
  const first = similarity(corners);
  const within = 0.75 * Math.hypot(first[0], first[3]);
  const pairs: Pair[] = [];
  let whole: Whole | undefined;
  let layAt = fewest;
  const lay = () => wholeOf([...corners, ...pairs], length, within);
  return {
    near: (place) => (pairs.length < fewestNear ? first : affineNear(pairs, place, whole?.flat)),
    found(pair) {
      pairs.push(pair);
      if (pairs.length < layAt) return;
      whole = lay();
      layAt = Math.ceil(growth * pairs.length);
    },
    count: () => pairs.length,
    far: (place) => Math.min(...pairs.map(({ from }) => distance(from, place))),
    settled() {
      const known = pairs.length < fewest ? undefined : lay();
      const kept = known?.kept ?? [...corners, ...pairs];
      return (place) => affineNear(kept, place, known?.flat);
    },
  };
}
