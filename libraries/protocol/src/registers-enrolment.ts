/** 利用登録申請 in the municipality that keeps the family register (`enrolment.ts` of the domain). */
import type { Enrolment, EnrolmentClaim } from '@dokodemo/domain';
import { Type } from 'typebox';
import { defineEndpoints } from './endpoint.ts';
import { MunicipalityParams, RegisterDate, Text } from './register-shapes.ts';
import { Instant, MunicipalityCodeText, strict, Uuid } from './shapes.ts';

const EnrolmentParams = Type.Object({ municipality: MunicipalityCodeText, enrolmentId: Uuid }, strict);

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

const Waiting = Type.Object({ enrolmentId: Uuid, from: MunicipalityCodeText, claim: Claim, at: Instant }, strict);
/** Somebody in a family register of the claimed 本籍, for the eyes of staff. */
const Candidate = Type.Object(
  {
    addresseeNumber: Type.String({ maxLength: 20 }),
    familyRegisterId: Type.String({ maxLength: 40 }),
    registeredDomicile: Text,
    headOfFamilyRegister: Text,
    name: Text,
    birth: RegisterDate,
    removed: Type.Boolean(),
  },
  strict,
);
/** Who decides, as the caller's own sign-in names them. */
const By = Type.String({ pattern: '^[0-9A-Za-z][0-9A-Za-z@._-]{0,63}$' });

/** 利用登録 in the hands of staff: clerks of the registry, or an issuer on behalf of whoever has signed in to its console. */
export const enrolmentStaffEndpoints = defineEndpoints({
  waitingEnrolments: {
    method: 'POST',
    path: '/v1/staff/:municipality/enrolments/waiting',
    callers: ['operator', 'issuer'],
    summary: 'Applications that wait for a decision, oldest first',
    params: MunicipalityParams,
    body: Type.Object({ by: By }, strict),
    reply: Type.Object({ enrolments: Type.Array(Waiting, { maxItems: 200 }) }, strict),
    maxBodyBytes: 1_024,
    maxReplyBytes: 1_048_576,
    timeoutMs: 5_000,
  },
  enrolmentBesideRegister: {
    method: 'POST',
    path: '/v1/staff/:municipality/enrolments/:enrolmentId/beside-register',
    callers: ['operator', 'issuer'],
    summary: 'The claim, and who stands in family registers of that 本籍',
    params: EnrolmentParams,
    body: Type.Object({ by: By }, strict),
    reply: Type.Object({ enrolment: Waiting, candidates: Type.Array(Candidate, { maxItems: 200 }) }, strict),
    maxBodyBytes: 1_024,
    maxReplyBytes: 1_048_576,
    timeoutMs: 5_000,
  },
  decideEnrolment: {
    method: 'POST',
    path: '/v1/staff/:municipality/enrolments/:enrolmentId/decision',
    callers: ['operator', 'issuer'],
    summary: 'Approved, as this person of the register; or rejected. Once, under the id of the act',
    params: EnrolmentParams,
    body: Type.Object(
      {
        actId: Uuid,
        by: By,
        decision: Type.Union([
          Type.Object({ approve: Type.Object({ addresseeNumber: Type.String({ maxLength: 20 }) }, strict) }, strict),
          Type.Object({ reject: Type.Literal(true) }, strict),
        ]),
      },
      strict,
    ),
    reply: Type.Object({}, strict),
    maxBodyBytes: 1_024,
    maxReplyBytes: 1_024,
    timeoutMs: 5_000,
  },
});
