/** The registry in the real world. */
import { type DatabaseAddress, openDatabase } from '@dokodemo/database';
import { enrolmentStaffEndpoints, registerEndpoints, serveHttp, service, strict } from '@dokodemo/protocol';
import { checkedConfig, IdentityConfig, identityFaults, tlsOf } from '@dokodemo/protocol/config';
import { type Static, Type } from 'typebox';
import { registryOperatorEndpoints } from './operator-endpoints.ts';
import { createBaseRegistry } from './registry.ts';
import { createPostgresRegister } from './store/postgres-register.ts';

export const BaseRegistryConfig = Type.Object(
  {
    listen: Type.Object(
      { host: Type.String({ maxLength: 100 }), port: Type.Integer({ minimum: 0, maximum: 65_535 }) },
      strict,
    ),
    tls: IdentityConfig,
    database: Type.Union([
      Type.Object({ url: Type.String({ maxLength: 500 }) }, strict),
      Type.Object({ host: Type.String(), port: Type.Integer(), user: Type.String(), database: Type.String() }, strict),
    ]),
    /** Municipality → ids of issuers (their certificates' CN) that may ask for it. */
    issuers: Type.Record(
      Type.String({ pattern: '^[0-9]{6}$' }),
      Type.Array(Type.String({ maxLength: 64 }), { maxItems: 20 }),
    ),
    /** Municipality → ids of clerks (their certificates' CN) who may see and change its restrictions. */
    operators: Type.Optional(
      Type.Record(
        Type.String({ pattern: '^[0-9]{6}$' }),
        Type.Array(Type.String({ maxLength: 64 }), { maxItems: 100 }),
      ),
    ),
    maxInFlight: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })),
  },
  strict,
);
export type BaseRegistryConfig = Static<typeof BaseRegistryConfig>;

export async function serve(
  given: unknown,
): Promise<{ readonly url: string; readonly port: number; close(): Promise<void> }> {
  const config = checkedConfig('base registry', BaseRegistryConfig, given, ({ tls }) =>
    identityFaults(tls, 'base-registry'),
  );
  const note = (it: object) => process.stderr.write(`${JSON.stringify({ system: 'base-registry', ...it })}\n`);
  const pool = openDatabase(config.database as DatabaseAddress, {
    applicationName: 'dokodemo-base-registry',
    note: (error) => note({ what: 'database', detail: error.message }),
  });
  const registry = createBaseRegistry({
    store: createPostgresRegister(pool),
    issuers: config.issuers,
    operators: config.operators ?? {},
    note,
  });
  const server = await serveHttp(
    [
      service(registerEndpoints, registry.handlers),
      service(registryOperatorEndpoints, registry.operatorHandlers),
      service(enrolmentStaffEndpoints, registry.enrolmentStaffHandlers),
    ],
    {
      ...config.listen,
      tls: tlsOf(config.tls),
      maxInFlight: config.maxInFlight ?? 64,
      note: ({ endpoint, peer, code, detail }) => note({ what: 'refused', endpoint, by: peer.id, code, detail }),
    },
  );
  return {
    url: server.url,
    port: server.port,
    async close() {
      await server.close();
      await pool.end();
    },
  };
}
