/**
 * The kiosk's agent: drives the devices, speaks with the center, tells the panel what to draw. Everything it needs of the
 * world comes in as a parameter, so that the simulator runs this very code.
 */
import type { KeyObject } from 'node:crypto';
import type { Clock, Entropy } from '@dokodemo/domain';
import type { CardReader } from '@dokodemo/ic-card';
import type { Client, conversationEndpoints } from '@dokodemo/protocol';
import type { PanelState, PanelTouch, StaffAct } from './panel-contract.ts';
import type { AppendOnlyFile, HandOver, MoneyUnit, PinPad, Printer } from './ports.ts';
import type { KioskSettings } from './settings.ts';

export { createKiosk } from './create-kiosk.ts';

export type TerminalIdentity = {
  readonly terminalId: string;
  /** As the panel shows it. */
  readonly store: string;
  /** DER. */
  readonly certificate: Uint8Array;
  readonly key: KeyObject;
};

export type KioskNote = { readonly what: string; readonly sessionId?: string; readonly detail: string };

export type KioskOptions = {
  readonly terminal: TerminalIdentity;
  /** DER of the authority that certifies the municipalities' document-signing keys. */
  readonly documentAuthority: Uint8Array;
  readonly center: Client<typeof conversationEndpoints>;
  readonly reader: CardReader;
  readonly pinPad: PinPad;
  readonly money: MoneyUnit;
  readonly printer: Printer;
  /** Absent: this kiosk gives out paper and nothing else. */
  readonly handOver?: HandOver;
  readonly journal: AppendOnlyFile;
  readonly clock: Clock;
  readonly entropy: Entropy;
  /** For operators and logs: no personal data. */
  readonly note: (note: KioskNote) => void;
  readonly settings?: KioskSettings;
};

export type JournalLine = { readonly at: string; readonly text: string };

export type Kiosk = {
  /** Reads the journal, settles what a power cut left behind, then waits for the first resident. */
  start(): Promise<void>;
  state(): PanelState;
  /** Hears of every new state, in order; the returned function takes the listener back. */
  subscribe(listener: (state: PanelState) => void): () => void;
  /** A touch on the screen of this revision; a touch on an older screen is dropped. */
  touch(revision: number, touch: PanelTouch): void;
  /** True when there is something to which the act applies. */
  staff(act: StaffAct): boolean;
  /** The journal's newest lines for people, without personal data, newest last. */
  journalLines(): readonly JournalLine[];
  /** Ends in order: no new resident, what is under way is finished or given back. */
  stop(): Promise<void>;
};
