/**
 * Tiles from one look after another, until a message is together: a camera that is moved over the back sees some codes
 * now and others later. Tiles of different papers never mix: each message has tiles of its own, and what comes out has
 * the digest that its tiles named.
 */
import { type Digest, joinTiles, readTile, type Tile } from '../back/tile.ts';

export type Collected = {
  /** Of the message, as its tiles say it. */
  readonly id: string;
  /** Which tiles were read so far, 0 to `count` − 1, ascending. */
  readonly indexes: readonly number[];
  /** So many are enough. */
  readonly needed: number;
  readonly count: number;
  /** As soon as enough were read. */
  readonly message: Uint8Array | undefined;
};

export type TileCollector = {
  /**
   * Adds what the codes of one picture say, in any order, with codes of anything else among them. Gives the paper that
   * the picture shows most of; where it shows none, the one of the last picture; undefined before the first tile.
   */
  add(codes: readonly Uint8Array[]): Collected | undefined;
};

/** Beyond so many the paper that was not seen for longest is forgotten: nobody shows a camera more at once. */
const mostPapers = 8;

type Paper = { readonly tiles: Map<number, Tile>; collected: Collected };

export function collectTiles(sha256: Digest): TileCollector {
  // The one that was seen last is the last.
  const papers = new Map<string, Paper>();
  return {
    add(codes) {
      const tiles = codes.map(readTile).filter((it): it is Tile => it !== undefined);
      const shown = Map.groupBy(tiles, keyOf);
      // Last, and so the one that is told, is the paper with most codes in the picture.
      for (const [key, seen] of [...shown].sort(([, a], [, b]) => a.length - b.length)) {
        const paper = grown(papers.get(key), seen, sha256);
        papers.delete(key);
        papers.set(key, paper);
      }
      for (const oldest of papers.keys()) {
        if (papers.size <= mostPapers) break;
        papers.delete(oldest);
      }
      return [...papers.values()].at(-1)?.collected;
    },
  };
}

/** Whatever differs in one of these is of another message. */
const keyOf = ({ id, k, count, length, piece }: Tile) => [id, k, count, length, piece.length].join();

/** Of two tiles that claim one place the later counts: a forged one cannot bar the way for good. */
function grown(paper: Paper | undefined, seen: readonly Tile[], sha256: Digest): Paper {
  const tiles = new Map(paper?.tiles);
  for (const tile of seen) tiles.set(tile.index, tile);
  if (paper?.collected.message !== undefined) return paper;
  const [first] = seen as readonly [Tile, ...Tile[]];
  const { id, k: needed, count } = first;
  const indexes = [...tiles.keys()].sort((a, b) => a - b);
  const message = tiles.size < needed ? undefined : joinTiles([...tiles.values()], sha256)[0]?.message;
  return { tiles, collected: { id, indexes, needed, count, message } };
}
