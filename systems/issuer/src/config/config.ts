/** What an issuer is told before it starts. Unknown keys are refused: a misspelt one must not silently mean nothing. */
import { IdentityConfig, KeyMaterial } from '@dokodemo/protocol/config';
import { type Static, Type } from 'typebox';
import { ConsoleConfig } from '../console-server/console-config.ts';
import { type TaxCertificate, taxCertificates } from '../municipality.ts';

const strict = { additionalProperties: false } as const;
const Day = Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' });
const Moment = Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+(Z|[+-][0-9]{2}:[0-9]{2})$' });
const Time = Type.String({ pattern: '^[0-9]{2}:[0-9]{2}$' });
const KindId = Type.String({ pattern: '^[a-z][a-z0-9-]{0,63}$' });
const Words = Type.String({ minLength: 1, maxLength: 200 });
const Url = Type.String({ pattern: '^https://[^@\\s]+$', maxLength: 300 });
const dated = { from: Day, until: Type.Optional(Day) };

const FileName = Type.String({ minLength: 1, maxLength: 4_096 });
const TokenText = Type.String({ minLength: 1, maxLength: 255 });
export const PaperSignerConfig = Type.Union([
  Type.Object({ key: KeyMaterial, certificate: KeyMaterial }, strict),
  Type.Object(
    {
      pkcs11: Type.Object(
        {
          module: FileName,
          token: TokenText,
          id: Type.String({ pattern: '^([0-9a-f]{2}){1,64}$' }),
          pinFile: FileName,
        },
        strict,
      ),
      certificate: KeyMaterial,
    },
    strict,
  ),
]);
export type PaperSignerConfig = Static<typeof PaperSignerConfig>;

const Hours = Type.Union([Type.Null(), Type.Object({ opens: Time, closes: Time }, strict)]);
const Week = Type.Object(
  {
    sunday: Hours,
    monday: Hours,
    tuesday: Hours,
    wednesday: Hours,
    thursday: Hours,
    friday: Hours,
    saturday: Hours,
  },
  strict,
);
const kinds = Type.Optional(Type.Array(KindId, { minItems: 1, maxItems: 30 }));

const Calendar = Type.Object(
  {
    weeks: Type.Array(Type.Object({ kinds, ...dated, week: Week, holiday: Type.Optional(Hours) }, strict), {
      minItems: 1,
      maxItems: 100,
    }),
    closedEveryYear: Type.Array(
      Type.Object(
        {
          from: Type.String({ pattern: '^[0-9]{2}-[0-9]{2}$' }),
          until: Type.String({ pattern: '^[0-9]{2}-[0-9]{2}$' }),
        },
        strict,
      ),
      { maxItems: 20 },
    ),
    closedDays: Type.Array(Type.Object({ day: Day, kinds }, strict), { maxItems: 400 }),
    stops: Type.Array(Type.Object({ from: Moment, until: Type.Optional(Moment), kinds }, strict), { maxItems: 100 }),
  },
  strict,
);

const Amounts = Type.Array(
  Type.Object(
    {
      kind: KindId,
      channel: Type.Union([Type.Literal('kiosk'), Type.Literal('own-machine'), Type.Literal('counter')]),
      amountYen: Type.Integer({ minimum: 0, maximum: 100_000 }),
      ...dated,
    },
    strict,
  ),
  { maxItems: 200 },
);

const capacity = Type.Union([Type.Literal('mayor'), Type.Literal('deputy')]);

const TaxPolicy = Type.Object(
  {
    certificates: Type.Array(
      Type.Object(
        {
          certificate: Type.Unsafe<TaxCertificate>(Type.Union(taxCertificates.map((it) => Type.Literal(it)))),
          years: Type.Integer({ minimum: 1, maximum: 20 }),
          newYearFrom: Type.String({ pattern: '^[0-9]{2}-[0-9]{2}$' }),
        },
        strict,
      ),
      { minItems: 1, maxItems: taxCertificates.length },
    ),
    levels: Type.Union([Type.Literal(2), Type.Literal(3)]),
    askItems: Type.Boolean(),
  },
  strict,
);

const terminalPattern = '^[A-Z0-9][A-Z0-9-]{2,31}$';
const TerminalId = Type.String({ pattern: terminalPattern });
const GroundName = Type.Enum(['thin', 'usual', 'medium', 'fat', 'heavy']);

export const MunicipalityConfig = Type.Object(
  {
    code: Type.String({ pattern: '^[0-9]{6}$' }),
    name: Words,
    mode: Type.Union([Type.Literal('production'), Type.Literal('specimen')]),
    calendar: Calendar,
    fees: Type.Object({ base: Amounts, deductions: Amounts }, strict),
    ownTerminals: Type.Array(TerminalId, { maxItems: 1_000 }),
    kinds: Type.Array(
      Type.Object(
        {
          kindId: KindId,
          ...dated,
          maxCopies: Type.Integer({ minimum: 1, maximum: 20 }),
          /** Demand the second PIN, or do not; absent: as is usual for the kind. */
          secondPin: Type.Optional(Type.Boolean()),
          /** May it be had as a signed file, where a terminal can hand one over? Absent: on paper only. */
          electronicCopies: Type.Optional(Type.Boolean()),
          note: Type.Optional(Words),
        },
        strict,
      ),
      { maxItems: 100 },
    ),
    notices: Type.Optional(Type.Array(Type.Object({ ...dated, words: Words }, strict), { maxItems: 100 })),
    certifiers: Type.Array(Type.Object({ ...dated, capacity, title: Words, name: Words }, strict), { maxItems: 100 }),
    seals: Type.Array(
      Type.Object(
        {
          sealId: Words,
          ...dated,
          capacity,
          widthMm: Type.Number({ minimum: 8, maximum: 25 }),
          /** A specimen drawn with this legend (「どこでも市長之印」), or the real seal's impression as a P4 bitmap. */
          impression: Type.Union([
            Type.Object({ specimen: Type.String({ minLength: 1, maxLength: 16 }) }, strict),
            Type.Object({ bitmap: Type.String({ minLength: 1 }) }, strict),
          ]),
        },
        strict,
      ),
      { maxItems: 100 },
    ),
    policies: Type.Object(
      {
        individualNumber: Type.Boolean(),
        movingOut: Type.Union([Type.Literal('refuse-household'), Type.Literal('leave-out')]),
        restrictedMembers: Type.Union([Type.Literal('any'), Type.Literal('shown')]),
        alerts: Type.Union([Type.Literal('refuse'), Type.Literal('ignore')]),
        tax: Type.Optional(TaxPolicy),
      },
      strict,
    ),
    /** 条例利用: authorities of the municipality's own card application, and serial numbers (hex) of certificates whose
     *  use was stopped. Absent: there is no second PIN here. */
    ordinance: Type.Optional(
      Type.Object(
        {
          authorities: Type.Array(KeyMaterial, { minItems: 1, maxItems: 4 }),
          stopped: Type.Optional(
            Type.Array(Type.String({ pattern: '^([0-9a-f]{2}){1,20}$' }), { maxItems: 100_000, uniqueItems: true }),
          ),
        },
        strict,
      ),
    ),
    /** 利用登録. `key`: X25519, to which applications are sealed; `authority`: certifies document-signing keys;
     *  `neighbours`: municipalities whose family registers residents may apply to. Absent: none are sent or taken. */
    enrolment: Type.Optional(
      Type.Object(
        {
          key: KeyMaterial,
          authority: KeyMaterial,
          neighbours: Type.Array(Type.Object({ code: Type.String({ pattern: '^[0-9]{6}$' }), name: Words }, strict), {
            maxItems: 1_800,
          }),
        },
        strict,
      ),
    ),
    signer: Type.Object({ key: KeyMaterial, certificate: KeyMaterial }, strict),
    /** Document-signing keys for the backs of papers, in software or in a PKCS#11 module: of those in force the one
     *  that began last signs, so the next one may stand here before its time. Absent: `signer`. */
    paperSigners: Type.Optional(Type.Array(PaperSignerConfig, { minItems: 1, maxItems: 10 })),
    /** A coded back and a copy-evident background on every sheet. Absent: none. */
    proof: Type.Optional(Type.Boolean()),
    /** Which profile of the background suits the printer of a terminal, by the terminal's id; `default`: of all others.
     *  Absent: `usual`. */
    grounds: Type.Optional(
      Type.Object(
        {
          default: Type.Optional(GroundName),
          terminals: Type.Optional(
            Type.Record(Type.String({ pattern: terminalPattern }), GroundName, { ...strict, maxProperties: 1_000 }),
          ),
        },
        strict,
      ),
    ),
    /** `authority`: certifies document-signing keys, and goes into every copy; `terminals`: those that hand over files
     *  instead of printing. Absent: no electronic copies. */
    electronicCopies: Type.Optional(
      Type.Object({ authority: KeyMaterial, terminals: Type.Array(TerminalId, { maxItems: 1_000 }) }, strict),
    ),
    visitSeconds: Type.Integer({ minimum: 30, maximum: 3_600 }),
    preparedSeconds: Type.Integer({ minimum: 30, maximum: 1_800 }),
    sourceMaxAgeSeconds: Type.Integer({ minimum: 1, maximum: 600 }),
    registry: Type.Object({ url: Url, id: Type.Optional(Words) }, strict),
  },
  strict,
);
export type MunicipalityConfig = Static<typeof MunicipalityConfig>;

const count = Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000_000 }));

export const IssuerConfig = Type.Object(
  {
    listen: Type.Object(
      { host: Type.String({ minLength: 1 }), port: Type.Integer({ minimum: 0, maximum: 65_535 }) },
      strict,
    ),
    tls: IdentityConfig,
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
    databaseConnections: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
    /** Absent: no directory of credentials is pushed. */
    center: Type.Optional(Type.Object({ url: Url }, strict)),
    /** JPKI authorities for user authentication. */
    cardAuthorities: Type.Array(KeyMaterial, { minItems: 1, maxItems: 16 }),
    /** In production no test authority is believed and no specimen issued. */
    production: Type.Boolean(),
    municipalities: Type.Array(MunicipalityConfig, { minItems: 1, maxItems: 1_800 }),
    /** Absent: no console for staff. */
    console: Type.Optional(ConsoleConfig),
    maxInFlight: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })),
    tickMs: Type.Optional(Type.Integer({ minimum: 100, maximum: 60_000 })),
    limits: Type.Optional(
      Type.Object(
        {
          documentsAtOnce: count,
          documentsWaiting: count,
          documentsWaitMs: count,
          documentMaxBytes: count,
          refusalBeatMs: count,
          clockSkewMs: count,
          ocspMaxAgeMs: count,
          crlMaxAgeMs: count,
          forgetVisitsAfterMs: count,
          directoryEveryMs: count,
        },
        strict,
      ),
    ),
  },
  strict,
);
export type IssuerConfig = Static<typeof IssuerConfig>;
