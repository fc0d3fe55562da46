/** Who may call an issuer, over real mutual TLS with a real database. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type TestDatabase, testDatabase } from '@dokodemo/database/testing';
import {
  carryOverHttp,
  clientOver,
  issuingEndpoints,
  type RunningServer,
  registerEndpoints,
  serveHttp,
  service,
} from '@dokodemo/protocol';
import { createAuthority } from '@dokodemo/protocol/authority';
import { ConfigError } from '@dokodemo/protocol/config';
import type { IssuerConfig } from './config/config.ts';
import { issuerAppendOnlyTables, issuerMigrations, type ServedIssuer, serve } from './serve.ts';
import { configOf, identityOf } from './testing/config.ts';
import { satoFamily, town } from './testing/people.ts';
import { createRegister } from './testing/register.ts';
import {
  cardOf,
  createWorld,
  type Keys,
  makeKeys,
  newSession,
  openAtKiosk,
  openBody,
  proofBody,
  refusedAs,
  value,
  wishBody,
} from './testing/world.ts';

let keys: Keys;
let database: TestDatabase;
let registry: RunningServer;
let config: IssuerConfig;
let issuer: ServedIssuer;
const open: { close(): Promise<void> }[] = [];

before(async () => {
  keys = await makeKeys(2, Date.now());
  database = await testDatabase({ migrations: issuerMigrations, appendOnlyTables: issuerAppendOnlyTables });
  const register = createRegister(town, Date.now);
  register.households.push(satoFamily());
  register.holders.set(cardOf(keys, 0).serialHex, '101');
  const { client } = register;
  registry = await serveHttp(
    [
      service(registerEndpoints, {
        findHolder: ({ params, body }) => client.findHolder(params, body),
        residenceSnapshot: ({ params, body }) => client.residenceSnapshot(params, body),
        credentialDigests: ({ params }) => client.credentialDigests(params, null),
        sealRegistrationSnapshot: ({ params, body }) => client.sealRegistrationSnapshot(params, body),
        taxSnapshot: ({ params, body }) => client.taxSnapshot(params, body),
        familyRegisterSnapshot: ({ params, body }) => client.familyRegisterSnapshot(params, body),
        registerHistorySnapshot: ({ params, body }) => client.registerHistorySnapshot(params, body),
        applyForEnrolment: ({ params, body }) => client.applyForEnrolment(params, body),
        findEnrolment: ({ params, body }) => client.findEnrolment(params, body),
      }),
    ],
    {
      host: '127.0.0.1',
      port: 0,
      tls: await identityOf(keys.systems, 'base-registry', 'registry-482013'),
      note: () => {},
      maxInFlight: 64,
    },
  );
  config = await configOf(keys, { registryUrl: registry.url, database: database.address as IssuerConfig['database'] });
  const night = { opens: '00:00', closes: '24:00' };
  for (const municipality of config.municipalities) {
    for (const week of municipality.calendar.weeks) {
      for (const day of Object.keys(week.week)) week.week[day as keyof typeof week.week] = night;
    }
    municipality.calendar.closedEveryYear = [];
  }
  issuer = await serve(config, { note: () => {} });
});
after(async () => {
  for (const it of open) await it.close();
  await issuer.close();
  await registry.close();
  await database.drop();
});

async function clientAs(use: 'center' | 'kiosk' | 'operator' | 'issuer', authority = keys.systems) {
  const tls = { ...(await identityOf(authority, use, 'someone')), authority: keys.systems.certificate };
  const carrier = carryOverHttp({ url: issuer.url, tls, expect: { role: 'issuer', id: town }, connections: 2 });
  open.push(carrier);
  return clientOver(issuingEndpoints, carrier.carry);
}

test('the center may; from the card to the sealed document over the wire', async () => {
  const world = createWorld(keys);
  world.clock.set(new Date().toISOString());
  const session = newSession(world);
  const center = await clientAs('center');
  const params = { municipality: town, visitId: session.visitId };
  const { nonce } = value(await center.openVisit({ municipality: town }, openBody(world, session)));
  value(await center.proveVisit(params, proofBody(world, session, nonce)));
  const wish = wishBody(world);
  const reply = value(await center.prepareDocument(params, wish));
  const { binding } = value(openAtKiosk(world, session, wish, reply));
  const told = {
    outcome: 'handed-over' as const,
    reason: 'TOLD',
    sheetDigests: [...binding.sheetDigests],
    at: binding.preparedAt,
  };
  value(await center.tellOutcome({ municipality: town, applicationId: wish.applicationId }, told));
  const status = await issuer.history.documentStatus(town, reply.documentNumbers[0] ?? '');
  assert.equal(status.status, 'issued');
});

test('nobody else may, whatever they call', async () => {
  const world = createWorld(keys);
  const session = newSession(world);
  const visit = { municipality: town, visitId: session.visitId };
  for (const use of ['kiosk', 'operator', 'issuer'] as const) {
    const client = await clientAs(use);
    refusedAs(await client.openVisit({ municipality: town }, openBody(world, session)), 'NOT_ALLOWED');
    refusedAs(await client.proveVisit(visit, proofBody(world, session, 'AAAA')), 'NOT_ALLOWED');
    refusedAs(await client.proveSecondPin(visit, { certificate: 'AAAA', signature: 'AAAA' }), 'NOT_ALLOWED');
    refusedAs(await client.prepareDocument(visit, wishBody(world)), 'NOT_ALLOWED');
    const outcome = { outcome: 'voided' as const, reason: 'TOLD', sheetDigests: [], at: '2026-11-23T10:00:00Z' };
    const application = { municipality: town, applicationId: wishBody(world).applicationId };
    refusedAs(await client.tellOutcome(application, outcome), 'NOT_ALLOWED');
  }
});

test('a center of another authority does not get as far as a question', async () => {
  const other = await createAuthority('other', new Date('2020-01-01'), new Date('2046-01-01'));
  const world = createWorld(keys);
  const stranger = await clientAs('center', other);
  const reply = await stranger.openVisit({ municipality: town }, openBody(world, newSession(world)));
  refusedAs(reply, 'NO_ANSWER');
});

test('a change of fees holds without a restart; other municipalities do not come by the way', () => {
  const changed = structuredClone(config.municipalities);
  for (const { fees } of changed) for (const amount of fees.base) amount.amountYen = 400;
  issuer.reconfigure(changed);
  assert.throws(() => issuer.reconfigure(changed.slice(1)), ConfigError);
  issuer.reconfigure(config.municipalities);
});

test('a configuration with an unknown key, or unsafe for production, does not start', async () => {
  const starts = (change: (it: IssuerConfig) => unknown) => {
    const other = structuredClone(config);
    change(other);
    return serve(other, { note: () => {} });
  };
  await assert.rejects(
    starts((it) => Object.assign(it.municipalities[0]?.policies ?? {}, { individualNumbers: true })),
    ConfigError,
  );
  await assert.rejects(
    starts((it) => {
      it.production = true;
    }),
    (error: ConfigError) =>
      /specimen seal/.test(error.message) &&
      /issues no specimens/.test(error.message) &&
      /ordinance.authorities: a test authority/.test(error.message),
  );
  await assert.rejects(
    starts((it) => {
      const [a, b] = it.municipalities;
      if (a && b) a.signer = b.signer;
    }),
    /not the document-signing certificate of 482013/,
  );
  await assert.rejects(
    starts((it) => {
      for (const a of it.municipalities) {
        delete a.ordinance;
        for (const kind of a.kinds) kind.secondPin = true;
      }
    }),
    /482013: kinds: residence demands a second PIN, and no ordinance authority certifies one/,
  );
  await assert.rejects(
    starts((it) => {
      const [a] = it.municipalities;
      if (a?.ordinance) a.ordinance.stopped = ['0A1B'];
    }),
    ConfigError,
  );
  await assert.rejects(
    starts((it) => {
      const [a] = it.municipalities;
      if (a) a.code = '482014';
    }),
    /check digit/,
  );
});
