/** 問合せサイト in a real browser: papers that a kiosk of the town printed, as file, as scans of every kind, before a camera,
 *  mixed up, and by number and code. Nothing but the question leaves the browser. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { type DatabaseAddress, openDatabase } from '@dokodemo/database';
import type { Page } from 'playwright-core';
import { beforeACamera } from './testing/before-a-camera.ts';
import { calibrating } from './testing/calibrating.ts';
import { changed, issue, photographed, readOff, scanned } from './testing/papers-in-hand.ts';
import {
  answer,
  fits,
  give,
  languages,
  largeTextFits,
  nothingBarsTheWay,
  picture,
  picturesIn,
  type Visit,
  visitPortal,
} from './testing/portal-page.ts';
import { quickly, townInABrowser } from './testing/town-in-a-browser.ts';

const { kiosk } = quickly;
let centersDatabase: DatabaseAddress | undefined;
const { town, browser } = await townInABrowser({
  adjust: {
    ...(kiosk === undefined ? {} : { kiosk }),
    center(config) {
      centersDatabase = config.database;
      return config;
    },
    // All of these visitors come from one address, at once.
    portal: (config) => ({ ...config, limits: { questionsPerAddressPerMinute: 1_000 } }),
  },
});
const folder = mkdtempSync(path.join(tmpdir(), 'papers-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const openPortal = (visit?: Visit, by = browser) => visitPortal(by, town.portalUrl, visit);
/** What bars the way in one language does so in others; how long words are differs in each. */
const looksThrough: readonly string[] = ['ja-easy', 'vi'];
const [phone, smallPhone] = [
  { width: 390, height: 844 },
  { width: 320, height: 700 },
];

describe('papers of the town at the portal', () => {
  let taro = '';
  let hanako = '';
  before(async () => {
    taro = await issue(town.folder.root, folder, 'taro');
    hanako = await issue(town.folder.root, folder, 'hanako');
  });

  test('the start says what to do, in every language, on a desk and on a small phone', async () => {
    const small = await openPortal({ size: smallPhone });
    await small.locator('button.primary:enabled').waitFor();
    for (const language of languages) {
      await small.getByRole('combobox').selectOption(language);
      await (looksThrough.includes(language) ? nothingBarsTheWay : fits)(small, `start in ${language}`);
      await picture(small, `start-${language}-320`);
    }
    await small.context().close();
    const page = await openPortal();
    await page.locator('button.primary:enabled').waitFor();
    await nothingBarsTheWay(page, 'start on a desk');
    await largeTextFits(page, 'start');
    await picture(page, 'start-ja');
    await page.getByRole('combobox').selectOption('en');
    await page.getByRole('heading', { name: 'Check a certificate' }).waitFor();
    assert.match(page.url(), /lang=en/);
    assert.equal(await page.locator('html').getAttribute('lang'), 'en');
    await page.context().close();
  });

  test('the file as it was issued: integrity and issuer hold, and only the question is sent', async () => {
    const page = await openPortal();
    const sent: string[] = [];
    page.on('request', (request) => {
      const body = request.postData();
      if (body !== null) sent.push(body);
      assert.ok(request.url().startsWith(`${town.portalUrl}/`) || request.url().startsWith('blob:'), request.url());
    });
    await give(page, taro);
    assert.equal(await answer(page, 'integrity'), 'holds');
    assert.equal(await answer(page, 'issuer'), 'holds');
    assert.equal(await answer(page, 'originality'), 'unproven');
    await page.getByText('1バイトの違いもありません').waitFor();
    assert.equal(await page.locator('.pane canvas').count(), 2);
    await page.getByText('見本です。').waitFor();
    assert.equal(sent.length, 1);
    assert.deepEqual(Object.keys(JSON.parse(sent[0] ?? '{}') as object), ['documentNumber', 'inquiry']);
    await page.getByText('公開されている発行の記録（ログ）にあることも、証明で確かめました。').waitFor();
    await nothingBarsTheWay(page, 'a result');
    await largeTextFits(page, 'result');
    await picture(page, 'result-ja');
    await page.setViewportSize(phone);
    await nothingBarsTheWay(page, 'a result on a phone');
    await picture(page, 'result-ja-390');
    await page.context().close();
  });

  for (const kind of ['png', 'photographs', 'tiff'] as const) {
    test(`scans as ${kind}`, async () => {
      const page = await openPortal({ language: 'en' });
      const [front, back] = scanned(taro, kind === 'tiff' ? 'tiff' : 'png');
      if (kind === 'photographs')
        await give(page, await photographed(browser, front), await photographed(browser, back));
      else await give(page, front, back);
      assert.equal(await answer(page, 'integrity'), 'holds');
      assert.equal(await answer(page, 'issuer'), 'holds');
      await picture(page, `result-en-${kind}`);
      await page.context().close();
    });
  }

  test('the front of one person with the back of another is false, said so, and shown beside what it should be', async () => {
    const page = await openPortal();
    const [front] = scanned(hanako, 'png');
    const [, back] = scanned(taro, 'png');
    await give(page, front, back);
    assert.equal(await answer(page, 'integrity'), 'false');
    assert.equal(await page.locator('.summary').getAttribute('data-tone'), 'false');
    await page.getByRole('heading', { name: '別々の証明書のものです' }).waitFor();
    await nothingBarsTheWay(page, 'mixed up');
    await largeTextFits(page, 'mixed up');
    await picture(page, 'mixed-ja');
    await page.getByRole('button', { name: '並べて違いを見る' }).press('Enter');
    await page.locator('[data-bad]').waitFor();
    await page.keyboard.type(readOff(taro).code.toLowerCase());
    await page.keyboard.press('Enter');
    await page.locator('.panes .pane canvas').nth(1).waitFor();
    assert.equal(await answer(page, 'integrity'), 'false');
    assert.ok((await page.locator('.places li button').count()) > 0);
    await nothingBarsTheWay(page, 'mixed up, side by side');
    await picture(page, 'mixed-side-by-side-ja');
    await page.context().close();
  });

  test('a figure that was written onto the front is framed, listed, and reached by the arrow keys', async () => {
    const page = await openPortal();
    const [front, back] = scanned(taro, 'png');
    await give(page, await changed(browser, front), back);
    assert.equal(await answer(page, 'integrity'), 'false');
    const places = page.locator('.places li button');
    const count = await places.count();
    assert.ok(count >= 2, `${count} places`);
    assert.equal(await page.locator('.place').count(), 2 * count, 'on both pictures');
    assert.match((await places.first().textContent()) ?? '', /左から \d+ mm、上から \d+ mm/);
    await nothingBarsTheWay(page, 'places that differ');
    if (picturesIn !== undefined) await page.screenshot({ path: path.join(picturesIn, 'changed-ja.png') });
    await page.locator('.pane').first().focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    assert.equal(await places.nth(1).getAttribute('aria-current'), 'true');
    await page.getByRole('button', { name: '重ねて見る' }).click();
    await page.getByRole('slider').fill('20');
    assert.equal(await page.locator('.pane').count(), 1);
    await nothingBarsTheWay(page, 'one over the other');
    await picture(page, 'over-ja');
    await page.setViewportSize(smallPhone);
    for (const language of languages) {
      await page.getByRole('combobox').selectOption(language);
      await fits(page, `a result in ${language}, on a small phone`);
    }
    await picture(page, 'over-vi-320');
    await page.getByRole('combobox').selectOption('ja');
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.emulateMedia({ media: 'print' });
    await picture(page, 'print-ja');
    await page.context().close();
  });

  test('a front without its back cannot be read, and the page says what to do', async () => {
    const page = await openPortal();
    await give(page, scanned(taro, 'png')[0], path.join(import.meta.dirname, '../../package.json'));
    await page.getByRole('heading', { name: '証明書を読み取れませんでした' }).waitFor();
    await page.getByText('PDF・PNG・JPEG・TIFF ではありません。HEIC や WebP の写真は').waitFor();
    await nothingBarsTheWay(page, 'unreadable');
    await picture(page, 'unreadable-ja');
    await page.context().close();
  });

  test('without a network a paper is checked all the same, and the status is said to be unknown', async () => {
    const page = await openPortal();
    await page.locator('button.primary:enabled').first().waitFor();
    await page.route('**/api/**', (route) => route.abort('internetdisconnected'));
    await give(page, taro);
    assert.equal(await answer(page, 'integrity'), 'holds');
    assert.equal(await answer(page, 'status'), 'unproven');
    await page.context().close();
  });

  test('a page that was opened once opens again without a network, and checks', async () => {
    const page = await openPortal({ language: 'en', keeps: true });
    await page.evaluate(async () => {
      await navigator.serviceWorker.ready;
    });
    await page.context().setOffline(true);
    await page.reload();
    await give(page, taro);
    assert.equal(await answer(page, 'integrity'), 'holds');
    assert.equal(await answer(page, 'issuer'), 'holds');
    assert.equal(await answer(page, 'status'), 'unproven');
    await picture(page, 'offline-en');
    await page.context().close();
  });

  test('a mistyped code is told at once, before anything is asked, and mended where it is wrong', async () => {
    const page = await openPortal();
    const field = page.getByRole('textbox', { name: '照合コード' });
    await page.getByRole('textbox', { name: '発行番号' }).fill(readOff(taro).number);
    await page.keyboard.press('Enter');
    assert.ok(await field.evaluate((it) => it === document.activeElement), 'to what is missing');
    await page.getByText('英数字16文字', { exact: false }).and(page.locator('[data-bad]')).waitFor();
    const { code } = readOff(taro);
    await page.keyboard.type(
      code
        .toLowerCase()
        .replaceAll('-', '')
        .replace(/^./, (it) => (it === '0' ? '1' : '0')),
    );
    await page.getByText('1文字ちがっているか').waitFor();
    assert.equal(
      await field.inputValue(),
      code.replace(/^./, (it) => (it === '0' ? '1' : '0')),
    );
    await page.keyboard.press('Home');
    await page.keyboard.press('Delete');
    await page.keyboard.type(code.slice(0, 1));
    await page.getByText('コードがそろいました').waitFor();
    assert.equal(await field.inputValue(), code);
    await page.context().close();
  });

  beforeACamera({ openPortal, folder, paper: () => taro });

  calibrating({ openPortal, folder });

  describe('by number and code', () => {
    /** By keys alone, from the number's field on. */
    async function ask(page: Page, number: string, code: string): Promise<void> {
      await page.getByRole('textbox', { name: '発行番号' }).focus();
      await page.keyboard.type(number.replaceAll('-', ''));
      await page.keyboard.press('Tab');
      await page.keyboard.type(code.toLowerCase());
      await page.keyboard.press('Enter');
      await page.locator('.summary').waitFor();
    }
    const again = (page: Page) => page.getByRole('button', { name: '別の証明書を確かめる' }).press('Enter');

    test('the right code tells that it counts, another tells nothing; a void paper is said to be void, both ways', async () => {
      const page = await openPortal();
      const { number, code } = readOff(hanako);
      await ask(page, number, code);
      await page.getByRole('heading', { name: '発行の記録では交付済みで、有効です。' }).waitFor();
      await page.getByText('印鑑登録証明書').waitFor();
      await nothingBarsTheWay(page, 'an answer to a number');
      await largeTextFits(page, 'number');
      await again(page);
      await ask(page, number, readOff(taro).code);
      await page.getByRole('heading', { name: 'この番号とコードの組み合わせは、記録にありません。' }).waitFor();
      assert.equal(await page.getByText('印鑑登録証明書').count(), 0);
      await picture(page, 'number-unknown-ja');
      await again(page);
      // As the center has it of a paper that was given back, or whose case staff has closed so.
      const database = openDatabase(centersDatabase ?? assert.fail('no center'), {
        applicationName: 'test',
        connections: 1,
      });
      await database.query(`update issue_log_paper set state = 'void' where number = $1`, [number]);
      await database.end();
      await ask(page, number, code);
      await page.getByRole('heading', { name: '発行の記録では無効です。' }).waitFor();
      await nothingBarsTheWay(page, 'a void number');
      await picture(page, 'number-void-ja');
      await again(page);
      await give(page, hanako);
      assert.deepEqual([await answer(page, 'integrity'), await answer(page, 'status')], ['holds', 'false']);
      await page.getByRole('heading', { name: 'この証明書は有効ではありません。' }).waitFor();
      await nothingBarsTheWay(page, 'a void paper');
      await picture(page, 'void-ja');
      await page.context().close();
    });

    test('a number that was asked about too often is not answered, and the page says why', async () => {
      const number = '20260101-482013-0000001';
      const inquiry = Buffer.alloc(32).toString('base64');
      const body = JSON.stringify({ documentNumber: number, inquiry });
      const headers = { 'content-type': 'application/json' };
      let status = 200;
      for (let i = 0; i < 40 && status === 200; i++)
        ({ status } = await fetch(`${town.portalUrl}/api/status`, { method: 'POST', headers, body }));
      assert.equal(status, 429);
      const page = await openPortal();
      await ask(page, number, readOff(taro).code);
      await page.getByRole('heading', { name: '問い合わせが多すぎます' }).waitFor();
      await nothingBarsTheWay(page, 'too many questions');
      await picture(page, 'too-many-ja');
      await page.context().close();
    });
  });
});
