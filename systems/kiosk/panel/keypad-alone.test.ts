/** Who cannot touch the glass comes through a whole session with the digits, Enter, Clear and Cancel of a keypad. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import type { PanelTouch } from '../src/panel-contract.ts';
import { type StoryName, stories } from './stories/stories.ts';
import { findChromium, openPanelInBrowser, type PanelInBrowser } from './testing/panel-in-browser.ts';

const chromium = findChromium();
const skip = chromium === undefined ? 'no Chromium on this machine' : false;
let panel: PanelInBrowser;

before(async () => {
  if (chromium !== undefined) panel = await openPanelInBrowser(chromium);
});
after(() => panel?.close());

/** Presses, and waits for the next touch that the agent hears. */
async function press(page: Page, ...keys: readonly string[]): Promise<PanelTouch | undefined> {
  const before = panel.agent.touches.length;
  const posted = page.waitForResponse((response) => response.url().endsWith('/panel/touch'));
  for (const key of keys) await page.keyboard.press(key);
  await posted;
  return panel.agent.touches[before]?.touch;
}

async function focused(page: Page): Promise<string | undefined> {
  return page.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset.number);
}

type Walk = readonly (readonly [StoryName, readonly string[], PanelTouch])[];

const walk: Walk = [
  ['welcome', ['1', '1', 'Enter'], { kind: 'start', language: 'ja' }],
  ['notice-terms', ['1', 'Enter'], { kind: 'agree' }],
  ['choose-municipality', ['4', 'Enter'], { kind: 'chosen', questionId: '@municipality', optionIds: ['m3'] }],
  ['enter-pin', ['7'], { kind: 'pin-key', key: '7' }],
  ['enter-pin-last', ['Backspace'], { kind: 'pin-key', key: 'erase' }],
  ['enter-pin-second', ['Backspace'], { kind: 'back' }],
  ['enter-pin-last', ['Enter'], { kind: 'pin-key', key: 'enter' }],
  ['choose-kind', ['1', 'Enter'], { kind: 'chosen', questionId: '@kind', optionIds: ['residence'] }],
  ['choose-scope', ['3', 'Enter'], { kind: 'chosen', questionId: 'scope', optionIds: ['holder'] }],
  // 見本 さくら out, 見本 大翔 in, 次へ.
  [
    'choose-members',
    ['3', 'Enter', '4', 'Enter', '6', 'Enter'],
    { kind: 'chosen', questionId: 'members', optionIds: ['m1', 'm4'] },
  ],
  ['copies', ['2', 'Enter', 'Enter', '3', 'Enter'], { kind: 'copies', copies: 3 }],
  ['confirm', ['2', 'Enter'], { kind: 'change', questionId: 'scope' }],
  ['pay', ['Escape'], { kind: 'stop' }],
  ['take', ['1', 'Enter'], { kind: 'taken' }],
  ['another', ['2', 'Enter'], { kind: 'finish' }],
  ['idle', ['1', 'Enter'], { kind: 'still-here' }],
];

test('a whole session by keypad alone', { skip }, async () => {
  const page = await panel.open({ width: 1024, height: 768 });
  for (const [name, keys, wanted] of walk) {
    await panel.show(page, { ...stories[name], revision: 1 });
    // After a first screen that ended a session, the first key shows the numbers.
    const numbered = await page.evaluate(() => document.querySelector('[data-number]') !== null);
    const pinOrWelcome = name === 'welcome' || name.startsWith('enter-pin');
    if (!numbered && !pinOrWelcome) await page.keyboard.press('0');
    assert.deepEqual(await press(page, ...keys), wanted, name);
  }
  await page.close();
});

test('on every screen every key has a number of its own, and the number leads to it', { skip }, async () => {
  const page = await panel.open({ width: 1024, height: 768 });
  for (const name of Object.keys(stories) as StoryName[]) {
    if (name.startsWith('enter-pin')) continue;
    await panel.show(page, stories[name]);
    if ((await page.locator('[data-number]').count()) === 0) await page.keyboard.press('5');
    const keys = await page.evaluate(() => {
      const within = document.querySelector('dialog[open]') ?? document;
      return [...within.querySelectorAll('button')].map(({ dataset, disabled }) => ({
        number: dataset.number,
        disabled,
      }));
    });
    assert.equal(new Set(keys.map(({ number }) => number)).size, keys.length, name);
    for (const { number, disabled } of keys) {
      assert.ok(number, `${name}: a key without a number`);
      await page.keyboard.press('Backspace');
      for (const digit of number) await page.keyboard.press(digit);
      assert.equal(await focused(page), disabled ? undefined : number, `${name}: ${number}`);
    }
  }
  await page.close();
});

test('a closed certificate is not pressed, and neither is what was pointed at before it', { skip }, async () => {
  const page = await panel.open({ width: 1024, height: 768 });
  await panel.show(page, stories['choose-kind']);
  const before = panel.agent.touches.length;
  for (const key of ['0', '1', '4', 'Enter']) await page.keyboard.press(key);
  assert.deepEqual(await press(page, 'Escape'), { kind: 'stop' });
  assert.equal(panel.agent.touches.length, before + 1);
  await page.close();
});

test('the language changes by keypad on a screen in larger text', { skip }, async () => {
  const page = await panel.open({ width: 1024, height: 768 });
  await panel.show(page, stories['choose-scope']);
  for (const key of ['0', '9', '1', 'Enter']) await page.keyboard.press(key);
  assert.equal(await page.evaluate(() => document.documentElement.dataset.text), 'large');
  for (const key of ['9', '4', 'Enter']) await page.keyboard.press(key);
  assert.deepEqual(await press(page, '8', 'Enter'), { kind: 'language', language: 'vi' });
  await page.close();
});
