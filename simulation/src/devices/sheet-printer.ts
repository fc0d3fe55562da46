/**
 * A printer that says of each sheet what it knows, never more, and whose tray is the truth. It jams, runs empty, is
 * opened and goes off line; it goes on without the agent, and forgets what a power cut makes it forget.
 */
import { createHash } from 'node:crypto';
import type { Printer, PrinterCondition, SheetJob, SheetOutcome } from '@dokodemo/kiosk';
import type { SheetInTray } from '../witness.ts';
import type { Power } from './power.ts';

type Job = {
  readonly name: string;
  readonly digest: string;
  readonly givenAt: number;
  readonly onCondition: (conditions: readonly PrinterCondition[]) => void;
  phase: 'waiting' | 'moving' | 'crumpled' | 'ended';
  end: (outcome: SheetOutcome) => void;
};

/** A job whose end the printer still knows, by its name. */
const remembered = 40;

export class SheetPrinter {
  readonly terminalId: string;
  readonly #power: Power;
  readonly #out: (sheet: SheetInTray) => void;
  /** Called when a sheet begins to move: the moment at which a power cut hurts most. */
  readonly #moves: () => void;
  readonly #conditions = new Set<PrinterCondition>();
  readonly #ended = new Map<string, SheetOutcome>();
  #job: Job | undefined;
  #tray: SheetInTray[] = [];

  constructor(terminalId: string, power: Power, out: (sheet: SheetInTray) => void, moves: () => void) {
    this.terminalId = terminalId;
    this.#power = power;
    this.#out = out;
    this.#moves = moves;
  }

  get tray(): readonly SheetInTray[] {
    return this.#tray;
  }

  get conditions(): readonly PrinterCondition[] {
    return [...this.#conditions];
  }

  /** Somebody takes what lies in the tray. */
  emptyTray(): readonly SheetInTray[] {
    const taken = this.#tray;
    this.#tray = [];
    return taken;
  }

  set(condition: PrinterCondition, on: boolean): void {
    if (on === this.#conditions.has(condition)) return;
    if (on) this.#conditions.add(condition);
    else this.#conditions.delete(condition);
    const job = this.#job;
    if (job === undefined || !this.#power.on) return;
    if (on && job.phase === 'moving') {
      this.#disturbed(job, condition);
      return;
    }
    job.onCondition(this.conditions);
    if (this.#conditions.size === 0) this.#goOn(job);
  }

  /** A sheet on its way to the tray meets a condition. */
  #disturbed(job: Job, condition: PrinterCondition): void {
    if (condition === 'jam') {
      job.phase = 'crumpled';
      job.onCondition(this.conditions);
      return;
    }
    if (condition === 'offline') {
      // Nobody hears of it any more; the paper comes out all the same, or it does not.
      this.#finish(job, { outcome: 'unknown', condition, detail: 'the line went while paper moved' }, 0.5);
    }
    // An open door or an empty cassette waits for the next sheet.
  }

  #goOn(job: Job): void {
    if (job.phase === 'crumpled' && this.#power.chance.happens(0.6)) job.phase = 'waiting';
    if (job.phase === 'crumpled') {
      this.#finish(job, { outcome: 'unknown', condition: 'jam', detail: 'ended by the printer after a jam' }, 0);
    }
    if (job.phase !== 'waiting') return;
    job.phase = 'moving';
    this.#moves();
    this.#power.after(1_500, 5_000, () => {
      if (this.#job === job && job.phase === 'moving') this.#finish(job, { outcome: 'printed' }, 1);
    });
  }

  /** `comesOut`: how likely the sheet lies in the tray afterwards. */
  #finish(job: Job, outcome: SheetOutcome, comesOut: number): void {
    if (job.phase === 'ended') return;
    job.phase = 'ended';
    this.#job = undefined;
    if (this.#power.chance.happens(comesOut)) this.#drop(job);
    this.#ended.set(job.name, outcome);
    const [oldest] = this.#ended.keys();
    if (this.#ended.size > remembered && oldest !== undefined) this.#ended.delete(oldest);
    job.end(outcome);
  }

  #drop({ digest, givenAt }: Job): void {
    const sheet = { at: this.#power.now(), givenAt, terminalId: this.terminalId, digest };
    this.#tray = [...this.#tray, sheet];
    this.#out(sheet);
  }

  #cancel(job: Job): void {
    if (job.phase === 'waiting') {
      const condition = this.conditions[0] ?? 'other';
      this.#finish(job, { outcome: 'not-printed', condition, detail: 'cancelled before paper moved' }, 0);
    } else {
      const comesOut = job.phase === 'moving' ? 0.4 : 0;
      this.#finish(job, { outcome: 'unknown', condition: 'other', detail: 'cancelled with paper moving' }, comesOut);
    }
  }

  cutPower(): void {
    const job = this.#job;
    if (job !== undefined) {
      // Some printers push a sheet out when the power returns; here it is as if it had just made it.
      if (job.phase === 'moving' && this.#power.chance.happens(0.4)) this.#drop(job);
      job.phase = 'ended';
      this.#job = undefined;
    }
    if (this.#power.chance.happens(0.7)) this.#ended.clear();
  }

  async #take(job: SheetJob, onCondition: Job['onCondition'], abandon: AbortSignal): Promise<SheetOutcome> {
    const digest = createHash('sha256').update(job.sheet).digest('hex');
    const givenAt = this.#power.now();
    await this.#power.pause(30, 600);
    const refused = (condition: PrinterCondition, detail: string): SheetOutcome => {
      const outcome = { outcome: 'not-printed', condition, detail } as const;
      this.#ended.set(job.name, outcome);
      return outcome;
    };
    if (this.#conditions.has('offline')) return refused('offline', 'the printer does not answer');
    if (this.#job !== undefined) return refused('other', 'another job is under way');
    if (abandon.aborted) return refused('other', 'cancelled before it began');
    return new Promise((resolve) => {
      const entry: Job = { name: job.name, digest, givenAt, onCondition, phase: 'waiting', end: resolve };
      this.#job = entry;
      abandon.addEventListener('abort', () => {
        if (this.#job === entry && this.#power.on) this.#cancel(entry);
      });
      if (this.#conditions.size === 0) this.#goOn(entry);
      else onCondition(this.conditions);
    });
  }

  /** The printer as an agent drives it. */
  get port(): Printer {
    return {
      name: `${this.terminalId} printer`,
      conditions: async () => {
        await this.#power.pause(5, 80);
        return this.conditions;
      },
      print: (job, onCondition, abandon) => this.#take(job, onCondition, abandon),
      recall: async (name) => {
        await this.#power.pause(20, 300);
        if (this.#conditions.has('offline')) throw new Error('simulated: the printer does not answer');
        if (this.#job?.name === name) this.#cancel(this.#job);
        const known = this.#ended.get(name);
        return known ?? { outcome: 'unknown', condition: 'other', detail: 'the printer has forgotten this job' };
      },
    };
  }
}
