/**
 * Between the kiosk's agent and its panel (a browser on the same machine). The agent sends the whole state, the panel
 * draws it and sends back touches. No personal data outlives the screen that shows it: each state replaces the last.
 *
 *   GET  /panel/state   server-sent events: one `PanelState` per event; while the bench has pulled the plug, an event
 *                       named `power` with the data "off" instead
 *   POST /panel/touch   `PanelTouch`, with the revision it answers to; a touch on an old screen is dropped
 */
import type { RefusalCode } from '@dokodemo/domain';
import type { Language, Screen } from '@dokodemo/protocol';
import type { PinKey, PrinterCondition } from './ports.ts';

/** Screens that the kiosk itself knows, beside those that the center sends (with sealed labels already filled in as
 *  `{ plain }`). */
export type LocalScreen =
  | { readonly kind: 'welcome' }
  /** つくっています, 確認しています: `what` says which; `stop`: may be stopped. */
  | {
      readonly kind: 'working';
      readonly what: 'opening' | 'checking-card' | 'asking-municipality' | 'preparing' | 'taking-back';
      readonly stop: boolean;
    }
  | {
      readonly kind: 'printing';
      /** Sheets that the printer has said are out. */
      readonly printed: number;
      readonly sheets: number;
      /** Staff are called; the resident is told that nothing is lost. */
      readonly trouble?: PrinterCondition;
    }
  /** A file waits for the resident's telephone: `address` is drawn as a QR code and shown nowhere else. */
  | { readonly kind: 'receive-file'; readonly address: string }
  | {
      readonly kind: 'take';
      /** A file was collected, no paper is in the tray. */
      readonly electronic?: true;
      readonly sheets: number;
      readonly changeYen: number;
      readonly feeYen: number;
      readonly documentNumbers: readonly string[];
    }
  /** Money was given back; why (STOPPED: the resident's own wish). */
  | { readonly kind: 'refunded'; readonly returnedYen: number; readonly code: RefusalCode }
  /** What happened is not known: a case number for the resident to keep. */
  | { readonly kind: 'case'; readonly caseNumber: string; readonly feeYen: number }
  | { readonly kind: 'out-of-service'; readonly code: RefusalCode; readonly caseNumber?: string };

export type PanelScreen = Screen | LocalScreen;

export type PanelState = {
  /** Counts screens: a new one with every screen and every message, the same while digits, coins or seconds change on
   *  it. A touch names the screen that it was made on. */
  readonly revision: number;
  readonly language: Language;
  readonly screen: PanelScreen;
  /** A request is under way: draw it, take no touches but stop. */
  readonly busy: boolean;
  readonly card: 'absent' | 'present' | 'two-cards';
  /** Digits entered so far, on `enter-pin`. */
  readonly pinDigits: number;
  /** On `pay`: what is in the slots. */
  readonly insertedYen: number;
  /** On `receive-file`: until it is taken back, when nobody touches the screen. */
  readonly secondsLeft?: number;
  /** Seconds left, when the idle warning is to be shown over the screen. */
  readonly idleSecondsLeft?: number;
  /** A message on top of the screen: wrong PIN, card pulled, fee changed … */
  readonly message?: { readonly code: RefusalCode; readonly args?: Readonly<Record<string, string | number>> };
  /** The terminal's name, shown small on the welcome screen. */
  readonly terminal: { readonly terminalId: string; readonly store: string };
};

export type PanelTouch =
  | { readonly kind: 'start'; readonly language: Language }
  | { readonly kind: 'language'; readonly language: Language }
  | { readonly kind: 'agree' | 'back' | 'stop' | 'another' | 'finish' | 'still-here' | 'confirmed' }
  | { readonly kind: 'pin-key'; readonly key: PinKey }
  | { readonly kind: 'chosen'; readonly questionId: string; readonly optionIds: readonly string[] }
  | { readonly kind: 'copies'; readonly copies: number }
  | { readonly kind: 'change'; readonly questionId: string }
  | { readonly kind: 'taken' };

/** What only the store's staff may do, behind a key. */
export type StaffAct =
  /** The printer stands still and is not going to be repaired now: void the document, give the money back. */
  | { readonly kind: 'give-up-printing' }
  /** Has looked where the sheets of an open case are: all of them came out, or not. Settles fee and case. */
  | { readonly kind: 'settle-case'; readonly caseNumber: string; readonly paper: 'all-came-out' | 'not-all-came-out' };

/** Moments that no hand is quick enough for: the fee is in, nothing has gone to the printer yet; the first sheet is out,
 *  and the agent has not heard of it. */
export type PowerFails = 'paid' | 'sheet-out' | 'never';

/**
 * The physical world of a kiosk with simulated devices (the demo's bench, tests, the `dokodemo issue` command):
 *
 *   GET  /bench/state          server-sent events: one `BenchState` per event
 *   POST /bench/act            `BenchAct`
 *   GET  /bench/sheets/:id.pdf a sheet in the printer's tray
 */
export type BenchState = {
  readonly cards: readonly {
    readonly cardId: string;
    readonly label: string;
    readonly note: string;
    readonly pin: string;
    /** 第二暗証番号, on cards that have one. */
    readonly secondPin?: string;
    readonly onReader: boolean;
  }[];
  readonly money: {
    readonly insertedYen: number;
    readonly returnedYen: number;
    readonly changeYen: number;
    readonly vaultYen: number;
    readonly slotsOpen: boolean;
  };
  readonly printer: {
    readonly name: string;
    readonly conditions: readonly PrinterCondition[];
    /** The tray, newest last; a sheet stays until the bench takes it. */
    readonly tray: readonly { readonly sheetId: string; readonly name: string; readonly at: string }[];
  };
  /** What a telephone reads from the screen, while it stands there. */
  readonly address?: string;
  readonly power: 'on' | 'off';
  /** The plug will be pulled by itself in this moment, once. */
  readonly powerFails: PowerFails;
  /** Newest last: the kiosk's own journal, as lines for people. */
  readonly journal: readonly { readonly at: string; readonly text: string }[];
};

export type BenchAct =
  | { readonly act: 'put-card'; readonly cardId: string }
  | { readonly act: 'take-card' }
  | { readonly act: 'insert-cash'; readonly yen: 10 | 50 | 100 | 500 | 1000 }
  | { readonly act: 'touch-ic-money' }
  | { readonly act: 'take-returned-money' }
  /** One sheet, or all that lies there. */
  | { readonly act: 'take-paper'; readonly sheetId?: string }
  | { readonly act: 'printer'; readonly condition: PrinterCondition; readonly on: boolean }
  /** Somebody of the store, with a key: see `StaffAct`. */
  | { readonly act: 'staff'; readonly does: StaffAct }
  /** Pulls the plug: the agent's process memory is gone, devices keep what devices keep. */
  | { readonly act: 'power'; readonly on: boolean }
  | { readonly act: 'power-fails'; readonly when: PowerFails };
