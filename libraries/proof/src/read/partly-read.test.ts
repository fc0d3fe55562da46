/** Eight tiles are needed; six are whole, and of the others different parts are lost: together they give all. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mostDataTiles, tileBytes, tileCount } from '../back/back-page.ts';
import { cutIntoTiles, readTile, type Tile } from '../back/tile.ts';
import { unpacked } from '../bit-image.ts';
import { qrSymbol, version40L } from '../qr/qr-symbol.ts';
import { softSymbol } from '../qr/soft-symbol.ts';
import { sha256 } from '../sha256.ts';
import { chanceOf } from '../testing/chance.ts';
import { mendTogether, type PartlyRead } from './partly-read.ts';

const symbol = qrSymbol(version40L);
const soft = softSymbol(version40L);

/** The symbol with everything between two lines lost, a share of what is left misread. */
function worn(tile: Uint8Array, from: number, to: number, isAcross: boolean, seed: number): Float32Array {
  const chance = chanceOf(seed);
  return Float32Array.from(unpacked(symbol.encode(tile)), (dark, i) => {
    const along = isAcross ? Math.floor(i / soft.size) : i % soft.size;
    if (along >= from && along < to) return 0.05 * chance.normal();
    return (dark === 1 ? 1 : -1) * (chance.next() < 0.001 ? -1 : 1);
  });
}

test('tiles of which parts are lost are mended by each other, and nothing else is made of them', () => {
  const message = chanceOf(1).bytes(mostDataTiles * 2_900);
  const tiles = cutIntoTiles(message, { tileBytes, count: tileCount, mostData: mostDataTiles }, sha256) ?? [];
  const whole = tiles.slice(0, 6).map((it) => readTile(it)).filter((it): it is Tile => it !== undefined); // biome-ignore format: one thought
  const lost = [[0, 45], [50, 95], [90, 135], [130, 175]] as const; // biome-ignore format: a list
  const partly = (count: number): PartlyRead[] =>
    lost.slice(0, count).map(([from, to], i) => {
      const codewords = soft.look(worn(tiles[6 + i] as Uint8Array, from, to, i % 2 === 0, i));
      assert.equal(soft.mend(codewords), undefined);
      return { index: 6 + i, codewords };
    });
  const given = mendTogether(whole, partly(4), soft);
  assert.ok(given.length >= 2, `${given.length}`);
  for (const bytes of given) assert.ok(tiles.some((it) => Buffer.from(it).equals(bytes)));
  assert.deepEqual(mendTogether(whole.slice(0, 3), partly(2), soft), []);
});
