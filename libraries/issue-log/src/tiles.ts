/** Tiles of hashes and bundles of entries (c2sp.org/tlog-tiles): 256 wide, the last of each level perhaps narrower. */
import { type Hash, hashBytes, type NodeAt, type ReadNodes, rootOfHashes } from './merkle.ts';

export const tileWidth = 256;
const tileHeight = 8;
export const mostEntryBytes = 65_535;

export type TileAt = { readonly level: number; readonly index: number; readonly width: number };

/** Hashes of a level that a tree of this size has: those of complete subtrees of 256^level leaves. */
export function hashesOnLevel(size: number, level: number): number {
  return Math.floor(size / tileWidth ** level);
}

/** The tile as a tree of this size has it; its width is 0 when it has none. */
export function tileIn(size: number, level: number, index: number): TileAt {
  const width = Math.min(tileWidth, Math.max(0, hashesOnLevel(size, level) - index * tileWidth));
  return { level, index, width };
}

/** `x001/x234/067`, with `.p/112` behind it when it is not full. */
function pathOf(index: number, width: number): string {
  const digits = String(index);
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/.{3}/g) ?? [];
  const path = groups.map((group, i) => (i < groups.length - 1 ? `x${group}` : group)).join('/');
  return width === tileWidth ? path : `${path}.p/${width}`;
}

export const tilePath = ({ level, index, width }: TileAt) => `tile/${level}/${pathOf(index, width)}`;
export const bundlePath = (index: number, width: number) => `tile/entries/${pathOf(index, width)}`;

/** What comes behind `tile/<L>/` or `tile/entries/`. */
export function readTileIndex(path: string): { readonly index: number; readonly width: number } | undefined {
  const [, groups = '', width] = /^((?:x[0-9]{3}\/){0,4}[0-9]{3})(?:\.p\/([1-9][0-9]{0,2}))?$/.exec(path) ?? [];
  if (groups === '') return undefined;
  const index = Number(groups.replaceAll(/[x/]/g, ''));
  const read = { index, width: width === undefined ? tileWidth : Number(width) };
  return (width === undefined || read.width < tileWidth) && pathOf(index, read.width) === path ? read : undefined;
}

export function encodeTile(hashes: readonly Hash[]): Uint8Array {
  const bytes = new Uint8Array(hashes.length * hashBytes);
  for (const [i, hash] of hashes.entries()) bytes.set(hash, i * hashBytes);
  return bytes;
}

export function decodeTile(bytes: Uint8Array, width: number): readonly Hash[] | undefined {
  if (bytes.length !== width * hashBytes) return undefined;
  return Array.from({ length: width }, (_, i) => bytes.slice(i * hashBytes, (i + 1) * hashBytes));
}

export function encodeBundle(entries: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(entries.reduce((sum, entry) => sum + 2 + entry.length, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const entry of entries) {
    if (entry.length > mostEntryBytes) throw new RangeError(`an entry of ${entry.length} bytes`);
    view.setUint16(at, entry.length);
    bytes.set(entry, at + 2);
    at += 2 + entry.length;
  }
  return bytes;
}

export function decodeBundle(bytes: Uint8Array, width: number): readonly Uint8Array[] | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries: Uint8Array[] = [];
  let at = 0;
  while (at + 2 <= bytes.length && entries.length < width) {
    const end = at + 2 + view.getUint16(at);
    if (end > bytes.length) return undefined;
    entries.push(bytes.slice(at + 2, end));
    at = end;
  }
  return at === bytes.length && entries.length === width ? entries : undefined;
}

/** Nodes of a tree of this size, out of its tiles; each tile is read once per asking. */
export function nodesFromTiles(readTile: (tile: TileAt) => Promise<readonly Hash[]>, size: number): ReadNodes {
  return async (nodes) => {
    const tiles = new Map<string, Promise<readonly Hash[]>>();
    const inTile = async ({ level, index }: NodeAt): Promise<Hash> => {
      // A node between two levels of tiles is made of several hashes of the lower one, all in one tile.
      const tileLevel = Math.floor(level / tileHeight);
      const span = 2 ** (level % tileHeight);
      const first = index * span;
      const tile = tileIn(size, tileLevel, Math.floor(first / tileWidth));
      const key = `${tile.level} ${tile.index}`;
      const hashes = tiles.get(key) ?? readTile(tile);
      tiles.set(key, hashes);
      const from = first % tileWidth;
      const own = (await hashes).slice(from, from + span);
      if (own.length !== span) throw new RangeError(`no node ${index} of level ${level} in a tree of ${size} leaves`);
      return rootOfHashes(own);
    };
    return Promise.all(nodes.map(inTile));
  };
}
