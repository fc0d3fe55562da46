/** What is not Japanese has no Japanese in it, but for what a municipality or a store calls itself. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type TextLanguage, textLanguages, texts } from '@dokodemo/domain';
import { languageNames } from '@dokodemo/web-ui/languages';
import { type StoryName, stories } from './stories/stories.ts';
import { findChromium, openPanelInBrowser, type PanelInBrowser } from './testing/panel-in-browser.ts';

const chromium = findChromium();
const skip = chromium === undefined ? 'no Chromium on this machine' : false;
let panel: PanelInBrowser;

before(async () => {
  if (chromium !== undefined) panel = await openPanelInBrowser(chromium);
});
after(() => panel?.close());

const kana = /[\p{Script=Hiragana}\p{Script=Katakana}]/u;
const kanaOrKanji = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u;

function foreign(language: TextLanguage): RegExp | undefined {
  if (language === 'ja' || language === 'ja-easy') return undefined;
  return language.startsWith('zh') ? kana : kanaOrKanji;
}

/** Every plain label of a story, however deep. */
function plainIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, held]) =>
    name === 'plain' && typeof held === 'string' ? [held] : plainIn(held),
  );
}

/** The printed name on the paper is Japanese in every language, and may be told beside its meaning. */
function withoutQuoted(text: string): string {
  return text.replace(/[(（「『“"][^)）」』”"]*[)）」』”"]/gu, '');
}

test('no text of the catalogue is in Japanese where another language was chosen', () => {
  const found = Object.entries(texts).flatMap(([id, text]) =>
    textLanguages.flatMap((language) => {
      const pattern = foreign(language);
      const words = withoutQuoted(text[language]);
      return pattern?.test(words) ? [`${id}, ${language}: ${text[language]}`] : [];
    }),
  );
  assert.deepEqual(found, []);
});

test('no text lacks a word that its Japanese fills in', () => {
  // A year may be told by its era, by its number, or by both.
  const places = (text: string) => [...new Set(text.replaceAll('{era}', '{year}').match(/\{[a-zA-Z]+\}/g))].sort();
  for (const [id, text] of Object.entries(texts)) {
    for (const language of textLanguages)
      assert.deepEqual(places(text[language]), places(text.ja), `${id}, ${language}`);
  }
});

test('nothing untranslated, no id and no empty place stands on any screen', { skip }, async () => {
  const page = await panel.open({ width: 1024, height: 768 });
  const found: string[] = [];
  for (const name of Object.keys(stories) as StoryName[]) {
    const story = stories[name];
    const proper = [...plainIn(story), story.terminal.store, ...Object.values(languageNames)].sort(
      (a, b) => b.length - a.length,
    );
    for (const language of textLanguages) {
      await panel.show(page, { ...story, language });
      const shown = await page.evaluate(() => [
        document.title,
        ...[...document.body.querySelectorAll('*')].flatMap((it) =>
          [...it.childNodes].flatMap((node) => (node.nodeType === Node.TEXT_NODE ? [node.textContent ?? ''] : [])),
        ),
        ...[...document.querySelectorAll('[aria-label]')].map((it) => it.getAttribute('aria-label') ?? ''),
      ]);
      for (const line of shown.flatMap((text) => text.split('\n'))) {
        const rest = withoutQuoted(proper.reduce((text, own) => text.replaceAll(own, ''), line));
        const bare = /\{[a-zA-Z]+\}|\b(kiosk|center|refusal|kind)\.[a-z-]+/.test(line);
        if (bare || foreign(language)?.test(rest)) found.push(`${name}, ${language}: ${line}`);
      }
    }
  }
  assert.deepEqual([...new Set(found)], []);
  await page.close();
});
