/** What the codes in a picture of paper say: tiles of backs, marks of fronts. */
import { type Joined, joinTiles, readTile, type Tile } from '../back/tile.ts';
import { readMark } from '../front-mark.ts';
import { doubled, type GrayImage } from './gray-image.ts';
import type { Code, Point, ReadCodes } from './read-codes.ts';

export type SeenMark = { readonly code: string; readonly corners: Code['corners'] };

export type SeenPaper = {
  readonly backs: readonly Joined[];
  readonly marks: readonly SeenMark[];
};

type Digest = (bytes: Uint8Array) => Uint8Array;

/** Larger pictures are not doubled: they have what a reader needs. */
const mostToDouble = 12_000_000;

const half = ({ x, y }: Point): Point => ({ x: x / 2, y: y / 2 });

/** First as it is; when tiles are there but not enough, or nothing is, once more at twice the size. */
export async function readPaper(picture: GrayImage, read: ReadCodes, sha256: Digest): Promise<SeenPaper> {
  const codes = [...(await read(picture))];
  let seen = sort(codes, sha256);
  const isMissing = seen.backs.some(({ message }) => message === undefined) || codes.length === 0;
  if (isMissing && picture.width * picture.height <= mostToDouble) {
    for (const { bytes, corners } of await read(doubled(picture)))
      codes.push({ bytes, corners: corners.map(half) as unknown as Code['corners'] });
    seen = sort(codes, sha256);
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
