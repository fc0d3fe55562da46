/** A session's stream in the journal: the only place where what has to be believed later is kept. */
import type { RecordedEvent, SessionEvent } from './events.ts';

export type EventToRecord = {
  readonly at: number;
  readonly terminal: string;
  readonly municipality: string;
  readonly body: SessionEvent;
};

export type SessionStream = {
  /** All events of a session, in order; empty when there is none. */
  read(sessionId: string): Promise<readonly RecordedEvent[]>;
  /** Appends all or nothing; 'conflict' when the stream is no longer at `expectedVersion`. Resolves after the commit. */
  append(
    sessionId: string,
    expectedVersion: number,
    events: readonly EventToRecord[],
  ): Promise<'appended' | 'conflict'>;
  /** Events of all sessions in one lasting order, after `position`; for projections. */
  readAll(
    position: number,
    limit: number,
  ): Promise<{ readonly events: readonly RecordedEvent[]; readonly next: number }>;
};
