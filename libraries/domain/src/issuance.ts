/**
 * The life of an issuance: the only place that decides what may follow what. Kiosk, center and issuer all step
 * through this table, each with the events that reach it. `SPEC.md` beside this file states the invariants.
 */

export const issuanceStates = [
  'accepted',
  'authorised',
  'prepared',
  'reserved',
  'printing',
  'handed-over',
  'captured',
  'refused',
  'cancelled',
  'expired',
  'voided',
  'refunded',
  'unresolved',
] as const;
export type IssuanceState = (typeof issuanceStates)[number];

export const issuanceEvents = [
  'authorise', // the issuer finds the holder permitted and the fee agreed
  'prepare', // snapshot, document, signature, seal: all there
  'refuse', // the issuer says no
  'cancel', // the resident stops before there is a document
  'expire', // nobody came back in time, before there is a document
  'void', // the document is given up before money was reserved
  'reserve', // the whole fee is in escrow
  'start-printing', // the first sheet goes to the printer
  'print-sheet', // the printer says that a sheet is out
  'hand-over', // the printer says that the last sheet is out
  'capture', // the fee leaves escrow for good
  'return-fee', // the whole fee is given back, the number is void
  'lose-track', // what happened is not known: power cut, silent printer, silent kiosk
] as const;
export type IssuanceEvent = (typeof issuanceEvents)[number];

/** 'late': the issuance has ended, the event is dropped and noted. 'never': cannot happen in a sound system; it
 *  changes nothing and opens a case. */
export type Step = IssuanceState | 'late' | 'never';

const late: Step = 'late';
const never: Step = 'never';

const ended: Record<IssuanceEvent, Step> = {
  authorise: late,
  prepare: late,
  refuse: late,
  cancel: late,
  expire: late,
  void: late,
  reserve: never,
  'start-printing': never,
  'print-sheet': never,
  'hand-over': never,
  capture: never,
  'return-fee': late,
  'lose-track': late,
};

export const issuanceTable: Readonly<Record<IssuanceState, Readonly<Record<IssuanceEvent, Step>>>> = {
  accepted: {
    authorise: 'authorised',
    prepare: never,
    refuse: 'refused',
    cancel: 'cancelled',
    expire: 'expired',
    void: never,
    reserve: never,
    'start-printing': never,
    'print-sheet': never,
    'hand-over': never,
    capture: never,
    'return-fee': never,
    'lose-track': never,
  },
  authorised: {
    authorise: late,
    prepare: 'prepared',
    refuse: 'refused',
    cancel: 'cancelled',
    expire: 'expired',
    void: never,
    reserve: never,
    'start-printing': never,
    'print-sheet': never,
    'hand-over': never,
    capture: never,
    'return-fee': never,
    'lose-track': never,
  },
  prepared: {
    authorise: late,
    prepare: late,
    refuse: never,
    cancel: 'voided',
    expire: 'voided',
    void: 'voided',
    reserve: 'reserved',
    'start-printing': never,
    'print-sheet': never,
    'hand-over': never,
    capture: never,
    'return-fee': never,
    'lose-track': 'unresolved',
  },
  reserved: {
    authorise: late,
    prepare: late,
    refuse: never,
    cancel: never,
    expire: never,
    void: never,
    reserve: never,
    'start-printing': 'printing',
    'print-sheet': never,
    'hand-over': never,
    capture: never,
    'return-fee': 'refunded',
    'lose-track': 'unresolved',
  },
  printing: {
    authorise: late,
    prepare: late,
    refuse: never,
    cancel: never,
    expire: never,
    void: never,
    reserve: never,
    'start-printing': late,
    'print-sheet': 'printing',
    'hand-over': 'handed-over',
    capture: never,
    'return-fee': 'refunded',
    'lose-track': 'unresolved',
  },
  'handed-over': {
    ...ended,
    'hand-over': late,
    capture: 'captured',
    'return-fee': never,
    'lose-track': late,
  },
  captured: { ...ended, 'hand-over': late, capture: late, 'return-fee': never },
  refused: ended,
  cancelled: ended,
  expired: ended,
  voided: ended,
  refunded: ended,
  // Out of here only by evidence: what the kiosk's own journal says once it can be heard again, or an operator.
  unresolved: {
    authorise: late,
    prepare: late,
    refuse: never,
    cancel: late,
    expire: late,
    void: 'voided',
    reserve: 'unresolved',
    'start-printing': 'unresolved',
    'print-sheet': 'unresolved',
    'hand-over': 'handed-over',
    capture: never,
    'return-fee': 'refunded',
    'lose-track': late,
  },
};

/** What becomes of an issuance in `state` when `event` is told. */
export function stepIssuance(state: IssuanceState, event: IssuanceEvent): Step {
  return issuanceTable[state][event];
}

/** States that nothing leaves any more. 'handed-over' is not one of them: its fee has yet to be captured. */
export const finalIssuanceStates: ReadonlySet<IssuanceState> = new Set([
  'captured',
  'refused',
  'cancelled',
  'expired',
  'voided',
  'refunded',
]);

/** The document number was given out and is worth nothing: whoever verifies the paper is told "void". */
export function answersVoid(state: IssuanceState): boolean {
  return state === 'voided' || state === 'refunded';
}
