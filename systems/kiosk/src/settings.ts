/** How long the kiosk waits, and how often it asks. Milliseconds where the name says so. */
export type KioskSettings = {
  /** The idle warning is shown so long before a screen ends. */
  readonly warnMs: number;
  /** Nobody can hold a screen longer by touching it: ten times the usual 90 seconds and the first (WCAG 2.2.1). The center
   *  gives a silent conversation 1,200 seconds. */
  readonly screenMaxMs: number;
  /** Paper and change in the tray: so long until they are said to be left. */
  readonly takeMs: number;
  readonly refundedMs: number;
  readonly caseMs: number;
  /** A screen that only says why something cannot be. */
  readonly apologyMs: number;
  /** The center's last screen is waited for so long. */
  readonly farewellMs: number;
  /** A card that is not taken. */
  readonly cardLeftMs: number;
  /** A printer that stands still, until the document is given up and the money goes back. */
  readonly printerPatienceMs: number;
  /** A printer that says nothing at all of a sheet. */
  readonly sheetSilentMs: number;
  /** From giving a sheet up to the printer's word on it. */
  readonly giveUpMs: number;
  /** The address of a file on the screen: so long without a touch, and never longer than so long. */
  readonly collectMs: number;
  readonly collectMaxMs: number;
  /** So often the center is asked whether it was collected. */
  readonly collectPollMs: number;
  /** Out of service: so often what is missing is looked for. */
  readonly lookAgainMs: number;
  /** A call to the center: how often, and no new try after so long. */
  readonly callTries: number;
  readonly callPatienceMs: number;
  readonly callPauseMs: { readonly first: number; readonly longest: number };
  readonly reportPauseMs: { readonly first: number; readonly longest: number };
  /** A device that does not answer at all. */
  readonly deviceSilentMs: number;
  /** A money unit or a printer that refuses: how often it is asked again, and after what pause. */
  readonly deviceTries: number;
  readonly devicePauseMs: number;
  /** `working` is drawn when an answer takes longer. */
  readonly workingAfterMs: number;
  /** A journal that is longer and says nothing any more is begun anew. */
  readonly journalBytes: number;
};

export const usualSettings: KioskSettings = Object.freeze({
  warnMs: 20_000,
  screenMaxMs: 990_000,
  takeMs: 60_000,
  refundedMs: 60_000,
  caseMs: 180_000,
  apologyMs: 20_000,
  farewellMs: 3_000,
  cardLeftMs: 60_000,
  printerPatienceMs: 600_000,
  sheetSilentMs: 180_000,
  giveUpMs: 30_000,
  collectMs: 180_000,
  collectMaxMs: 540_000,
  collectPollMs: 2_000,
  lookAgainMs: 5_000,
  callTries: 5,
  callPatienceMs: 60_000,
  callPauseMs: Object.freeze({ first: 500, longest: 4_000 }),
  reportPauseMs: Object.freeze({ first: 1_000, longest: 60_000 }),
  deviceSilentMs: 20_000,
  deviceTries: 3,
  devicePauseMs: 2_000,
  workingAfterMs: 400,
  journalBytes: 262_144,
});
