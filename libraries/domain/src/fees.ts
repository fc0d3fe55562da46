/**
 * What a certificate costs: a base fee (手数料条例) less a deduction, both with the days on which they hold, for a kind
 * and a channel. A campaign that ends at midnight ends at midnight, whoever has a session open.
 */
import { type Day, dayNumber } from './holidays.ts';
import { dayInJapan } from './runtime.ts';

/** Where a certificate is taken: a machine that many municipalities share, the municipality's own, or the counter. */
export type FeeChannel = 'kiosk' | 'own-machine' | 'counter';

export type DatedAmount = {
  readonly kind: string;
  readonly channel: FeeChannel;
  readonly amountYen: number;
  /** First and last day in Japan, both inclusive. */
  readonly from: Day;
  readonly until?: Day;
};

export type FeeSchedule = {
  readonly base: readonly DatedAmount[];
  /** Not added up: of several in force the one that began last is the deduction (「50円に代えて290円を減額する」). */
  readonly deductions: readonly DatedAmount[];
};

function inForce(amounts: readonly DatedAmount[], kind: string, channel: FeeChannel, day: Day) {
  return amounts
    .filter((amount) => amount.kind === kind && amount.channel === channel)
    .filter(({ from, until }) => from <= day && (until === undefined || day <= until))
    .toSorted((a, b) => b.from.localeCompare(a.from))[0];
}

/** Fee of one copy at this moment; undefined where no fee is laid down (then nothing may be issued). Never below zero. */
export function feeYenAt(schedule: FeeSchedule, kind: string, channel: FeeChannel, nowMs: number): number | undefined {
  const day = dayInJapan(nowMs);
  const base = inForce(schedule.base, kind, channel, day);
  if (base === undefined) return undefined;
  const deduction = inForce(schedule.deductions, kind, channel, day);
  return Math.max(0, base.amountYen - (deduction?.amountYen ?? 0));
}

/** What is wrong with a schedule; empty when nothing is. */
export function faultsOfFees(schedule: FeeSchedule): readonly string[] {
  const faults: string[] = [];
  for (const list of ['base', 'deductions'] as const) {
    const begins = new Set<string>();
    for (const [i, amount] of schedule[list].entries()) {
      if (!Number.isSafeInteger(amount.amountYen) || amount.amountYen < 0 || amount.amountYen > 100_000)
        faults.push(`${list}[${i}] is no amount of yen`);
      try {
        if (dayNumber(amount.until ?? amount.from) < dayNumber(amount.from))
          faults.push(`${list}[${i}] ends too early`);
      } catch (error) {
        faults.push(`${list}[${i}]: ${error instanceof Error ? error.message : String(error)}`);
      }
      const key = `${amount.kind} ${amount.channel} ${amount.from}`;
      if (begins.has(key)) faults.push(`${list}[${i}] begins on the same day as another: which one holds?`);
      begins.add(key);
    }
  }
  return faults;
}
