/** 問合せサイト in a real browser: papers that a kiosk of the town printed, as file, as scans of every kind, mixed up, and by
 *  number and code. Nothing but the question leaves the browser. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { quickly, townInABrowser } from './testing/town-in-a-browser.ts';

const { kiosk } = quickly;
const { town, browser } = await townInABrowser({ adjust: kiosk === undefined ? {} : { kiosk } });
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const folder = mkdtempSync(path.join(tmpdir(), 'papers-'));
const command = path.join(import.meta.dirname, '../../../cli/src/dokodemo.ts');
after(() => rmSync(folder, { recursive: true, force: true }));

async function issue(card: string): Promise<string> {
  const file = path.join(folder, `${card}.pdf`);
  const child = spawn(process.execPath, [command, 'issue', '--card', card, '--kind', 'seal', '--out', file], {
    env: { ...process.env, DOKODEMO_DEMO_DIR: town.folder.root },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const status = await new Promise((resolve) => child.once('close', resolve));
  assert.equal(status, 0, said);
  return file;
}

/** Front and back as a scanner gives them. */
function scanned(pdf: string, kind: 'png' | 'jpeg' | 'tiff'): readonly [string, string] {
  const stem = path.join(folder, `${path.basename(pdf, '.pdf')}-${kind}`);
  const done = spawnSync('pdftoppm', ['-r', '300', '-gray', `-${kind}`, pdf, stem], { encoding: 'utf8' });
  assert.equal(done.status, 0, done.stderr);
  const ending = { png: 'png', jpeg: 'jpg', tiff: 'tif' }[kind];
  return [`${stem}-1.${ending}`, `${stem}-2.${ending}`];
}

/** Somebody writes a figure more onto the front, and makes a picture of that. */
async function changed(front: string): Promise<string> {
  const page = await browser.newPage();
  const png = readFileSync(front).toString('base64');
  const after = await page.evaluate(async (before) => {
    const image = new Image();
    image.src = `data:image/png;base64,${before}`;
    await image.decode();
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [image.width, image.height];
    const context = canvas.getContext('2d');
    context?.drawImage(image, 0, 0);
    if (context !== null) context.font = 'bold 64px sans-serif';
    context?.fillText('9', image.width * 0.5, image.height * 0.25);
    context?.fillText('十', image.width * 0.3, image.height * 0.42);
    return canvas.toDataURL('image/png').split(',')[1] ?? '';
  }, png);
  await page.close();
  const file = front.replace(/\.png$/, '-changed.png');
  writeFileSync(file, Buffer.from(after, 'base64'));
  return file;
}

const answer = (page: Page, name: string) => page.locator(`.answer[data-name="${name}"]`).getAttribute('data-answer');

/** `keeps`: with the worker that keeps the page for times without a network; it fetches everything at once. */
async function openPortal(
  language = 'ja',
  viewport = { width: 1280, height: 900 },
  keeps: 'keeps' | 'forgets' = 'forgets',
): Promise<Page> {
  const context = await browser.newContext({
    viewport,
    locale: 'ja-JP',
    reducedMotion: 'reduce',
    serviceWorkers: keeps === 'keeps' ? 'allow' : 'block',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  await page.goto(`${town.portalUrl}/?lang=${language}`);
  return page;
}

async function give(page: Page, ...files: readonly string[]): Promise<void> {
  await page.locator('button.primary:enabled').first().waitFor();
  await page.locator('.files-way input[type=file]').setInputFiles([...files]);
  await page.locator('.after').waitFor();
}

async function nothingBarsTheWay(page: Page, what: string): Promise<void> {
  // As the browser's own debugger puts it in: the page's policy lets no stranger's script run.
  const found = await page.evaluate(`(async () => {
    const module = undefined; const define = undefined;
    ${axe}
    const said = await globalThis.axe.run(document);
    return said.violations.map(({ id, nodes }) => id + ': ' + nodes[0].html);
  })()`);
  assert.deepEqual(found, [], what);
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  assert.ok(overflow <= 0, `${what}: ${overflow} px wider than the screen`);
}

const languages = ['ja', 'ja-easy', 'en', 'zh-Hans', 'zh-Hant', 'ko', 'pt', 'vi'] as const;
const picturesIn = process.env.PICTURES_OF_THE_PORTAL;
async function picture(page: Page, name: string): Promise<void> {
  if (picturesIn !== undefined) await page.screenshot({ path: path.join(picturesIn, `${name}.png`), fullPage: true });
}

describe('papers of the town at the portal', () => {
  let taro = '';
  let hanako = '';
  before(async () => {
    taro = await issue('taro');
    hanako = await issue('hanako');
  });

  test('the start says what to do, in every language, on a desk and on a small phone', async () => {
    const small = await openPortal('ja', { width: 320, height: 700 });
    await small.locator('button.primary:enabled').waitFor();
    for (const language of languages) {
      await small.getByRole('combobox').selectOption(language);
      await nothingBarsTheWay(small, `start in ${language}`);
      await picture(small, `start-${language}-320`);
    }
    await small.context().close();
    const page = await openPortal();
    await page.locator('button.primary:enabled').waitFor();
    await nothingBarsTheWay(page, 'start on a desk');
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
    await nothingBarsTheWay(page, 'a result');
    await picture(page, 'result-ja');
    await page.setViewportSize({ width: 390, height: 844 });
    await nothingBarsTheWay(page, 'a result on a phone');
    await picture(page, 'result-ja-390');
    await page.context().close();
  });

  for (const kind of ['png', 'jpeg', 'tiff'] as const) {
    test(`scans as ${kind}`, async () => {
      const page = await openPortal('en');
      await give(page, ...scanned(taro, kind));
      assert.equal(await answer(page, 'integrity'), 'holds');
      assert.equal(await answer(page, 'issuer'), 'holds');
      await picture(page, `result-en-${kind}`);
      await page.context().close();
    });
  }

  test('the front of one person with the back of another is false, and said so', async () => {
    const page = await openPortal();
    const [front] = scanned(hanako, 'png');
    const [, back] = scanned(taro, 'png');
    await give(page, front, back);
    assert.equal(await answer(page, 'integrity'), 'false');
    assert.equal(await page.locator('.summary').getAttribute('data-tone'), 'false');
    await nothingBarsTheWay(page, 'mixed up');
    await picture(page, 'mixed-ja');
    await page.context().close();
  });

  test('a figure that was written onto the front is framed, listed, and reached by the arrow keys', async () => {
    const page = await openPortal();
    const [front, back] = scanned(taro, 'png');
    await give(page, await changed(front), back);
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
    await page.setViewportSize({ width: 320, height: 700 });
    for (const language of languages) {
      await page.getByRole('combobox').selectOption(language);
      await nothingBarsTheWay(page, `a result in ${language}, on a small phone`);
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
    await page.getByText('PDF・PNG・JPEG・TIFF ではありません。').waitFor();
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
    const page = await openPortal('en', { width: 1280, height: 900 }, 'keeps');
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

  test('a mistyped code is told at once, before anything is asked', async () => {
    const page = await openPortal();
    await page.getByRole('textbox', { name: '照合コード' }).fill('abcd efgh jkmn pqrs');
    await page.getByText('1文字ちがっているか').waitFor();
    assert.equal(await page.getByRole('textbox', { name: '照合コード' }).inputValue(), 'ABCD-EFGH-JKMN-PQRS');
    await page.context().close();
  });
});
