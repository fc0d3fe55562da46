/** 印鑑登録 of a holder (`seal-registration.ts` of the domain). */
import type { SealRegistrationSnapshot } from '@dokodemo/domain';
import { Type } from 'typebox';
import { defineEndpoints } from './endpoint.ts';
import { frameFields, HolderBody, MunicipalityParams, RegisterDate } from './register-shapes.ts';
import { Base64, strict } from './shapes.ts';

/** 25 mm at 1,200 dpi. */
const maxSidePx = 1_182;

const Impression = Type.Object(
  {
    widthPx: Type.Integer({ minimum: 1, maximum: maxSidePx }),
    heightPx: Type.Integer({ minimum: 1, maximum: maxSidePx }),
    dpi: Type.Integer({ minimum: 400, maximum: 1_200 }),
    bits: Base64(Math.ceil(maxSidePx / 8) * maxSidePx),
  },
  strict,
);
const entry = {
  registrationNumber: Type.String({ maxLength: 20 }),
  registeredOn: RegisterDate,
  nameInKatakana: Type.Optional(Type.String({ maxLength: 200 })),
};
const Reason = Type.Union(
  (
    [
      'asked-for',
      'lost',
      'changed-seal',
      'moved-out',
      'died',
      'name-changed',
      'guardianship',
      'removed-from-register',
    ] as const
  ).map((reason) => Type.Literal(reason)),
);
const Registration = Type.Union([
  Type.Object({ ...entry, state: Type.Literal('registered'), impression: Impression }, strict),
  Type.Object({ ...entry, state: Type.Literal('cancelled'), cancelledOn: RegisterDate, reason: Reason }, strict),
]);

const Snapshot = Type.Unsafe<SealRegistrationSnapshot>(
  Type.Object({ ...frameFields, registration: Type.Optional(Registration), printsSex: Type.Boolean() }, strict),
);

export const sealRegisterEndpoints = defineEndpoints({
  sealRegistrationSnapshot: {
    method: 'POST',
    path: '/v1/:municipality/seal-registration/snapshot',
    callers: ['issuer'],
    summary:
      'The holder’s registered seal at this instant, or that it was cancelled, with everything that restricts it',
    params: MunicipalityParams,
    body: HolderBody,
    reply: Type.Object({ snapshot: Type.Union([Snapshot, Type.Null()]) }, strict),
    maxBodyBytes: 1_024,
    maxReplyBytes: 524_288,
    timeoutMs: 5_000,
  },
});
