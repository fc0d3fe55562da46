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
  /** Gives this page a state as a new screen, through its own stream, and waits until it is drawn and at rest. */
  show(page: Page, state: PanelState): Promise<void>;
  /** Waits until everything that a key has set off is drawn. */
  rest(page: Page): Promise<void>;
  /** Whoever was there has gone, with all that was switched on; the page is as at first. */
  leave(page: Page): Promise<void>;
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

/** The page's stream stays the real one; it is only remembered, so that a state can be given to this page alone. */
function rememberStream(): void {
  const Real = globalThis.EventSource;
  globalThis.EventSource = class extends Real {
    constructor(url: string | URL) {
      super(url);
      Object.assign(globalThis, { panelStream: this });
    }
  };
}

/** What was to be done comes before a task of no importance: waiting for tasks is exact, and faster than for frames. */
type Scheduler = { postTask(task: () => void, options: { priority: 'background' }): Promise<void> };

/** Inside the page. */
function rest(): Promise<void> {
  const { scheduler } = globalThis as unknown as { scheduler: Scheduler };
  return scheduler.postTask(() => undefined, { priority: 'background' });
}

/** Inside the page. */
async function draw(state: PanelState): Promise<void> {
  const { panelStream, scheduler } = globalThis as unknown as { panelStream: EventTarget; scheduler: Scheduler };
  const nothingElseToDo = () => scheduler.postTask(() => undefined, { priority: 'background' });
  const isDrawn = () =>
    document.querySelector<HTMLElement>('.panel')?.dataset.revision === String(state.revision) &&
    document.documentElement.dataset.language === state.language;
  panelStream.dispatchEvent(new MessageEvent('message', { data: JSON.stringify(state) }));
  for (let turn = 0; turn < 1_000 && !isDrawn(); turn++) await nothingElseToDo();
  if (!isDrawn()) throw new Error(`not drawn: revision ${state.revision}`);
  await nothingElseToDo();
  // Fonts are asked for by what is laid out; lists are paged anew when they have come.
  document.body.getBoundingClientRect();
  await document.fonts.ready;
  await nothingElseToDo();
}

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

  async function show(page: Page, state: PanelState): Promise<void> {
    revision += 1;
    await page.evaluate(draw, { ...state, revision });
  }

  return {
    agent,
    async open(glass) {
      const page = await browser.newPage({ viewport: glass, reducedMotion: 'reduce' });
      page.on('pageerror', (error) => {
        throw error;
      });
      await page.addInitScript(rememberStream);
      await page.goto(agent.url);
      await page.waitForSelector('.panel');
      return page;
    },
    show,
    rest: (page) => page.evaluate(rest),
    async leave(page) {
      await show(page, stories['notice-terms']);
      await show(page, stories.welcome);
    },
    async close() {
      await browser.close();
      await agent.close();
      await rm(built, { recursive: true });
    },
  };
}
