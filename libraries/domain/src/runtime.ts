/**
 * What the world outside gives to a program: time and chance. They come in as parameters everywhere, so that the
 * simulator can run the real code under one seed and an auditor can replay a day.
 */

export type Clock = {
  /** Milliseconds since 1970-01-01T00:00Z. */
  now(): number;
  /** Calls back once after `delayMs`; the returned function takes it back. */
  setTimer(delayMs: number, callback: () => void): () => void;
};

export type Entropy = {
  /** `length` unpredictable bytes, 1..1024. */
  bytes(length: number): Uint8Array;
};

export const systemClock: Clock = Object.freeze({
  now: () => Date.now(),
  setTimer(delayMs: number, callback: () => void) {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
});

export const systemEntropy: Entropy = Object.freeze({
  bytes: (length: number) => globalThis.crypto.getRandomValues(new Uint8Array(length)),
});

/** Resolves after `delayMs` of the given clock. */
export function pause(clock: Clock, delayMs: number): Promise<void> {
  return new Promise((resolve) => clock.setTimer(delayMs, resolve));
}

/** ISO 8601 with the offset of Japan, where every kiosk stands: 2026-11-23T10:00:00.000+09:00. */
export function isoJapan(epochMs: number): string {
  return `${new Date(epochMs + 9 * 3_600_000).toISOString().slice(0, -1)}+09:00`;
}

/** The calendar day in Japan, YYYY-MM-DD. */
export function dayInJapan(epochMs: number): string {
  return isoJapan(epochMs).slice(0, 10);
}
