import type { Clock } from '@dokodemo/domain';

/** One round after another, never two at once; the returned function ends them and waits for the last. A failed round is
 *  told and the next one comes: work behind must not end because a database was away for a minute. */
export function everyRound(
  clock: Clock,
  pauseMs: number,
  work: () => Promise<void>,
  failed: (error: unknown) => void,
): () => Promise<void> {
  let stopped = false;
  let cancel = (): void => undefined;
  let round = Promise.resolve();
  const next = (): void => {
    round = work().catch(failed);
    void round.then(() => {
      if (!stopped) cancel = clock.setTimer(pauseMs, next);
    });
  };
  next();
  return async () => {
    stopped = true;
    cancel();
    await round;
  };
}
