/** How often one document number is asked about, whoever asks: addresses are cheap, numbers are not. */
import type { Clock } from '@dokodemo/domain';

const windowMs = 3_600_000;
/** Beyond so many numbers within an hour the oldest are forgotten; asking that many runs into other limits first. */
const mostNumbers = 100_000;

export type DocumentLimit = {
  /** Counts one question; false: too many were asked within this hour. */
  take(documentNumber: string): boolean;
};

export function documentLimit(perHour: number, clock: Clock): DocumentLimit {
  const asked = new Map<string, { count: number; readonly until: number }>();
  return {
    take(documentNumber) {
      const now = clock.now();
      const found = asked.get(documentNumber);
      if (found !== undefined && found.until > now) {
        if (found.count >= perHour) return false;
        found.count += 1;
        return true;
      }
      asked.delete(documentNumber);
      asked.set(documentNumber, { count: 1, until: now + windowMs });
      for (const oldest of asked.keys()) {
        if (asked.size <= mostNumbers) break;
        asked.delete(oldest);
      }
      return true;
    },
  };
}
