/** Issuer ↔ base registry. The answers are the registry's rows of one instant; shapes: `residence.ts`,
 * `seal-registration.ts`, `tax.ts`, `family-register.ts`, `register-history.ts` of the domain. */
import type { ResidenceSnapshot } from '@dokodemo/domain';
import { Type } from 'typebox';
import { defineEndpoints } from './endpoint.ts';
import {
  AddresseeNumberText,
  HolderBody,
  MunicipalityParams,
  RegisterDate,
  Restriction,
  SexText,
  StandingText,
  Text,
} from './register-shapes.ts';
import { enrolmentEndpoints } from './registers-enrolment.ts';
import { familyRegisterEndpoints } from './registers-family.ts';
import { sealRegisterEndpoints } from './registers-seal.ts';
import { taxRegisterEndpoints } from './registers-tax.ts';
import { MunicipalityCodeText, Sha256Hex, strict } from './shapes.ts';

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
    addresseeNumber: AddresseeNumberText,
    name: Text,
    nameKana: Type.Optional(Type.String({ maxLength: 200 })),
    birth: RegisterDate,
    sex: SexText,
    relationship: Type.String({ maxLength: 60 }),
    becameResident: RegisterDate,
    settledAtAddress: RegisterDate,
    notified: RegisterDate,
    previousAddress: Type.Optional(Text),
    individualNumber: Type.Optional(Type.String({ pattern: '^[0-9]{12}$' })),
    remarks: Type.Array(Type.String({ maxLength: 400 }), { maxItems: 20 }),
    particulars: Type.Union([Japanese, Foreign]),
    standing: StandingText,
    movingOutOn: Type.Optional(RegisterDate),
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

const none = Type.Null();

export const registerEndpoints = defineEndpoints({
  /** 利用者証明用シリアル番号 → 宛名番号, of residents and of those whose enrolment (利用登録) is approved. `holder: null`:
   *  nobody here has this certificate. */
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
    body: HolderBody,
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
    summary:
      'Digests of the certificates that residents hold (and, once more, of those with 本籍 elsewhere), 5,000 a page',
    params: Type.Object({ municipality: MunicipalityCodeText, page: Type.String({ pattern: '^[0-9]{1,6}$' }) }, strict),
    body: none,
    reply: Type.Object({ digests: Type.Array(Sha256Hex, { maxItems: 10_000 }), more: Type.Boolean() }, strict),
    maxBodyBytes: 0,
    maxReplyBytes: 1_048_576,
    timeoutMs: 15_000,
  },
  ...sealRegisterEndpoints,
  ...taxRegisterEndpoints,
  ...familyRegisterEndpoints,
  ...enrolmentEndpoints,
});
