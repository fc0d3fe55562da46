/**
 * Fronts printed by somebody who has the issuer's form and font and changed single characters: they are found where they
 * are, and on fronts as issued nothing is. How many of them, on all kinds and scans: `npm run bench changes`.
 */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { openFormEngine } from '@dokodemo/documents';
import { openCodeReaderInNode } from '../files/in-node.ts';
import { changedFront, differencesIn, type FrontChange } from '../testing/changed-front.ts';
import { type LitSheet, type Shot, shotOf } from '../testing/devices.ts';
import { throughJpeg } from '../testing/jpeg-loss.ts';
import type { Difference } from './compare.ts';
import type { ReadCodes } from './read-codes.ts';

/** `least`: so many of the four characters are found. */
const ways: Readonly<Record<string, { readonly shot: Shot; readonly least: number }>> = {
  'at 300 dpi, turned by 3°, under 30 % shade': {
    shot: { dpi: 300, turnDegrees: 3, shade: 0.3, noise: 3, blurUm: 35 },
    least: 3,
  },
  'at 200 dpi, as a JPEG of quality 40': {
    shot: { dpi: 200, turnDegrees: -1, jpeg: 40, noise: 3, blurUm: 35 },
    least: 2,
  },
  'by a telephone tilted by 10°, with a corner that curls': {
    shot: {
      ...{ camera: { wide: 4_032, high: 3_024, fills: 0.85 }, tiltDegrees: 10, turnDegrees: 3, curlMm: 3 },
      ...{ noise: 5, blurUm: 60, shade: 0.3, jpeg: 85 },
    },
    least: 3,
  },
};

const touches = (a: Difference, b: Difference) =>
  a.leftMm < b.leftMm + b.widthMm && b.leftMm < a.leftMm + a.widthMm && a.topMm < b.topMm + b.heightMm && b.topMm < a.topMm + a.heightMm; // biome-ignore format: one thought

describe('single characters of a printed front', () => {
  let readCodes: ReadCodes;
  let front: FrontChange;
  let asIssued: LitSheet;
  let changed: LitSheet;
  let exchanged: { readonly front: FrontChange; readonly sheet: LitSheet };
  before(async () => {
    readCodes = await openCodeReaderInNode();
    front = changedFront(openFormEngine(), 'seal-registration', 1, 4);
    // Without a printer's spreading of dots, which takes longer than all the rest: the bench has it.
    const printed = (page: FrontChange['issued']['page']): LitSheet => {
      const { width, height, ink } = page.draw(300, { background: true });
      return { width, height, dpi: 300, light: ink.map((it) => 255 - 0.94 * it) };
    };
    [asIssued, changed] = [printed(front.issued.page), printed(front.changed.page)];
    const others = changedFront(openFormEngine(), 'seal-registration', 1, 8, { kanji: 'any' });
    exchanged = { front: others, sheet: printed(others.changed.page) };
  });

  for (const [way, { shot, least }] of Object.entries(ways)) {
    test(`${way}: as issued, nothing differs`, async () => {
      const seen = await differencesIn(shotOf(asIssued, shot), front, readCodes);
      assert.deepEqual(seen?.differences, []);
      assert.equal(seen?.unseen, 0);
    });

    test(`${way}: changed characters are found, and nothing else`, async () => {
      const seen = await differencesIn(shotOf(changed, shot), front, readCodes);
      const found = front.places.filter((place) => seen?.differences.some((it) => touches(it, place)));
      assert.equal(front.places.length, 4);
      assert.ok(found.length >= least, JSON.stringify(seen?.differences));
      for (const it of seen?.differences ?? []) assert.ok(front.places.some((place) => touches(it, place)), JSON.stringify(it)); // biome-ignore format: one thought
    });
  }

  // One of them is 郎 in the holder’s name, 5 mm high, with nothing beside it that it could lie by.
  for (const [way, { shot }] of Object.entries(ways)) {
    test(`${way}: every kanji that became another is found, and nothing else`, async () => {
      const seen = await differencesIn(shotOf(exchanged.sheet, shot), exchanged.front, readCodes);
      assert.equal(exchanged.front.places.length, 4);
      for (const place of exchanged.front.places) assert.ok(seen?.differences.some((it) => touches(it, place)), JSON.stringify(place)); // biome-ignore format: one thought
      for (const it of seen?.differences ?? []) assert.ok(exchanged.front.places.some((place) => touches(it, place)), JSON.stringify(it)); // biome-ignore format: one thought
    });
  }

  test('by a telephone tilted by 35°, where the mark alone does not lead to the rest: as issued, nothing differs', async () => {
    const camera = { wide: 4_032, high: 3_024, fills: 0.85 };
    const shot: Shot = {
      camera,
      tiltDegrees: 35,
      turnDegrees: 12,
      noise: 5,
      blurUm: 60,
      shade: 0.3,
      jpeg: 85,
      seed: 1,
    };
    const seen = await differencesIn(shotOf(asIssued, shot), front, readCodes);
    assert.deepEqual(seen?.differences, []);
    assert.ok((seen?.found ?? 0) > 0.95, String(seen?.found));
  });

  test('drawn by a program at 200 dpi, as a JPEG of quality 50: every block is found where it is', async () => {
    const { width, height, ink } = front.issued.page.draw(200, { background: true });
    const drawn = { width, height, pixels: ink.map((it) => 255 - it) };
    const seen = await differencesIn(throughJpeg(drawn, 50), front, readCodes);
    assert.deepEqual(seen?.differences, []);
    assert.ok((seen?.found ?? 0) > 0.95, String(seen?.found));
  });
});
