/** What came out of the printer and lies there until a hand takes it, also through a restart; and every sheet as a PDF
 *  in a folder, for a person to open. Of a bench, with papers marked 見本: a real kiosk keeps nothing. */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Entropy } from '@dokodemo/domain';
import type { Printer } from '../ports.ts';
import { fileStateStore } from '../simulated/index.ts';

export type LyingSheet = { readonly sheetId: string; readonly name: string; readonly at: string };

export type PaperTray = {
  sheets(): readonly LyingSheet[];
  /** `at`: ISO 8601. */
  put(sheet: { readonly name: string; readonly at: string; readonly pdf: Uint8Array }): void;
  pdf(sheetId: string): Uint8Array | undefined;
  /** One sheet, or all. False: there is no such sheet. */
  take(sheetId?: string): boolean;
};

const mostLying = 500;
const mostKept = 1_000;
const sheetFile = /^[0-9]{8}-[0-9]{9}-[0-9a-f]{6}\.pdf$/;

export function openPaperTray(options: {
  readonly stateFile: string;
  readonly folder: string;
  readonly entropy: Entropy;
}): PaperTray {
  const { folder, entropy } = options;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  mkdirSync(path.dirname(path.resolve(options.stateFile)), { recursive: true, mode: 0o700 });
  const store = fileStateStore(options.stateFile);
  let lying = JSON.parse(store.read() ?? '[]') as readonly LyingSheet[];

  function keep(sheets: readonly LyingSheet[]): void {
    lying = sheets.slice(-mostLying);
    store.write(JSON.stringify(lying));
  }

  return {
    sheets: () => lying,
    put({ name, at, pdf }) {
      const moment = at.slice(0, 23).replace(/[-:.]/g, '').replace('T', '-');
      const sheetId = `${moment}-${Buffer.from(entropy.bytes(3)).toString('hex')}`;
      const file = path.join(folder, `${sheetId}.pdf`);
      writeFileSync(`${file}.new`, pdf, { mode: 0o600, flush: true });
      renameSync(`${file}.new`, file);
      keep([...lying, { sheetId, name, at }]);
      forgetOldest(folder);
    },
    pdf(sheetId) {
      // Only what lies in the tray: an id of somebody else's making never becomes a path.
      if (!lying.some((sheet) => sheet.sheetId === sheetId)) return undefined;
      return readIfThere(path.join(folder, `${sheetId}.pdf`));
    },
    take(sheetId) {
      const left = sheetId === undefined ? [] : lying.filter((sheet) => sheet.sheetId !== sheetId);
      if (sheetId !== undefined && left.length === lying.length) return false;
      keep(left);
      return true;
    },
  };
}

/** A person may have moved or deleted the file meanwhile. */
function readIfThere(file: string): Uint8Array | undefined {
  try {
    return readFileSync(file);
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Names begin with their moment: the first ones are the oldest. */
function forgetOldest(folder: string): void {
  const kept = readdirSync(folder)
    .filter((name) => sheetFile.test(name))
    .sort();
  for (const name of kept.slice(0, Math.max(0, kept.length - mostKept))) rmSync(path.join(folder, name));
}

/** A printer elsewhere, whose sheets are shown on the bench as well. */
export function copyingInto(tray: PaperTray, printer: Printer, now: () => string): Printer {
  const { recall } = printer;
  return {
    name: printer.name,
    conditions: () => printer.conditions(),
    async print(job, onCondition, abandon) {
      // The kiosk wipes its own bytes when the job has ended.
      const pdf = Uint8Array.from(job.sheet);
      const outcome = await printer.print(job, onCondition, abandon);
      if (outcome.outcome === 'printed') tray.put({ name: job.name, at: now(), pdf });
      return outcome;
    },
    ...(recall === undefined ? {} : { recall: (jobName) => recall.call(printer, jobName) }),
  };
}
