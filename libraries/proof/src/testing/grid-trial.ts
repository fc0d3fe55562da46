/** One picture of a back, and who reads what of it. */
import { joinTiles, readTile, type Tile } from '../back/tile.ts';
import type { GrayImage } from '../read/gray-image.ts';
import type { ReadCodes } from '../read/read-codes.ts';
import { readPaper } from '../read/read-paper.ts';
import { sha256 } from '../sha256.ts';
import { missing, zbarReads, zxingReads } from './foreign-reader.ts';

export type GridTrial = {
  /** The message came out, as it was put in. */
  readonly recovered: boolean;
  /** Codes that our reader read, of 12. */
  readonly ours: number;
  /** Those that the ZXing inside of it reads by itself. */
  readonly inside: number;
  readonly ms: number;
  /** Byte for byte, by other programs; undefined: not installed. */
  readonly zbar: number | undefined;
  readonly zxing: number | undefined;
};

/** `tiles`: what stands in the twelve codes. `alone`: without the other programs. */
export async function tryCell(
  picture: GrayImage,
  tiles: readonly Uint8Array[],
  read: ReadCodes,
  { alone = false }: { readonly alone?: boolean } = {},
): Promise<GridTrial> {
  const whole = tiles.map((it) => readTile(it)).filter((it): it is Tile => it !== undefined);
  const [issued] = joinTiles(whole, sha256);
  let inside = 0;
  const counted: ReadCodes = async (...args) => {
    const codes = await read(...args);
    const found = new Set(codes.map(({ bytes }) => readTile(bytes)?.index).filter((it) => it !== undefined));
    inside = Math.max(inside, found.size);
    return codes;
  };
  const began = performance.now();
  const seen = await readPaper(picture, counted, sha256, { isThorough: !alone });
  const ms = performance.now() - began;
  const own = seen.backs.find(({ id }) => id === issued?.id);
  const count = (bytes: Buffer) => tiles.filter((it) => bytes.includes(it)).length;
  return {
    recovered: own?.message !== undefined && Buffer.from(own.message).equals(issued?.message ?? new Uint8Array(0)),
    ours: own?.read ?? 0,
    inside,
    ms,
    zbar: alone || missing('zbarimg') ? undefined : count(zbarReads(picture)),
    zxing: alone || missing('ZXingReader') ? undefined : count(zxingReads(picture)),
  };
}
