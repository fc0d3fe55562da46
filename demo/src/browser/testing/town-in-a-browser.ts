/** A small town of its own for a file of browser tests, with one browser; both are put away when the tests are done. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after } from 'node:test';
import type { Browser } from 'playwright-core';
import { type Adjust, openTown, type Town, type TownOptions } from '../../town.ts';
import { type AtKiosk, standAt } from './finger.ts';
import { openBrowser } from './open-browser.ts';

type Size = { readonly width: number; readonly height: number };

export type BrowserTown = {
  readonly town: Town;
  readonly browser: Browser;
  /** The next resident, in front of the bench's kiosk: whoever was there before has left it. */
  newResident(size?: Size): Promise<AtKiosk>;
  /** What works in this town’s folder is put away before the town is. */
  alsoClose(close: () => Promise<void>): void;
};

/** A printer that is quick, as far as a person can wait for it, papers without a coded back (those are made by the
 *  commands' tests, and take longer than everything else of an issuance), and no question whether it shall be a file. */
export const quickly: Adjust = {
  issuer: (config) => ({
    ...config,
    municipalities: config.municipalities.map((municipality) => ({ ...withoutFiles(municipality), proof: false })),
  }),
  kiosk: (config) => ({
    ...config,
    devices: { ...config.devices, printer: withSheetMs(config.devices.printer, 400) },
  }),
};

type MunicipalityConfig = Parameters<NonNullable<Adjust['issuer']>>[0]['municipalities'][number];

function withoutFiles(municipality: MunicipalityConfig): MunicipalityConfig {
  const { electronicCopies } = municipality;
  return electronicCopies === undefined
    ? municipality
    : { ...municipality, electronicCopies: { ...electronicCopies, terminals: [] } };
}

function withSheetMs<Printer extends { readonly kind: string }>(printer: Printer, sheetMs: number): Printer {
  return printer.kind === 'simulated' ? { ...printer, sheetMs } : printer;
}

export async function townInABrowser(options: TownOptions = {}): Promise<BrowserTown> {
  const root = mkdtempSync(path.join(tmpdir(), 'browser-town-'));
  const [town, browser] = await Promise.all([
    openTown({ residents: 60, basePort: 'free', adjust: quickly, ...options, root }),
    openBrowser(),
  ]);
  const closing: (() => Promise<void>)[] = [];
  after(async () => {
    await browser.close();
    for (const close of closing) await close();
    await town.stop();
    rmSync(root, { recursive: true, force: true });
  });
  return {
    town,
    browser,
    newResident: (size) => nextResident(browser, town.kioskUrl, size),
    alsoClose: (close) => void closing.push(close),
  };
}

export async function nextResident(browser: Browser, kioskUrl: string, size?: Size): Promise<AtKiosk> {
  const at = await standAt(browser, kioskUrl, size);
  const farewell = at.page.locator('[data-screen="end"]').getByRole('button', { name: '閉じる' });
  await Promise.race([at.see('証明書を発行します'), farewell.click({ timeout: 30_000 })]);
  await at.see('証明書を発行します');
  return at;
}

/** What stands on the sheets that lie in the tray, sheet by sheet. */
export async function readTray({ hands }: AtKiosk): Promise<readonly string[]> {
  const { printer } = await hands.state();
  return Promise.all(printer.tray.map(async ({ sheetId }) => textOf(await hands.sheet(sheetId))));
}

export function textOf(pdf: Uint8Array): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'sheet-'));
  try {
    const file = path.join(folder, 'sheet.pdf');
    writeFileSync(file, pdf);
    const read = spawnSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });
    assert.equal(read.status, 0, read.stderr);
    return read.stdout;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
