import { type Static, Type } from 'typebox';

const strict = { additionalProperties: false } as const;
const Line = Type.String({ minLength: 1, maxLength: 200 });
const Port = Type.Integer({ minimum: 0, maximum: 65_535 });

/** The console of a municipality's staff. TLS ends at the proxy in front of it. */
export const ConsoleConfig = Type.Object(
  {
    listen: Type.Object({ host: Line, port: Port }, strict),
    /** As people type it. */
    publicUrl: Type.String({ pattern: '^https?://[^@/\\s]+$', maxLength: 300 }),
    signIn: Type.Union([
      Type.Object(
        {
          issuer: Type.String({ pattern: '^https://[^@\\s]+$', maxLength: 300 }),
          clientId: Line,
          /** In a file, so that the configuration can be shown. */
          clientSecretFile: Line,
          /** The claim with `<municipality>:<role>` entries. */
          rolesClaim: Line,
        },
        strict,
      ),
      /** The development provider and its people; never in production. */
      Type.Object(
        {
          development: Type.Object(
            {
              port: Port,
              users: Type.Array(
                Type.Object(
                  {
                    id: Type.String({ pattern: '^[a-z][a-z0-9-]{0,39}$' }),
                    name: Line,
                    note: Line,
                    roles: Type.Array(Line, { maxItems: 40 }),
                  },
                  strict,
                ),
                { maxItems: 50 },
              ),
            },
            strict,
          ),
        },
        strict,
      ),
    ]),
  },
  strict,
);
export type ConsoleConfig = Static<typeof ConsoleConfig>;
