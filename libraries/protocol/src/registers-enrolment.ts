/** 利用登録申請 in the municipality that keeps the family register (`enrolment.ts` of the domain). */
import type { Enrolment, EnrolmentClaim } from '@dokodemo/domain';
import { Type } from 'typebox';
import { defineEndpoints } from './endpoint.ts';
import { MunicipalityParams, RegisterDate, Text } from './register-shapes.ts';
import { Instant, MunicipalityCodeText, strict, Uuid } from './shapes.ts';

const SerialHex = Type.String({ pattern: '^[0-9a-f]{1,40}$' });
const State = Type.Union((['applied', 'approved', 'rejected', 'ended'] as const).map((state) => Type.Literal(state)));

const Claim = Type.Unsafe<EnrolmentClaim>(
  Type.Object({ name: Text, birth: RegisterDate, registeredDomicile: Text, headOfFamilyRegister: Text }, strict),
);
/** Says nothing of whom the registry believes it to be. */
const Standing = Type.Unsafe<Pick<Enrolment, 'enrolmentId' | 'state' | 'at'>>(
  Type.Object({ enrolmentId: Uuid, state: State, at: Instant }, strict),
);

export const enrolmentEndpoints = defineEndpoints({
  /** The same application twice is one; while one is open or approved for this certificate, the answer is that one. The
   *  registry does not say whether it knows such a person: staff decide, later. */
  applyForEnrolment: {
    method: 'POST',
    path: '/v1/:municipality/enrolments',
    callers: ['issuer'],
    summary: 'Somebody who lives elsewhere applies to take certificates of the family register kept here',
    params: MunicipalityParams,
    body: Type.Object({ enrolmentId: Uuid, serialHex: SerialHex, from: MunicipalityCodeText, claim: Claim }, strict),
    reply: Type.Object({ enrolment: Standing }, strict),
    maxBodyBytes: 8_192,
    maxReplyBytes: 1_024,
    timeoutMs: 5_000,
  },
  /** Null: nobody has applied with this certificate (ENROLMENT_MISSING). */
  findEnrolment: {
    method: 'POST',
    path: '/v1/:municipality/enrolments/of-certificate',
    callers: ['issuer'],
    summary: 'How far the last application with a certificate has come',
    params: MunicipalityParams,
    body: Type.Object({ serialHex: SerialHex }, strict),
    reply: Type.Object({ enrolment: Type.Union([Standing, Type.Null()]) }, strict),
    maxBodyBytes: 1_024,
    maxReplyBytes: 1_024,
    timeoutMs: 5_000,
  },
});
