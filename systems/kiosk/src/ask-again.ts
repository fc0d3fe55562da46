/** In doubt the same is said again, in the same words, until it is answered or patience ends. */
import { type Answer, type Clock, pause, type RefusalCode } from '@dokodemo/domain';
import type { KioskSettings } from './settings.ts';

/** Nothing was done, or nobody knows: the same may be asked again. */
const askAgain: ReadonlySet<RefusalCode> = new Set(['BUSY', 'UPSTREAM_DOWN', 'NO_ANSWER']);

/** `isOver`: nobody waits for an answer any more; undefined is the answer then. */
export async function untilAnswered<T>(
  clock: Clock,
  settings: Pick<KioskSettings, 'callPatienceMs' | 'callPauseMs' | 'callTries'>,
  ask: () => Promise<Answer<T>>,
  isOver: () => boolean,
): Promise<Answer<T> | undefined> {
  const until = clock.now() + settings.callPatienceMs;
  let pauseMs = settings.callPauseMs.first;
  for (let tries = 1; ; tries++) {
    if (isOver()) return undefined;
    const answered = await ask();
    if (answered.ok || !askAgain.has(answered.failure.code)) return answered;
    if (tries >= settings.callTries || clock.now() + pauseMs >= until) return answered;
    await pause(clock, pauseMs);
    pauseMs = Math.min(pauseMs * 2, settings.callPauseMs.longest);
  }
}
