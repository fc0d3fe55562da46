/** Every screen on every glass, in every language, measured in a real browser: nothing is cut, keys are for fingers,
 *  characters for old eyes, and a reader of screens finds its way. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { type TextLanguage, textLanguages } from '@dokodemo/domain';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';
import { type StoryName, stories } from './stories/stories.ts';
import { type Complaint, inspectGlass } from './testing/inspect-glass.ts';
import { findChromium, openPanelInBrowser, type PanelInBrowser } from './testing/panel-in-browser.ts';

const small = '1024 × 768, 15 inches';
const middle = '1280 × 1024, 17 inches';
const tall = '1080 × 1920, 21.5 inches';
const glasses = {
  [small]: { width: 1024, height: 768 },
  [middle]: { width: 1280, height: 1024 },
  [tall]: { width: 1080, height: 1920 },
};
const names = Object.keys(stories) as StoryName[];

const chromium = findChromium();
const skip = chromium === undefined ? 'no Chromium on this machine' : false;
let panel: PanelInBrowser;
const pages = new Map<string, Page>();

before(async () => {
  if (chromium === undefined) return;
  panel = await openPanelInBrowser(chromium);
  for (const [name, glass] of Object.entries(glasses)) pages.set(name, await panel.open(glass));
});
after(() => panel?.close());

function pageOf(glass: string): Page {
  const page = pages.get(glass);
  assert.ok(page !== undefined);
  return page;
}

type Prepare = (page: Page) => Promise<void>;

async function measure(
  page: Page,
  name: StoryName,
  language: TextLanguage,
  prepare: Prepare,
): Promise<readonly string[]> {
  await panel.show(page, { ...stories[name], language });
  await prepare(page);
  const complaints: Complaint[] = await page.evaluate(inspectGlass);
  return complaints.map(({ rule, where, found }) => `${name}, ${language}: ${rule}: ${where}: ${found}`);
}

const asItIs: Prepare = () => Promise.resolve();

/** 文字を大きく and 白黒反転; they end with a session, and some stories end one. */
const largeAndContrast: Prepare = (page) =>
  page.evaluate(() => {
    for (const key of [...document.querySelectorAll<HTMLElement>('.tools .key')].slice(0, 2)) {
      if (key.getAttribute('aria-pressed') === 'false') key.click();
    }
  });

/** 音声 through the loudspeaker, and the first digit of a keypad. */
const captionsAndNumbers: Prepare = async (page) => {
  await page.evaluate(() => {
    if (document.querySelector('.captions') !== null) return;
    document.querySelector<HTMLElement>('.tools .key:nth-child(3)')?.click();
  });
  const speaker = page.locator('.voice-dialog .hearing-keys .key').first();
  if (await speaker.isVisible()) await speaker.click();
  const numbered = () => page.evaluate(() => document.querySelector('[data-number]') !== null);
  const isPin = await page.evaluate(() => document.querySelector('[data-screen="enter-pin"]') !== null);
  if (!isPin && !(await numbered())) await page.keyboard.press('5');
};

async function measureAll(
  page: Page,
  languages: readonly TextLanguage[],
  prepare = asItIs,
): Promise<readonly string[]> {
  const complaints: string[] = [];
  for (const language of languages) {
    for (const name of names) complaints.push(...(await measure(page, name, language, prepare)));
  }
  return complaints;
}

/** The middle glass has more room than the small one in both directions, and the same arrangement: the longest language
 *  is enough there. */
const languagesOn: Readonly<Record<string, readonly TextLanguage[]>> = { [middle]: ['ja', 'pt'] };

for (const glass of Object.keys(glasses)) {
  test(`every screen fits in every language: ${glass}`, { skip }, async () => {
    assert.deepEqual(await measureAll(pageOf(glass), languagesOn[glass] ?? textLanguages), []);
  });

  if (glass === middle) continue;

  test(`every screen fits with captions and a keypad's numbers: ${glass}`, { skip }, async () => {
    const page = pageOf(glass);
    const complaints = await measureAll(page, ['ja', 'pt', 'vi'], captionsAndNumbers);
    assert.ok(await page.evaluate(() => document.querySelector('.captions') !== null));
    assert.deepEqual(complaints, []);
    await panel.show(page, stories.welcome);
  });

  test(`every screen fits with larger text and in white on black: ${glass}`, { skip }, async () => {
    const page = pageOf(glass);
    const complaints = await measureAll(page, ['ja', 'pt', 'vi'], largeAndContrast);
    assert.equal(await page.evaluate(() => document.documentElement.dataset.text), 'large');
    assert.deepEqual(complaints, []);
    await panel.show(page, stories.welcome);
  });
}

/** WCAG 2.0 to 2.2, A and AA; a story where axe is wrong would be named here. */
const rules: RunOptions = {
  runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] },
  resultTypes: ['violations'],
};
/** Colours are the same in every language. */
const rulesOfWords: RunOptions = { ...rules, rules: { 'color-contrast': { enabled: false } } };

async function axeOn(
  page: Page,
  name: StoryName,
  language: TextLanguage,
  options: RunOptions,
  prepare = asItIs,
): Promise<readonly string[]> {
  await panel.show(page, { ...stories[name], language });
  await prepare(page);
  const results = await page.evaluate(
    (asked) => (globalThis as unknown as { axe: { run(o: RunOptions): Promise<AxeResults> } }).axe.run(asked),
    options,
  );
  return results.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${name}, ${language}: ${id}: ${html}`));
}

test('axe finds nothing on any screen, in any language, nor with larger text in white on black', { skip }, async () => {
  const page = pageOf(small);
  await page.evaluate(await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
  const found: string[] = [];
  for (const name of names) {
    found.push(...(await axeOn(page, name, 'ja', rules)));
    found.push(...(await axeOn(page, name, 'ja', rules, largeAndContrast)));
    for (const language of textLanguages.filter((it) => it !== 'ja')) {
      found.push(...(await axeOn(page, name, language, rulesOfWords)));
    }
    await panel.show(page, stories.welcome);
    await page.evaluate(() => {
      for (const key of document.querySelectorAll<HTMLElement>('.tools [aria-pressed="true"]')) key.click();
    });
  }
  assert.deepEqual(found, []);
});
