/** The append-only event store: what has to be believed later stands here and nowhere else. */

export type NewEvent = {
  /** Milliseconds since 1970-01-01T00:00Z, by the writer's clock. */
  readonly at: number;
  readonly municipality: string;
  readonly terminal: string;
  readonly kind: string;
  /** JSON, at most 64 KiB. */
  readonly body: object;
};

export type RecordedEvent = NewEvent & {
  readonly streamId: string;
  /** 1, 2, 3 … within the stream. */
  readonly seq: number;
};

export type Journal = {
  /** All events of a stream in order; empty when there is none. At most `maxStreamLength`. */
  read(streamId: string): Promise<readonly RecordedEvent[]>;
  /** All or nothing; 'conflict' when the stream is not at `expectedVersion` any more. Resolves after the commit.
   *  Rejects with JournalBusy (nothing was written) or JournalUnavailable (ask again with the same events). */
  append(streamId: string, expectedVersion: number, events: readonly NewEvent[]): Promise<'appended' | 'conflict'>;
  /** Events of all streams in their one lasting order, after `position`. */
  readAll(
    position: number,
    limit: number,
  ): Promise<{ readonly events: readonly RecordedEvent[]; readonly next: number }>;
};

export const maxStreamLength = 2_000;
export const maxEventsPerAppend = 64;

/** The queue is full: nothing was written. */
export class JournalBusy extends Error {
  constructor() {
    super('the journal’s queue is full');
  }
}

/** The database cannot be reached: whether it was written is not known. The same append may be asked again. */
export class JournalUnavailable extends Error {}

export function assertAppendable(expectedVersion: number, events: readonly NewEvent[]): void {
  if (events.length === 0 || events.length > maxEventsPerAppend)
    throw new RangeError(`${events.length} events in one append`);
  if (!Number.isSafeInteger(expectedVersion) || expectedVersion < 0) throw new RangeError(`version ${expectedVersion}`);
  if (expectedVersion + events.length > maxStreamLength) throw new RangeError('the stream is full');
}
