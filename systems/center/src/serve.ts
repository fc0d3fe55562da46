/** The center in the real world: configuration, database, mutual TLS, and the work behind. */
import { applicationRole, type DatabasePlan, openDatabase, prepareDatabase } from '@dokodemo/database';
import { systemClock, systemEntropy } from '@dokodemo/domain';
import { crlSource, ocspSource, ocspThenCrl, type RevocationSource } from '@dokodemo/ic-card';
import { journalAppendOnlyTables, journalMigrations, openPostgresJournal, seal } from '@dokodemo/journal';
import {
  carryOverHttp,
  clientOver,
  collectingEndpoints,
  conversationEndpoints,
  fileEndpoints,
  inquiryEndpoints,
  issuingEndpoints,
  serveHttp,
  service,
  type TlsIdentity,
} from '@dokodemo/protocol';
import { ConfigError, certificateOf, tlsOf } from '@dokodemo/protocol/config';
import { type Center, createCenter } from './center.ts';
import type { CenterNote, Issuer } from './center-options.ts';
import type { CenterConfig } from './config/config.ts';
import { boundsOf, cardAuthoritiesOf, checkConfig, logKeyOf, sealKeyOf, settingsOf } from './config/read-config.ts';
import { jpkiCredentials } from './credentials.ts';
import { logVerifierKey } from './issue-log/log-signer.ts';
import { issueLogAppendOnlyTables, postgresIssueLog } from './issue-log/postgres-issue-log.ts';
import { operatorEndpoints } from './operator-endpoints.ts';
import { postgresPictures, rebuildProjections } from './projections/postgres-pictures.ts';
import { everyRound } from './rounds.ts';
import { centerMigrations, postgresCenterStore } from './store/postgres-center-store.ts';

export { CenterConfig } from './config/config.ts';
export { checkConfig } from './config/read-config.ts';
export { applicationRole, rebuildProjections };

export const centerDatabase = Object.freeze({
  migrations: Object.freeze({ journal: journalMigrations, center: centerMigrations }),
  appendOnlyTables: Object.freeze([...journalAppendOnlyTables, ...issueLogAppendOnlyTables]),
});

/** Makes the database and its roles where they are missing, and brings it to this program's shape. */
export function prepareCenterDatabase(admin: DatabasePlan['admin'], database: string): Promise<{ applied: number }> {
  return prepareDatabase({ admin, database, ...centerDatabase });
}

export type ServedCenter = {
  readonly url: string;
  readonly port: number;
  readonly center: Center;
  close(): Promise<void>;
};

export type ServeOptions = { readonly note?: (note: CenterNote) => void };

function noteToStandardError(note: CenterNote): void {
  process.stderr.write(`${JSON.stringify({ system: 'center', ...note })}\n`);
}

/** Statistics, accounts, cases and the log of issues once more from the journal, also while the center serves; the number of events read. */
export async function redraw(given: unknown): Promise<number> {
  const { database } = checkConfig(given);
  const failed = (error: unknown) => noteToStandardError({ what: 'defect', detail: String(error) });
  const pool = openDatabase(database, { applicationName: 'dokodemo-redraw', connections: 2, note: failed });
  const journal = openPostgresJournal({ address: database, note: failed });
  try {
    const read = await rebuildProjections(pool, journal);
    await postgresIssueLog(pool, journal).rebuild();
    return read;
  } finally {
    await journal.close();
    await pool.end();
  }
}

/** Batches sealed and drawn before the next pause. */
const workPerRound = 50;

export async function serve(given: unknown, options: ServeOptions = {}): Promise<ServedCenter> {
  const config = checkConfig(given);
  const note = options.note ?? noteToStandardError;
  const failed = (error: unknown) =>
    note({ what: 'defect', detail: error instanceof Error ? `${error.stack}` : `${error}` });
  const tls = tlsOf(config.tls);
  const pool = openDatabase(config.database, {
    applicationName: 'dokodemo-center',
    connections: config.databaseConnections ?? 12,
    note: failed,
  });
  const journal = openPostgresJournal({ address: config.database, note: failed });
  const issuers = openIssuers(config, tls);
  const store = postgresCenterStore(pool);
  const pictures = postgresPictures(pool, journal);
  const logKey = logKeyOf(config);
  if (logKey !== undefined) note({ what: 'issue-log', detail: `verifier key ${logVerifierKey(logKey)}` });
  const center = createCenter({
    journal,
    store,
    pictures,
    issueLog: postgresIssueLog(pool, journal),
    ...(logKey === undefined ? {} : { logKey }),
    issuers: issuers.find,
    credentials: jpkiCredentials({
      anchors: cardAuthoritiesOf(config),
      revocation: revocationOf(config),
      clock: systemClock,
      allowTestAuthority: !config.production,
    }),
    terminalAuthority: new Uint8Array(certificateOf(config.tls.authority).raw),
    municipalities: config.municipalities.map(({ code, name, issuer }) => ({ code, name, issuerId: issuer.id })),
    clock: systemClock,
    entropy: systemEntropy,
    note,
    settings: settingsOf(config),
    bounds: boundsOf(config),
  });
  await store.putTerminals(config.terminals);
  const server = await serveHttp(
    [
      service(conversationEndpoints, center.handlers),
      service(operatorEndpoints, center.operatorHandlers),
      service(fileEndpoints, center.fileHandlers),
      service(inquiryEndpoints, center.inquiryHandlers),
      service(collectingEndpoints, center.collectingHandlers),
    ],
    {
      ...config.listen,
      tls,
      maxInFlight: config.maxInFlight ?? 512,
      note: ({ endpoint, peer, code, detail }) =>
        note({ what: 'refused', code, detail: `${endpoint} for ${peer.role} ${peer.id}: ${detail}` }),
    },
  );
  const sealer = { pool: journal.pool, origin: config.journal.origin, key: sealKeyOf(config), now: systemClock.now };
  const stopTicks = everyRound(systemClock, config.tickMs ?? 500, async () => void (await center.tick()), failed);
  const stopSeals = everyRound(
    systemClock,
    config.sealMs ?? 500,
    async () => {
      // A picture shows what has its lasting place: first the seal, then the drawing.
      for (let done = 1, i = 0; done > 0 && i < workPerRound; i++) done = await seal(sealer);
      for (let done = 1, i = 0; done > 0 && i < workPerRound; i++) done = await pictures.advance();
    },
    failed,
  );
  // Apart from the seals: a log that cannot be signed must not keep the journal from it.
  const stopLog = everyRound(systemClock, config.sealMs ?? 500, async () => void (await center.logRound()), failed);
  return {
    url: server.url,
    port: server.port,
    center,
    async close() {
      await server.close();
      await Promise.all([stopTicks(), stopSeals(), stopLog()]);
      await issuers.close();
      await journal.close();
      await pool.end();
    },
  };
}

function revocationOf({ revocation }: CenterConfig): RevocationSource {
  const { ocsp, crl } = revocation;
  const byOcsp =
    ocsp === undefined
      ? undefined
      : ocspSource({ url: ocsp.url, ...(ocsp.requireNonce === undefined ? {} : { requireNonce: ocsp.requireNonce }) });
  const byCrl = crl === undefined ? undefined : crlSource({ url: crl.url });
  if (byOcsp !== undefined && byCrl !== undefined) return ocspThenCrl(byOcsp, byCrl);
  const only = byOcsp ?? byCrl;
  if (only === undefined) throw new ConfigError('center', ['revocation: neither OCSP nor CRL']);
  return only;
}

/** Municipalities of one issuer share its connections. */
function openIssuers(config: CenterConfig, tls: TlsIdentity) {
  const byPlace = new Map<string, { client: Issuer; close(): Promise<void> }>();
  const byCode = new Map<string, Issuer>();
  for (const { code, issuer } of config.municipalities) {
    const place = `${issuer.url} ${issuer.id}`;
    let found = byPlace.get(place);
    if (found === undefined) {
      const expect = { role: 'issuer' as const, id: issuer.id };
      const carrier = carryOverHttp({ url: issuer.url, tls, expect, connections: 32 });
      found = { client: clientOver(issuingEndpoints, carrier.carry), close: carrier.close };
      byPlace.set(place, found);
    }
    byCode.set(code, found.client);
  }
  return {
    find: (municipality: string) => byCode.get(municipality),
    close: async () => {
      await Promise.all([...byPlace.values()].map((it) => it.close()));
    },
  };
}
