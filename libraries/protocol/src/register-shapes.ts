/** Shapes that every reading of a register shares (`register-snapshot.ts` of the domain). */
import { Type } from 'typebox';
import { MunicipalityCodeText, strict } from './shapes.ts';

export const Text = Type.Object(
  {
    text: Type.String({ maxLength: 400 }),
    glyphs: Type.Optional(Type.Record(Type.String(), Type.String({ maxLength: 16 }))),
  },
  strict,
);
export const RegisterDate = Type.Object(
  { text: Type.String({ maxLength: 40 }), iso: Type.Optional(Type.String({ maxLength: 10 })) },
  strict,
);

/** 宛名番号. */
export const AddresseeNumberText = Type.String({ maxLength: 20 });
export const SexText = Type.Union([Type.Literal('male'), Type.Literal('female'), Type.Literal('unknown')]);
export const StandingText = Type.Union(
  (['present', 'dead', 'moved-out', 'provisional'] as const).map((standing) => Type.Literal(standing)),
);
/** Whole yen of a roll, not of a fee: values of land go further. */
export const RollYen = Type.Integer({ minimum: 0, maximum: 9_999_999_999_999 });
export const IsoDay = Type.String({ maxLength: 10 });

export const Restriction = Type.Object(
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

export const HolderRecord = Type.Object(
  {
    standing: StandingText,
    movingOutOn: Type.Optional(RegisterDate),
    becameResident: RegisterDate,
    name: Text,
    nameKana: Type.Optional(Type.String({ maxLength: 200 })),
    formerSurname: Type.Optional(Text),
    nameInKanji: Type.Optional(Text),
    alias: Type.Optional(Text),
    isForeign: Type.Boolean(),
    birth: RegisterDate,
    sex: SexText,
    householdNumber: Type.String({ maxLength: 20 }),
    address: Text,
    addressDetail: Type.Optional(Text),
  },
  strict,
);

/** The frame's fields, to be spread into a snapshot's own. */
export const frameFields = {
  municipality: MunicipalityCodeText,
  asOf: Type.String({ maxLength: 40 }),
  holder: AddresseeNumberText,
  restrictions: Type.Array(Restriction, { maxItems: 100 }),
  versions: Type.Record(Type.String(), Type.Integer()),
  resident: Type.Optional(HolderRecord),
};

export const MunicipalityParams = Type.Object({ municipality: MunicipalityCodeText }, strict);
export const HolderBody = Type.Object({ holder: AddresseeNumberText }, strict);
