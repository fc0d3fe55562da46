/**
 * What a kiosk needs from the world. A simulated device stands behind the same port as a real one and keeps what a real
 * one would keep through a power cut (money in escrow, a sheet half printed).
 */
import type { Answer } from '@dokodemo/domain';
import type { FileState, PaymentMethod } from '@dokodemo/protocol';

export type PrinterCondition = 'jam' | 'media-empty' | 'door-open' | 'offline' | 'stopped' | 'other';

export type SheetOutcome =
  /** The printer said so: the sheet is in the tray. */
  | { readonly outcome: 'printed' }
  /** The printer said that nothing came out (refused, aborted before paper moved). */
  | { readonly outcome: 'not-printed'; readonly condition: PrinterCondition; readonly detail: string }
  /** Nobody knows: connection lost or aborted with paper moving. Never guessed. */
  | { readonly outcome: 'unknown'; readonly condition: PrinterCondition; readonly detail: string };

export type SheetJob = {
  /** Shown in the printer's own list: no personal data, e.g. "20261123-… 1/2". */
  readonly name: string;
  /** One complete PDF: front, and back when there is one. In memory only; a spool on disk is not allowed. */
  readonly sheet: Uint8Array;
};

export type Printer = {
  readonly name: string;
  /** Conditions now; empty: ready to print. */
  conditions(): Promise<readonly PrinterCondition[]>;
  /** Prints one sheet and follows it to its end by the printer's own word. While the job waits (jam, no paper),
   *  `onCondition` hears of it; the promise stays open until the printer ends the job or `abandon` is aborted. */
  print(
    job: SheetJob,
    onCondition: (conditions: readonly PrinterCondition[]) => void,
    abandon: AbortSignal,
  ): Promise<SheetOutcome>;
  /** What the printer itself still knows of a job, by its name: for the minute after a power cut of the kiosk alone. A
   *  job that has not ended is cancelled first. 'unknown' when the printer has forgotten. Absent: it never remembers. */
  recall?(jobName: string): Promise<SheetOutcome>;
};

export type FileOf = { readonly sessionId: string; readonly applicationId: string };

/** Encrypted, with the one address that tells where it is and how it is opened. */
export type SealedFile = { readonly depositId: string; readonly sealed: Uint8Array; readonly address: string };

/** How a file gets from this kiosk to a telephone. Every step may be asked again, and does nothing twice. */
export type HandOver = {
  /** With a key of this file alone, which is in the address and nowhere else. */
  seal(file: Uint8Array): SealedFile;
  /** Left where telephones find it. Nobody can collect it before the address is shown. `until`: by this kiosk's clock, so
   *  long it is kept. */
  deposit(of: FileOf, file: SealedFile): Promise<Answer<{ readonly until: number }>>;
  state(of: FileOf): Promise<Answer<FileState>>;
  /** Taken back for good, unless somebody has collected it: then that is the answer, and stays it. */
  withdraw(of: FileOf): Promise<Answer<Exclude<FileState, 'waiting'>>>;
};

export type Escrow = { readonly insertedYen: number; readonly method: PaymentMethod | null };

/** Takes money into escrow, and out of it exactly once: into the vault (`capture`) or back to the resident. Keeps its
 *  state through a power cut; operations are known by the application's id, so that asking again does nothing twice. */
export type MoneyUnit = {
  readonly methods: readonly PaymentMethod[];
  escrow(): Promise<Escrow>;
  /** Could change be given for whatever the slots take on the way to `feeYen`? When not, the resident is told before a
   *  coin is in, and the slots give back at once what would need the change that is not there. */
  canGiveChange(feeYen: number): Promise<boolean>;
  /** Opens the slots until `feeYen` is there; `onInserted` hears of every coin. Resolves when the fee is there, and when
   *  the slots were closed before: `escrow` says which. */
  accept(applicationId: string, feeYen: number, onInserted: (escrow: Escrow) => void): Promise<void>;
  /** Closes the slots; what is in escrow stays there. */
  close(): Promise<void>;
  /** The fee leaves escrow for good, the rest is given as change. */
  capture(applicationId: string, feeYen: number): Promise<{ readonly changeYen: number }>;
  /** Everything in escrow goes back. */
  giveBack(applicationId: string): Promise<{ readonly returnedYen: number }>;
  /** What the device itself has recorded about an application: for the minute after a power cut. */
  recall(applicationId: string): Promise<'nothing' | 'in-escrow' | 'captured' | 'given-back'>;
};

export type PinKey = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9' | 'clear' | 'erase' | 'enter';

/** The keys under the resident's finger. Digits stay in here until they go to the card. */
export type PinPad = {
  /** `onEnter`: the resident is done, with as many digits as are asked for. */
  open(
    length: { readonly min: number; readonly max: number },
    onDigits: (count: number) => void,
    onEnter: () => void,
  ): void;
  /** A key that was touched on the panel. A pad with keys of its own drops it. */
  press(key: PinKey): void;
  /** The digits entered (ASCII), once; the pad forgets them. */
  take(): Uint8Array;
  /** Forgets and closes. */
  clear(): void;
};

/** An append-only file: resolves when the bytes are on the disk (fsync), in order. */
export type AppendOnlyFile = {
  read(): Promise<Uint8Array>;
  append(bytes: Uint8Array): Promise<void>;
  /** After a torn write at the end: keeps the first `length` bytes. */
  truncate(length: number): Promise<void>;
};
