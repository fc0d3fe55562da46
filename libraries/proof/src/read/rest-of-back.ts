/**
 * Tiles that the reader of codes has not read, looked for where they must be: the back is a grid, and one or two codes
 * of it say how it lies. What is found are bytes that may be a tile; whether they are is said by the tile's checksum.
 */
import { columnPitch, columns, rowPitch, rows } from '../back/back-page.ts';
import { readTile, type Tile } from '../back/tile.ts';
import { version40L } from '../qr/qr-symbol.ts';
import { type Codewords, type SoftSymbol, softSymbol } from '../qr/soft-symbol.ts';
import type { Pair } from './affine-maps.ts';
import type { GrayImage } from './gray-image.ts';
import { mendTogether } from './partly-read.ts';
import { perspectiveOf } from './perspective.ts';
import type { Code, Point } from './read-codes.ts';
import { sampleModules } from './sample-modules.ts';
import { findLie, type Lie, leastShare } from './symbol-lie.ts';

let symbol: SoftSymbol | undefined;
const theSymbol = () => (symbol ??= softSymbol(version40L));

/** A symbol in the grid: column and row, of which the first known one is 0, 0. */
type Known = { readonly column: number; readonly row: number; readonly pairs: readonly Pair[] };

const size = 177;
const corners = [[0, 0], [size, 0], [size, size], [0, size]] as const; // biome-ignore format: four corners
/** Pixels to a module below which nothing can be read. */
const leastPerModule = 1.3;
/** Symbols begun at that turn out to be none. */
const mostBegun = 4;
/** Of a picture; a back has twelve. */
const mostSampled = 16;

const distance = (p: Point, q: Point) => Math.hypot(p.x - q.x, p.y - q.y);
const sideOf = ({ corners: [a, b, c, d] }: Code) =>
  (distance(a, b) + distance(b, c) + distance(c, d) + distance(d, a)) / 4;

/** About square, and large enough. */
function mayBeTile(code: Code): boolean {
  const [a, b, c, d] = code.corners;
  const sides = [distance(a, b), distance(b, c), distance(c, d), distance(d, a)];
  const [least, most] = [Math.min(...sides), Math.max(...sides)];
  const turn = (b.x - a.x) * (d.y - a.y) - (b.y - a.y) * (d.x - a.x);
  return least > size * leastPerModule && most < 1.5 * least && turn > 0.6 * least * least;
}

/** From the field, in modules, to the picture. `isStraight`: without what is nearer being larger, which one symbol does
 *  not tell well enough for its surroundings. Undefined: it cannot be told. */
const perspective = (pairs: readonly Pair[], isStraight = false): Lie | undefined => {
  const map = perspectiveOf(pairs, size, isStraight ? 1e4 : 1e-4);
  return map && ((x, y) => map.at({ x, y }));
};

const pairsOf = (lie: Lie, column: number, row: number): readonly Pair[] =>
  corners.map(([x, y]) => ({ from: { x: column * columnPitch + x, y: row * rowPitch + y }, to: lie(x, y) }));

/** How the symbol at a place of the grid should lie, by the nearest known ones. */
function guessAt(known: readonly Known[], column: number, row: number): Lie | undefined {
  const near = known.toSorted((p, q) => Math.hypot(p.column - column, p.row - row) - Math.hypot(q.column - column, q.row - row)); // biome-ignore format: one thought
  const map = perspective(
    near.slice(0, 4).flatMap(({ pairs }) => pairs),
    known.length === 1,
  );
  return map && ((x, y) => map(column * columnPitch + x, row * rowPitch + y));
}

const readReach = 3;
const guessReach = 6;
/** Of the small patterns of a symbol that lies as it is thought to. */
const wellShare = 0.9;

/** `isEnough`: told what was read; nothing more is looked for. */
export type RestOptions = { readonly isEnough?: (codes: readonly Code[]) => boolean };

/** `codes`: what was read of this picture, and what was seen and not read. */
export function restOfBack(
  picture: GrayImage,
  codes: readonly Code[],
  { isEnough = () => false }: RestOptions = {},
): readonly Code[] {
  const candidates = codes.filter(mayBeTile);
  const tiles = candidates.flatMap((code) => {
    const tile = readTile(code.bytes);
    return tile === undefined ? [] : [{ code, tile }];
  });
  const byBack = Map.groupBy(tiles, ({ tile: { id } }) => id);
  const [largest] = [...byBack.values()].toSorted((p, q) => q.length - p.length);
  if (largest !== undefined) {
    const known = largest.map(({ code, tile }): Known => {
      const [column, row] = [tile.index % columns, Math.floor(tile.index / columns)];
      return { column, row, pairs: pairsOf((x, y) => code.corners[corners.findIndex(([u, v]) => u === x && v === y)] as Point, column, row) }; // biome-ignore format: one thought
    });
    const room = { left: 0, top: 0, right: columns - 1, bottom: rows - 1 };
    return grown(picture, { known, room, read: largest.map(({ code }) => code), isEnough });
  }
  // Nothing was read: begin at one that was seen, and take it for any of the grid.
  const begun = candidates.filter(({ bytes }) => bytes.length === 0).toSorted((p, q) => sideOf(q) - sideOf(p));
  const middle = begun[begun.length >> 1];
  const usual = middle === undefined ? 0 : sideOf(middle);
  const likely = begun.toSorted((p, q) => Math.abs(sideOf(p) - usual) - Math.abs(sideOf(q) - usual));
  for (const { corners: at } of likely.slice(0, mostBegun)) {
    // The corner that has no large pattern is not known well.
    const three = [0, 1, 3].map((i) => ({ from: { x: corners[i]?.[0] ?? 0, y: corners[i]?.[1] ?? 0 }, to: at[i] as Point })); // biome-ignore format: one thought
    const guess = perspective(three, true);
    const found = guess && findLie(picture, theSymbol(), guess, readReach);
    if (found === undefined || found.share < leastShare) continue;
    const known = [{ column: 0, row: 0, pairs: pairsOf(found.lie, 0, 0) }];
    const room = { left: 1 - columns, top: 1 - rows, right: columns - 1, bottom: rows - 1 };
    const more = grown(picture, { known, room, read: [], isEnough });
    if (more.length > 0) return more;
  }
  return [];
}

type Room = { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };
type Begun = Required<RestOptions> & {
  readonly known: readonly Known[];
  readonly room: Room;
  /** Codes of this back that were read before. */
  readonly read: readonly Code[];
};

type Place = { readonly column: number; readonly row: number };
type Looked = Place & { readonly share: number; readonly codewords: Codewords };

/** From the known ones to their neighbours, and on from those that are found. */
function grown(picture: GrayImage, { known: begun, room, read, isEnough }: Begun): readonly Code[] {
  const soft = theSymbol();
  const known = [...begun];
  const tried = new Set(read.length === 0 ? [] : known.map(({ column, row }) => `${column} ${row}`));
  const more: Code[] = [];
  const looked: Looked[] = [];
  // Where the grid's own first place is.
  let origin: Place | undefined = read.length === 0 ? undefined : { column: 0, row: 0 };
  const look = ({ column, row }: Place, from: readonly Known[]): boolean => {
    const guess = guessAt(from, column, row);
    if (guess === undefined || !isInside(picture, guess(size / 2, size / 2))) return false;
    const found = findLie(picture, soft, guess, guessReach);
    if (found === undefined || found.share < leastShare) return false;
    const { lie, share } = found;
    const at = known.findIndex((it) => it.column === column && it.row === row);
    known.splice(at < 0 ? known.length : at, 1, { column, row, pairs: pairsOf(lie, column, row) });
    const codewords = soft.look(sampleModules(picture, soft, lie));
    const bytes = soft.mend(codewords);
    const tile = bytes && readTile(bytes);
    if (bytes === undefined || tile === undefined) {
      looked.push({ column, row, share, codewords });
      return false;
    }
    origin ??= { column: column - (tile.index % columns), row: row - Math.floor(tile.index / columns) };
    more.push({ bytes, corners: corners.map(([x, y]) => lie(x, y)) as unknown as Code['corners'] });
    return true;
  };
  for (let i = 0; i < mostSampled && !isEnough(more); i++) {
    const next = nextTo(known, tried, room);
    if (next === undefined) break;
    tried.add(`${next.column} ${next.row}`);
    look(next, known);
  }
  // Those that were begun at, from far away, once more by their neighbours.
  for (const it of looked.filter(({ share }) => share < wellShare)) {
    const others = known.filter(({ column, row }) => column !== it.column || row !== it.row);
    if (others.length > 0 && !isEnough(more) && look(it, others)) looked.splice(looked.indexOf(it), 1);
  }
  return isEnough(more) || origin === undefined ? more : [...more, ...together(looked, origin, [...read, ...more], soft)]; // biome-ignore format: one thought
}

/** Of tiles that were seen in part. */
function together(looked: readonly Looked[], origin: Place, read: readonly Code[], soft: SoftSymbol): readonly Code[] {
  const tiles = read.map(({ bytes }) => readTile(bytes)).filter((it): it is Tile => it !== undefined);
  const unique = new Map(tiles.filter(({ id }) => id === tiles[0]?.id).map((tile) => [tile.index, tile]));
  const partly = looked.flatMap(({ column, row, codewords }) => {
    const [x, y] = [column - origin.column, row - origin.row];
    return x < 0 || y < 0 || x >= columns || y >= rows ? [] : [{ index: y * columns + x, codewords }];
  });
  const [corner] = read;
  return corner === undefined ? [] : mendTogether([...unique.values()], partly, soft).map((bytes) => ({ ...corner, bytes })); // biome-ignore format: one thought
}

const isInside = ({ width, height }: GrayImage, { x, y }: Point) => x > 0 && y > 0 && x < width && y < height;

/** A place not tried yet, nearest to a known one. */
function nextTo(known: readonly Known[], tried: ReadonlySet<string>, { left, top, right, bottom }: Room) {
  let best: { column: number; row: number } | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (let row = top; row <= bottom; row++) {
    for (let column = left; column <= right; column++) {
      if (tried.has(`${column} ${row}`) || !fits(known, column, row)) continue;
      const far = Math.min(...known.map((it) => Math.hypot(it.column - column, it.row - row)));
      if (far < least) [best, least] = [{ column, row }, far];
    }
  }
  return best;
}

/** The grid has three columns and four rows, wherever it begins. */
function fits(known: readonly Known[], column: number, row: number): boolean {
  const [across, down] = [known.map((it) => it.column), known.map((it) => it.row)];
  return (
    Math.max(column, ...across) - Math.min(column, ...across) < columns &&
    Math.max(row, ...down) - Math.min(row, ...down) < rows
  );
}
