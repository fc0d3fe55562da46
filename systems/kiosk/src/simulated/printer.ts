/**
 * A printer without hardware. It moves one sheet at a time, by the clock; stands still while a condition lasts; and says
 * of a sheet only what it can know: paper that was moving when the power went, or when it was told to stop, is unknown.
 */
import { type Clock, isoJapan } from '@dokodemo/domain';
import type { Printer, PrinterCondition, SheetJob, SheetOutcome } from '../ports.ts';

export type TraySheet = {
  readonly sheetId: string;
  readonly name: string;
  /** ISO 8601. */
  readonly at: string;
  readonly pdf: Uint8Array;
};

type Job = {
  readonly name: string;
  readonly sheet: Uint8Array;
  readonly onCondition: (conditions: readonly PrinterCondition[]) => void;
  readonly end: (outcome: SheetOutcome) => void;
  /** `moved`: paper has left its place, whatever became of it. */
  moved: boolean;
  stopMotor: (() => void) | undefined;
};

export type SimulatedPrinter = Printer & {
  setCondition(condition: PrinterCondition, on: boolean): void;
  tray(): readonly TraySheet[];
  /** A hand takes everything from the tray. */
  takePaper(): readonly TraySheet[];
  onChange(listener: () => void): () => void;
  /** The power goes. `paperComesOut`: what a sheet in motion does; the printer will not know. */
  powerCut(paperComesOut: boolean): void;
  /** Names of the jobs whose sheet has come out since the power came, whoever heard of it. */
  printedJobs(): readonly string[];
};

export type SimulatedPrinterOptions = {
  readonly clock: Clock;
  readonly name?: string;
  /** From the first movement to the tray. */
  readonly sheetMs?: number;
};

const trayHolds = 500;

export function simulatedPrinter({
  clock,
  name = 'simulated',
  sheetMs = 3_000,
}: SimulatedPrinterOptions): SimulatedPrinter {
  const standing = new Set<PrinterCondition>();
  const listeners = new Set<() => void>();
  const ended = new Map<string, SheetOutcome>();
  let tray: TraySheet[] = [];
  let sheets = 0;
  let job: Job | undefined;

  const changed = () => {
    for (const listener of [...listeners]) listener();
  };
  const conditions = (): PrinterCondition[] => [...standing];
  /** No paper stops the next sheet, not the one that is moving; a lost line stops nothing. */
  const stopsMotor = () => conditions().some((it) => it !== 'media-empty' && it !== 'offline');

  function finish(outcome: SheetOutcome): void {
    const done = job;
    job = undefined;
    done?.stopMotor?.();
    if (done === undefined) return;
    // What the printer knows of its own paper it goes on knowing, also when it was told to stop meanwhile.
    if (!ended.has(done.name)) ended.set(done.name, outcome);
    changed();
    done.end(outcome);
  }

  function comeOut(done: Job): void {
    const sheetId = `s${++sheets}`;
    // A copy: the paper stays as it is when the kiosk wipes its memory.
    tray = [...tray, { sheetId, name: done.name, at: isoJapan(clock.now()), pdf: Uint8Array.from(done.sheet) }].slice(
      -trayHolds,
    );
  }

  function start(): void {
    const now = job;
    if (now === undefined || now.stopMotor !== undefined || standing.size > 0) return;
    now.moved = true;
    now.stopMotor = clock.setTimer(sheetMs, () => {
      comeOut(now);
      if (standing.has('offline')) {
        // The paper is out, and nobody can be told until the line is back.
        now.stopMotor = () => undefined;
        ended.set(now.name, { outcome: 'printed' });
        changed();
      } else finish({ outcome: 'printed' });
    });
    changed();
  }

  function stopped(by: PrinterCondition, detail: string): SheetOutcome {
    return { outcome: job?.moved === true ? 'unknown' : 'not-printed', condition: by, detail };
  }

  return {
    name,
    conditions: async () => conditions(),

    print(order: SheetJob, onCondition, abandon) {
      if (job !== undefined) return Promise.reject(new Error('one sheet at a time'));
      if (abandon.aborted) {
        return Promise.resolve({ outcome: 'not-printed', condition: 'other', detail: 'given up before it began' });
      }
      return new Promise<SheetOutcome>((end) => {
        const own: Job = { name: order.name, sheet: order.sheet, onCondition, end, moved: false, stopMotor: undefined };
        job = own;
        ended.delete(order.name);
        abandon.addEventListener('abort', () => {
          if (job === own) finish(stopped(conditions()[0] ?? 'other', 'given up'));
        });
        if (standing.size > 0) onCondition(conditions());
        else start();
      });
    },

    async recall(jobName) {
      if (job?.name === jobName) {
        if (!job.moved) finish({ outcome: 'not-printed', condition: 'other', detail: 'cancelled' });
        else finish(stopped(conditions()[0] ?? 'other', 'cancelled with paper moving'));
      }
      return ended.get(jobName) ?? { outcome: 'unknown', condition: 'other', detail: 'no such job is remembered' };
    },

    setCondition(condition, on) {
      if (standing.has(condition) === on) return;
      if (on) standing.add(condition);
      else standing.delete(condition);
      if (job !== undefined) {
        if (stopsMotor() && job.stopMotor !== undefined && !ended.has(job.name)) {
          // The sheet is stuck; once it is pulled out and the printer is ready, it begins this sheet anew.
          job.stopMotor();
          job.stopMotor = undefined;
        }
        job.onCondition(conditions());
        const out = ended.get(job.name);
        if (!on && condition === 'offline' && out !== undefined) finish(out);
        else start();
      }
      changed();
    },

    tray: () => tray,
    takePaper() {
      const taken = tray;
      tray = [];
      changed();
      return taken;
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    powerCut(paperComesOut) {
      const lost = job;
      job = undefined;
      lost?.stopMotor?.();
      if (lost?.stopMotor !== undefined && !ended.has(lost.name) && paperComesOut) comeOut(lost);
      ended.clear();
      changed();
    },
    printedJobs: () => [...ended].filter(([, { outcome }]) => outcome === 'printed').map(([jobName]) => jobName),
  };
}
