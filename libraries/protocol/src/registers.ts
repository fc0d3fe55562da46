/** Issuer ↔ base registry. The answers are the registry's rows of one instant; shapes: `residence.ts` of the domain. */
import type { ResidenceSnapshot } from '@dokodemo/domain';
import { Type } from 'typebox';
import { defineEndpoints } from './endpoint.ts';
import { MunicipalityCodeText, Sha256Hex, strict } from './shapes.ts';

const Text = Type.Object(
  {
    text: Type.String({ maxLength: 400 }),
    glyphs: Type.Optional(Type.Record(Type.String(), Type.String({ maxLength: 16 }))),
  },
  strict,
);
const RegisterDate = Type.Object(
  { text: Type.String({ maxLength: 40 }), iso: Type.Optional(Type.String({ maxLength: 10 })) },
  strict,
);

const Japanese = Type.Object(
  {
    kind: Type.Literal('japanese'),
    registeredDomicile: Text,
    headOfFamilyRegister: Text,
    formerSurname: Type.Optional(Text),
  },
  strict,
);
const Foreign = Type.Object(
  {
    kind: Type.Literal('foreign'),
    nameInKanji: Type.Optional(Text),
    alias: Type.Optional(Text),
    nationality: Type.String({ maxLength: 80 }),
    article30_45: Type.String({ maxLength: 40 }),
    statusOfResidence: Type.Optional(Type.String({ maxLength: 80 })),
    periodOfStay: Type.Optional(Type.String({ maxLength: 40 })),
    periodOfStayExpires: Type.Optional(RegisterDate),
    residenceCardNumber: Type.Optional(Type.String({ maxLength: 20 })),
    becameForeignResident: RegisterDate,
  },
  strict,
);

const Resident = Type.Object(
  {
    addresseeNumber: Type.String({ maxLength: 20 }),
    name: Text,
    nameKana: Type.Optional(Type.String({ maxLength: 200 })),
    birth: RegisterDate,
    sex: Type.Union([Type.Literal('male'), Type.Literal('female'), Type.Literal('unknown')]),
    relationship: Type.String({ maxLength: 60 }),
    becameResident: RegisterDate,
    settledAtAddress: RegisterDate,
    notified: RegisterDate,
    previousAddress: Type.Optional(Text),
    individualNumber: Type.Optional(Type.String({ pattern: '^[0-9]{12}$' })),
    remarks: Type.Array(Type.String({ maxLength: 400 }), { maxItems: 20 }),
    particulars: Type.Union([Japanese, Foreign]),
    standing: Type.Union([
      Type.Literal('present'),
      Type.Literal('dead'),
      Type.Literal('moved-out'),
      Type.Literal('provisional'),
    ]),
    movingOutOn: Type.Optional(RegisterDate),
  },
  strict,
);

const Restriction = Type.Object(
  {
    restrictionId: Type.String({ maxLength: 64 }),
    on: Type.Union([
      Type.Object({ addresseeNumber: Type.String({ maxLength: 20 }) }, strict),
      Type.Object({ householdNumber: Type.String({ maxLength: 20 }) }, strict),
    ]),
    reason: Type.Union(
      (
        [
          'protection-measure',
          'provisional-protection',
          'court-order',
          'guardianship',
          'change-in-progress',
          'other',
        ] as const
      ).map((reason) => Type.Literal(reason)),
    ),
    level: Type.Union([Type.Literal('error'), Type.Literal('alert')]),
    from: Type.String({ maxLength: 10 }),
    until: Type.Optional(Type.String({ maxLength: 10 })),
  },
  strict,
);

const Snapshot = Type.Unsafe<ResidenceSnapshot>(
  Type.Object(
    {
      municipality: MunicipalityCodeText,
      asOf: Type.String({ maxLength: 40 }),
      holder: Type.String({ maxLength: 20 }),
      household: Type.Object(
        {
          householdNumber: Type.String({ maxLength: 20 }),
          address: Text,
          addressDetail: Type.Optional(Text),
          headName: Type.Optional(Text),
          members: Type.Array(Resident, { maxItems: 60 }),
        },
        strict,
      ),
      restrictions: Type.Array(Restriction, { maxItems: 100 }),
      versions: Type.Record(Type.String(), Type.Integer()),
    },
    strict,
  ),
);

const MunicipalityParams = Type.Object({ municipality: MunicipalityCodeText }, strict);
const none = Type.Null();

export const registerEndpoints = defineEndpoints({
  /** 利用者証明用シリアル番号 → 宛名番号. `holder: null`: nobody here has this certificate. */
  findHolder: {
    method: 'POST',
    path: '/v1/:municipality/holders',
    callers: ['issuer'],
    summary: 'Which resident holds a user-authentication certificate',
    params: MunicipalityParams,
    body: Type.Object({ serialHex: Type.String({ pattern: '^[0-9a-f]{1,40}$' }) }, strict),
    reply: Type.Object({ holder: Type.Union([Type.String({ maxLength: 20 }), Type.Null()]) }, strict),
    maxBodyBytes: 1_024,
    maxReplyBytes: 1_024,
    timeoutMs: 5_000,
  },
  residenceSnapshot: {
    method: 'POST',
    path: '/v1/:municipality/residence/snapshot',
    callers: ['issuer'],
    summary: 'The holder’s household as it stands at this instant, with everything that restricts it',
    params: MunicipalityParams,
    body: Type.Object({ holder: Type.String({ maxLength: 20 }) }, strict),
    reply: Type.Object({ snapshot: Type.Union([Snapshot, Type.Null()]) }, strict),
    maxBodyBytes: 1_024,
    maxReplyBytes: 1_048_576,
    timeoutMs: 5_000,
  },
  /** For the center's directory: digests of all certificates in force, in pages. */
  credentialDigests: {
    method: 'GET',
    path: '/v1/:municipality/credential-digests/:page',
    callers: ['issuer'],
    summary: 'Digests of the certificates that residents hold, 5,000 a page',
    params: Type.Object({ municipality: MunicipalityCodeText, page: Type.String({ pattern: '^[0-9]{1,6}$' }) }, strict),
    body: none,
    reply: Type.Object({ digests: Type.Array(Sha256Hex, { maxItems: 5_000 }), more: Type.Boolean() }, strict),
    maxBodyBytes: 0,
    maxReplyBytes: 1_048_576,
    timeoutMs: 15_000,
  },
});
