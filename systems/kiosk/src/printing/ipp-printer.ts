/**
 * Any IPP printer: one sheet, one job, followed to its end by the printer's own word. What the printer has not said is
 * unknown, and what it cannot have heard has not happened; nothing is taken for granted because time has passed.
 */
import { type Clock, pause } from '@dokodemo/domain';
import type { Printer, PrinterCondition, SheetJob, SheetOutcome } from '../ports.ts';
import { conditionAttributes, conditionsOf } from './ipp-conditions.ts';
import { type Group, type IppAnswer, type IppExchange, ippExchange, numberOf, textsOf } from './ipp-exchange.ts';
import { type Fitness, fitnessAttributes, fitnessOf } from './ipp-fitness.ts';

export type IppBounds = {
  readonly pollMs: number;
  /** One question and its answer. */
  readonly timeoutMs: number;
  /** How long a printer may be busy with somebody else's job before the sheet is given up. */
  readonly busyMs: number;
  /** How long a printer may be silent about a job that it has taken, until what became of it is unknown. */
  readonly silentMs: number;
  /** How long a job may take to end after it was cancelled. */
  readonly cancelMs: number;
};

export const usualIppBounds: IppBounds = Object.freeze({
  pollMs: 300,
  timeoutMs: 10_000,
  busyMs: 60_000,
  silentMs: 60_000,
  cancelMs: 60_000,
});

export type IppPrinterOptions = {
  readonly url: string;
  /** PEM; see `IppAddress`. */
  readonly authority?: string;
  readonly clock: Clock;
  readonly bounds?: Partial<IppBounds>;
};

export class UnfitPrinterError extends Error {
  constructor(name: string, faults: readonly string[]) {
    super(`The printer at ${name} cannot print certificates: ${faults.join('; ')}.`);
    this.name = 'UnfitPrinterError';
  }
}

/**
 * Asks the printer what it can do. Throws UnfitPrinterError when it cannot print certificates. One that does not answer
 * (in the morning a printer may wake later than its kiosk) is offline until it does, and is asked then.
 */
export async function openIppPrinter(options: IppPrinterOptions): Promise<Printer> {
  const { url, clock, authority } = options;
  const bounds = { ...usualIppBounds, ...options.bounds };
  const { timeoutMs } = bounds;
  const ask = ippExchange({ url, clock, timeoutMs, ...(authority === undefined ? {} : { authority }) });
  const printer = new IppPrinter(ask, clock, bounds, new URL(url).host);
  await printer.examine();
  return printer;
}

/** What is known of a job while it is followed. */
type Followed = {
  readonly jobId: number;
  /** Paper may be somewhere inside: a later zero in the printer's counters proves nothing. */
  paperMayHaveMoved: boolean;
  lastCondition: PrinterCondition;
};

const jobAttributes = [
  'job-id',
  'job-name',
  'job-state',
  'job-state-reasons',
  'job-state-message',
  'job-impressions-completed',
  'job-media-sheets-completed',
  'time-at-processing',
];
const ends = new Set(['completed', 'aborted', 'canceled']);
/** The same question may be answered otherwise in a while; no job was made of it. */
const comeAgain = new Set([
  'server-error-busy',
  'server-error-temporary-error',
  'server-error-service-unavailable',
  'server-error-not-accepting-jobs',
]);
const user = { 'requesting-user-name': 'kiosk' };
const mostJobsListed = 100;

class IppPrinter implements Printer {
  readonly #ask: IppExchange;
  readonly #clock: Clock;
  readonly #bounds: IppBounds;
  readonly #place: string;
  #fitness: Fitness | undefined;

  constructor(ask: IppExchange, clock: Clock, bounds: IppBounds, place: string) {
    this.#ask = ask;
    this.#clock = clock;
    this.#bounds = bounds;
    this.#place = place;
  }

  get name(): string {
    return this.#fitness?.name ?? this.#place;
  }

  /** Undefined: it does not answer. */
  async examine(): Promise<Fitness | undefined> {
    if (this.#fitness !== undefined) return this.#fitness;
    const attributes = { 'requested-attributes': fitnessAttributes };
    const answer = await this.#ask({ operation: 'Get-Printer-Attributes', attributes });
    if (!isDone(answer)) return undefined;
    const fitness = fitnessOf(answer.printer);
    if ('faults' in fitness) throw new UnfitPrinterError(this.#place, fitness.faults);
    this.#fitness = fitness;
    return fitness;
  }

  async conditions(): Promise<readonly PrinterCondition[]> {
    const fitness = await this.examine().catch((error: unknown) => {
      if (error instanceof UnfitPrinterError) return error;
      throw error;
    });
    if (fitness instanceof UnfitPrinterError) return ['other'];
    if (fitness === undefined) return ['offline'];
    const attributes = { 'requested-attributes': conditionAttributes };
    const answer = await this.#ask({ operation: 'Get-Printer-Attributes', attributes });
    return isDone(answer) ? conditionsOf(answer.printer) : ['offline'];
  }

  async print(
    job: SheetJob,
    onCondition: (conditions: readonly PrinterCondition[]) => void,
    abandon: AbortSignal,
  ): Promise<SheetOutcome> {
    const fitness = await this.examine().catch((error: Error) => error);
    if (fitness instanceof Error) return notPrinted('other', fitness.message);
    if (fitness === undefined) return notPrinted('offline', 'the printer does not answer');
    const attributes = { ...user, 'job-name': job.name };
    const submitted = fitness.createsJobs
      ? await this.#create(attributes, fitness, job.sheet, abandon)
      : await this.#printAtOnce(attributes, fitness, job.sheet, abandon);
    if ('outcome' in submitted) return submitted;
    return this.#follow(submitted, onCondition, abandon);
  }

  async recall(jobName: string): Promise<SheetOutcome> {
    for (const which of ['not-completed', 'completed']) {
      const answer = await this.#ask({
        operation: 'Get-Jobs',
        attributes: { ...user, limit: mostJobsListed, 'which-jobs': which, 'requested-attributes': jobAttributes },
      });
      if (!isDone(answer)) return unknown('offline', `Get-Jobs: ${wordOf(answer)}`);
      const found = answer.jobs
        .filter((job) => textsOf(job, 'job-name').includes(jobName))
        .sort((a, b) => (numberOf(b, 'job-id') ?? 0) - (numberOf(a, 'job-id') ?? 0))[0];
      if (found === undefined) continue;
      // Nobody watched: what happened inside meanwhile is not known.
      const followed: Followed = {
        jobId: numberOf(found, 'job-id') ?? 0,
        paperMayHaveMoved: true,
        lastCondition: 'other',
      };
      return which === 'completed' ? judge(found, followed) : this.#cancelAndFollow(followed);
    }
    return unknown('other', 'the printer does not know of such a job');
  }

  /** A job without data first: nothing can come out of it yet, and everything after can be asked about by its number. */
  async #create(
    attributes: Record<string, string>,
    fitness: Fitness,
    document: Uint8Array,
    abandon: AbortSignal,
  ): Promise<Followed | SheetOutcome> {
    const created = await this.#untilNotBusy({ operation: 'Create-Job', attributes, job: fitness.job }, abandon);
    if ('outcome' in created) return created;
    // A job that nobody knows the number of stays empty: the printer gives it up by itself.
    if (!isDone(created)) return notPrinted(created.ok ? 'other' : 'offline', `Create-Job: ${wordOf(created)}`);
    const followed = followedJob(created.jobs[0]);
    if (followed === undefined) return notPrinted('other', 'Create-Job: no number of a job');
    const missing = ['media', 'sides'].filter((name) => created.unsupported[name] !== undefined);
    if (missing.length > 0 || abandon.aborted) {
      await this.#cancel(followed);
      return notPrinted('other', missing.length > 0 ? `does not do ${missing.join(', ')}` : 'given up before it began');
    }
    const sent = await this.#ask({
      operation: 'Send-Document',
      attributes: {
        'job-id': followed.jobId,
        ...user,
        'document-format': 'application/pdf',
        'last-document': true,
      },
      document,
    });
    if (isDone(sent)) return followed;
    // Refused, or nobody knows: the job has a number, and the printer is asked. What it prints already it may finish.
    const now = await this.#jobNow(followed.jobId);
    const begun = typeof now === 'object' && (stateOf(now) === 'processing' || ends.has(stateOf(now)));
    return begun ? followed : this.#cancelAndFollow(followed);
  }

  async #printAtOnce(
    attributes: Record<string, string>,
    fitness: Fitness,
    document: Uint8Array,
    abandon: AbortSignal,
  ): Promise<Followed | SheetOutcome> {
    const question = {
      operation: 'Print-Job',
      attributes: { ...attributes, 'document-format': 'application/pdf' },
      job: fitness.job,
      document,
    };
    const sent = await this.#untilNotBusy(question, abandon);
    if ('outcome' in sent) return sent;
    if (!sent.ok) return (sent.how === 'lost' ? unknown : notPrinted)('offline', `Print-Job: ${sent.detail}`);
    if (isDone(sent)) return followedJob(sent.jobs[0]) ?? unknown('other', 'Print-Job: no number of a job');
    // A device error may have come with paper on its way; the others are said before a job is made.
    const mayHaveBegun = sent.status === 'server-error-device-error' || sent.status === 'server-error-internal-error';
    return (mayHaveBegun ? unknown : notPrinted)('other', `Print-Job: ${wordOf(sent)}`);
  }

  async #untilNotBusy(question: Parameters<IppExchange>[0], abandon: AbortSignal): Promise<IppAnswer | SheetOutcome> {
    const { busyMs, pollMs } = this.#bounds;
    const since = this.#clock.now();
    for (;;) {
      if (abandon.aborted) return notPrinted('other', 'given up before it began');
      const answer = await this.#ask(question);
      if (!answer.ok || !comeAgain.has(answer.status)) return answer;
      if (this.#clock.now() - since >= busyMs) return notPrinted('other', `${question.operation}: ${wordOf(answer)}`);
      await pause(this.#clock, pollMs);
    }
  }

  async #follow(
    followed: Followed,
    onCondition: (conditions: readonly PrinterCondition[]) => void,
    abandon: AbortSignal,
  ): Promise<SheetOutcome> {
    const { pollMs, silentMs, cancelMs } = this.#bounds;
    let told = '';
    const tell = (conditions: readonly PrinterCondition[]) => {
      if (conditions.join() === told) return;
      told = conditions.join();
      onCondition(conditions);
    };
    let heardAt = this.#clock.now();
    let cancelledAt: number | undefined;
    for (;;) {
      if (abandon.aborted && cancelledAt === undefined) {
        cancelledAt = this.#clock.now();
        await this.#cancel(followed);
      }
      const job = await this.#jobNow(followed.jobId);
      if (job === 'forgotten') return unknown(followed.lastCondition, 'the printer has forgotten the job');
      if (job === 'silent') {
        tell(['offline']);
        if (this.#clock.now() - heardAt >= silentMs) return unknown('offline', 'the printer does not answer any more');
      } else {
        heardAt = this.#clock.now();
        if (ends.has(stateOf(job))) return judge(job, followed);
        tell(await this.#conditionsWhile(followed));
      }
      if (cancelledAt !== undefined && this.#clock.now() - cancelledAt >= cancelMs) {
        return unknown(followed.lastCondition, 'cancelled, and it does not end');
      }
      await pause(this.#clock, pollMs);
    }
  }

  async #jobNow(jobId: number): Promise<Group | 'silent' | 'forgotten'> {
    const attributes = { 'job-id': jobId, ...user, 'requested-attributes': jobAttributes };
    const answer = await this.#ask({ operation: 'Get-Job-Attributes', attributes });
    if (isDone(answer)) return answer.jobs[0] ?? 'silent';
    if (!answer.ok) return 'silent';
    return answer.status === 'client-error-not-found' || answer.status === 'client-error-gone' ? 'forgotten' : 'silent';
  }

  async #conditionsWhile(followed: Followed): Promise<readonly PrinterCondition[]> {
    const conditions = await this.conditions();
    if (conditions.includes('jam') || conditions.includes('door-open')) followed.paperMayHaveMoved = true;
    followed.lastCondition = conditions[0] ?? followed.lastCondition;
    return conditions;
  }

  /** Whatever is answered, the job's own state says what came of it. */
  async #cancel({ jobId }: Followed): Promise<void> {
    await this.#ask({ operation: 'Cancel-Job', attributes: { 'job-id': jobId, ...user } });
  }

  #cancelAndFollow(followed: Followed): Promise<SheetOutcome> {
    return this.#follow(followed, () => undefined, AbortSignal.abort());
  }
}

type Done = Extract<IppAnswer, { ok: true }> & { readonly status: `successful-ok${string}` };

function isDone(answer: IppAnswer): answer is Done {
  return answer.ok && answer.status.startsWith('successful-ok');
}

function wordOf(answer: IppAnswer): string {
  return answer.ok ? `${answer.status} ${answer.message}`.trim() : answer.detail;
}

function followedJob(job: Group | undefined): Followed | undefined {
  const jobId = job === undefined ? undefined : numberOf(job, 'job-id');
  return jobId === undefined ? undefined : { jobId, paperMayHaveMoved: false, lastCondition: 'other' };
}

function stateOf(job: Group): string {
  return textsOf(job, 'job-state')[0] ?? '';
}

function notPrinted(condition: PrinterCondition, detail: string): SheetOutcome {
  return { outcome: 'not-printed', condition, detail };
}

function unknown(condition: PrinterCondition, detail: string): SheetOutcome {
  return { outcome: 'unknown', condition, detail };
}

/** How a job ended, by what the printer says of it. */
function judge(job: Group, { paperMayHaveMoved, lastCondition }: Followed): SheetOutcome {
  const state = stateOf(job);
  const reasons = textsOf(job, 'job-state-reasons');
  const detail = [state, ...reasons, ...textsOf(job, 'job-state-message')].join(' ').trim().slice(0, 200);
  if (state === 'completed') {
    return reasons.includes('job-completed-with-errors') ? unknown(lastCondition, detail) : { outcome: 'printed' };
  }
  // It never began: 'no-value' is how IPP says never.
  if (job['time-at-processing'] === '') return notPrinted(lastCondition, detail);
  const counters = ['job-impressions-completed', 'job-media-sheets-completed'].flatMap((name) => {
    const count = numberOf(job, name);
    return count === undefined ? [] : [count];
  });
  const nothingCameOut = counters.length > 0 && counters.every((count) => count === 0) && !paperMayHaveMoved;
  return (nothingCameOut ? notPrinted : unknown)(lastCondition, detail);
}
