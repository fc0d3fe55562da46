/** The issuer in the real world: configuration, database, mutual TLS, and the clock's second hand for its background
 *  work. */
import { applicationRole, type DatabasePlan, openDatabase, prepareDatabase } from '@dokodemo/database';
import { type FormEngine, openFormEngine } from '@dokodemo/documents';
import { systemClock, systemEntropy } from '@dokodemo/domain';
import {
  carryOverHttp,
  clientOver,
  conversationEndpoints,
  enrolmentStaffEndpoints,
  issuingEndpoints,
  registerEndpoints,
  serveHttp,
  service,
} from '@dokodemo/protocol';
import { ConfigError, certificateOf, tlsOf } from '@dokodemo/protocol/config';
import { createPostgresAuditLog } from './audit/audit-log.ts';
import type { IssuerConfig } from './config/config.ts';
import { cardAuthoritiesOf, checkConfig, profileOfConfig } from './config/read-config.ts';
import { type ServedConsole, serveConsole } from './console-server/serve-console.ts';
import { type EnrolmentStaffClient, enrolmentDesk } from './enrolment/enrolment-desk.ts';
import { createIssuer, type Issuer, type IssuerNote } from './issuer.ts';
import { allKinds } from './kinds/all-kinds.ts';
import type { RegistryClient } from './kinds/kind.ts';
import { type Municipalities, municipalitiesOf } from './municipality.ts';
import { settleFrom } from './settings/in-force.ts';
import { createPostgresSettingStore } from './settings/postgres-setting-store.ts';
import { createPostgresStore, issuerAppendOnlyTables, issuerMigrations } from './store/postgres-store.ts';

export { IssuerConfig, MunicipalityConfig } from './config/config.ts';
export { checkConfig } from './config/read-config.ts';
export { createPostgresStore, issuerAppendOnlyTables, issuerMigrations };

/** Makes the database and its roles where they are missing, and brings it to this program's shape. */
export function prepareIssuerDatabase(admin: DatabasePlan['admin'], database: string): Promise<{ applied: number }> {
  return prepareDatabase({ admin, database, migrations: issuerMigrations, appendOnlyTables: issuerAppendOnlyTables });
}
export { applicationRole };

export type ServedIssuer = {
  readonly url: string;
  readonly port: number;
  readonly history: Issuer['history'];
  readonly consoleUrl?: string;
  /** Takes over what municipalities have changed (hours, fees, certifiers, seals, policies) for all that comes next. */
  reconfigure(municipalities: IssuerConfig['municipalities']): void;
  close(): Promise<void>;
};

export type ServeOptions = {
  /** Another form engine than the house's own. */
  readonly engine?: FormEngine;
  readonly note?: (note: IssuerNote) => void;
};

function noteToStandardError(note: IssuerNote): void {
  process.stderr.write(`${JSON.stringify({ system: 'issuer', ...note })}\n`);
}

export async function serve(given: unknown, options: ServeOptions = {}): Promise<ServedIssuer> {
  const config = checkConfig(given);
  const note = options.note ?? noteToStandardError;
  const tls = tlsOf(config.tls);
  const engine = options.engine ?? openFormEngine();
  const read = (list: IssuerConfig['municipalities']) =>
    municipalitiesOf(list.map((it) => profileOfConfig(it, config.production, engine)));
  let current: Municipalities = read(config.municipalities);
  const cards = cardAuthoritiesOf(config);

  const peers = openPeers(config, tls);
  const pool = openDatabase(config.database, {
    applicationName: 'dokodemo-issuer',
    connections: config.databaseConnections ?? 16,
    note: (error) => note({ what: 'database', municipality: '', detail: error.message }),
  });
  const municipalities: Municipalities = { find: (code) => current.find(code), all: () => current.all() };
  const store = createPostgresStore(pool);
  const settings = createPostgresSettingStore(pool);
  const issuer = createIssuer({
    municipalities,
    store,
    settle: settleFrom(settings, engine),
    registry: peers.registry,
    ...(peers.center === undefined ? {} : { center: peers.center }),
    engine,
    backs: engine.backs,
    credentials: { cards, terminals: new Uint8Array(certificateOf(config.tls.authority).raw) },
    clock: systemClock,
    entropy: systemEntropy,
    note,
    limits: config.limits ?? {},
  });
  const server = await serveHttp([service(issuingEndpoints, issuer.handlers)], {
    ...config.listen,
    tls,
    maxInFlight: config.maxInFlight ?? 256,
    note: ({ endpoint, peer, code, detail }) =>
      note({ what: code, municipality: '', detail: `${endpoint} for ${peer.role} ${peer.id}: ${detail}` }),
  });
  const staff = await openConsole(config, {
    municipalities,
    tools: {
      store: settings,
      issues: store,
      audit: createPostgresAuditLog(pool),
      kinds: allKinds(engine),
      engine,
      enrolments: enrolmentDesk({ registry: peers.enrolmentStaff, clock: systemClock, entropy: systemEntropy }),
      clock: systemClock,
      entropy: systemEntropy,
      production: config.production,
    },
    note,
  });
  const stop = tickEvery(issuer, config.tickMs ?? 1_000, note);
  return {
    url: server.url,
    port: server.port,
    history: issuer.history,
    ...(staff === undefined ? {} : { consoleUrl: staff.url }),
    reconfigure(municipalities) {
      const codes = (list: readonly { code: string }[]) =>
        list
          .map(({ code }) => code)
          .toSorted()
          .join();
      // A municipality more or less has a registry, rows and a place in the directory: that takes a new start.
      if (codes(municipalities) !== codes(config.municipalities))
        throw new ConfigError('issuer', ['other municipalities']);
      current = read(municipalities);
    },
    async close() {
      await stop();
      await staff?.close();
      await server.close();
      await Promise.all([peers.close(), pool.end()]);
    },
  };
}

async function openConsole(
  { console: config, production }: IssuerConfig,
  given: Pick<Parameters<typeof serveConsole>[0], 'municipalities' | 'tools'> & { note: (note: IssuerNote) => void },
): Promise<ServedConsole | undefined> {
  if (config === undefined) return undefined;
  const { municipalities, tools, note } = given;
  return serveConsole({
    config,
    production,
    municipalities,
    tools,
    clock: systemClock,
    entropy: systemEntropy,
    note: (what, detail) => note({ what, municipality: '', detail }),
  });
}

function openPeers(config: IssuerConfig, tls: ReturnType<typeof tlsOf>) {
  const carriers: { close(): Promise<void> }[] = [];
  type AtRegistry = { readonly issuing: RegistryClient; readonly enrolmentStaff: EnrolmentStaffClient };
  const registries = new Map<string, AtRegistry>();
  // Municipalities of one registry share its connections.
  const byUrl = new Map<string, AtRegistry>();
  for (const { code, registry } of config.municipalities) {
    const place = `${registry.url} ${registry.id ?? ''}`;
    let clients = byUrl.get(place);
    if (clients === undefined) {
      const { url, id } = registry;
      const expect = { role: 'base-registry' as const, ...(id === undefined ? {} : { id }) };
      const carrier = carryOverHttp({ url, tls, expect, connections: 16 });
      carriers.push(carrier);
      clients = {
        issuing: clientOver(registerEndpoints, carrier.carry),
        enrolmentStaff: clientOver(enrolmentStaffEndpoints, carrier.carry),
      };
      byUrl.set(place, clients);
    }
    registries.set(code, clients);
  }
  let center: ReturnType<typeof clientOver<typeof conversationEndpoints>> | undefined;
  if (config.center !== undefined) {
    const carrier = carryOverHttp({ url: config.center.url, tls, expect: { role: 'center' }, connections: 2 });
    carriers.push(carrier);
    center = clientOver(conversationEndpoints, carrier.carry);
  }
  const at = (municipality: string): AtRegistry => {
    const clients = registries.get(municipality);
    if (clients === undefined) throw new Error(`no registry is configured for ${municipality}`);
    return clients;
  };
  return {
    registry: (municipality: string) => at(municipality).issuing,
    enrolmentStaff: (municipality: string) => at(municipality).enrolmentStaff,
    center,
    close: async () => {
      await Promise.all(carriers.map((carrier) => carrier.close()));
    },
  };
}

/** One round after another, never two at once; the returned function ends them and waits for the last. */
function tickEvery(issuer: Issuer, everyMs: number, note: (note: IssuerNote) => void): () => Promise<void> {
  let stopped = false;
  let cancel = () => {};
  let round = Promise.resolve();
  const next = () => {
    round = issuer.tick().then(
      () => {},
      (error: unknown) =>
        note({ what: 'tick-failed', municipality: '', detail: error instanceof Error ? error.message : String(error) }),
    );
    void round.then(() => {
      if (!stopped) cancel = systemClock.setTimer(everyMs, next);
    });
  };
  next();
  return async () => {
    stopped = true;
    cancel();
    await round;
  };
}
