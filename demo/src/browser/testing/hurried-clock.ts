/** The time of day, and a hand that moves it on: what would take minutes of waiting comes at once. */
import { type Clock, systemClock } from '@dokodemo/domain';

export type HurriedClock = Clock & {
  /** So much later, at once: whatever falls due meanwhile happens, in order. */
  hurry(ms: number): void;
  /** From now on time passes only when it is hurried: a slow machine misses nothing. `setRight` ends it. */
  hold(): void;
  /** The time of day again; timers keep what is left of them. */
  setRight(): void;
};

type Timer = { dueAt: number; readonly callback: () => void };

const mostTimersInOneHurry = 10_000;

export function hurriedClock(): HurriedClock {
  const timers = new Set<Timer>();
  let aheadMs = 0;
  let disarm: () => void = () => undefined;
  let heldAt: number | undefined;
  const today = () => heldAt ?? systemClock.now();
  const now = () => today() + aheadMs;
  const earliest = () => [...timers].reduce<Timer | undefined>((a, b) => (a && a.dueAt <= b.dueAt ? a : b), undefined);

  function arm(): void {
    disarm();
    const next = earliest();
    if (next === undefined || heldAt !== undefined) return;
    disarm = systemClock.setTimer(Math.max(0, next.dueAt - now()), () => {
      fireUntil(now());
      arm();
    });
  }

  function fireUntil(time: number): void {
    for (let fired = 0; ; fired++) {
      const next = earliest();
      if (next === undefined || next.dueAt > time) return;
      if (fired >= mostTimersInOneHurry) throw new Error('a timer sets itself again without end');
      aheadMs = Math.max(aheadMs, next.dueAt - today());
      timers.delete(next);
      next.callback();
    }
  }

  return {
    now,
    setTimer(delayMs, callback) {
      const timer = { dueAt: now() + delayMs, callback };
      timers.add(timer);
      arm();
      return () => {
        timers.delete(timer);
        arm();
      };
    },
    hurry(ms) {
      const until = aheadMs + ms;
      fireUntil(now() + ms);
      aheadMs = Math.max(aheadMs, until);
      arm();
    },
    hold() {
      heldAt ??= systemClock.now();
      arm();
    },
    setRight() {
      const ahead = now() - systemClock.now();
      for (const timer of timers) timer.dueAt -= ahead;
      aheadMs = 0;
      heldAt = undefined;
      arm();
    },
  };
}
