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
import { captions, chooseVoice } from './testing/what-is-heard.ts';

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

// What is switched on ends with a session, and some stories end one: each story is prepared anew.
/** 文字を大きく and 白黒反転. */
const largeAndContrast: Prepare = (page) =>
  page.evaluate(() => {
    for (const key of [...document.querySelectorAll<HTMLElement>('.tools .key')].slice(0, 2)) {
      if (key.getAttribute('aria-pressed') === 'false') key.click();
    }
  });

/** 音声, and the first digit of a keypad. */
async function hearAndNumber(page: Page, which: 1 | 2): Promise<void> {
  if ((await captions(page)) === null) await chooseVoice(page, which);
  const wanted = '[data-number], [data-screen="enter-pin"]';
  const numbered = await page.evaluate((it) => document.querySelector(it) !== null, wanted);
  if (!numbered) await page.keyboard.press('5');
  await panel.rest(page);
}

const captionsAndNumbers: Prepare = (page) => hearAndNumber(page, 1);

/** In headphones the captions are the longest. */
const everything: Prepare = async (page) => {
  await largeAndContrast(page);
  await hearAndNumber(page, 2);
};

async function measureAll(
  glass: string,
  languages: readonly TextLanguage[],
  prepare: Prepare,
): Promise<readonly string[]> {
  const page = pageOf(glass);
  await panel.leave(page);
  const complaints: string[] = [];
  for (const language of languages) {
    for (const name of names) complaints.push(...(await measure(page, name, language, prepare)));
  }
  return complaints;
}

/** What a resident has switched on, as the page itself says. */
function switchedOn(glass: string): Promise<DOMStringMap> {
  return pageOf(glass).evaluate(() => ({ ...document.documentElement.dataset }));
}

const longest: readonly TextLanguage[] = ['ja', 'pt', 'vi'];

for (const glass of Object.keys(glasses)) {
  // The middle glass has more room than the small one in both directions, and the same arrangement.
  const languages: readonly TextLanguage[] = glass === middle ? ['ja', 'pt'] : textLanguages;

  test(`every screen fits in every language: ${glass}`, { skip }, async () => {
    assert.deepEqual(await measureAll(glass, languages, asItIs), []);
  });

  test(`every screen fits with larger text, white on black, captions and a keypad's numbers at once: ${glass}`, {
    skip,
  }, async () => {
    assert.deepEqual(await measureAll(glass, languages, everything), []);
    const { text, theme, captions } = await switchedOn(glass);
    assert.deepEqual({ text, theme, captions }, { text: 'large', theme: 'contrast', captions: 'on' });
  });

  // Only a wide glass has an arrangement of its own for both at once; elsewhere the test above asks for more.
  if (glass !== small) continue;

  test(`every screen fits with captions and a keypad's numbers: ${glass}`, { skip }, async () => {
    assert.deepEqual(await measureAll(glass, longest, captionsAndNumbers), []);
    const { text, captions } = await switchedOn(glass);
    assert.deepEqual({ text, captions }, { text: 'plain', captions: 'on' });
  });

  test(`every screen fits with larger text and in white on black: ${glass}`, { skip }, async () => {
    assert.deepEqual(await measureAll(glass, longest, largeAndContrast), []);
    const { text, captions } = await switchedOn(glass);
    assert.deepEqual({ text, captions }, { text: 'large', captions: 'off' });
  });
}

/** Nothing is fetched again for the rules about media, of which there are none. */
const brief: RunOptions = { resultTypes: ['violations'], preload: false, selectors: false };
const seen = ['color-contrast', 'target-size'];
/** WCAG 2.0 to 2.2, A and AA; a story where axe is wrong would be named here. */
const toBeRead: RunOptions = {
  ...brief,
  runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] },
  rules: Object.fromEntries(seen.map((rule) => [rule, { enabled: false }])),
};
/** Colours are the same in every language, and sizes are measured in all of them, more strictly. */
const toBeSeen: RunOptions = { ...brief, runOnly: { type: 'rule', values: seen } };

async function axeOn(
  name: StoryName,
  language: TextLanguage,
  options: RunOptions,
  prepare: Prepare,
): Promise<readonly string[]> {
  const page = pageOf(small);
  await panel.show(page, { ...stories[name], language });
  await prepare(page);
  // What passes is long, and stays in the page.
  const violations = await page.evaluate(async (asked) => {
    const { axe } = globalThis as unknown as { axe: { run(o: RunOptions): Promise<AxeResults> } };
    const found = (await axe.run(asked)).violations;
    return found.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
  }, options);
  return violations.map((it) => `${name}, ${language}: ${it}`);
}

test('axe finds nothing on any screen, in any language, nor in either pair of colours', { skip }, async () => {
  const page = pageOf(small);
  await page.evaluate(await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
  await panel.leave(page);
  const found: string[] = [];
  for (const language of textLanguages) {
    for (const name of names) found.push(...(await axeOn(name, language, toBeRead, asItIs)));
  }
  for (const prepare of [asItIs, largeAndContrast]) {
    for (const name of names) found.push(...(await axeOn(name, 'ja', toBeSeen, prepare)));
  }
  assert.deepEqual(found, []);
});
