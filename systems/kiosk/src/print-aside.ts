/**
 * A sheet that is nobody's certificate, for whoever sets up the kiosk: out of its own printer, while the agent does not
 * run. It holds the journal's lock meanwhile, so that no resident's paper can come between; and it prints nothing while
 * the journal has paper or money that is not settled, because what the printer still remembers of that sheet would be
 * pushed out of its memory. The journal is read and not written.
 */
import { type Clock, systemClock, systemEntropy } from '@dokodemo/domain';
import { openPaperTray } from './bench/paper-tray.ts';
import type { KioskConfig } from './config/config.ts';
import { checkConfig } from './config/read-config.ts';
import { openAppendOnlyFile } from './disk/append-only-file.ts';
import { readFrames } from './journal-frames.ts';
import { type Entry, emptyState, foldEntry, type JournalState, unsettled } from './journal-state.ts';
import type { AppendOnlyFile, PrinterCondition, SheetOutcome } from './ports.ts';
import { openPrinter, trayPlaces } from './printing/open-printer.ts';
import { usualSettings } from './settings.ts';
import { NoWord, within } from './within.ts';

export type PrintedAside =
  | SheetOutcome
  /** Nothing was sent to the printer. */
  | { readonly outcome: 'refused'; readonly why: 'journal-unsettled' | 'journal-damaged' }
  | {
      readonly outcome: 'refused';
      readonly why: 'printer-not-ready';
      readonly conditions: readonly PrinterCondition[];
    };

export type AsideOptions = {
  /** Shown in the printer's own list. */
  readonly name: string;
  readonly clock?: Clock;
  /** What the printer waits for, and an empty list when it goes on. */
  readonly onCondition?: (conditions: readonly PrinterCondition[]) => void;
};

/** Throws ConfigError, FileLockedError (the agent runs), UnfitPrinterError. */
export async function printAside(given: unknown, sheet: Uint8Array, options: AsideOptions): Promise<PrintedAside> {
  const config = checkConfig(given);
  const journal = await openAppendOnlyFile(config.journalFile);
  try {
    const state = await stateOf(journal);
    if (state === undefined) return { outcome: 'refused', why: 'journal-damaged' };
    if (state.openSession !== undefined || unsettled(state).length > 0)
      return { outcome: 'refused', why: 'journal-unsettled' };
    return await print(config, sheet, options);
  } finally {
    await journal.close();
  }
}

/** Undefined: not sound. A torn last entry is the agent's to cut off, and says that something was under way: nothing is
 *  printed. */
async function stateOf(journal: AppendOnlyFile): Promise<JournalState | undefined> {
  const bytes = await journal.read();
  const { texts, wholeBytes, damaged } = readFrames(bytes);
  if (damaged || wholeBytes < bytes.length) return undefined;
  try {
    return texts.reduce((state, text) => foldEntry(state, JSON.parse(text) as Entry), emptyState);
  } catch {
    return undefined;
  }
}

async function print(
  config: KioskConfig,
  sheet: Uint8Array,
  { name, clock = systemClock, onCondition = () => undefined }: AsideOptions,
): Promise<PrintedAside> {
  const { deviceSilentMs, printerPatienceMs, giveUpMs } = usualSettings;
  const tray = openPaperTray({ ...trayPlaces(config), entropy: systemEntropy });
  const { printer, simulated } = await openPrinter(config.devices.printer, tray);
  const conditions = await within(clock, deviceSilentMs, printer.conditions());
  if (conditions.length > 0) return { outcome: 'refused', why: 'printer-not-ready', conditions };
  const abandon = new AbortController();
  const cancel = clock.setTimer(printerPatienceMs, () => abandon.abort());
  try {
    const printed = printer.print({ name, sheet }, onCondition, abandon.signal);
    const outcome = await within(clock, printerPatienceMs + giveUpMs, printed);
    for (const paper of simulated?.takePaper() ?? []) tray.put(paper);
    return outcome;
  } catch (error) {
    if (!(error instanceof NoWord)) throw error;
    return { outcome: 'unknown', condition: 'other', detail: error.message };
  } finally {
    cancel();
  }
}
