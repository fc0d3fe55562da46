import { type Answer, type Clock, refuse } from '@dokodemo/domain';

export type Gate = {
  /** Runs `work` when there is room; BUSY when too many wait already, or when its turn came too late. */
  pass<T>(work: () => Promise<Answer<T>>): Promise<Answer<T>>;
};

/** Lets `atOnce` works in; at most `waiting` wait in line, none longer than `waitMs`: whoever waited longer has given
 *  up by then, and work nobody waits for is how an overload keeps itself alive. */
export function createGate(limits: { atOnce: number; waiting: number; waitMs: number }, clock: Clock): Gate {
  let inside = 0;
  const line: (() => void)[] = [];
  const leave = () => {
    const next = line.shift();
    // The place is handed on, not given back: nobody can slip in between.
    if (next === undefined) inside--;
    else next();
  };
  return {
    async pass(work) {
      if (inside < limits.atOnce) inside++;
      else {
        if (line.length >= limits.waiting) return refuse('BUSY', `${limits.waiting} documents are waiting already`);
        const since = clock.now();
        await new Promise<void>((resolve) => line.push(resolve));
        if (clock.now() - since > limits.waitMs) {
          leave();
          return refuse('BUSY', `waited longer than ${limits.waitMs} ms`);
        }
      }
      try {
        return await work();
      } finally {
        leave();
      }
    },
  };
}
