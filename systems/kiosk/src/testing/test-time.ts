/** Time that passes when a test says so, from timer to timer. */
import type { Clock } from '@dokodemo/domain';

export const startOfTests = Date.parse('2026-11-23T10:00:00+09:00');

type Timer = { readonly at: number; readonly order: number; readonly callback: () => void };

/** Everything that promises have still to do at this moment. Sound while nothing here waits for real I/O. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

export class TestTime implements Clock {
  #now = startOfTests;
  #order = 0;
  #timers: Timer[] = [];

  now(): number {
    return this.#now;
  }

  setTimer(delayMs: number, callback: () => void): () => void {
    const timer = { at: this.#now + Math.max(0, Math.ceil(delayMs)), order: this.#order++, callback };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((it) => it !== timer);
    };
  }

  /** Lets `ms` pass, or less when `done` says so. */
  async pass(ms: number, done: () => boolean = () => false): Promise<void> {
    const until = this.#now + ms;
    await settled();
    while (!done()) {
      const next = this.#timers
        .filter(({ at }) => at <= until)
        .reduce<Timer | undefined>((first, it) => (first === undefined || before(it, first) ? it : first), undefined);
      if (next === undefined) {
        this.#now = until;
        return;
      }
      this.#timers = this.#timers.filter((it) => it !== next);
      this.#now = Math.max(this.#now, next.at);
      next.callback();
      await settled();
    }
  }
}

function before(a: Timer, b: Timer): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}
