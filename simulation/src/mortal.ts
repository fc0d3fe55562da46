/**
 * A process that can be killed at any await. JavaScript cannot stop a running promise, so what a dead process still
 * tries to do with the world outside simply never comes back to it, and what it begins after its death never happens.
 */

import type { Clock } from '@dokodemo/domain';

export class Life {
  #alive = true;

  get alive(): boolean {
    return this.#alive;
  }

  end(): void {
    this.#alive = false;
  }
}

const never = new Promise<never>(() => undefined);

/** `port` as seen by a process with this life. An operation that was begun before death may take effect, as a commit
 *  on its way to the disk does; its answer is never heard. */
export function mortal<Port extends object>(port: Port, life: Life): Port {
  return new Proxy(port, {
    get(target, name, receiver) {
      const member = Reflect.get(target, name, receiver);
      if (typeof member !== 'function') return member;
      return (...args: unknown[]) => {
        if (!life.alive) return never;
        const result: unknown = Reflect.apply(member, target, args);
        if (!(result instanceof Promise)) return result;
        return result.then(
          (value) => (life.alive ? value : never),
          (error) => (life.alive ? Promise.reject(error) : never),
        );
      };
    },
  });
}

/** Time as a process with this life has it: nothing wakes the dead. */
export function mortalClock(clock: Clock, life: Life): Clock {
  return {
    now: () => clock.now(),
    setTimer: (delayMs, callback) =>
      clock.setTimer(delayMs, () => {
        if (life.alive) callback();
      }),
  };
}
