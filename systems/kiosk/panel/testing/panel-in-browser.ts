/** The panel as it is built for a kiosk, in a real browser, before a tiny agent. */
import { accessSync, constants } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { build } from 'vite';
import type { PanelState } from '../../src/panel-contract.ts';
import { stories } from '../stories/stories.ts';
import { type FixtureAgent, openFixtureAgent } from './fixture-agent.ts';

export type PanelInBrowser = {
  readonly agent: FixtureAgent;
  open(glass: { readonly width: number; readonly height: number }): Promise<Page>;
  /** Sends a state as a new screen and waits until it is drawn. */
  show(page: Page, state: PanelState): Promise<void>;
  close(): Promise<void>;
};

export function findChromium(): string | undefined {
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  return folders
    .flatMap((folder) => ['chromium', 'chromium-browser', 'google-chrome'].map((name) => path.join(folder, name)))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

const quietly = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

export async function openPanelInBrowser(executablePath: string): Promise<PanelInBrowser> {
  const built = await mkdtemp(path.join(tmpdir(), 'dokodemo-panel-'));
  await build({
    configFile: path.join(import.meta.dirname, '../vite.config.ts'),
    logLevel: 'error',
    build: { outDir: built, emptyOutDir: true },
  });
  const agent = await openFixtureAgent(built, stories.welcome);
  const browser: Browser = await chromium.launch({ executablePath, args: quietly });
  let revision = 1;

  return {
    agent,
    async open(glass) {
      const page = await browser.newPage({ viewport: glass, reducedMotion: 'reduce' });
      page.on('pageerror', (error) => {
        throw error;
      });
      await page.goto(agent.url);
      await page.waitForSelector('.panel');
      return page;
    },
    async show(page, state) {
      revision += 1;
      const { language } = state;
      agent.show({ ...state, revision });
      await page.waitForFunction(
        ([wanted, spoken]) => {
          const panel = document.querySelector<HTMLElement>('.panel');
          const drawn = panel?.dataset.revision === wanted && document.documentElement.dataset.language === spoken;
          return drawn && document.fonts.status === 'loaded';
        },
        [String(revision), language],
        { polling: 'raf' },
      );
    },
    async close() {
      await browser.close();
      await agent.close();
      await rm(built, { recursive: true });
    },
  };
}
