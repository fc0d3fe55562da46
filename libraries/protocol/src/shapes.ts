/** Small shapes that many messages share. Unknown fields are refused everywhere. */
import { type Static, Type } from 'typebox';

export const strict = { additionalProperties: false } as const;

export const Uuid = Type.String({ pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$' });
export const MunicipalityCodeText = Type.String({ pattern: '^[0-9]{6}$' });
export const TerminalIdText = Type.String({ pattern: '^[A-Z0-9][A-Z0-9-]{2,31}$' });
export const Yen = Type.Integer({ minimum: 0, maximum: 100_000 });
export const Instant = Type.String({
  pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2})$',
});
export const Day = Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' });
/** Name of a kind, question or option: the center passes it on and never learns what it means. */
export const Key = Type.String({ pattern: '^[a-z@][a-z0-9-]{0,63}$' });
export const Sha256Hex = Type.String({ pattern: '^[0-9a-f]{64}$' });

/** Base64 of at most `maxBytes` bytes. */
export function Base64(maxBytes: number) {
  return Type.String({ pattern: '^[A-Za-z0-9+/]*={0,2}$', maxLength: Math.ceil(maxBytes / 3) * 4 });
}

export const Code = Type.String({ pattern: '^[A-Z][A-Z0-9_]{1,40}$' });

/** Text on a screen: a text every kiosk knows in all languages; a municipality's own words; or an entry of the sealed
 *  dictionary, which only the kiosk of this session can read. */
export const Label = Type.Union([
  Type.Object(
    {
      text: Type.String({ pattern: '^[A-Za-z0-9._-]{1,80}$' }),
      args: Type.Optional(
        Type.Record(
          Type.String({ pattern: '^[a-zA-Z]{1,20}$' }),
          Type.Union([Type.String({ maxLength: 200 }), Type.Number()]),
        ),
      ),
    },
    strict,
  ),
  Type.Object({ plain: Type.String({ maxLength: 200 }) }, strict),
  Type.Object({ sealed: Type.Integer({ minimum: 0, maximum: 999 }) }, strict),
]);
export type Label = Static<typeof Label>;

export const WireFailure = Type.Object({ code: Code, detail: Type.Optional(Type.String({ maxLength: 500 })) }, strict);
