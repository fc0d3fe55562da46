/** What a center is told before it starts. Unknown keys are refused: a misspelt one must not silently mean nothing. */
import { strict, TerminalIdText } from '@dokodemo/protocol';
import { IdentityConfig, KeyMaterial } from '@dokodemo/protocol/config';
import { type Static, Type } from 'typebox';

const Words = Type.String({ minLength: 1, maxLength: 80 });
const HttpsUrl = Type.String({ pattern: '^https://[^@\\s]+$', maxLength: 300 });
const AnyHttpUrl = Type.String({ pattern: '^https?://[^@\\s]+$', maxLength: 300 });
const bound = (minimum: number, maximum: number) => Type.Optional(Type.Integer({ minimum, maximum }));

export const CenterConfig = Type.Object(
  {
    listen: Type.Object(
      { host: Type.String({ minLength: 1 }), port: Type.Integer({ minimum: 0, maximum: 65_535 }) },
      strict,
    ),
    /** Its authority certifies systems and terminals. */
    tls: IdentityConfig,
    /** As the application's role sees it; `prepareCenterDatabase` makes it. */
    database: Type.Union([
      Type.Object({ url: Type.String({ pattern: '^postgres(ql)?://' }) }, strict),
      Type.Object(
        {
          host: Type.String(),
          port: Type.Integer({ minimum: 1, maximum: 65_535 }),
          user: Type.String(),
          database: Type.String(),
        },
        strict,
      ),
    ]),
    databaseConnections: bound(1, 200),
    /** In production no test authority is believed. */
    production: Type.Boolean(),
    municipalities: Type.Array(
      Type.Object(
        {
          code: Type.String({ pattern: '^[0-9]{6}$' }),
          name: Words,
          /** `id`: as its certificate names it; one issuer may serve many municipalities. */
          issuer: Type.Object({ url: HttpsUrl, id: Words }, strict),
        },
        strict,
      ),
      { minItems: 1, maxItems: 50 },
    ),
    /** Terminals that may open sessions; what is not listed any more stays as it was last said to be. */
    terminals: Type.Array(
      Type.Object({ terminalId: TerminalIdText, operator: Words, store: Words, active: Type.Boolean() }, strict),
      { maxItems: 100_000 },
    ),
    /** JPKI authorities for user authentication. */
    cardAuthorities: Type.Array(KeyMaterial, { minItems: 1, maxItems: 16 }),
    /** Whom to ask whether a card's certificate was revoked; OCSP first. At least one of the two. */
    revocation: Type.Object(
      {
        ocsp: Type.Optional(Type.Object({ url: AnyHttpUrl, requireNonce: Type.Optional(Type.Boolean()) }, strict)),
        crl: Type.Optional(Type.Object({ url: AnyHttpUrl }, strict)),
      },
      strict,
    ),
    journal: Type.Object(
      {
        /** Names the journal in its signed checkpoints. */
        origin: Type.String({ pattern: '^[a-z0-9.-]+(/[a-z0-9.-]+)*$', maxLength: 100 }),
        /** Ed25519, for the checkpoints. */
        sealKey: KeyMaterial,
      },
      strict,
    ),
    /** The log of issues; without it nobody can check that a paper stands in one. */
    issueLog: Type.Optional(
      Type.Object(
        {
          /** Names the log in its signed checkpoints and in trust bundles; another name is another log. */
          origin: Type.String({ pattern: '^[a-z0-9.-]+(/[a-z0-9.-]+)*$', maxLength: 100 }),
          /** Ed25519, for the checkpoints; not the journal's. */
          key: KeyMaterial,
        },
        strict,
      ),
    ),
    maxInFlight: bound(1, 10_000),
    /** Pauses between rounds of the work behind: ends and outcomes; seals and pictures. */
    tickMs: bound(50, 60_000),
    sealMs: bound(50, 60_000),
    bounds: Type.Optional(
      Type.Object(
        {
          sessionSilentMs: bound(10_000, 3_600_000),
          sessionMaxMs: bound(60_000, 14_400_000),
          kioskGraceMs: bound(10_000, 86_400_000),
          kioskSilentMs: bound(10_000, 86_400_000),
        },
        strict,
      ),
    ),
    /** Seconds without a touch until a kiosk warns, by step of the conversation. */
    idleSeconds: Type.Optional(
      Type.Record(Type.String({ pattern: '^[a-z-]{1,30}$' }), Type.Integer({ minimum: 5, maximum: 600 })),
    ),
    paymentMethods: Type.Optional(
      Type.Array(Type.Union([Type.Literal('cash'), Type.Literal('ic-money')]), { minItems: 1, maxItems: 2 }),
    ),
  },
  strict,
);
export type CenterConfig = Static<typeof CenterConfig>;
