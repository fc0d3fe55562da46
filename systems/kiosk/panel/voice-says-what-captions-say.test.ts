/** 音声: what is heard is what can be read; names only in headphones; a PIN never. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { textLanguages } from '@dokodemo/domain';
import type { Page } from 'playwright-core';
import { type StoryName, stories } from './stories/stories.ts';
import { findChromium, openPanelInBrowser, type PanelInBrowser } from './testing/panel-in-browser.ts';
import { captions, chooseVoice, heard, listen, speaking } from './testing/what-is-heard.ts';

const names = Object.keys(stories) as StoryName[];
const chromium = findChromium();
const skip = chromium === undefined ? 'no Chromium on this machine' : false;
let panel: PanelInBrowser;

before(async () => {
  if (chromium !== undefined) panel = await openPanelInBrowser(chromium);
});
after(() => panel?.close());

async function openListening(which: 1 | 2): Promise<Page> {
  const page = await panel.open({ width: 1024, height: 768 });
  await listen(page);
  await chooseVoice(page, which);
  return page;
}

test('on every screen in every language what is said last is what the captions show', { skip }, async () => {
  const page = await openListening(1);
  for (const language of textLanguages) {
    for (const name of names) {
      // A session that has ended takes its voice with it.
      if ((await captions(page)) === null) await chooseVoice(page, 1);
      await panel.show(page, { ...stories[name], language });
      if ((await captions(page)) === null) await chooseVoice(page, 1);
      const shown = await captions(page);
      assert.ok(shown, `${name}, ${language}: nothing to read`);
      assert.equal(await speaking(page), shown, `${name}, ${language}`);
    }
  }
  await page.close();
});

const personal = ['見本 太郎', '見本 さくら'];

test('through the loudspeaker no name is heard, not even when it is pointed at; in headphones it is', {
  skip,
}, async () => {
  for (const [which, wanted] of [
    [1, false],
    [2, true],
  ] as const) {
    const page = await openListening(which);
    for (const name of ['choose-members', 'confirm'] as const) {
      await panel.show(page, stories[name]);
      for (const digit of ['1', '1', '2', '3']) await page.keyboard.press(digit);
    }
    const said = (await heard(page)).join(' ');
    assert.match(said, /2番/);
    for (const name of personal) assert.equal(said.includes(name), wanted, `${name}: ${said}`);
    await page.close();
  }
});

test('no digit of a PIN is heard, and none is pointed at', { skip }, async () => {
  const page = await openListening(2);
  await panel.show(page, { ...stories['enter-pin'], pinDigits: 0 });
  const before = await heard(page);
  for (const digit of ['7', '3', '9', '1']) await page.keyboard.press(digit);
  for (const count of [1, 2, 3, 4]) await panel.show(page, { ...stories['enter-pin'], pinDigits: count });
  const after = await heard(page);
  assert.deepEqual([...new Set(after)], [...new Set(before)]);
  assert.equal(await page.locator('[data-number]').count(), 0);
  await page.close();
});

test('the next screen interrupts, and 音声なし falls silent', { skip }, async () => {
  const page = await openListening(1);
  await panel.show(page, stories['notice-terms']);
  const first = await speaking(page);
  await panel.show(page, stories['present-card']);
  assert.notEqual(await speaking(page), first);
  await chooseVoice(page, 3);
  assert.equal(await speaking(page), undefined);
  assert.equal(await captions(page), null);
  await page.close();
});
