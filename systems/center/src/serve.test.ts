/** The real thing: configuration, mutual TLS, PostgreSQL, a certificate's authority that answers OCSP. */
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { type TestDatabase, testDatabase } from '@dokodemo/database/testing';
import { systemClock, systemEntropy, uuidV7 } from '@dokodemo/domain';
import {
  makeCard,
  memoryCardState,
  memoryShelf,
  type RunningTestAuthority,
  startTestAuthority,
} from '@dokodemo/ic-card';
import {
  carryOverHttp,
  clientOver,
  conversationEndpoints,
  issuingEndpoints,
  type PeerRole,
  type RunningServer,
  serveHttp,
  service,
  signTerminalStatement,
  terminalStatement,
  x25519PrivateKey,
  x25519PublicBytes,
} from '@dokodemo/protocol';
import { type Authority, certificateDer, certify, createAuthority, privateKeyOf } from '@dokodemo/protocol/authority';
import { operatorEndpoints } from './operator-endpoints.ts';
import { centerDatabase, checkConfig, type ServedCenter, serve } from './serve.ts';
import { scriptedIssuer } from './testing/scripted-issuer.ts';

const pem = (text: string) => ({ pem: text });
const derPem = (der: Uint8Array) =>
  pem(`-----BEGIN CERTIFICATE-----\n${Buffer.from(der).toString('base64')}\n-----END CERTIFICATE-----\n`);

describe('a center that serves', () => {
  const validity = { notBefore: new Date(Date.now() - 86_400_000), notAfter: new Date(Date.now() + 86_400_000) };
  let directory: string;
  let authority: Authority;
  let jpki: RunningTestAuthority;
  let database: TestDatabase;
  let issuer: RunningServer;
  let served: ServedCenter;
  let config: Record<string, unknown> & {
    tls: { authority: unknown; [name: string]: unknown };
    municipalities: object[];
  };
  const notes: unknown[] = [];

  const identity = async (use: PeerRole, id: string) => ({
    ...(await certify(authority, { use, id, ...validity })),
    authority: authority.certificate,
  });

  before(async () => {
    authority = await createAuthority('test', validity.notBefore, validity.notAfter);
    directory = mkdtempSync(path.join(tmpdir(), 'center-test-'));
    jpki = await startTestAuthority({ directory, port: 0 });
    database = await testDatabase(centerDatabase);
    const signer = await certify(authority, { use: 'document-signing', id: '482013', ...validity });
    const scripted = scriptedIssuer({ municipality: '482013', signer, now: Date.now, checkCard: true });
    const { client } = scripted;
    const handlers = Object.fromEntries(
      Object.keys(issuingEndpoints).map((name) => [
        name,
        ({ params, body }: { params: never; body: never }) => client[name as keyof typeof client](params, body),
      ]),
    );
    issuer = await serveHttp([service(issuingEndpoints, handlers as never)], {
      host: '127.0.0.1',
      port: 0,
      tls: await identity('issuer', '482013'),
      note: (noted) => notes.push(noted),
      maxInFlight: 64,
    });
    const center = await identity('center', 'center');
    const { privateKey } = generateKeyPairSync('ed25519');
    config = {
      listen: { host: '127.0.0.1', port: 0 },
      tls: { key: pem(center.key), certificate: pem(center.certificate), authority: pem(center.authority) },
      database: database.address,
      production: false,
      municipalities: [{ code: '482013', name: '見本県どこでも市', issuer: { url: issuer.url, id: '482013' } }],
      terminals: [{ terminalId: 'DEMO-0001', operator: '見本商店', store: '一号店', active: true }],
      cardAuthorities: [derPem(jpki.authority.caCertificateDer)],
      revocation: { ocsp: { url: jpki.ocspUrl }, crl: { url: jpki.crlUrl } },
      journal: {
        origin: 'dokodemo.test/journal',
        sealKey: pem(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()),
      },
      tickMs: 50,
      sealMs: 50,
    };
    served = await serve(config, { note: (noted) => notes.push(noted) });
  });
  after(async () => {
    await served?.close();
    await issuer?.close();
    await jpki?.stop();
    rmSync(directory, { recursive: true, force: true });
    await database?.drop();
  });

  test('a kiosk reaches the menu over the wire, and an operator sees it in the sealed journal', async () => {
    const expect = { role: 'center' as const, id: 'center' };
    const kioskIdentity = await identity('kiosk', 'DEMO-0001');
    const carrier = carryOverHttp({ url: served.url, tls: kioskIdentity, expect, connections: 1 });
    const kiosk = clientOver(conversationEndpoints, carrier.carry);
    const made = await makeCard({
      authority: jpki.authority,
      pin: '1234',
      holderLabel: 'taro',
      stateStore: memoryCardState(),
      shelf: memoryShelf(),
    });
    const sessionId = uuidV7(systemClock, systemEntropy);
    const kioskKey = x25519PublicBytes(x25519PrivateKey(systemEntropy.bytes(32)));
    const statement = terminalStatement({ sessionId, kioskKey, terminalId: 'DEMO-0001' });
    const terminal = {
      certificate: Buffer.from(certificateDer(kioskIdentity.certificate)).toString('base64'),
      signature: signTerminalStatement(privateKeyOf(kioskIdentity.key), statement).toString('base64'),
    };
    const opening = { sessionId, kioskKey: kioskKey.toString('base64'), terminal, profile: 'p', version: '1' };
    const opened = await kiosk.openSession({}, { ...opening, language: 'ja' });
    assert.ok(opened.ok, JSON.stringify(opened));
    await kiosk.giveInput({ sessionId }, { seq: 0, input: { kind: 'agree' } });
    const credential = { kind: 'jpki' as const, certificate: Buffer.from(made.certificateDer).toString('base64') };
    const pin = await kiosk.giveInput(
      { sessionId },
      { seq: 1, input: { kind: 'credential', credential, triesLeft: 3 } },
    );
    assert.ok(pin.ok, JSON.stringify([pin, notes]));
    assert.equal(pin.value.screen.kind, 'enter-pin');
    const stopped = await kiosk.giveInput({ sessionId }, { seq: 2, input: { kind: 'stop' } });
    assert.ok(stopped.ok && stopped.value.screen.kind === 'end');
    await carrier.close();

    const staff = carryOverHttp({
      url: served.url,
      tls: await identity('operator', 'staff-7'),
      expect,
      connections: 1,
    });
    const operator = clientOver(operatorEndpoints, staff.carry);
    let kinds: string[] = [];
    // The seal follows the commit: asked until it has, as the live view does.
    for (let i = 0; i < 2_000 && !kinds.includes('SessionClosed'); i++) {
      const lines = await operator.recentEvents({ after: '0' }, null);
      assert.ok(lines.ok, JSON.stringify(lines));
      kinds = lines.value.lines.map(({ kind }) => kind);
    }
    assert.ok(kinds.includes('VisitOpened') && kinds.includes('SessionClosed'), kinds.join());
    const forbidden = await clientOver(conversationEndpoints, staff.carry).openSession(
      {},
      { ...opening, language: 'ja' },
    );
    assert.ok(!forbidden.ok && forbidden.failure.code === 'NOT_ALLOWED');
    await staff.close();
  });

  test('a configuration with unknown keys, or one that is not sound, is refused with every fault', () => {
    assert.throws(() => checkConfig({ ...config, colour: 'blue' }), /colour|additional/i);
    assert.throws(() => checkConfig({ ...config, production: true }), /test authority/);
    assert.throws(() => checkConfig({ ...config, revocation: {} }), /neither OCSP nor CRL/);
    assert.throws(
      () =>
        checkConfig({
          ...config,
          tls: { ...config.tls, certificate: config.tls.authority },
        }),
      /not the center/,
    );
    assert.throws(() => checkConfig({ ...config, idleSeconds: { nowhere: 60 } }), /no step "nowhere"/);
    const { sealKey } = config.journal as { sealKey: unknown };
    const logWith = (key: unknown) => checkConfig({ ...config, issueLog: { origin: 'dokodemo.test/log', key } });
    const keyPem = (key: { export(how: object): unknown }) => pem(String(key.export({ type: 'pkcs8', format: 'pem' })));
    assert.throws(() => logWith(sealKey), /issueLog.key is the journal/);
    assert.throws(() => logWith(keyPem(generateKeyPairSync('x25519').privateKey)), /issueLog.key is no Ed25519 key/);
    assert.doesNotThrow(() => logWith(keyPem(generateKeyPairSync('ed25519').privateKey)));
    const two = [...config.municipalities, ...config.municipalities];
    assert.throws(() => checkConfig({ ...config, municipalities: two }), /twice/);
  });
});
