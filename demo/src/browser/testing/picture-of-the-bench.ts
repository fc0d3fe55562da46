/**
 * The README's picture, made anew: a real town, 見本 太郎's card, and the choice of certificates on the bench.
 *
 *   node demo/src/browser/testing/picture-of-the-bench.ts [file]
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FrameLocator } from 'playwright-core';
import { openTown } from '../../town.ts';
import { kioskHands } from './kiosk-hands.ts';
import { openBrowser } from './open-browser.ts';
import { quickly } from './town-in-a-browser.ts';

const file = path.resolve(process.argv[2] ?? path.join(import.meta.dirname, '../../../../docs/images/kiosk.png'));
/** As `npm run build` makes it. */
const benchPage = path.join(import.meta.dirname, '../../../dist/bench-page');
const root = mkdtempSync(path.join(tmpdir(), 'picture-town-'));

async function goToTheChoice(panel: FrameLocator, kioskUrl: string): Promise<void> {
  const hands = kioskHands(kioskUrl);
  const press = (words: string | RegExp) => panel.getByRole('button', { name: words }).first().click();
  const see = (words: string) => panel.getByText(words).filter({ visible: true }).first().waitFor();
  await press('はじめる');
  await press('同意してはじめる');
  await see('カードを置いてください');
  await hands.act({ act: 'put-card', cardId: 'taro' });
  await see('暗証番号を入れてください');
  for (const digit of '1234') await press(new RegExp(`^${digit}$`));
  await press('確定');
  await see('カードをお取りください');
  await hands.act({ act: 'take-card' });
  await see('証明書を選んでください');
}

const [town, browser] = await Promise.all([
  openTown({ residents: 60, basePort: 'free', adjust: quickly, benchPage, root }),
  openBrowser(),
]);
try {
  const page = await browser.newPage({ viewport: { width: 1400, height: 875 }, reducedMotion: 'reduce' });
  await page.goto(town.benchUrl);
  await goToTheChoice(page.frameLocator('iframe'), town.kioskUrl);
  await page.evaluate(() => document.fonts.ready);
  mkdirSync(path.dirname(file), { recursive: true });
  await page.screenshot({ path: file });
  console.log(file);
} finally {
  await browser.close();
  await town.stop();
  rmSync(root, { recursive: true, force: true });
}
