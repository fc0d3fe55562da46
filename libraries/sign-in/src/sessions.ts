/** Who is signed in, and who is on the way. Kept in memory: a restart signs everybody out, which harms nobody. */
import type { Clock, Entropy } from '@dokodemo/domain';
import type { Staff } from './staff.ts';

export type Session = {
  readonly staff: Staff;
  /** Stands in a header of every change that the page asks for. */
  readonly csrf: string;
  readonly startedAt: number;
  /** The session ends here at the latest. */
  readonly endsAt: number;
};

export type SessionLimits = {
  /** From sign-in to the end, whatever happens. */
  readonly absoluteMs: number;
  /** Without any request. */
  readonly idleMs: number;
  readonly sessionsMax: number;
};

export type Sessions = {
  /** A new session under a new id, which nobody could know before. Undefined: as many as there may be. */
  start(staff: Staff): { readonly id: string; readonly session: Session } | undefined;
  find(id: string): Session | undefined;
  end(id: string): void;
};

export function secret(entropy: Entropy): string {
  return Buffer.from(entropy.bytes(32)).toString('base64url');
}

export function createSessions(clock: Clock, entropy: Entropy, limits: SessionLimits): Sessions {
  const kept = new Map<string, { readonly session: Session; seenAt: number }>();
  const isOver = ({ session, seenAt }: { session: Session; seenAt: number }) =>
    clock.now() >= session.endsAt || clock.now() - seenAt >= limits.idleMs;
  return {
    start(staff) {
      for (const [id, it] of kept) if (isOver(it)) kept.delete(id);
      if (kept.size >= limits.sessionsMax) return undefined;
      const startedAt = clock.now();
      const session = { staff, csrf: secret(entropy), startedAt, endsAt: startedAt + limits.absoluteMs };
      const id = secret(entropy);
      kept.set(id, { session, seenAt: startedAt });
      return { id, session };
    },
    find(id) {
      const found = kept.get(id);
      if (found === undefined) return undefined;
      if (isOver(found)) {
        kept.delete(id);
        return undefined;
      }
      found.seenAt = clock.now();
      return found.session;
    },
    end: (id) => void kept.delete(id),
  };
}

/** A sign-in that has left for the provider and is not back yet. */
export type Attempt = { readonly state: string; readonly nonce: string; readonly verifier: string };

export type Attempts = {
  begin(attempt: Attempt): string;
  /** Once: an answer that comes twice finds nothing. */
  take(id: string): Attempt | undefined;
};

export function createAttempts(clock: Clock, entropy: Entropy, limits: { lastMs: number; max: number }): Attempts {
  const kept = new Map<string, { readonly attempt: Attempt; readonly until: number }>();
  return {
    begin(attempt) {
      // Whoever floods this pushes out strangers' attempts, never sessions; the oldest go first.
      for (const id of kept.keys()) {
        if (kept.size < limits.max) break;
        kept.delete(id);
      }
      const id = secret(entropy);
      kept.set(id, { attempt, until: clock.now() + limits.lastMs });
      return id;
    },
    take(id) {
      const found = kept.get(id);
      kept.delete(id);
      return found !== undefined && clock.now() < found.until ? found.attempt : undefined;
    },
  };
}
