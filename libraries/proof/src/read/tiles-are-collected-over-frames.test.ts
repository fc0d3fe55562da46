/** A camera sees a few codes at a time, of one paper or of several, sharp or not: what comes out is a message that was
 *  printed, or nothing. */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import fc from 'fast-check';
import { cutIntoTiles } from '../back/tile.ts';
import { openCodeReaderInNode } from '../files/in-node.ts';
import { sha256 } from '../sha256.ts';
import { testAuthority } from '../testing/authority.ts';
import { type MadeSheet, makeSheet } from '../testing/paper.ts';
import { scanned } from '../testing/scan.ts';
import { verifyPages } from '../verify.ts';
import { collectTiles } from './collect-tiles.ts';
import { cropped, type GrayImage } from './gray-image.ts';
import type { ReadCodes } from './read-codes.ts';
import { watchPaper } from './watch-paper.ts';

const room = { tileBytes: 60, count: 12, mostData: 8 };

function messageOf(seed: number, length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => (seed * 31 + i * 7 + (i >> 3)) & 0xff);
}

function tilesOf(message: Uint8Array): readonly Uint8Array[] {
  return cutIntoTiles(message, room, sha256) ?? assert.fail('too long');
}

describe('tiles are collected over frames', () => {
  const message = messageOf(1, 200);
  const tiles = tilesOf(message);
  const some = (...indexes: readonly number[]) => indexes.map((i) => tiles[i] as Uint8Array);

  test('until there are enough, in any order, with others among them', () => {
    const collector = collectTiles(sha256);
    assert.equal(collector.add([]), undefined);
    assert.equal(collector.add([new TextEncoder().encode('https://example.com')]), undefined);
    const first = collector.add(some(7, 3));
    assert.deepEqual([first?.indexes, first?.needed, first?.count], [[3, 7], 5, 12]);
    assert.deepEqual(collector.add([])?.indexes, [3, 7], 'a frame without a code takes nothing away');
    assert.deepEqual(collector.add(some(3, 11))?.indexes, [3, 7, 11], 'seen twice counts once');
    assert.equal(collector.add(some(0))?.message, undefined);
    assert.deepEqual(collector.add(some(1))?.message, message);
    assert.deepEqual(collector.add(some(2))?.message, message, 'and it stays');
  });

  test('a paper that is put in the place of another is counted for itself; the other is not forgotten', () => {
    const collector = collectTiles(sha256);
    const other = tilesOf(messageOf(2, 200));
    collector.add(some(0, 1, 2));
    assert.deepEqual(collector.add(other.slice(4, 5))?.indexes, [4]);
    assert.deepEqual(collector.add(some(3, 4))?.message, message);
    assert.deepEqual(
      collector.add([...some(5), ...other.slice(6, 9)])?.indexes,
      [4, 6, 7, 8],
      'which it shows most of',
    );
  });

  test('a forged tile in a true one’s place bars the way only until the true one is seen', () => {
    const collector = collectTiles(sha256);
    const forged = forgedTile(tiles[2] as Uint8Array);
    collector.add([forged]);
    assert.equal(collector.add(some(0, 1, 3, 4))?.message, undefined, 'five, and one is no part of it');
    assert.deepEqual(collector.add(some(2))?.message, message);
  });

  test('any frames of any papers give messages that were printed, and nothing else', () => {
    const papers = [1, 2, 3].map((seed) => messageOf(seed, 90 + seed * 40));
    const printed = papers.map(tilesOf);
    const frame = fc.array(fc.tuple(fc.nat(2), fc.nat(11)), { maxLength: 5 });
    fc.assert(
      fc.property(fc.array(frame, { maxLength: 20 }), (frames) => {
        const collector = collectTiles(sha256);
        const seen = papers.map(() => new Set<number>());
        for (const codes of frames) {
          for (const [paper, index] of codes) seen[paper]?.add(index);
          const told = collector.add(codes.map(([paper, index]) => printed[paper]?.[index] as Uint8Array));
          if (told === undefined) continue;
          const which = printed.findIndex((it) => idOf(it[0]) === told.id);
          const read = [...(seen[which] ?? [])].sort((a, b) => a - b);
          if (told.message !== undefined) assert.deepEqual(told.message, papers[which]);
          else assert.deepEqual([told.indexes, read.length < told.needed], [read, true]);
        }
      }),
      { numRuns: 100 },
    );
  });

  test('of very many papers the oldest are forgotten', () => {
    const collector = collectTiles(sha256);
    collector.add(some(0, 1));
    for (let seed = 10; seed < 30; seed++) collector.add(tilesOf(messageOf(seed, 200)).slice(0, 1));
    assert.deepEqual(collector.add(some(2))?.indexes, [2]);
  });
});

const idOf = (tile: Uint8Array | undefined) => Buffer.from(tile?.subarray(7, 11) ?? []).toString('hex');

/** Sound for itself: whoever can print a code can compute its sum. */
function forgedTile(tile: Uint8Array): Uint8Array {
  const [own] = tilesOf(messageOf(9, 200)) as readonly [Uint8Array, ...Uint8Array[]];
  const other = messageOf(5, tile.length - 18);
  const made = tile.slice();
  made.set(other, 18);
  assert.notDeepEqual(own, made);
  let crc = 0xffffffff;
  for (const byte of [...made.subarray(0, 14), ...other]) {
    crc ^= byte;
    for (let i = 0; i < 8; i++) crc = crc & 1 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1;
  }
  new DataView(made.buffer).setUint32(14, (crc ^ 0xffffffff) >>> 0);
  return made;
}

describe('a paper in front of a camera', () => {
  let sheet: MadeSheet;
  let readCodes: ReadCodes;
  let trust: Awaited<ReturnType<typeof testAuthority>>['trust'];
  before(async () => {
    const authority = await testAuthority();
    trust = authority.trust;
    sheet = makeSheet(await authority.signerOf('482013'), 5);
    readCodes = await openCodeReaderInNode();
  });
  const part = (of: GrayImage, leftMm: number, topMm: number, mm: number) =>
    cropped(
      of,
      ...([leftMm, topMm, mm, mm].map((it) => Math.round((it * 300) / 25.4)) as [number, number, number, number]),
    );

  test('its codes, one a frame, open with the code of its front; a picture of the front completes the answer', async () => {
    const watcher = watchPaper(readCodes);
    let message: Uint8Array | undefined;
    let frames = 0;
    for (let i = 0; i < 8 && message === undefined; i++, frames++) {
      const at = part(sheet.back, 11 + (i % 3) * 62.3, 36.5 + Math.floor(i / 3) * 61.3, 63);
      const look = await watcher.look(scanned(at, { turnDegrees: 3, noise: 4, shade: 0.2, seed: i }));
      assert.deepEqual(
        look.codes.map(({ kind }) => kind),
        ['tile'],
        `frame ${i}`,
      );
      assert.equal(look.back?.indexes.length, i + 1);
      message = look.back?.message;
    }
    assert.deepEqual(message, sheet.message);
    assert.ok(frames > 1, `${frames} frames`);
    const seen = scanned(sheet.front, { dpi: 170, turnDegrees: 1, noise: 4 });
    const { front, back } = await watcher.look(seen);
    assert.deepEqual([front?.code, front?.isGood, back?.message], [sheet.code, true, sheet.message]);
    const verified = await verifyPages([{ picture: seen }], { trust, readCodes, backs: [message as Uint8Array] });
    assert.ok(verified.readable);
    assert.deepEqual(
      verified.sheets.map(({ integrity, issuer }) => [integrity.code, issuer.answer]),
      [['looks-as-issued', 'holds']],
    );
  });

  test('a front that is cut off, far away or not sharp is seen, and not taken; in the dark it is said so', async () => {
    const look = async (picture: GrayImage) => watchPaper(readCodes).look(picture);
    const whole = await look(scanned(sheet.front, { dpi: 150 }));
    assert.equal(whole.front?.isGood, true);
    const cut = await look(part(sheet.front, 0, 0, 90));
    assert.deepEqual([cut.front?.isWhole, cut.front?.isGood], [false, false]);
    const far = await look(scanned(sheet.front, { dpi: 95 }));
    assert.deepEqual([far.front?.isWhole, far.front?.isGood], [true, false]);
    const blurred = await look(scanned(sheet.front, { dpi: 130, blur: 1 }));
    assert.deepEqual([blurred.front?.isSharp, blurred.front?.isGood], [false, false]);
    const { width, height, pixels } = part(sheet.front, 0, 0, 60);
    const dark = await look({ width, height, pixels: pixels.map((it) => it / 5) });
    assert.equal(dark.isTooDark, true);
    assert.equal(cut.isTooDark, false);
  });
});
