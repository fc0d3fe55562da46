/** A finger on a kiosk's screen, and eyes that read it. It knows words, as a person does, and nothing of the program. */
import type { Browser, Page, Request } from 'playwright-core';
import { type KioskHands, kioskHands } from './kiosk-hands.ts';

export type AtKiosk = {
  readonly page: Page;
  readonly hands: KioskHands;
  /** Waits until the screen says this. */
  see(words: string | RegExp): Promise<void>;
  /** Presses the key with these words. */
  press(words: string | RegExp): Promise<void>;
  words(): Promise<string>;
  close(): Promise<void>;
};

export const sizes = [
  { width: 1024, height: 768 },
  { width: 1280, height: 1024 },
  { width: 1080, height: 1920 },
] as const;

const patienceMs = 20_000;

export async function standAt(
  browser: Browser,
  kioskUrl: string,
  size: { width: number; height: number } = sizes[0],
): Promise<AtKiosk> {
  const page = await browser.newPage({ viewport: size });
  await page.goto(kioskUrl);
  const touches = touchesUnderWay(page);
  const read = async () => (await page.locator('body').textContent())?.trim() ?? '';
  const see = async (words: string | RegExp) => {
    try {
      await page.getByText(words).filter({ visible: true }).first().waitFor({ timeout: patienceMs });
    } catch (cause) {
      throw new Error(`waited for “${words}”, and the screen says: ${await read()}`, { cause });
    }
  };
  return {
    page,
    hands: kioskHands(kioskUrl),
    see,
    press: (words) => page.getByRole('button', { name: words }).first().click({ timeout: patienceMs }),
    words: read,
    // Who leaves has touched: a touch that is still on its way to the agent would be cut off with the page.
    async close() {
      await page.evaluate(() => undefined);
      for (let i = 0; i < 200 && touches.size > 0; i++) await page.waitForTimeout(25);
      await page.close();
    },
  };
}

function touchesUnderWay(page: Page): ReadonlySet<Request> {
  const underWay = new Set<Request>();
  page.on('request', (request) => {
    if (request.method() === 'POST') underWay.add(request);
  });
  // An answer whose body nobody reads is never called finished.
  page.on('response', (response) => void underWay.delete(response.request()));
  page.on('requestfailed', (request) => void underWay.delete(request));
  return underWay;
}

/** From the first screen to 暗証番号. */
export async function putCardDown(at: AtKiosk, cardId: string): Promise<void> {
  await at.press('はじめる');
  await at.press('同意してはじめる');
  await at.see('カードを置いてください');
  await at.hands.act({ act: 'put-card', cardId });
  await at.see('暗証番号を入れてください');
}

export async function enterPin(at: AtKiosk, pin: string): Promise<void> {
  for (const digit of pin) await at.press(new RegExp(`^${digit}$`));
  await at.press('確定');
}

/** From the first screen to the choice of certificates. */
export async function identify(at: AtKiosk, cardId: string, pin = '1234'): Promise<void> {
  await putCardDown(at, cardId);
  await enterPin(at, pin);
  await at.see('カードをお取りください');
  await at.hands.act({ act: 'take-card' });
  await at.see('証明書を選んでください');
}

/** From the choice of certificates to 内容の確認: the whole household, nothing further shown. */
export async function chooseResidence(
  at: AtKiosk,
  {
    kind = '住民票の写し',
    scope = '世帯全員',
    copies = 1,
  }: { kind?: string; scope?: string | null; copies?: number } = {},
): Promise<void> {
  await at.press(new RegExp(`^${kind}`));
  if (scope !== null) await at.press(new RegExp(`^${scope}`));
  await at.press('選ばずに次へ');
  await at.see('何部 必要ですか');
  for (let i = 1; i < copies; i++) await at.press('1部 増やす');
  await at.press('次へ');
  await at.see('内容を確認してください');
}

/** From 内容の確認 to お支払い. */
export async function confirm(at: AtKiosk): Promise<void> {
  await at.press('発行する');
  await at.see('入れた金額');
}
