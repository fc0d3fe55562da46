/** Sessions in the journal: a stream each, its id the session's. The only place where what has to be believed is kept. */
import { type Journal, type RecordedEvent as JournalEvent, maxEventsPerAppend } from '@dokodemo/journal';
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
};

/** As many events as one commit takes. */
export const maxEventsAtOnce: number = maxEventsPerAppend;

export function ofJournal({ streamId, seq, at, terminal, municipality, body }: JournalEvent): RecordedEvent {
  return { sessionId: streamId, seq, at, terminal, municipality, body: body as SessionEvent };
}

export function sessionStream(journal: Journal): SessionStream {
  return {
    read: async (sessionId) => (await journal.read(sessionId)).map(ofJournal),
    append: (sessionId, expectedVersion, events) =>
      journal.append(
        sessionId,
        expectedVersion,
        events.map((event) => ({ ...event, kind: event.body.kind })),
      ),
  };
}
