import type { Clock } from '@dokodemo/domain';

export type ManualClock = Clock & { advance(ms: number): void; set(text: string): void; readonly waiting: number };

/** A clock that moves when it is told to. A timer that is set runs at once when `impatient`, without moving the clock:
 *  for tests to which waiting means nothing. */
export function createManualClock(start: string, impatient = true): ManualClock {
  let now = Date.parse(start);
  const timers = new Set<{ at: number; callback: () => void }>();
  const run = () => {
    for (const timer of [...timers].toSorted((a, b) => a.at - b.at)) {
      if (timer.at <= now && timers.delete(timer)) timer.callback();
    }
  };
  return {
    now: () => now,
    setTimer(delayMs, callback) {
      if (impatient) {
        queueMicrotask(callback);
        return () => {};
      }
      const timer = { at: now + delayMs, callback };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    advance(ms) {
      now += ms;
      run();
    },
    set(text) {
      now = Date.parse(text);
      run();
    },
    get waiting() {
      return timers.size;
    },
  };
}
