/** What the center shows to its operators, and what they may write. Nothing personal is here to be shown. */
import {
  Code,
  Day,
  defineEndpoints,
  Instant,
  Key,
  MunicipalityCodeText,
  strict,
  TerminalIdText,
  Uuid,
} from '@dokodemo/protocol';
import { type Static, Type } from 'typebox';

const none = Type.Object({}, strict);
const Text = Type.String({ maxLength: 300 });
const Municipality = Type.Union([MunicipalityCodeText, Type.Literal('')]);
const Count = Type.Integer({ minimum: 0 });

export const EventLine = Type.Object(
  {
    at: Instant,
    sessionId: Uuid,
    seq: Count,
    terminal: TerminalIdText,
    municipality: Municipality,
    kind: Type.String({ maxLength: 40 }),
    ja: Text,
    en: Text,
  },
  strict,
);
export type EventLine = Static<typeof EventLine>;

export const LiveSession = Type.Object(
  {
    sessionId: Uuid,
    terminal: TerminalIdText,
    municipality: Municipality,
    openedAt: Instant,
    movedAt: Instant,
    last: Type.String({ maxLength: 40 }),
  },
  strict,
);

export const WhatWasSeen = Type.Union([
  Type.Literal('paper-found'),
  Type.Literal('no-paper'),
  Type.Literal('money-counted'),
  Type.Literal('money-returned-by-hand'),
  Type.Literal('kiosk-journal'),
  Type.Literal('camera'),
  Type.Literal('resident-asked'),
  Type.Literal('other'),
]);
/** Number of a slip, a minute, a ticket. Its pattern leaves no room for a name. */
const Reference = Type.String({ pattern: '^[A-Za-z0-9:./-]{0,40}$' });

export const OpenCase = Type.Object(
  {
    caseId: Uuid,
    sessionId: Uuid,
    applicationId: Type.Union([Uuid, Type.Literal('')]),
    code: Code,
    terminal: TerminalIdText,
    municipality: Municipality,
    openedAt: Instant,
    closedAt: Type.Optional(Instant),
    closedBy: Type.Optional(Type.Union([Type.Literal('evidence'), Type.Literal('operator')])),
    notes: Type.Array(
      Type.Object(
        {
          at: Instant,
          what: Type.Optional(Text),
          operator: Type.Optional(Text),
          evidence: Type.Optional(Text),
          reference: Type.Optional(Text),
        },
        strict,
      ),
      { maxItems: 50 },
    ),
  },
  strict,
);

export const LedgerLine = Type.Object(
  {
    day: Day,
    municipality: Municipality,
    terminal: TerminalIdText,
    reservedYen: Count,
    capturedYen: Count,
    returnedYen: Count,
    capturedCount: Count,
    returnedCount: Count,
  },
  strict,
);

export const StatisticsLine = Type.Object(
  {
    day: Day,
    hour: Type.Integer({ minimum: 0, maximum: 23 }),
    municipality: Municipality,
    kindId: Key,
    applications: Count,
    copies: Count,
    capturedYen: Count,
  },
  strict,
);

const CaseParams = Type.Object({ caseId: Uuid }, strict);
const caseAct = { actId: Uuid, sessionId: Uuid, evidence: WhatWasSeen, reference: Reference };
const reading = { callers: ['operator'] as const, body: Type.Null(), maxBodyBytes: 0, timeoutMs: 5_000 };
const DayParams = Type.Object({ day: Day }, strict);

export const operatorEndpoints = defineEndpoints({
  recentEvents: {
    ...reading,
    method: 'GET',
    path: '/v1/operator/events/:after',
    summary: 'Events as lines for people, after a position; "latest": the last two hundred',
    params: Type.Object({ after: Type.String({ pattern: '^(latest|[0-9]{1,15})$' }) }, strict),
    reply: Type.Object({ lines: Type.Array(EventLine, { maxItems: 200 }), next: Count }, strict),
    maxReplyBytes: 262_144,
  },
  liveSessions: {
    ...reading,
    method: 'GET',
    path: '/v1/operator/sessions',
    summary: 'Sessions that are open now',
    params: none,
    reply: Type.Object({ sessions: Type.Array(LiveSession, { maxItems: 500 }) }, strict),
    maxReplyBytes: 262_144,
  },
  listCases: {
    ...reading,
    method: 'GET',
    path: '/v1/operator/cases',
    summary: 'Cases, the open ones first',
    params: none,
    reply: Type.Object({ cases: Type.Array(OpenCase, { maxItems: 500 }) }, strict),
    maxReplyBytes: 4_194_304,
  },
  noteCase: {
    method: 'POST',
    path: '/v1/operator/cases/:caseId/notes',
    callers: ['operator'],
    summary: 'What an operator has seen',
    params: CaseParams,
    body: Type.Object(caseAct, strict),
    reply: none,
    maxBodyBytes: 4_096,
    maxReplyBytes: 1_024,
    timeoutMs: 5_000,
  },
  closeCase: {
    method: 'POST',
    path: '/v1/operator/cases/:caseId/closing',
    callers: ['operator'],
    summary: 'Where money and paper are, by evidence; the case is closed',
    params: CaseParams,
    body: Type.Object(
      {
        ...caseAct,
        resolution: Type.Union([
          Type.Literal('handed-over'),
          Type.Literal('captured'),
          Type.Literal('fee-returned'),
          Type.Literal('voided'),
          Type.Literal('no-change'),
        ]),
      },
      strict,
    ),
    reply: none,
    maxBodyBytes: 4_096,
    maxReplyBytes: 1_024,
    timeoutMs: 5_000,
  },
  readLedger: {
    ...reading,
    method: 'GET',
    path: '/v1/operator/ledger/:day',
    summary: 'Money of one day, by municipality and terminal',
    params: DayParams,
    reply: Type.Object({ lines: Type.Array(LedgerLine, { maxItems: 5_000 }) }, strict),
    maxReplyBytes: 4_194_304,
  },
  readStatistics: {
    ...reading,
    method: 'GET',
    path: '/v1/operator/statistics/:day',
    summary: 'What was handed over on one day, by hour, municipality and kind',
    params: DayParams,
    reply: Type.Object({ lines: Type.Array(StatisticsLine, { maxItems: 5_000 }) }, strict),
    maxReplyBytes: 4_194_304,
  },
});
