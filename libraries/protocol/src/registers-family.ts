/** 戸籍 and 附票 of a holder (`family-register.ts`, `register-history.ts` of the domain). */
import type { FamilyRegisterSnapshot, RegisterHistorySnapshot } from '@dokodemo/domain';
import { Type } from 'typebox';
import { defineEndpoints } from './endpoint.ts';
import {
  AddresseeNumberText,
  frameFields,
  HolderBody,
  MunicipalityParams,
  RegisterDate,
  SexText,
  Text,
} from './register-shapes.ts';
import { strict } from './shapes.ts';

const maxPersons = 60;
const PersonNumber = Type.Integer({ minimum: 1, maximum: 999 });
const Kana = Type.String({ maxLength: 100 });
const Id = Type.String({ maxLength: 40 });

/** A line of an entry may hold a whole former text (【従前の記録】), so it is longer than a name. */
const LongText = Type.Object(
  {
    text: Type.String({ maxLength: 1_000 }),
    glyphs: Type.Optional(Type.Record(Type.String(), Type.String({ maxLength: 16 }))),
  },
  strict,
);
const Entry = Type.Object(
  {
    title: Type.String({ maxLength: 40 }),
    fields: Type.Array(Type.Object({ label: Type.String({ maxLength: 40 }), value: LongText }, strict), {
      maxItems: 40,
    }),
  },
  strict,
);
const Person = Type.Object(
  {
    personNumber: PersonNumber,
    addresseeNumber: Type.Optional(AddresseeNumberText),
    givenName: Text,
    givenNameKana: Type.Optional(Kana),
    birth: RegisterDate,
    spouse: Type.Optional(Type.Union([Type.Literal('夫'), Type.Literal('妻')])),
    father: Type.Optional(Text),
    mother: Type.Optional(Text),
    relationship: Type.String({ maxLength: 20 }),
    adoptiveFather: Type.Optional(Text),
    adoptiveMother: Type.Optional(Text),
    adoptiveRelationship: Type.Optional(Type.Union([Type.Literal('養子'), Type.Literal('養女')])),
    removed: Type.Boolean(),
    entries: Type.Array(Entry, { maxItems: 60 }),
  },
  strict,
);

const FamilySnapshot = Type.Unsafe<FamilyRegisterSnapshot>(
  Type.Object(
    {
      ...frameFields,
      familyRegister: Type.Optional(
        Type.Object(
          {
            familyRegisterId: Id,
            registeredDomicile: Text,
            surname: Text,
            surnameKana: Type.Optional(Kana),
            headGivenName: Text,
            entries: Type.Array(Entry, { maxItems: 60 }),
            persons: Type.Array(Person, { maxItems: maxPersons }),
            processing: Type.Boolean(),
          },
          strict,
        ),
      ),
      holderPersonNumber: Type.Optional(PersonNumber),
    },
    strict,
  ),
);

const HistoryPerson = Type.Object(
  {
    personNumber: PersonNumber,
    addresseeNumber: Type.Optional(AddresseeNumberText),
    givenName: Text,
    birth: Type.Optional(RegisterDate),
    sex: Type.Optional(SexText),
    addresses: Type.Array(
      Type.Object({ address: Text, addressDetail: Type.Optional(Text), settled: RegisterDate }, strict),
      { maxItems: 100 },
    ),
    overseasVotersListOf: Type.Optional(Type.String({ maxLength: 80 })),
    removedOn: Type.Optional(RegisterDate),
  },
  strict,
);

const HistorySnapshot = Type.Unsafe<RegisterHistorySnapshot>(
  Type.Object(
    {
      ...frameFields,
      history: Type.Optional(
        Type.Object(
          {
            familyRegisterId: Id,
            registeredDomicile: Text,
            surname: Text,
            headGivenName: Text,
            madeOn: RegisterDate,
            persons: Type.Array(HistoryPerson, { maxItems: maxPersons }),
            processing: Type.Boolean(),
          },
          strict,
        ),
      ),
      holderPersonNumber: Type.Optional(PersonNumber),
    },
    strict,
  ),
);

export const familyRegisterEndpoints = defineEndpoints({
  familyRegisterSnapshot: {
    method: 'POST',
    path: '/v1/:municipality/family-register/snapshot',
    callers: ['issuer'],
    summary: 'The family register that the holder is in, at this instant, with everything that restricts it',
    params: MunicipalityParams,
    body: HolderBody,
    reply: Type.Object({ snapshot: Type.Union([FamilySnapshot, Type.Null()]) }, strict),
    maxBodyBytes: 1_024,
    maxReplyBytes: 2_097_152,
    timeoutMs: 5_000,
  },
  registerHistorySnapshot: {
    method: 'POST',
    path: '/v1/:municipality/register-history/snapshot',
    callers: ['issuer'],
    summary: 'Where the people of the holder’s family register live and have lived, with everything that restricts it',
    params: MunicipalityParams,
    body: HolderBody,
    reply: Type.Object({ snapshot: Type.Union([HistorySnapshot, Type.Null()]) }, strict),
    maxBodyBytes: 1_024,
    maxReplyBytes: 2_097_152,
    timeoutMs: 5_000,
  },
});
