/**
 * Pictures of the journal: ledger, statistics, live sessions, cases. Each is a row per key, drawn by a pure function
 * from one event after the other, so that the simulator, the database and an auditor draw the same.
 */
import type { CaseCode, RecordedEvent, SessionEventKind } from '../session/events.ts';

/** Money by day (in Japan, by the kiosk's clock) × terminal × municipality. */
export type LedgerRow = {
  readonly day: string;
  readonly municipality: string;
  readonly terminal: string;
  readonly reservedYen: number;
  readonly capturedYen: number;
  readonly returnedYen: number;
  readonly capturedCount: number;
  readonly returnedCount: number;
};

/** What was handed over, by day × hour × municipality × kind. Nothing else counts. */
export type StatisticsRow = {
  readonly day: string;
  readonly hour: number;
  readonly municipality: string;
  readonly kindId: string;
  readonly applications: number;
  readonly copies: number;
  readonly capturedYen: number;
};

export type LiveRow = {
  readonly sessionId: string;
  readonly terminal: string;
  readonly municipality: string;
  readonly openedAt: number;
  readonly movedAt: number;
  readonly last: SessionEventKind;
};

export type CaseNote = {
  readonly at: number;
  readonly what?: string;
  readonly operator?: string;
  readonly evidence?: string;
  readonly reference?: string;
};

export type CaseRow = {
  readonly caseId: string;
  readonly sessionId: string;
  readonly applicationId: string;
  readonly code: CaseCode;
  readonly terminal: string;
  readonly municipality: string;
  readonly openedAt: number;
  readonly closedAt: number;
  readonly closedBy: '' | 'evidence' | 'operator';
  /** The first fifty. */
  readonly notes: readonly CaseNote[];
};

export type Rows = {
  readonly ledger: LedgerRow;
  readonly statistics: StatisticsRow;
  readonly live: LiveRow;
  readonly cases: CaseRow;
};
export type ViewName = keyof Rows;

export type View<Row> = {
  /** Which row an event touches, if any. */
  keyOf(event: RecordedEvent): string | undefined;
  /** The row after the event; undefined: no row. */
  draw(row: Row | undefined, event: RecordedEvent): Row | undefined;
};

const maxNotes = 50;

const ledger: View<LedgerRow> = {
  keyOf({ body, terminal, municipality }) {
    if (body.kind !== 'FeeReserved' && body.kind !== 'FeeCaptured' && body.kind !== 'FeeReturned') return undefined;
    return `${body.day} ${municipality} ${terminal}`;
  },
  draw(row, { body, terminal, municipality }) {
    if (body.kind !== 'FeeReserved' && body.kind !== 'FeeCaptured' && body.kind !== 'FeeReturned') return row;
    const before: LedgerRow = row ?? {
      day: body.day,
      municipality,
      terminal,
      reservedYen: 0,
      capturedYen: 0,
      returnedYen: 0,
      capturedCount: 0,
      returnedCount: 0,
    };
    if (body.kind === 'FeeReserved') return { ...before, reservedYen: before.reservedYen + body.feeYen };
    return body.kind === 'FeeCaptured'
      ? {
          ...before,
          capturedYen: before.capturedYen + body.feeYen,
          capturedCount: before.capturedCount + 1,
        }
      : {
          ...before,
          returnedYen: before.returnedYen + body.feeYen,
          returnedCount: before.returnedCount + 1,
        };
  },
};

const statistics: View<StatisticsRow> = {
  keyOf({ body, municipality }) {
    if (body.kind !== 'HandedOver' && body.kind !== 'FeeCaptured') return undefined;
    return `${body.day} ${String(body.hour).padStart(2, '0')} ${municipality} ${body.kindId}`;
  },
  draw(row, { body, municipality }) {
    if (body.kind !== 'HandedOver' && body.kind !== 'FeeCaptured') return row;
    const { day, hour, kindId } = body;
    const before = row ?? { day, hour, municipality, kindId, applications: 0, copies: 0, capturedYen: 0 };
    return body.kind === 'HandedOver'
      ? { ...before, applications: before.applications + 1, copies: before.copies + body.copies }
      : { ...before, capturedYen: before.capturedYen + body.feeYen };
  },
};

const live: View<LiveRow> = {
  keyOf: ({ sessionId }) => sessionId,
  draw(row, { sessionId, terminal, municipality, at, body }) {
    if (body.kind === 'SessionOpened') {
      return { sessionId, terminal, municipality, openedAt: at, movedAt: at, last: body.kind };
    }
    // What a kiosk reports after the end belongs to ledger and cases; nobody stands there any more.
    if (row === undefined || body.kind === 'SessionClosed') return undefined;
    return {
      ...row,
      municipality: municipality === '' ? row.municipality : municipality,
      movedAt: at,
      last: body.kind,
    };
  },
};

const cases: View<CaseRow> = {
  keyOf({ body }) {
    return body.kind === 'CaseOpened' || body.kind === 'CaseNoted' || body.kind === 'CaseClosed'
      ? body.caseId
      : undefined;
  },
  draw(row, { sessionId, terminal, municipality, at, body }) {
    if (body.kind === 'CaseOpened') {
      const { caseId, code, applicationId = '', what } = body;
      const notes = what === undefined ? [] : [{ at, what }];
      const place = { terminal, municipality, openedAt: at, closedAt: 0, closedBy: '' as const };
      return { caseId, sessionId, applicationId, code, ...place, notes };
    }
    if (row === undefined || (body.kind !== 'CaseNoted' && body.kind !== 'CaseClosed')) return row;
    const note: CaseNote = {
      at,
      ...(body.kind === 'CaseNoted' && body.what !== undefined ? { what: body.what } : {}),
      ...(body.operator === undefined ? {} : { operator: body.operator }),
      ...(body.evidence === undefined ? {} : { evidence: body.evidence }),
      ...(body.reference === undefined ? {} : { reference: body.reference }),
    };
    const notes = [...row.notes, note].slice(0, maxNotes);
    return body.kind === 'CaseNoted' ? { ...row, notes } : { ...row, notes, closedAt: at, closedBy: body.by };
  },
};

export const views: { readonly [Name in ViewName]: View<Rows[Name]> } = { ledger, statistics, live, cases };
export const viewNames = Object.keys(views) as readonly ViewName[];
/** Raised when a view changes what it draws: pictures of another version are drawn from the beginning. */
export const viewsVersion = 1;
