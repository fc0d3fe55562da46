/** What the codes in a picture of paper say: tiles of backs, marks of fronts. */
import { type Joined, joinTiles, readTile, type Tile } from '../back/tile.ts';
import { readMark } from '../front-mark.ts';
import { doubled, type GrayImage, halved } from './gray-image.ts';
import type { Code, Point, ReadCodes } from './read-codes.ts';
import { restOfBack } from './rest-of-back.ts';

export type SeenMark = { readonly code: string; readonly corners: Code['corners'] };

export type SeenPaper = {
  readonly backs: readonly Joined[];
  readonly marks: readonly SeenMark[];
};

export type ReadOptions = {
  /** Every tile, also when there are enough of them: to measure what can be read. */
  readonly isThorough?: boolean;
};

type Digest = (bytes: Uint8Array) => Uint8Array;

/** Larger pictures are not doubled: they have what a reader needs. */
const mostToDouble = 12_000_000;
/** A page that shows nothing at all is doubled only where it is coarse: of a sheet, below 220 dpi. */
const mostOfNothing = 5_000_000;
/** Paper and ink lie further apart than this, also in a dark photograph; the grain of a scanner does not. */
const leastContrast = 40;
/** Pixels of those looked at that may be darker, or lighter, by chance. */
const strays = 40;

/** Narrower ones show no mark. */
const narrowest = 500;

/** Nothing is drawn on it: no reader needs to look. Every third pixel each way, about a module of a scanned code. */
function isBlank({ width, height, pixels }: GrayImage): boolean {
  const counts = new Uint32Array(256);
  for (let y = 0; y < height; y += 3) {
    for (let at = y * width; at < (y + 1) * width; at += 3) {
      const value = pixels[at] as number;
      counts[value] = (counts[value] as number) + 1;
    }
  }
  let [low, below, high, above] = [0, counts[0] as number, 255, counts[255] as number];
  while (low < 255 && below <= strays) below += counts[++low] as number;
  while (high > 0 && above <= strays) above += counts[--high] as number;
  return high - low < leastContrast;
}

const scaled = ({ bytes, corners }: Code, factor: number): Code => {
  const at = ({ x, y }: Point): Point => ({ x: x * factor, y: y * factor });
  return { bytes, corners: corners.map(at) as unknown as Code['corners'] };
};

/** Tiles of one back that are as many as it needs. */
function isEnough(codes: readonly Code[]): boolean {
  const tiles = codes.map(({ bytes }) => readTile(bytes)).filter((it): it is Tile => it !== undefined);
  const byBack = Map.groupBy(tiles, ({ id }) => id);
  return [...byBack.values()].some((them) => new Set(them.map(({ index }) => index)).size >= (them[0]?.k ?? 0));
}

/**
 * First as it is. When there is nothing, at half the size and half of that: in a sharp picture the dots of the front’s
 * ground hide the mark from a reader, until they are gray. When tiles are there but not enough, or seen and not read, they are
 * looked for where they must be; then, or with still nothing on a coarse picture, once more at twice the size.
 */
export async function readPaper(
  picture: GrayImage,
  read: ReadCodes,
  sha256: Digest,
  { isThorough = false }: ReadOptions = {},
): Promise<SeenPaper> {
  if (isBlank(picture)) return { backs: [], marks: [] };
  const all = [...(await read(picture, true))];
  const isRead = ({ bytes }: Code) => bytes.length > 0;
  const nothingRead = () => !all.some(isRead);
  let smaller = picture;
  for (let factor = 2; nothingRead() && smaller.width >= 2 * narrowest; factor *= 2) {
    smaller = halved(smaller);
    all.push(...(await read(smaller, true)).map((it) => scaled(it, factor)));
  }
  let seen = sort(all, sha256);
  const isMissing = () => seen.backs.some(({ message }) => message === undefined) || nothingRead();
  const isShort = isThorough && seen.backs.some(({ read: some, count }) => some < count);
  if (!isMissing() && !isShort) return seen;
  all.push(...restOfBack(picture, all, { isEnough: (more) => !isThorough && isEnough([...all, ...more]) }));
  seen = sort(all, sha256);
  const most = nothingRead() ? mostOfNothing : mostToDouble;
  if (isMissing() && picture.width * picture.height <= most) {
    all.push(...(await read(doubled(picture))).map((it) => scaled(it, 0.5)));
    seen = sort(all, sha256);
  }
  return seen;
}

function sort(codes: readonly Code[], sha256: Digest): SeenPaper {
  const tiles = codes.map(({ bytes }) => readTile(bytes)).filter((it): it is Tile => it !== undefined);
  const marks = new Map<string, SeenMark>();
  for (const { bytes, corners } of codes) {
    const code = readMark(bytes);
    if (code !== undefined && !marks.has(code)) marks.set(code, { code, corners });
  }
  return { backs: joinTiles(tiles, sha256), marks: [...marks.values()] };
}
