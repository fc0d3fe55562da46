/**
 * What the kiosk's own journal says, folded from its entries: what is not yet told, and what is not yet settled. The
 * domain's table decides what may follow what; an entry that cannot be is never written.
 */
import { type IssuanceEvent, type IssuanceState, stepIssuance } from '@dokodemo/domain';
import type { Fact, ReportedFact } from '@dokodemo/protocol';

/** No entry holds personal data: ids, digests, numbers, amounts. */
export type Entry =
  /** The journal was begun anew. */
  | { readonly kind: 'checkpoint'; readonly kioskSeq: number }
  /** Before anything of the session is sent. */
  | { readonly kind: 'session'; readonly sessionId: string; readonly at: string }
  | { readonly kind: 'fact'; readonly report: ReportedFact }
  /** The center has taken (or refused for good) everything up to this one. */
  | { readonly kind: 'told'; readonly kioskSeq: number }
  /** Before the slots open for it. */
  | ({ readonly kind: 'delivery' } & DeliveryTerms)
  /** Before a sheet goes to the printer. */
  | { readonly kind: 'sheet-begun'; readonly applicationId: string; readonly sheet: number }
  /** The printer said that nothing came out. */
  | { readonly kind: 'sheet-not-printed'; readonly applicationId: string; readonly sheet: number };

export type DeliveryTerms = {
  readonly sessionId: string;
  readonly applicationId: string;
  readonly feeYen: number;
  readonly sheetDigests: readonly string[];
  readonly documentNumbers: readonly string[];
  /** A file, under this name at the center; absent: paper. Of a file the one sheet is the file, "in the printer" while its
   *  address may have been read, and "printed" when it was collected. */
  readonly depositId?: string;
};

export type KnownDelivery = DeliveryTerms & {
  readonly state: IssuanceState;
  /** Sheets that the printer has said are out. */
  readonly printed: number;
  /** The sheet that is, or may be, in the printer: 0 when none. */
  readonly inPrinter: number;
};

export type JournalState = {
  readonly lastKioskSeq: number;
  readonly untold: readonly ReportedFact[];
  /** Begun, and not said to have ended. */
  readonly openSession: string | undefined;
  /** In order; those that have ended stay until the journal is begun anew. */
  readonly deliveries: ReadonlyMap<string, KnownDelivery>;
};

export const emptyState: JournalState = Object.freeze({
  lastKioskSeq: 0,
  untold: Object.freeze([]),
  openSession: undefined,
  deliveries: new Map<string, KnownDelivery>(),
});

/** What each fact means for an issuance; the others change none. */
const meaning: Partial<Record<Fact['kind'], IssuanceEvent>> = {
  'fee-reserved': 'reserve',
  'printing-started': 'start-printing',
  'sheet-printed': 'print-sheet',
  'handed-over': 'hand-over',
  'fee-captured': 'capture',
  'fee-returned': 'return-fee',
  'document-dropped': 'void',
  'lost-track': 'lose-track',
};

export class ImpossibleEntry extends Error {}

/** The state after one more entry. Throws ImpossibleEntry for what cannot follow. */
export function foldEntry(state: JournalState, entry: Entry): JournalState {
  switch (entry.kind) {
    case 'checkpoint':
      return { ...emptyState, lastKioskSeq: entry.kioskSeq };
    case 'session':
      return { ...state, openSession: entry.sessionId };
    case 'told':
      return { ...state, untold: state.untold.filter((fact) => fact.kioskSeq > entry.kioskSeq) };
    case 'fact':
      return foldFact(state, entry.report);
    case 'delivery': {
      const { kind: _, ...terms } = entry;
      if (state.deliveries.has(terms.applicationId)) throw new ImpossibleEntry(`${terms.applicationId} again`);
      return withDelivery(state, { ...terms, state: 'prepared', printed: 0, inPrinter: 0 });
    }
    case 'sheet-begun': {
      const known = deliveryOf(state, entry.applicationId);
      if (known.state !== 'printing' || entry.sheet !== known.printed + 1) {
        throw new ImpossibleEntry(`sheet ${entry.sheet} after ${known.printed} in ${known.state}`);
      }
      return withDelivery(state, { ...known, inPrinter: entry.sheet });
    }
    case 'sheet-not-printed': {
      const known = deliveryOf(state, entry.applicationId);
      if (entry.sheet !== known.inPrinter) throw new ImpossibleEntry(`sheet ${entry.sheet} is not in the printer`);
      return withDelivery(state, { ...known, inPrinter: 0 });
    }
  }
}

function deliveryOf(state: JournalState, applicationId: string): KnownDelivery {
  const known = state.deliveries.get(applicationId);
  if (known === undefined) throw new ImpossibleEntry(`no delivery of ${applicationId}`);
  return known;
}

function withDelivery(state: JournalState, known: KnownDelivery): JournalState {
  return { ...state, deliveries: new Map(state.deliveries).set(known.applicationId, known) };
}

function foldFact(state: JournalState, report: ReportedFact): JournalState {
  const { fact, kioskSeq, sessionId } = report;
  if (kioskSeq !== state.lastKioskSeq + 1) throw new ImpossibleEntry(`report ${kioskSeq} after ${state.lastKioskSeq}`);
  const told: JournalState = { ...state, lastKioskSeq: kioskSeq, untold: [...state.untold, report] };
  if (fact.kind === 'session-ended') {
    return state.openSession === sessionId ? { ...told, openSession: undefined } : told;
  }
  const event = meaning[fact.kind];
  if (event === undefined || !('applicationId' in fact)) return told;
  const known = deliveryOf(state, fact.applicationId);
  const step = stepIssuance(known.state, event);
  // The kiosk's own hand is held here: what the table does not know is not written, and so not done.
  if (step === 'late' || step === 'never') throw new ImpossibleEntry(`${event} in ${known.state}`);
  if (fact.kind === 'handed-over' && known.printed !== known.sheetDigests.length) {
    throw new ImpossibleEntry(`handed over after ${known.printed} of ${known.sheetDigests.length} sheets`);
  }
  if (fact.kind !== 'sheet-printed') return withDelivery(told, { ...known, state: step });
  if (fact.sheet !== known.printed + 1) throw new ImpossibleEntry(`sheet ${fact.sheet} after ${known.printed}`);
  return withDelivery(told, { ...known, state: step, printed: fact.sheet, inPrinter: 0 });
}

const settled: ReadonlySet<IssuanceState> = new Set(['captured', 'voided', 'refunded']);

/** Deliveries whose money is still somewhere between. */
export function unsettled(state: JournalState): readonly KnownDelivery[] {
  return [...state.deliveries.values()].filter((known) => !settled.has(known.state));
}

/** Deliveries that only somebody who has looked can settle. */
export function openCases(state: JournalState): readonly KnownDelivery[] {
  return unsettled(state).filter((known) => known.state === 'unresolved');
}

/** The number on the resident's slip; an operator finds the application by its end. */
export function caseNumberOf(terminalId: string, applicationId: string): string {
  const tail = applicationId.slice(-8).toUpperCase();
  return `${terminalId}-${tail.slice(0, 4)}-${tail.slice(4)}`;
}
