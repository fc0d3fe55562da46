/** The portal's page in a browser, as a visitor and a tester see it. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** `holds`, `false` or `unproven`. */
export const answer = (page: Page, name: string) =>
  page.locator(`.answer[data-name="${name}"]`).getAttribute('data-answer');

export type Visit = {
  readonly language?: string;
  readonly size?: { readonly width: number; readonly height: number };
  /** With the worker that keeps the page for times without a network; it fetches everything at once. */
  readonly keeps?: boolean;
};

export async function visitPortal(
  browser: Browser,
  url: string,
  { language = 'ja', size = { width: 1280, height: 900 }, keeps = false }: Visit = {},
): Promise<Page> {
  const context = await browser.newContext({
    viewport: size,
    locale: 'ja-JP',
    reducedMotion: 'reduce',
    serviceWorkers: keeps ? 'allow' : 'block',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(120_000);
  await page.goto(`${url}/?lang=${language}`);
  return page;
}

export async function give(page: Page, ...files: readonly string[]): Promise<void> {
  await page.locator('button.primary:enabled').first().waitFor();
  await page.locator('.files-way input[type=file]').setInputFiles([...files]);
  await page.locator('.after').waitFor();
}

export async function nothingBarsTheWay(page: Page, what: string): Promise<void> {
  // As the browser's own debugger puts it in: the page's policy lets no stranger's script run.
  const found = await page.evaluate(`(async () => {
    const module = undefined; const define = undefined;
    ${axe}
    const said = await globalThis.axe.run(document);
    return said.violations.map(({ id, nodes }) => id + ': ' + nodes[0].html);
  })()`);
  assert.deepEqual(found, [], what);
  await fits(page, what);
}

export async function fits(page: Page, what: string): Promise<void> {
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  assert.ok(overflow <= 0, `${what}: ${overflow} px wider than the screen`);
}

/** Text twice as large: nothing is wider than the screen, and no words are cut off. */
export async function largeTextFits(page: Page, what: string): Promise<void> {
  const wrong = await page.evaluate(() => {
    document.documentElement.style.fontSize = '200%';
    const wider = document.documentElement.scrollWidth - document.documentElement.clientWidth;
    const cut = [
      ...document.querySelectorAll<HTMLElement>('body *:not(.unseen, .pane, .pane *, .sweep, .sight, .sight *)'),
    ]
      .filter((it) => ['hidden', 'clip'].includes(getComputedStyle(it).overflowX))
      .filter((it) => it.scrollWidth > it.clientWidth + 1 || it.scrollHeight > it.clientHeight + 1)
      .map((it) => it.outerHTML.slice(0, 120));
    return wider > 0 ? [`${wider} px wider than the screen`, ...cut] : cut;
  });
  assert.deepEqual(wrong, [], `${what}, text at 200 %`);
  await picture(page, `large-text-${what.replaceAll(' ', '-')}`);
  await page.evaluate(() => {
    document.documentElement.style.fontSize = '';
  });
}

export const languages = ['ja', 'ja-easy', 'en', 'zh-Hans', 'zh-Hant', 'ko', 'pt', 'vi'] as const;
export const picturesIn = process.env.PICTURES_OF_THE_PORTAL;
export async function picture(page: Page, name: string): Promise<void> {
  if (picturesIn !== undefined) await page.screenshot({ path: path.join(picturesIn, `${name}.png`), fullPage: true });
}
