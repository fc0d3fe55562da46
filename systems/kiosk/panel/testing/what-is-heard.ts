/** What the panel has its machine say, in the order in which it says it: the browser's voice is replaced by an ear. */
import type { Page } from 'playwright-core';

type Ear = { readonly heard: string[]; speaking: string | undefined };

export async function listen(page: Page): Promise<void> {
  await page.evaluate(() => {
    const ear: Ear = { heard: [], speaking: undefined };
    Object.assign(globalThis, { ear });
    Object.defineProperty(window, 'speechSynthesis', {
      configurable: true,
      value: {
        getVoices: () => [],
        cancel: () => {
          ear.speaking = undefined;
        },
        speak: ({ text }: SpeechSynthesisUtterance) => {
          ear.heard.push(text);
          ear.speaking = text;
        },
      },
    });
  });
}

function earOf(page: Page): Promise<Ear> {
  return page.evaluate(() => (globalThis as unknown as { ear: Ear }).ear);
}

/** The sentence that nothing has interrupted yet. */
export async function speaking(page: Page): Promise<string | undefined> {
  return (await earOf(page)).speaking;
}

export async function heard(page: Page): Promise<readonly string[]> {
  return (await earOf(page)).heard;
}

export function captions(page: Page): Promise<string | null> {
  return page.evaluate(() => document.querySelector('.captions')?.textContent ?? null);
}

/** Which voice: 1 loudspeaker, 2 headphones, 3 none. */
export async function chooseVoice(page: Page, which: 1 | 2 | 3): Promise<void> {
  await page.evaluate(async (index) => {
    document.querySelector<HTMLElement>('.tools .key:nth-child(3)')?.click();
    await Promise.resolve();
    document.querySelectorAll<HTMLElement>('.hearing-keys .key')[index]?.click();
  }, which - 1);
}
