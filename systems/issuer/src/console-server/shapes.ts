/** What the console's page may send. Unknown fields are refused. */
import { type Static, type TSchema, Type } from 'typebox';

const strict = { additionalProperties: false } as const;
export const Day = Type.String({ pattern: '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$' });
const Note = Type.String({ maxLength: 400 });
const Revision = Type.Integer({ minimum: 0, maximum: 1_000_000 });
const Version = Type.Integer({ minimum: 1, maximum: 1_000_000 });
/** As it was typed: JSON that need not be right yet. */
const Typed = Type.String({ maxLength: 400_000 });

export const Nothing = Type.Object({}, strict);
export const DraftBody = Type.Object({ revision: Revision, content: Typed }, strict);
export const DropBody = Type.Object({ revision: Revision }, strict);
export const PreviewBody = Type.Object(
  { content: Typed, sampleId: Type.String({ pattern: '^[A-Za-z]{1,40}$' }) },
  strict,
);
export const ProposeBody = Type.Object(
  {
    revision: Revision,
    content: Typed,
    from: Day,
    until: Type.Optional(Day),
    reason: Type.String({ minLength: 1, maxLength: 400, pattern: '\\S' }),
  },
  strict,
);
export const DecideBody = Type.Object(
  {
    version: Version,
    /** Of how many decisions whoever decides knew. */
    decided: Type.Integer({ minimum: 0, maximum: 10 }),
    decision: Type.Union([Type.Literal('taken-into-use'), Type.Literal('returned'), Type.Literal('withdrawn')]),
    from: Type.Optional(Day),
    note: Note,
  },
  strict,
);
export const VersionBody = Type.Object({ version: Version }, strict);
export const NumberBody = Type.Object(
  { documentNumber: Type.String({ pattern: '^[0-9]{8}-[0-9]{6}-[0-9]{7}$' }) },
  strict,
);
export const AuditBody = Type.Object({ before: Type.Optional(Type.Integer({ minimum: 1 })) }, strict);

const Uuid = Type.String({
  pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$',
});
export const EnrolmentBody = Type.Object({ enrolmentId: Uuid }, strict);
/** A choice, not words: reasons go to the audit log, which holds no names of residents. */
export const rejectionReasons = ['not-in-register', 'claim-differs', 'withdrawn-by-applicant', 'other'] as const;
export const DecideEnrolmentBody = Type.Object(
  {
    enrolmentId: Uuid,
    /** As it came with the look: the same act again is the same decision. */
    actId: Uuid,
    decision: Type.Union([
      Type.Object(
        { approve: Type.Object({ addresseeNumber: Type.String({ pattern: '^[0-9A-Za-z-]{1,20}$' }) }, strict) },
        strict,
      ),
      Type.Object({ reject: Type.Union(rejectionReasons.map((reason) => Type.Literal(reason))) }, strict),
    ]),
  },
  strict,
);

export type BodyOf<S extends TSchema> = Static<S>;
