import type { RecordedEvent } from './events.ts';
import type { SessionStream } from './stream.ts';

/** A journal in memory, for tests of the center alone. */
export function memoryStream(): SessionStream & { readonly all: readonly RecordedEvent[] } {
  const streams = new Map<string, RecordedEvent[]>();
  const all: RecordedEvent[] = [];
  return {
    all,
    read: async (sessionId) => [...(streams.get(sessionId) ?? [])],
    async append(sessionId, expectedVersion, events) {
      const stream = streams.get(sessionId) ?? [];
      if (stream.length !== expectedVersion) return 'conflict';
      streams.set(sessionId, stream);
      for (const event of events) {
        const recorded = structuredClone({ sessionId, seq: stream.length + 1, ...event });
        stream.push(recorded);
        all.push(recorded);
      }
      return 'appended';
    },
    readAll: async (position, limit) => {
      const events = all.slice(position, position + limit);
      return { events, next: position + events.length };
    },
  };
}
