/** A bound on every wait for a device: silence is no answer, and is treated as a refusal. */
import type { Clock } from '@dokodemo/domain';

export class NoWord extends Error {}

/** Rejects with NoWord when `work` has not ended after `ms`. What it does later is nobody's business any more. */
export function within<T>(clock: Clock, ms: number, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = clock.setTimer(ms, () => reject(new NoWord(`no word within ${ms} ms`)));
    work.then(
      (value) => {
        cancel();
        resolve(value);
      },
      (error: unknown) => {
        cancel();
        reject(error);
      },
    );
  });
}
