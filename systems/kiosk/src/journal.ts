/**
 * The kiosk's own memory of what it has begun and what has happened: on the disk before it is done or said. One entry
 * after the other; `state` holds what is on the disk and nothing else.
 */
import { type Clock, type Entropy, isoJapan, uuidV7 } from '@dokodemo/domain';
import type { Fact } from '@dokodemo/protocol';
import type { JournalLine } from './agent.ts';
import { frame, readFrames } from './journal-frames.ts';
import { lineOf } from './journal-lines.ts';
import {
  type DeliveryTerms,
  type Entry,
  emptyState,
  foldEntry,
  type JournalState,
  unsettled,
} from './journal-state.ts';
import type { AppendOnlyFile } from './ports.ts';

const linesKept = 200;

export class DamagedJournal extends Error {}

export class KioskJournal {
  readonly #file: AppendOnlyFile;
  readonly #clock: Clock;
  readonly #entropy: Entropy;
  #state: JournalState = emptyState;
  #bytes = 0;
  #failed = false;
  #lines: JournalLine[] = [];
  #queue: Promise<unknown> = Promise.resolve();
  readonly #listeners = new Set<() => void>();

  private constructor(file: AppendOnlyFile, clock: Clock, entropy: Entropy) {
    this.#file = file;
    this.#clock = clock;
    this.#entropy = entropy;
  }

  /** Reads what is there. A torn last entry is cut off; throws DamagedJournal for anything else that is not sound. */
  static async open(file: AppendOnlyFile, clock: Clock, entropy: Entropy): Promise<KioskJournal> {
    const journal = new KioskJournal(file, clock, entropy);
    const bytes = await file.read();
    const { texts, wholeBytes, damaged } = readFrames(bytes);
    if (damaged) throw new DamagedJournal(`the journal is damaged at byte ${wholeBytes}`);
    if (wholeBytes < bytes.length) await file.truncate(wholeBytes);
    try {
      for (const text of texts) journal.#took(JSON.parse(text) as Entry, undefined);
    } catch (error) {
      throw new DamagedJournal(`the journal contradicts itself: ${String(error)}`);
    }
    journal.#bytes = wholeBytes;
    return journal;
  }

  get state(): JournalState {
    return this.#state;
  }

  /** A write has failed: nobody knows what is on the disk, and nothing more is written behind it. */
  get failed(): boolean {
    return this.#failed;
  }

  lines(): readonly JournalLine[] {
    return this.#lines;
  }

  /** Hears of every new fact. */
  onFact(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  beginSession(sessionId: string): Promise<void> {
    return this.#write(() => ({ kind: 'session', sessionId, at: isoJapan(this.#clock.now()) }));
  }

  beginDelivery(terms: DeliveryTerms): Promise<void> {
    return this.#write(() => ({ kind: 'delivery', ...terms }));
  }

  beginSheet(applicationId: string, sheet: number): Promise<void> {
    return this.#write(() => ({ kind: 'sheet-begun', applicationId, sheet }));
  }

  sheetNotPrinted(applicationId: string, sheet: number): Promise<void> {
    return this.#write(() => ({ kind: 'sheet-not-printed', applicationId, sheet }));
  }

  /** Resolves when it is on the disk; from then on it is reported until the center has it. */
  async fact(sessionId: string, fact: Fact): Promise<void> {
    await this.#write(() => ({
      kind: 'fact',
      report: {
        factId: uuidV7(this.#clock, this.#entropy),
        sessionId,
        kioskSeq: this.#state.lastKioskSeq + 1,
        at: isoJapan(this.#clock.now()),
        fact,
      },
    }));
    for (const listener of [...this.#listeners]) listener();
  }

  told(kioskSeq: number): Promise<void> {
    return this.#write(() => ({ kind: 'told', kioskSeq }));
  }

  /** Begins anew when the file is long and nothing in it is needed any more. */
  compact(maxBytes: number): Promise<void> {
    return this.#inOrder(async () => {
      const { untold, openSession, lastKioskSeq } = this.#state;
      if (this.#bytes <= maxBytes || untold.length > 0 || openSession !== undefined) return;
      if (unsettled(this.#state).length > 0) return;
      // A cut between these two forgets a counter that nobody needs: no session goes on over it.
      await this.#onDisk(() => this.#file.truncate(0));
      this.#bytes = 0;
      await this.#append({ kind: 'checkpoint', kioskSeq: lastKioskSeq });
    });
  }

  #write(make: () => Entry): Promise<void> {
    return this.#inOrder(() => this.#append(make()));
  }

  async #append(entry: Entry): Promise<void> {
    foldEntry(this.#state, entry); // what cannot be is refused before it is on the disk
    const bytes = frame(JSON.stringify(entry));
    await this.#onDisk(() => this.#file.append(bytes));
    this.#bytes += bytes.length;
    this.#took(entry, this.#clock.now());
  }

  async #onDisk(write: () => Promise<void>): Promise<void> {
    if (this.#failed) throw new Error('the journal has failed before');
    try {
      await write();
    } catch (error) {
      this.#failed = true;
      throw error;
    }
  }

  #took(entry: Entry, now: number | undefined): void {
    this.#state = foldEntry(this.#state, entry);
    const line = lineOf(entry, now, this.#state);
    if (line !== undefined) this.#lines = [...this.#lines, line].slice(-linesKept);
  }

  #inOrder<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(work);
    this.#queue = turn.catch(() => undefined);
    return turn;
  }
}
