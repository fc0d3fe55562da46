/** Where places of a sheet are in a photograph of it: known from a part, the rest follows. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { chanceOf } from '../testing/chance.ts';
import { type Pair, through } from './affine-maps.ts';
import { perspectiveOf } from './perspective.ts';
import type { Point } from './read-codes.ts';
import { sheetLie } from './sheet-lie.ts';

const [width, length] = [840, 1_188];
const distance = (p: Point, q: Point) => Math.hypot(p.x - q.x, p.y - q.y);

type Lens = { readonly turn: number; readonly scale: number; readonly tiltX: number; readonly tiltY: number };

/** A lens twice as far away as the sheet is long; tilts in degrees. */
function seenBy({ turn, scale, tiltX, tiltY }: Lens): (place: Point) => Point {
  const [cos, sin] = [Math.cos((turn * Math.PI) / 180), Math.sin((turn * Math.PI) / 180)];
  const [tx, ty] = [tiltX, tiltY].map((it) => Math.tan((it * Math.PI) / 180) / (2 * length)) as [number, number];
  return ({ x, y }) => {
    const [dx, dy] = [x - width / 2, y - length / 2];
    const depth = 1 + tx * dx + ty * dy;
    return { x: 2_000 + (scale * (cos * dx - sin * dy)) / depth, y: 1_500 + (scale * (sin * dx + cos * dy)) / depth };
  };
}

const lenses = fc.record({
  turn: fc.double({ min: -180, max: 180, noNaN: true }),
  scale: fc.double({ min: 0.8, max: 4, noNaN: true }),
  tiltX: fc.double({ min: -25, max: 25, noNaN: true }),
  tiltY: fc.double({ min: -25, max: 25, noNaN: true }),
});

function grid(from: number, to: number, step = 40): readonly Point[] {
  const places: Point[] = [];
  for (let y = from; y <= to; y += step) for (let x = 40; x <= width - 40; x += step) places.push({ x, y });
  return places;
}

/** The mark’s place, about. */
const corners = [
  { x: 720, y: 40 },
  { x: 780, y: 40 },
  { x: 780, y: 100 },
  { x: 720, y: 100 },
] as const;

function lieOf(seen: (place: Point) => Point, places: readonly Point[], wrong: (pair: Pair, i: number) => Pair) {
  const pairs = (them: readonly Point[]) => them.map((from) => ({ from, to: seen(from) }));
  const lie = sheetLie(pairs(corners), length);
  for (const [i, pair] of pairs(places).entries()) lie.found(wrong(pair, i));
  return lie;
}

describe('how a sheet lies in a photograph', () => {
  test('a perspective is found again from points of it, and its maps touch it', () => {
    fc.assert(
      fc.property(lenses, (lens) => {
        const seen = seenBy(lens);
        const map = perspectiveOf(
          grid(40, 1_148, 100).map((from) => ({ from, to: seen(from) })),
          length,
          1e-9,
        );
        assert.ok(map !== undefined);
        for (const place of grid(60, 1_100, 170)) {
          assert.ok(distance(map.at(place), seen(place)) < 0.01);
          const near = map.near(place);
          assert.ok(distance(through(near, place), map.at(place)) < 1e-6);
          const beside = { x: place.x + 1, y: place.y - 1 };
          assert.ok(distance(through(near, beside), map.at(beside)) < 0.01);
        }
      }),
      { numRuns: 100 },
    );
  });

  test('from the upper half of a page, within half a millimetre where the foot is', () => {
    fc.assert(
      fc.property(lenses, fc.nat(1_000), (lens, seed) => {
        const chance = chanceOf(seed);
        const seen = seenBy(lens);
        // What a block is found by is right to a tenth of a layer pixel.
        const off = () => lens.scale * 0.1 * chance.between(-1, 1);
        const lie = lieOf(seen, grid(120, 640), ({ from, to }) => ({ from, to: { x: to.x + off(), y: to.y + off() } }));
        const near = lie.settled();
        for (const place of grid(1_130, 1_130)) {
          const error = distance(through(near(place), place), seen(place)) / lens.scale;
          assert.ok(error < 2, `${error} layer pixels at ${place.x}`);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('one block in ten that was found a line too far along bends nothing', () => {
    const seen = seenBy({ turn: 3, scale: 1.4, tiltX: 8, tiltY: -10 });
    const lie = lieOf(seen, grid(120, 1_150), ({ from, to }, i) => (i % 10 === 3 ? { from, to: { x: to.x, y: to.y + 28 } } : { from, to })); // biome-ignore format: one thought
    const near = lie.settled();
    for (const place of grid(100, 1_150, 60)) assert.ok(distance(through(near(place), place), seen(place)) < 0.1);
  });

  test('a corner that curls by 3 mm is followed', () => {
    const flat = seenBy({ turn: -2, scale: 1.4, tiltX: 5, tiltY: 10 });
    const curled = ({ x, y }: Point) => {
      const lifted = 12 * Math.max(0, 1 - Math.hypot(width - x, length - y) / 320) ** 2;
      return flat({ x: x - lifted, y: y - lifted });
    };
    const near = lieOf(curled, grid(120, 1_150), (pair) => pair).settled();
    for (const place of grid(900, 1_140, 60)) {
      const error = distance(through(near(place), place), curled(place)) / 1.4;
      assert.ok(error < 1, `${error} layer pixels at ${place.x}, ${place.y}`);
    }
  });

  test('without a block found, the mark alone says it', () => {
    const seen = seenBy({ turn: 10, scale: 2, tiltX: 0, tiltY: 0 });
    const near = sheetLie(
      corners.map((from) => ({ from, to: seen(from) })),
      length,
    ).settled();
    assert.ok(distance(through(near({ x: 100, y: 1_100 }), { x: 100, y: 1_100 }), seen({ x: 100, y: 1_100 })) < 0.01);
  });
});
