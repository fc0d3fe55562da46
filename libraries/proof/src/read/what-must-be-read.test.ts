/** The levels of the grid (docs/proof.md, "What can be read") that must hold, on one back: `npm run bench grid` has them
 *  all. Other programs read the same bytes. */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { tileBytes } from '../back/back-page.ts';
import { cutIntoTiles, headerBytes } from '../back/tile.ts';
import { openCodeReaderInNode as openCodeReader } from '../files/in-node.ts';
import { sha256 } from '../sha256.ts';
import { chanceOf } from '../testing/chance.ts';
import { type LitSheet, type Shot, shotOf } from '../testing/devices.ts';
import { missing, zbarReads, zxingReads } from '../testing/foreign-reader.ts';
import { tryCell } from '../testing/grid-trial.ts';
import { makeBack } from '../testing/paper.ts';
import type { GrayImage } from './gray-image.ts';
import type { ReadCodes } from './read-codes.ts';

/** As large as that of a household of four. */
const message = chanceOf(8).bytes(6 * (tileBytes - headerBytes) - 500);
const tiles = cutIntoTiles(message, { tileBytes, count: 12, mostData: 8 }, sha256) ?? [];

const mustHold: Readonly<Record<string, Shot>> = {
  '200 dpi, turned 3°, JPEG 40': { dpi: 200, turnDegrees: 3, jpeg: 40 },
  '200 dpi, blur 130 µm, in which ZXing reads nothing': { dpi: 200, turnDegrees: -1, blurUm: 130 },
  '200 dpi, turned −3°, noise 15, stain over 15 %': { dpi: 200, turnDegrees: -3, noise: 15, stain: 0.15 },
  '200 dpi, fold over 15 %, shade 30 %': { dpi: 200, turnDegrees: 1, fold: 0.15, shade: 0.3 },
  'telephone, 8 MP, tilted': { camera: { wide: 3_264, high: 2_448, fills: 0.8 }, tiltDegrees: 12, turnDegrees: 5, ink: 60, paper: 215, jpeg: 80, seed: 4 },
}; // biome-ignore format: a line each

describe('the back', () => {
  let sheet: LitSheet;
  let read: ReadCodes;
  before(async () => {
    read = await openCodeReader();
    const { width, height, pixels } = makeBack(message);
    sheet = { width, height, dpi: 300, light: pixels.map((it) => 15 + it * 0.94) };
  });

  for (const [name, shot] of Object.entries(mustHold)) {
    test(`is read: ${name}`, async () => {
      const picture = shotOf(sheet, { noise: 4, blurUm: 40, ...shot });
      const { recovered, ours } = await tryCell(picture, tiles, read, { alone: true });
      assert.ok(recovered, `${ours} codes`);
    });
  }

  for (const [program, reads] of [
    ['zbarimg', zbarReads],
    ['ZXingReader', zxingReads],
  ] as const) {
    test(`says the same to ${program}, byte for byte`, { skip: missing(program) }, () => {
      const picture: GrayImage = shotOf(sheet, { dpi: 300, noise: 3 });
      const bytes = reads(picture);
      assert.equal(bytes.length, 12 * tileBytes);
      for (const [i, tile] of tiles.entries()) assert.ok(bytes.includes(tile), `tile ${i}`);
    });
  }
});
