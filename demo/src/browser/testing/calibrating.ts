/** A chapter of the portal's tests: its calibration sheet is printed and scanned (simulated), and read by its own page. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { decodePng, encodePng, packed } from '@dokodemo/proof';
import { arriving, scannedSheet } from '@dokodemo/proof/testing';
import type { Page } from 'playwright-core';
import { fits, languages, largeTextFits, nothingBarsTheWay, picture, type Visit } from './portal-page.ts';

type Chapter = { readonly openPortal: (visit?: Visit) => Promise<Page>; readonly folder: string };

/** As the page hands it out, out of a usual printer and through a scanner. */
async function printedAndScanned(page: Page, folder: string): Promise<string> {
  const [file, stem, scan] = ['sheet.pdf', 'sheet', 'sheet-scan.png'].map((name) => path.join(folder, name)) as [
    string,
    string,
    string,
  ];
  const href = (await page.locator('a[download]').first().getAttribute('href')) ?? '';
  const reply = await page.request.get(new URL(href, page.url()).href);
  assert.equal(reply.headers()['content-type'], 'application/pdf');
  writeFileSync(file, await reply.body());
  const drawn = spawnSync('pdftoppm', ['-r', '600', '-gray', '-png', '-singlefile', file, stem], { encoding: 'utf8' });
  assert.equal(drawn.status, 0, drawn.stderr);
  const { width, height, pixels } = decodePng(new Uint8Array(readFileSync(`${stem}.png`)));
  const dots = pixels.map((it) => (it < 128 ? 1 : 0));
  writeFileSync(scan, encodePng(scannedSheet(arriving(packed(width, height, dots), 0.4), { dpi: 200 }), 200));
  return scan;
}

export function calibrating({ openPortal, folder }: Chapter): void {
  test('whoever operates a terminal calibrates its printer; nothing is sent', async () => {
    const page = await openPortal();
    await page.getByRole('link', { name: 'プリンターの地紋の調整' }).click();
    await page.getByRole('heading', { name: 'プリンターの地紋の調整' }).waitFor();
    await nothingBarsTheWay(page, 'calibrating');
    await largeTextFits(page, 'calibrating');
    const scan = await printedAndScanned(page, folder);
    page.on('request', (request) => assert.equal(request.method(), 'GET', request.url()));
    const [sheet, measure] = [
      page.locator('.pick-scan input'),
      page.getByRole('button', { name: '測る', exact: true }),
    ];
    await sheet.setInputFiles(path.join(import.meta.dirname, '../../../package.json'));
    await measure.press('Enter');
    await page.getByRole('alert').getByText('PDF・PNG・JPEG・TIFF ではありません。').waitFor();
    await nothingBarsTheWay(page, 'a file that is no scan');
    await sheet.setInputFiles(scan);
    await measure.press('Enter');
    await page.getByRole('heading', { name: /用紙でいちばん見えないのは「. (thin|usual)」です/ }).waitFor();
    assert.equal(await page.locator('.summary').getAttribute('data-tone'), 'unproven');
    assert.equal(await page.locator('.field canvas').count(), 5);
    await page.getByRole('textbox', { name: '端末の番号' }).fill('kiosk-0007');
    assert.match((await page.locator('.configuration pre').textContent()) ?? '', /"KIOSK-0007": "(thin|usual)"/);
    await nothingBarsTheWay(page, 'a printer measured');
    await picture(page, 'calibrated-ja');
    await page.setViewportSize({ width: 320, height: 700 });
    for (const language of languages) {
      await page.getByRole('combobox').selectOption(language);
      await fits(page, `a printer measured, in ${language}, on a small phone`);
    }
    await picture(page, 'calibrated-vi-320');
    await page.locator('.brand').click();
    await page.locator('.files-way').waitFor();
    assert.equal(new URL(page.url()).hash, '');
    await page.locator('.foot a[href="#calibrate"]').click();
    await page.locator('.pick-scan').waitFor();
    await page.goBack();
    await page.locator('.files-way').waitFor();
    await page.context().close();
  });
}
