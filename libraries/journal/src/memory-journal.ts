/** The journal in memory, for the simulator: what is appended stays when a process dies, as on a disk. */
import { assertAppendable, type Journal, type NewEvent, type RecordedEvent } from './journal.ts';

export function createMemoryJournal(): Journal {
  const streams = new Map<string, RecordedEvent[]>();
  const all: RecordedEvent[] = [];
  const recorded = (streamId: string, seq: number, event: NewEvent): RecordedEvent =>
    // Through JSON, as a database would: no object is shared with who wrote it.
    Object.freeze(JSON.parse(JSON.stringify({ ...event, streamId, seq })) as RecordedEvent);
  return {
    read: async (streamId) => [...(streams.get(streamId) ?? [])],
    async append(streamId, expectedVersion, events) {
      assertAppendable(expectedVersion, events);
      const stream = streams.get(streamId) ?? [];
      if (stream.length !== expectedVersion) return 'conflict';
      const added = events.map((event, i) => recorded(streamId, expectedVersion + i + 1, event));
      streams.set(streamId, [...stream, ...added]);
      all.push(...added);
      return 'appended';
    },
    async readAll(position, limit) {
      const events = all.slice(position, position + limit);
      return { events, next: position + events.length };
    },
  };
}
