/** What a clerk of the municipality (住民記録担当) may see and change over the wire: restrictions on a resident. */
import { defineEndpoints, MunicipalityCodeText, strict, Uuid } from '@dokodemo/protocol';
import { type Static, Type } from 'typebox';

const Day = Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' });
const AddresseeNumber = Type.String({ pattern: '^[0-9A-Za-z-]{1,20}$' });

export const RestrictionReason = Type.Union([
  Type.Literal('protection-measure'),
  Type.Literal('provisional-protection'),
  Type.Literal('court-order'),
  Type.Literal('guardianship'),
  Type.Literal('change-in-progress'),
  Type.Literal('other'),
]);

export const RestrictionInForce = Type.Object(
  {
    restrictionId: Type.String({ maxLength: 64 }),
    /** True: on this very person; false: on somebody of the same household, or on the household. */
    own: Type.Boolean(),
    reason: RestrictionReason,
    level: Type.Union([Type.Literal('error'), Type.Literal('alert')]),
    from: Day,
    until: Type.Optional(Day),
  },
  strict,
);
export type RestrictionInForce = Static<typeof RestrictionInForce>;

const ResidentParams = Type.Object({ municipality: MunicipalityCodeText, addresseeNumber: AddresseeNumber }, strict);

export const registryOperatorEndpoints = defineEndpoints({
  listRestrictions: {
    method: 'GET',
    path: '/v1/operator/:municipality/residents/:addresseeNumber/restrictions',
    callers: ['operator'],
    summary: 'Restrictions that hold today on a resident or on somebody of the same household',
    params: ResidentParams,
    body: Type.Null(),
    reply: Type.Object({ restrictions: Type.Array(RestrictionInForce, { maxItems: 100 }) }, strict),
    maxBodyBytes: 0,
    maxReplyBytes: 65_536,
    timeoutMs: 5_000,
  },
  /** Counts at once, for a session in mid-flow too: the issuer reads the register anew when it prepares a document. */
  setRestriction: {
    method: 'POST',
    path: '/v1/operator/:municipality/residents/:addresseeNumber/restrictions',
    callers: ['operator'],
    summary: 'A restriction on a resident, known from now on by the id of this act',
    params: ResidentParams,
    body: Type.Object(
      {
        actId: Uuid,
        reason: RestrictionReason,
        level: Type.Union([Type.Literal('error'), Type.Literal('alert')]),
        from: Day,
        until: Type.Optional(Day),
      },
      strict,
    ),
    reply: Type.Object({ restrictionId: Type.String({ maxLength: 64 }) }, strict),
    maxBodyBytes: 1_024,
    maxReplyBytes: 1_024,
    timeoutMs: 5_000,
  },
  liftRestriction: {
    method: 'POST',
    path: '/v1/operator/:municipality/restrictions/:restrictionId/lifting',
    callers: ['operator'],
    summary: 'A restriction is taken away',
    params: Type.Object(
      { municipality: MunicipalityCodeText, restrictionId: Type.String({ pattern: '^[0-9A-Za-z-]{1,64}$' }) },
      strict,
    ),
    body: Type.Object({ actId: Uuid }, strict),
    reply: Type.Object({}, strict),
    maxBodyBytes: 1_024,
    maxReplyBytes: 1_024,
    timeoutMs: 5_000,
  },
});
