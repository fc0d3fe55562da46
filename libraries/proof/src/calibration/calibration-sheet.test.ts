/** The sheet's file holds exactly what is measured, and is no scan of itself. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { before, test } from 'node:test';
import { openFormEngine, readPages } from '@dokodemo/documents';
import { drawGround, groundProfiles } from '../background/ground.ts';
import { isBlack } from '../bit-image.ts';
import { openToolsInNode } from '../files/in-node.ts';
import { calibrateFiles } from './calibrate.ts';
import { drawCalibrationSheet } from './sheet-file.ts';
import { calibrationLayout, cellDots, fieldDots, sheetVersion } from './sheet-layout.ts';

let pdf: Uint8Array;
before(() => {
  pdf = drawCalibrationSheet(openFormEngine());
});

test('each field is the very ground of its profile, dot by dot', () => {
  const [page] = readPages(pdf);
  const [mask] = page?.masks().values() ?? [];
  assert.ok(mask !== undefined && mask.width === calibrationLayout.width && mask.height === calibrationLayout.height);
  const { width, height } = fieldDots(calibrationLayout);
  const { fromX, fromY } = calibrationLayout.cells;
  assert.deepEqual(
    calibrationLayout.fields.map(({ profile }) => profile),
    groundProfiles,
  );
  for (const { profile, left, top } of calibrationLayout.fields) {
    const ground = drawGround(profile);
    let differ = 0;
    for (let y = 0; y < height; y += 3)
      for (let x = 0; x < width; x++)
        if (isBlack(mask, left + x, top + y) !== isBlack(ground, fromX * cellDots + x, fromY * cellDots + y)) differ++;
    assert.equal(differ, 0, profile.name);
  }
});

test('other dots are another version', () => {
  const digest = createHash('sha256').update(JSON.stringify(calibrationLayout)).digest('hex');
  assert.deepEqual([sheetVersion, digest], [1, '46ef9f8b4abf45f4a16d0f569745d1eacc861aac79c246f82fa5622b106e9ac9']);
});

test('the same version is the same file, on one page, with words for people', () => {
  assert.deepEqual(drawCalibrationSheet(openFormEngine()), pdf);
  const pages = readPages(pdf);
  assert.equal(pages.length, 1);
  const said = pages[0]?.words().join('\n') ?? '';
  for (const { name } of groundProfiles) assert.ok(said.includes(name), name);
  assert.match(said, /この用紙は証明書ではありません/);
});

test('the file itself, which was never paper, is not measured', async () => {
  const done = await calibrateFiles({ scan: { name: 'sheet.pdf', bytes: pdf }, copies: [] }, await openToolsInNode());
  assert.ok(!done.readable);
  assert.deepEqual(done.faults, [{ name: 'sheet.pdf', role: 'scan', code: 'a-file-is-no-scan' }]);
});
