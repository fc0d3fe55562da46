/** What tiles give together is the message, or nothing. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { sha256 } from '../sha256.ts';
import { chanceOf } from '../testing/chance.ts';
import { drawBack, messageMaxBytes, mostDataTiles, tileBytes, tileCount } from './back-page.ts';
import { cutIntoTiles, headerBytes, joinTiles, readTile, type Tile } from './tile.ts';

const room = { tileBytes, count: tileCount, mostData: mostDataTiles };
const cut = (message: Uint8Array) => cutIntoTiles(message, room, sha256) ?? assert.fail('too long');
const tilesOf = (cuts: readonly Uint8Array[]) => cuts.map((it) => readTile(it) ?? assert.fail('no tile'));

test('parity takes all room that data leaves', () => {
  for (const [bytes, k] of [
    [1, 1],
    [tileBytes - headerBytes, 1],
    [tileBytes - headerBytes + 1, 2],
    [messageMaxBytes, 8],
  ] as const) {
    const tiles = tilesOf(cut(chanceOf(bytes).bytes(bytes)));
    assert.equal(tiles.length, 12);
    assert.ok(tiles.every((tile) => tile.k === k));
  }
  assert.equal(cutIntoTiles(new Uint8Array(messageMaxBytes + 1), room, sha256), undefined);
  assert.equal(drawBack(new Uint8Array(messageMaxBytes + 1), sha256), undefined);
});

test('the message comes back from any k tiles, in any order', () => {
  const message = chanceOf(1).bytes(9_000);
  const tiles = tilesOf(cut(message));
  fc.assert(
    fc.property(fc.shuffledSubarray(tiles, { minLength: 4 }), (some) => {
      assert.deepEqual(joinTiles(some, sha256)[0]?.message, message);
    }),
    { numRuns: 30 },
  );
  assert.equal(joinTiles(tiles.slice(0, 3), sha256)[0]?.message, undefined);
  assert.deepEqual(joinTiles([], sha256), []);
});

test('tiles of two messages are kept apart', () => {
  const [one, two] = [chanceOf(2).bytes(3_000), chanceOf(3).bytes(3_000)];
  const [first, second] = [tilesOf(cut(one)), tilesOf(cut(two))];
  const joined = joinTiles([...first.slice(0, 5), ...second], sha256);
  assert.deepEqual(joined.map(({ message }) => message), [two, one]); // biome-ignore format: one thought
});

test('a tile with any byte changed is no tile', () => {
  const [tile] = cut(chanceOf(4).bytes(500));
  fc.assert(
    fc.property(fc.nat(tileBytes - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
      const other = (tile as Uint8Array).slice();
      other[at] = (other[at] as number) ^ change;
      assert.equal(readTile(other), undefined);
    }),
  );
  assert.equal(readTile(new Uint8Array(0)), undefined);
  assert.equal(readTile((tile as Uint8Array).subarray(0, 40)), undefined);
});

test('a forged piece with a sound header spoils the message, which then is nothing', () => {
  const tiles = tilesOf(cut(chanceOf(5).bytes(9_000)));
  const forged: Tile = { ...(tiles[0] as Tile), piece: new Uint8Array(tileBytes - headerBytes) };
  assert.equal(joinTiles([forged, ...tiles.slice(1, 4)], sha256)[0]?.message, undefined);
});
