/** Kiosk ↔ center: the conversation (screens out, inputs in) and the facts of what physically happened. */
import { type Static, Type } from 'typebox';
import { defineEndpoints } from './endpoint.ts';
import {
  Base64,
  Code,
  Instant,
  Key,
  Label,
  MunicipalityCodeText,
  Sha256Hex,
  strict,
  TerminalIdText,
  Uuid,
  Yen,
} from './shapes.ts';

export const Language = Type.Union([
  Type.Literal('ja'),
  Type.Literal('ja-easy'),
  Type.Literal('en'),
  Type.Literal('zh-Hans'),
  Type.Literal('zh-Hant'),
  Type.Literal('ko'),
  Type.Literal('pt'),
  Type.Literal('vi'),
]);
export type Language = Static<typeof Language>;

export const Credential = Type.Object({ kind: Type.Literal('jpki'), certificate: Base64(4096) }, strict);
export type Credential = Static<typeof Credential>;

/** A kiosk's signed word that it made this key for this session: see `terminalStatement`. */
export const TerminalProof = Type.Object({ certificate: Base64(4096), signature: Base64(512) }, strict);
export type TerminalProof = Static<typeof TerminalProof>;

export const PaymentMethod = Type.Union([Type.Literal('cash'), Type.Literal('ic-money')]);
export type PaymentMethod = Static<typeof PaymentMethod>;

const frame = {
  title: Label,
  help: Type.Optional(Label),
  back: Type.Boolean(),
  stop: Type.Boolean(),
  idleSeconds: Type.Integer({ minimum: 5, maximum: 600 }),
  /** Where the resident is: shown as the row of steps. */
  step: Type.Union([
    Type.Literal('identify'),
    Type.Literal('choose'),
    Type.Literal('confirm'),
    Type.Literal('pay'),
    Type.Literal('take'),
  ]),
};

export const ScreenLine = Type.Object(
  { label: Label, value: Label, /** 変更する leads back to this question. */ change: Type.Optional(Key) },
  strict,
);

export const Screen = Type.Union([
  Type.Object(
    {
      ...frame,
      kind: Type.Literal('notice'),
      tone: Type.Union([Type.Literal('terms'), Type.Literal('refused'), Type.Literal('information')]),
      lines: Type.Array(Label, { maxItems: 12 }),
      /** What the one big button says. It sends `agree`. */
      button: Label,
    },
    strict,
  ),
  Type.Object(
    {
      ...frame,
      kind: Type.Literal('present-card'),
      /** The same card once more, for the second PIN of the municipality's own application. */
      which: Type.Optional(Type.Literal('second')),
    },
    strict,
  ),
  Type.Object(
    {
      ...frame,
      kind: Type.Literal('enter-pin'),
      which: Type.Union([Type.Literal('holder'), Type.Literal('second')]),
      triesLeft: Type.Integer({ minimum: 0, maximum: 10 }),
      length: Type.Object({ min: Type.Integer({ minimum: 1 }), max: Type.Integer({ maximum: 16 }) }, strict),
      visitId: Uuid,
      /** Whose issuer the visit is at: no document of another municipality is taken in it. */
      municipality: MunicipalityCodeText,
      /** The issuer's nonce; the kiosk computes the challenge itself, from its own key. */
      issuerNonce: Base64(32),
    },
    strict,
  ),
  Type.Object({ ...frame, kind: Type.Literal('remove-card') }, strict),
  Type.Object(
    {
      ...frame,
      kind: Type.Literal('choose'),
      questionId: Key,
      options: Type.Array(
        Type.Object(
          {
            id: Key,
            label: Label,
            note: Type.Optional(Label),
            icon: Type.Optional(Key),
            feeYen: Type.Optional(Yen),
            closed: Type.Optional(Code),
          },
          strict,
        ),
        { minItems: 1, maxItems: 50 },
      ),
      atLeast: Type.Integer({ minimum: 0 }),
      atMost: Type.Integer({ minimum: 1 }),
      chosen: Type.Array(Key, { maxItems: 50 }),
    },
    strict,
  ),
  Type.Object(
    { ...frame, kind: Type.Literal('copies'), max: Type.Integer({ minimum: 1, maximum: 20 }), feeYen: Yen },
    strict,
  ),
  Type.Object(
    {
      ...frame,
      kind: Type.Literal('confirm'),
      lines: Type.Array(ScreenLine, { maxItems: 30 }),
      feeYen: Yen,
      /** Absent: a certificate. An application brings no paper and costs nothing. */
      what: Type.Optional(Type.Literal('application')),
    },
    strict,
  ),
  /** The document is there. From here to the paper the kiosk is on its own: see `Delivery` in the kiosk. */
  Type.Object(
    {
      ...frame,
      kind: Type.Literal('pay'),
      applicationId: Uuid,
      kindLabel: Label,
      copies: Type.Integer({ minimum: 1, maximum: 20 }),
      sheets: Type.Integer({ minimum: 1, maximum: 400 }),
      feeYen: Yen,
      methods: Type.Array(PaymentMethod, { minItems: 1, maxItems: 4 }),
      expiresAt: Instant,
    },
    strict,
  ),
  Type.Object({ ...frame, kind: Type.Literal('another') }, strict),
  Type.Object({ ...frame, kind: Type.Literal('end') }, strict),
]);
export type Screen = Static<typeof Screen>;
export type ScreenKind = Screen['kind'];

export const DeliveryOutcome = Type.Union([
  Type.Literal('captured'),
  Type.Literal('not-delivered'),
  Type.Literal('unresolved'),
]);
export type DeliveryOutcome = Static<typeof DeliveryOutcome>;

export const Input = Type.Union([
  Type.Object({ kind: Type.Literal('agree') }, strict),
  Type.Object({ kind: Type.Literal('back') }, strict),
  Type.Object({ kind: Type.Literal('stop') }, strict),
  Type.Object({ kind: Type.Literal('timeout') }, strict),
  /** `triesLeft`: of the PIN that the screen is about. */
  Type.Object(
    { kind: Type.Literal('credential'), credential: Credential, triesLeft: Type.Integer({ minimum: 0, maximum: 10 }) },
    strict,
  ),
  /** The card cannot be used, or was pulled: which code of the catalogue. */
  Type.Object({ kind: Type.Literal('card-problem'), code: Code }, strict),
  Type.Object({ kind: Type.Literal('proof'), signature: Base64(512) }, strict),
  /** After the second PIN: certificate of the municipality's own application, and its signature over the challenge of
   *  this visit for that purpose. */
  Type.Object({ kind: Type.Literal('second-proof'), certificate: Base64(4096), signature: Base64(512) }, strict),
  Type.Object({ kind: Type.Literal('pin-wrong'), triesLeft: Type.Integer({ minimum: 0, maximum: 10 }) }, strict),
  Type.Object({ kind: Type.Literal('card-removed') }, strict),
  Type.Object({ kind: Type.Literal('chosen'), questionId: Key, optionIds: Type.Array(Key, { maxItems: 50 }) }, strict),
  Type.Object({ kind: Type.Literal('copies'), copies: Type.Integer({ minimum: 1, maximum: 20 }) }, strict),
  Type.Object({ kind: Type.Literal('change'), questionId: Key }, strict),
  Type.Object({ kind: Type.Literal('confirmed'), feeYen: Yen }, strict),
  /** The sealed document was not this session's, or not what was confirmed. */
  Type.Object({ kind: Type.Literal('document-refused'), applicationId: Uuid, code: Code }, strict),
  Type.Object({ kind: Type.Literal('delivered'), applicationId: Uuid, outcome: DeliveryOutcome }, strict),
  Type.Object({ kind: Type.Literal('another') }, strict),
  Type.Object({ kind: Type.Literal('finish') }, strict),
]);
export type Input = Static<typeof Input>;

/** What physically happened, in the kiosk's own journal first, then sent until accepted, in order, also after a
 *  restart. */
export const Fact = Type.Union([
  Type.Object({ kind: Type.Literal('card-put-down') }, strict),
  Type.Object({ kind: Type.Literal('card-removed') }, strict),
  Type.Object({ kind: Type.Literal('fee-reserved'), applicationId: Uuid, feeYen: Yen, method: PaymentMethod }, strict),
  Type.Object(
    { kind: Type.Literal('printing-started'), applicationId: Uuid, sheets: Type.Integer({ minimum: 1 }) },
    strict,
  ),
  Type.Object(
    {
      kind: Type.Literal('sheet-printed'),
      applicationId: Uuid,
      /** 1..sheets over all copies. */
      sheet: Type.Integer({ minimum: 1 }),
      sheets: Type.Integer({ minimum: 1 }),
      digest: Sha256Hex,
    },
    strict,
  ),
  Type.Object({ kind: Type.Literal('handed-over'), applicationId: Uuid }, strict),
  Type.Object({ kind: Type.Literal('fee-captured'), applicationId: Uuid, feeYen: Yen }, strict),
  Type.Object({ kind: Type.Literal('fee-returned'), applicationId: Uuid, feeYen: Yen, reason: Code }, strict),
  /** The document was given up before any fee was reserved. */
  Type.Object({ kind: Type.Literal('document-dropped'), applicationId: Uuid, reason: Code }, strict),
  /** The kiosk does not know whether paper came out: the fee stays in escrow until an operator has looked. */
  Type.Object(
    {
      kind: Type.Literal('lost-track'),
      applicationId: Uuid,
      feeYen: Yen,
      sheetsConfirmed: Type.Integer({ minimum: 0 }),
      sheets: Type.Integer({ minimum: 0 }),
      reason: Code,
    },
    strict,
  ),
  Type.Object(
    {
      kind: Type.Literal('printer-trouble'),
      condition: Type.Union([
        Type.Literal('jam'),
        Type.Literal('media-empty'),
        Type.Literal('offline'),
        Type.Literal('other'),
      ]),
    },
    strict,
  ),
  Type.Object({ kind: Type.Literal('paper-taken'), applicationId: Uuid }, strict),
  Type.Object({ kind: Type.Literal('paper-left'), applicationId: Uuid }, strict),
  Type.Object({ kind: Type.Literal('power-returned') }, strict),
  Type.Object({ kind: Type.Literal('session-ended'), reason: Code }, strict),
]);
export type Fact = Static<typeof Fact>;

export const ReportedFact = Type.Object(
  { factId: Uuid, sessionId: Uuid, kioskSeq: Type.Integer({ minimum: 1 }), at: Instant, fact: Fact },
  strict,
);
export type ReportedFact = Static<typeof ReportedFact>;

/** `sealedLabels`: the dictionary of personal labels, sealed to the kiosk's key; sent once, with the screen that needs
 *  it first, and again when that screen is asked for again. */
export const Turn = Type.Object(
  { seq: Type.Integer({ minimum: 0 }), screen: Screen, sealedLabels: Type.Optional(Base64(65_536)) },
  strict,
);
export type Turn = Static<typeof Turn>;

const SessionParams = Type.Object({ sessionId: Uuid }, strict);

export const conversationEndpoints = defineEndpoints({
  openSession: {
    method: 'POST',
    path: '/v1/sessions',
    callers: ['kiosk'],
    summary: 'A resident touched the screen: open a session',
    params: Type.Object({}, strict),
    body: Type.Object(
      {
        sessionId: Uuid,
        kioskKey: Base64(32),
        terminal: TerminalProof,
        profile: Type.String({ maxLength: 64 }),
        version: Type.String({ maxLength: 32 }),
        language: Language,
      },
      strict,
    ),
    reply: Turn,
    maxBodyBytes: 16_384,
    maxReplyBytes: 262_144,
    timeoutMs: 5_000,
  },
  giveInput: {
    method: 'POST',
    path: '/v1/sessions/:sessionId/inputs',
    callers: ['kiosk'],
    summary: 'What the resident did; answered with the next screen. Same seq and same input: same answer',
    params: SessionParams,
    body: Type.Object({ seq: Type.Integer({ minimum: 0, maximum: 1_000 }), input: Input }, strict),
    reply: Turn,
    maxBodyBytes: 16_384,
    maxReplyBytes: 262_144,
    timeoutMs: 30_000,
  },
  fetchDocument: {
    method: 'GET',
    path: '/v1/sessions/:sessionId/documents/:applicationId',
    callers: ['kiosk'],
    summary: 'The sealed document, readable at this session’s kiosk only',
    params: Type.Object({ sessionId: Uuid, applicationId: Uuid }, strict),
    body: Type.Null(),
    reply: Type.Object({ aad: Base64(65_536), sealed: Base64(12_582_912) }, strict),
    maxBodyBytes: 0,
    maxReplyBytes: 17_825_792,
    timeoutMs: 15_000,
  },
  reportFacts: {
    method: 'POST',
    path: '/v1/facts',
    callers: ['kiosk'],
    summary: 'What physically happened, in the order in which the kiosk wrote it down',
    params: Type.Object({}, strict),
    body: Type.Object({ facts: Type.Array(ReportedFact, { minItems: 1, maxItems: 100 }) }, strict),
    reply: Type.Object(
      {
        accepted: Type.Array(Uuid, { maxItems: 100 }),
        refused: Type.Array(Type.Object({ factId: Uuid, code: Code }, strict), { maxItems: 100 }),
      },
      strict,
    ),
    maxBodyBytes: 131_072,
    maxReplyBytes: 65_536,
    timeoutMs: 10_000,
  },
  putDirectory: {
    method: 'PUT',
    path: '/v1/directory/:municipality',
    callers: ['issuer'],
    summary: 'Which credentials an issuer serves: digests only. A part replaces nothing; `removed` takes away',
    params: Type.Object({ municipality: MunicipalityCodeText }, strict),
    body: Type.Object(
      { added: Type.Array(Sha256Hex, { maxItems: 5_000 }), removed: Type.Array(Sha256Hex, { maxItems: 5_000 }) },
      strict,
    ),
    reply: Type.Object({ size: Type.Integer({ minimum: 0 }) }, strict),
    maxBodyBytes: 1_048_576,
    maxReplyBytes: 1_024,
    timeoutMs: 15_000,
  },
});

/** What a terminal is, to the center. */
export const Terminal = Type.Object(
  { terminalId: TerminalIdText, operator: Type.String({ maxLength: 80 }), store: Type.String({ maxLength: 80 }) },
  strict,
);
export type Terminal = Static<typeof Terminal>;
