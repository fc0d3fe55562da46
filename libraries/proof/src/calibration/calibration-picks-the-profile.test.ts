/** The profile that suits the printer is found from scans, by the simulated printer, copier and scanner; and what is no
 *  scan of a calibration sheet is refused, each for its reason. */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { groundProfiles } from '../background/ground.ts';
import { blankImage } from '../bit-image.ts';
import { copiedFrom, copierModes } from '../copier/copier.ts';
import { encodePng } from '../files/encode-png.ts';
import { openToolsInNode } from '../files/in-node.ts';
import type { VerifierTools } from '../files/verify-files.ts';
import type { GrayImage } from '../read/gray-image.ts';
import { arriving, type SheetScanner, scannedSheet, smallLayout } from '../testing/printed-sheet.ts';
import { type Calibration, calibrateFiles, groundsLine } from './calibrate.ts';
import { drawCalibrationMask } from './sheet-mask.ts';

const mask = drawCalibrationMask(smallLayout);
type Sheet = ReturnType<typeof arriving>;

/** A printer, its sheet, and copies of it by copiers of these resolutions. */
function printedBy(gain: number, ...copiers: readonly number[]) {
  const paper = arriving(mask, gain);
  const copies = copiers.map((dpi) => arriving(copiedFrom(paper, copierModes[dpi] ?? assert.fail()), gain));
  return { paper, copies };
}

let tools: VerifierTools;
before(async () => {
  tools = await openToolsInNode();
});

const fileOf = (picture: GrayImage) => ({ name: 'scan.png', bytes: encodePng(picture) });
const calibrate = (scan: GrayImage, ...copies: readonly GrayImage[]) =>
  calibrateFiles({ scan: fileOf(scan), copies: copies.map(fileOf) }, tools, { layout: smallLayout });
const fit = (done: Calibration) => (done.readable ? done.verdict : done.faults.map(({ code }) => code));

describe('the profile that suits', () => {
  for (const [name, gain, copiers, dpi] of [
    ['thin', 0.5, [200, 600], 200],
    ['fat', 0.33, [300, 600], 300],
  ] as const) {
    test(`a printer that prints ${name}`, async () => {
      const { paper, copies } = printedBy(gain, ...copiers);
      const scans = copies.map((copy) => scannedSheet(copy, { dpi, turnDegrees: -1 }));
      const done = await calibrate(scannedSheet(paper, { dpi }), ...scans);
      assert.deepEqual(fit(done), { code: 'fits', profile: name }, JSON.stringify(done, withoutPictures));
    });
  }
});

const withoutPictures = (key: string, value: unknown) => (key === 'picture' ? undefined : value);

describe('a usual printer', () => {
  let paper: Sheet;
  let copies: readonly Sheet[];
  before(() => {
    ({ paper, copies } = printedBy(0.4, 200, 300, 600));
  });
  const scan = (scanner: Partial<SheetScanner> = {}) => scannedSheet(paper, { dpi: 300, ...scanner });
  const refuses = async (code: string, of: GrayImage, ...copies: readonly GrayImage[]) =>
    assert.deepEqual(fit(await calibrate(of, ...copies)), [code]);

  test('gets the usual profile, from coarse scans as from fine ones, and each field is measured', async () => {
    for (const dpi of [200, 300]) {
      const done = await calibrate(scan({ dpi }), ...copies.map((copy) => scannedSheet(copy, { dpi })));
      assert.deepEqual(fit(done), { code: 'fits', profile: 'usual' }, JSON.stringify(done, withoutPictures));
      assert.ok(done.readable);
      assert.ok(Math.abs(done.dpi - dpi) < 1, `${done.dpi}`);
      assert.deepEqual(
        done.profiles.map(({ profile, copies: onCopies }) => [profile, onCopies.length]),
        groundProfiles.map(({ name }) => [name, 3]),
      );
      const heavy = done.profiles.at(-1);
      assert.equal(heavy?.fit, 'shows-on-paper');
      assert.ok(heavy.paper.picture.width > 150);
    }
  });

  test('without copies, what is hidden on the paper is said to be that and no more', async () => {
    const done = await calibrate(scan());
    assert.ok(done.readable && done.verdict.code === 'fits-on-paper');
    assert.equal(groundsLine('thin', 'KIOSK-0012'), '"grounds": { "terminals": { "KIOSK-0012": "thin" } }');
  });

  test('a sheet upside down is read the same', async () => {
    const { width, height, pixels } = scan();
    const done = await calibrate({ width, height, pixels: pixels.toReversed() });
    assert.ok(done.readable);
  });

  test('a copy as the original, and the original as a copy, are told', async () => {
    await refuses('looks-like-a-copy', scannedSheet(copies[2] ?? assert.fail(), { dpi: 300 }));
    await refuses('looks-like-the-original', scan(), scan({ dpi: 200 }));
  });

  test('what tells nothing is refused', async () => {
    await refuses('too-coarse', scan({ dpi: 120 }));
    await refuses('black-and-white', scan({ bilevel: true, white: 0.6 }));
    await refuses('whitened', scan({ white: 1.15, shade: 0, noise: 0 }));
    await refuses('too-dark', scan({ white: 0.12, noise: 1 }));
    const blank = scannedSheet(arriving(blankImage(1_200, 1_600), 0.4), { dpi: 200 });
    await refuses('no-sheet-found', blank);
    const { width, height, pixels } = scan();
    const half = { width, height: height >> 1, pixels: pixels.slice(0, width * (height >> 1)) };
    await refuses('sheet-not-whole', half);
    await refuses('no-sheet-found', scan(), blank);
    assert.deepEqual(fit(await calibrateFiles({ scan: { name: 'x', bytes: new Uint8Array() }, copies: [] }, tools)), [
      'empty-file',
    ]);
  });

  test('a sheet of another size or version, bent or stained, or with too many copies, is refused', async () => {
    const small = scan({ dpi: 200 });
    // On a sheet of A4 that was scanned as a whole, it would be 5 % too small.
    const [width, height] = [1_736, 2_456];
    const onA4 = { width, height, pixels: new Uint8Array(width * height).fill(225) };
    const paste = (onto: GrayImage, rows: number, from: number, at: number) => {
      for (let y = from; y < rows; y++)
        onto.pixels.set(small.pixels.subarray(y * small.width, (y + 1) * small.width), y * onto.width + at);
    };
    paste(onA4, small.height, 0, 100);
    const done = await calibrate(onA4);
    assert.ok(!done.readable);
    assert.deepEqual(done.faults[0]?.values, { percent: 95 });
    await refuses('printed-at-another-size', onA4);
    const bent = { width: 1_000, height: small.height, pixels: new Uint8Array(1_000 * small.height).fill(225) };
    paste(bent, small.height, 0, 20);
    for (let y = small.height >> 1; y < small.height; y++)
      bent.pixels.copyWithin(y * 1_000 + 50, y * 1_000 + 20, y * 1_000 + 420);
    await refuses('not-flat', bent);
    const stained = { ...small, pixels: small.pixels.slice() };
    for (let y = 300; y < 500; y++)
      for (let x = 60; x < 740; x++)
        if (((x >> 5) * 7 + (y >> 5) * 5) % 3 === 0) stained.pixels[y * small.width + x] = 90 + ((x * 31) % 97);
    await refuses('too-uneven', stained);
    const reversed = { ...smallLayout, fields: smallLayout.fields.toReversed() };
    const other = await calibrateFiles({ scan: fileOf(small), copies: [] }, tools, { layout: reversed });
    assert.deepEqual(fit(other), ['sheet-of-another-version']);
    await refuses(
      'too-many-copies',
      small,
      ...Array<GrayImage>(13).fill({ width: 1, height: 1, pixels: new Uint8Array(1) }),
    );
  });
});
