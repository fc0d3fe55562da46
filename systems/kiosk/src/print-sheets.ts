/**
 * Paper, sheet by sheet, each by the printer's own word. A sheet goes to the printer only with the digest that the issuer
 * has signed for it, looked at again in this very moment.
 */
import { pause, type RefusalCode } from '@dokodemo/domain';
import { type Fact, sha256Hex } from '@dokodemo/protocol';
import type { PaperSheets } from './outgoing.ts';
import type { PrinterCondition, SheetOutcome } from './ports.ts';
import { jobName, known, type SettlementParts, sheetPrinted } from './settlement.ts';
import { within } from './within.ts';

export type PrintingView = {
  readonly sessionId: string;
  readonly applicationId: string;
  readonly sheets: PaperSheets;
  /** Draws: sheets out so far, and what the printer is waiting for. */
  readonly draw: (printed: number, trouble: PrinterCondition | undefined) => void;
  /** Aborted by staff, or when the kiosk is to stop: the printer is not waited for any longer. */
  readonly givenUp: AbortSignal;
};

/** 'all-out', or why not; `unknown`: the printer cannot say what became of the sheet it had. */
export type Printed =
  | { readonly end: 'all-out' }
  | { readonly end: 'stopped'; readonly code: RefusalCode; readonly unknown: boolean };

const sameSheetTries = 3;
const troublesReported = 20;

export async function printSheets(parts: SettlementParts, view: PrintingView): Promise<Printed> {
  const { journal, note } = parts;
  const { applicationId, sessionId, sheets } = view;
  const { sheetDigests } = known(journal, applicationId);
  const troubles = troubleTeller(parts, view);
  view.draw(0, undefined);
  for (const [i, sheet] of sheets.entries()) {
    let tries = 0;
    for (;;) {
      if (sha256Hex(sheet) !== sheetDigests[i]) {
        note({ what: 'mismatch', sessionId, detail: `sheet ${i + 1} has changed since it was opened` });
        return { end: 'stopped', code: 'MISMATCH_STOP', unknown: false };
      }
      await journal.beginSheet(applicationId, i + 1);
      const { outcome, givenUp } = await printOne(parts, view, i, sheet, troubles.hear);
      if (outcome.outcome === 'printed') break;
      note({ what: 'sheet-lost', sessionId, detail: `${i + 1}: ${outcome.outcome} ${outcome.condition}` });
      if (outcome.outcome === 'unknown') return { end: 'stopped', code: 'PRINTER_UNAVAILABLE', unknown: true };
      await journal.sheetNotPrinted(applicationId, i + 1);
      // Nothing came out, by the printer's word: only then may the same sheet be printed once more.
      if (givenUp || ++tries >= sameSheetTries || !(await readyAgain(parts, view, i, troubles.hear))) {
        return { end: 'stopped', code: 'PRINTER_UNAVAILABLE', unknown: false };
      }
    }
    await sheetPrinted(parts, applicationId, i + 1);
    view.draw(i + 1, undefined);
  }
  await troubles.written();
  return { end: 'all-out' };
}

/** One job, until the printer ends it. It is given up when it stands still, or says nothing, for too long. */
async function printOne(
  { printer, clock, settings, note, journal }: SettlementParts,
  view: PrintingView,
  index: number,
  sheet: Uint8Array,
  hear: (conditions: readonly PrinterCondition[]) => void,
): Promise<{ readonly outcome: SheetOutcome; readonly givenUp: boolean }> {
  const abandon = new AbortController();
  let cancelLast: () => void = () => undefined;
  const silent = new Promise<SheetOutcome>((resolve) => {
    abandon.signal.addEventListener('abort', () => {
      cancelLast = clock.setTimer(settings.giveUpMs, () =>
        resolve({ outcome: 'unknown', condition: 'other', detail: 'no word after it was given up' }),
      );
    });
  });
  const giveUp = () => abandon.abort();
  view.givenUp.addEventListener('abort', giveUp);
  if (view.givenUp.aborted) giveUp();
  let waiting = false;
  let cancelPatience = clock.setTimer(settings.sheetSilentMs, giveUp);
  const onCondition = (conditions: readonly PrinterCondition[]) => {
    const waits = conditions.length > 0;
    // Another trouble on top of the first does not begin the waiting anew.
    if (waits !== waiting) {
      cancelPatience();
      cancelPatience = clock.setTimer(waits ? settings.printerPatienceMs : settings.sheetSilentMs, giveUp);
    }
    waiting = waits;
    view.draw(index, conditions[0]);
    hear(conditions);
  };
  const job = { name: jobName(known(journal, view.applicationId), index + 1), sheet };
  try {
    const outcome = await Promise.race([printer.print(job, onCondition, abandon.signal), silent]);
    return { outcome, givenUp: abandon.signal.aborted };
  } catch (error) {
    // A port that throws has said nothing about the paper.
    note({ what: 'device-refused', sessionId: view.sessionId, detail: `print: ${String(error)}` });
    return { outcome: { outcome: 'unknown', condition: 'other', detail: String(error) }, givenUp: true };
  } finally {
    cancelPatience();
    cancelLast();
    view.givenUp.removeEventListener('abort', giveUp);
  }
}

/** Waits, as long as there is patience, until the printer has nothing to complain of. */
async function readyAgain(
  { printer, clock, settings, note }: SettlementParts,
  view: PrintingView,
  index: number,
  hear: (conditions: readonly PrinterCondition[]) => void,
): Promise<boolean> {
  const until = clock.now() + settings.printerPatienceMs;
  while (!view.givenUp.aborted && clock.now() < until) {
    try {
      const conditions = await within(clock, settings.deviceSilentMs, printer.conditions());
      if (conditions.length === 0) return true;
      view.draw(index, conditions[0]);
      hear(conditions);
    } catch (error) {
      note({ what: 'device-refused', sessionId: view.sessionId, detail: `conditions: ${String(error)}` });
    }
    await pause(clock, settings.lookAgainMs);
  }
  return false;
}

type Trouble = Extract<Fact, { kind: 'printer-trouble' }>['condition'];
const reported: Readonly<Record<PrinterCondition, Trouble>> = {
  jam: 'jam',
  'media-empty': 'media-empty',
  offline: 'offline',
  'door-open': 'other',
  stopped: 'other',
  other: 'other',
};

/** Writes each new trouble down, beside the printing: what it is about is not waited for. */
function troubleTeller({ journal, note }: SettlementParts, { sessionId }: PrintingView) {
  let last: Trouble | undefined;
  let told = 0;
  let written: Promise<void> = Promise.resolve();
  return {
    hear(conditions: readonly PrinterCondition[]): void {
      const condition = conditions[0] === undefined ? undefined : reported[conditions[0]];
      if (condition !== undefined && condition !== last && told++ < troublesReported) {
        written = written
          .then(() => journal.fact(sessionId, { kind: 'printer-trouble', condition }))
          .catch((error: unknown) => note({ what: 'journal', sessionId, detail: String(error) }));
      }
      last = condition;
    },
    written: () => written,
  };
}
