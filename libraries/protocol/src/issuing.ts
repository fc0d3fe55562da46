/** Center ↔ issuer (広域交付システム interface): a visit is opened and proved, a document prepared, its outcome told. */
import { type Static, Type } from 'typebox';
import { Credential, TerminalProof } from './conversation.ts';
import { defineEndpoints } from './endpoint.ts';
import { Answers, Menu } from './menu.ts';
import {
  Base64,
  Code,
  Instant,
  Key,
  MunicipalityCodeText,
  Sha256Hex,
  strict,
  TerminalIdText,
  Uuid,
  Yen,
} from './shapes.ts';

/** What the center saw of the credential; recorded by the issuer beside its own check. */
export const CenterSaw = Type.Object(
  {
    chain: Type.Literal('good'),
    revocation: Type.Literal('good'),
    by: Type.Union([Type.Literal('ocsp'), Type.Literal('crl')]),
    producedAt: Instant,
    at: Instant,
  },
  strict,
);
export type CenterSaw = Static<typeof CenterSaw>;

/** What the log of issues is told of one copy. */
export const LoggedPaper = Type.Object(
  {
    /** Its 発行番号. */
    number: Type.String({ maxLength: 64 }),
    /** Blinded digest of its fronts (`paperDigest`). */
    digest: Sha256Hex,
    /** SHA-256 of the inquiry key of its check code; absent: it has none, and nobody can ask of it. */
    inquiry: Type.Optional(Sha256Hex),
  },
  strict,
);
export type LoggedPaper = Static<typeof LoggedPaper>;

export const PreparedDocument = Type.Object(
  {
    /** One 発行番号 per copy. */
    documentNumbers: Type.Array(Type.String({ maxLength: 64 }), { minItems: 1, maxItems: 20 }),
    /** One per copy, in the order of the numbers. */
    papers: Type.Array(LoggedPaper, { minItems: 1, maxItems: 20 }),
    sheets: Type.Integer({ minimum: 1, maximum: 400 }),
    feeYen: Yen,
    expiresAt: Instant,
    /** Canonical CBOR: see `sealed-document.ts`. */
    aad: Base64(65_536),
    /** HPKE to the kiosk's key of this visit. */
    sealed: Base64(12_582_912),
  },
  strict,
);
export type PreparedDocument = Static<typeof PreparedDocument>;

const EnrolmentKeyWords = Type.Object({ key: Base64(32), certificate: Base64(4_096), signature: Base64(512) }, strict);

const VisitParams = Type.Object({ municipality: MunicipalityCodeText, visitId: Uuid }, strict);

export const issuingEndpoints = defineEndpoints({
  openVisit: {
    method: 'POST',
    path: '/v1/:municipality/visits',
    callers: ['center'],
    summary: 'A card was put down: make a nonce for it to sign',
    params: Type.Object({ municipality: MunicipalityCodeText }, strict),
    body: Type.Object(
      {
        visitId: Uuid,
        sessionId: Uuid,
        terminalId: TerminalIdText,
        kioskKey: Base64(32),
        terminal: TerminalProof,
        credential: Credential,
      },
      strict,
    ),
    reply: Type.Object(
      {
        nonce: Base64(32),
        pins: Type.Array(Type.Union([Type.Literal('holder'), Type.Literal('second')]), { maxItems: 2 }),
      },
      strict,
    ),
    maxBodyBytes: 32_768,
    maxReplyBytes: 4_096,
    timeoutMs: 5_000,
  },
  proveVisit: {
    method: 'POST',
    path: '/v1/:municipality/visits/:visitId/proof',
    callers: ['center'],
    summary: 'The card’s signature over the challenge; answered with what this holder may take now',
    params: VisitParams,
    body: Type.Object({ signature: Base64(512), centerSaw: CenterSaw }, strict),
    reply: Type.Object({ menu: Menu, sealedLabels: Base64(65_536) }, strict),
    maxBodyBytes: 16_384,
    maxReplyBytes: 262_144,
    timeoutMs: 10_000,
  },
  proveSecondPin: {
    method: 'POST',
    path: '/v1/:municipality/visits/:visitId/second-proof',
    callers: ['center'],
    summary: 'The municipality’s own card application has signed the visit’s challenge after the second PIN',
    params: VisitParams,
    body: Type.Object({ certificate: Base64(4096), signature: Base64(512) }, strict),
    reply: Type.Object({}, strict),
    maxBodyBytes: 16_384,
    maxReplyBytes: 1_024,
    timeoutMs: 5_000,
  },
  prepareDocument: {
    method: 'POST',
    path: '/v1/:municipality/visits/:visitId/applications',
    callers: ['center'],
    summary: 'PREPARE: snapshot, document, signature, seal; all or nothing',
    params: VisitParams,
    body: Type.Object(
      {
        applicationId: Uuid,
        kindId: Key,
        answers: Answers,
        copies: Type.Integer({ minimum: 1, maximum: 20 }),
        /** What the resident confirmed, for all copies. */
        feeYen: Yen,
      },
      strict,
    ),
    reply: PreparedDocument,
    maxBodyBytes: 65_536,
    maxReplyBytes: 17_825_792,
    timeoutMs: 20_000,
  },
  /** 利用登録, at the issuer that receives applications. */
  enrolmentKey: {
    method: 'GET',
    path: '/v1/:municipality/enrolment-key',
    callers: ['center'],
    summary: 'The key to which applications for this municipality are sealed, signed by it',
    params: Type.Object({ municipality: MunicipalityCodeText }, strict),
    body: Type.Null(),
    reply: EnrolmentKeyWords,
    maxBodyBytes: 0,
    maxReplyBytes: 8_192,
    timeoutMs: 5_000,
  },
  /** At the issuer of the applicant's home. Changes nothing here: asked again it is sealed again, under the same id. */
  sealEnrolment: {
    method: 'POST',
    path: '/v1/:municipality/visits/:visitId/enrolment',
    callers: ['center'],
    summary: 'What the register says of the holder, sealed to the municipality that keeps the family register',
    params: VisitParams,
    body: Type.Object({ enrolmentId: Uuid, kindId: Key, to: MunicipalityCodeText, key: EnrolmentKeyWords }, strict),
    reply: Type.Object({ aad: Base64(2_048), sealed: Base64(16_384) }, strict),
    maxBodyBytes: 16_384,
    maxReplyBytes: 32_768,
    timeoutMs: 10_000,
  },
  receiveEnrolment: {
    method: 'POST',
    path: '/v1/:municipality/enrolments',
    callers: ['center'],
    summary: 'An application for enrolment; the same twice is one, and while one is open the answer is that one',
    params: Type.Object({ municipality: MunicipalityCodeText }, strict),
    body: Type.Object({ enrolmentId: Uuid, aad: Base64(2_048), sealed: Base64(16_384) }, strict),
    reply: Type.Object({ state: Type.Union([Type.Literal('applied'), Type.Literal('approved')]) }, strict),
    maxBodyBytes: 32_768,
    maxReplyBytes: 1_024,
    timeoutMs: 10_000,
  },
  tellOutcome: {
    method: 'POST',
    path: '/v1/:municipality/applications/:applicationId/outcome',
    callers: ['center'],
    summary: 'How an application ended; told until acknowledged',
    params: Type.Object({ municipality: MunicipalityCodeText, applicationId: Uuid }, strict),
    body: Type.Object(
      {
        outcome: Type.Union([Type.Literal('handed-over'), Type.Literal('voided'), Type.Literal('unresolved')]),
        reason: Code,
        sheetDigests: Type.Array(Sha256Hex, { maxItems: 400 }),
        at: Instant,
      },
      strict,
    ),
    reply: Type.Object({}, strict),
    maxBodyBytes: 65_536,
    maxReplyBytes: 1_024,
    timeoutMs: 5_000,
  },
});
