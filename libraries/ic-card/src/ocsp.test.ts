import assert from 'node:assert/strict';
import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { type Clock, systemClock } from '@dokodemo/domain';
import type { Extension } from 'pkijs';
import { keyUsageNames, oids } from './certificate-fields.ts';
import { ExchangeError, type HttpExchange, httpExchange } from './http-exchange.ts';
import { type OcspOptions, ocspSource } from './ocsp.ts';
import { authorityOf, cardOf, morning, stillClock } from './people-who-do-not-exist.ts';
import type { RevocationAnswer } from './revocation.ts';
import { makeCertificate, nameOf, certificateExtensions as x } from './test-authority/certificate-maker.ts';
import { answerOcsp, type StatusInBooks } from './test-authority/ocsp-responder.ts';
import { memoryShelf } from './test-authority/shelf.ts';
import { openTestAuthority } from './test-authority/test-authority.ts';

/** The wire, with the responder at its other end. */
const wireTo =
  (respond: (request: Uint8Array) => Uint8Array, status = 200): HttpExchange =>
  async (order) => ({ status, body: respond(order.body ?? new Uint8Array(0)) });

function ask(serialHex: string, issuerDer: Uint8Array, options: Partial<OcspOptions>): Promise<RevocationAnswer> {
  return ocspSource({ url: 'http://ocsp.test/', clock: stillClock(), ...options }).status(serialHex, issuerDer);
}

const doubtOf = (answer: RevocationAnswer) => (answer.status === 'unknown' ? answer.doubt : answer.status);

test('good, then revoked, and never issued', async () => {
  const clock = stillClock();
  const authority = await authorityOf({ clock });
  const { serialHex } = await cardOf('holder', { authority });
  const exchange = wireTo((request) => authority.answerOcsp(request));
  const source = ocspSource({ url: 'http://ocsp.test/', clock, exchange });
  assert.deepEqual(await source.status(serialHex, authority.caCertificateDer), {
    status: 'good',
    by: 'ocsp',
    producedAt: morning,
    nextUpdate: morning + 600_000,
  });
  clock.at += 60_000;
  authority.revoke(serialHex);
  clock.at += 60_000;
  assert.deepEqual(await source.status(serialHex, authority.caCertificateDer), {
    status: 'revoked',
    revokedAt: morning + 60_000,
    by: 'ocsp',
    producedAt: morning + 120_000,
    nextUpdate: morning + 720_000,
  });
  assert.ok(authority.isRevoked(serialHex));
  assert.equal(doubtOf(await source.status('0bad', authority.caCertificateDer)), 'NEVER_ISSUED');
  assert.throws(() => authority.revoke('0bad'));
});

test('the CA may sign its answers itself', async () => {
  const authority = await authorityOf({ caSignsOcsp: true });
  const { serialHex } = await cardOf('holder-2', { authority });
  const exchange = wireTo((request) => authority.answerOcsp(request));
  assert.equal(doubtOf(await ask(serialHex, authority.caCertificateDer, { exchange })), 'good');
});

test('an old answer replayed is refused: by its nonce, and without nonces by its age', async () => {
  const authority = await authorityOf();
  const { serialHex } = await cardOf('replay', { authority });
  const ca = authority.caCertificateDer;
  let recorded = new Uint8Array(0);
  const record = wireTo((request) => {
    recorded = Uint8Array.from(authority.answerOcsp(request));
    return recorded;
  });
  assert.equal(doubtOf(await ask(serialHex, ca, { exchange: record })), 'good');
  const replay = wireTo(() => recorded);
  assert.equal(doubtOf(await ask(serialHex, ca, { exchange: replay })), 'NONCE_MISMATCH');
  assert.equal(doubtOf(await ask(serialHex, ca, { exchange: replay, requireNonce: false })), 'NONCE_MISMATCH');
  const withoutNonce = wireTo((request) => authority.answerOcsp(withoutExtensions(request)));
  assert.equal(doubtOf(await ask(serialHex, ca, { exchange: withoutNonce })), 'NONCE_MISMATCH');
  const at = (clock: Clock) => ask(serialHex, ca, { exchange: withoutNonce, requireNonce: false, clock });
  assert.equal(doubtOf(await at(stillClock(morning))), 'good');
  assert.equal(doubtOf(await at(stillClock(morning + 600_000 + 300_000))), 'good');
  assert.equal(doubtOf(await at(stillClock(morning + 600_000 + 301_000))), 'STALE');
  assert.equal(doubtOf(await at(stillClock(morning - 301_000))), 'NOT_YET');
  const young = { exchange: withoutNonce, requireNonce: false, maxAgeMs: 60_000, clock: stillClock(morning + 400_000) };
  assert.equal(doubtOf(await ask(serialHex, ca, young)), 'STALE');
});

/** The request as a client without nonces would send it. */
function withoutExtensions(request: Uint8Array): Uint8Array {
  // SEQUENCE { SEQUENCE { list, [2] extensions } }: the list begins at byte 4 or 6, and tells its own length.
  const at = request.indexOf(0x30, 3);
  const inner = request.subarray(at, at + 2 + (request[at + 1] ?? 0));
  return Uint8Array.from([0x30, inner.length + 2, 0x30, inner.length, ...inner]);
}

test('an answer about another certificate, or of another CA, is no answer', async () => {
  const authority = await authorityOf();
  const other = await openTestAuthority({ shelf: memoryShelf(), clock: stillClock() });
  const [mine, theirs] = [await cardOf('mine', { authority }), await cardOf('theirs', { authority })];
  const swapped = wireTo((request) => {
    const hex = Buffer.from(request).toString('hex').replace(mine.serialHex, theirs.serialHex);
    return authority.answerOcsp(Buffer.from(hex, 'hex'));
  });
  assert.equal(
    doubtOf(await ask(mine.serialHex, authority.caCertificateDer, { exchange: swapped })),
    'OTHER_CERTIFICATE',
  );
  const foreign = wireTo((request) => other.answerOcsp(request));
  assert.equal(doubtOf(await ask(mine.serialHex, authority.caCertificateDer, { exchange: foreign })), 'WRONG_SIGNER');
});

const ec = () => generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey;
const caKey = generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey;
const caName = nameOf([[oids.organization, 'An authority']]);
const day = 86_400_000;
const certify = (
  subjectKey: KeyObject,
  extensions: readonly Extension[],
  issuerKey = caKey,
  notAfter = morning + day,
) =>
  makeCertificate({
    subject: nameOf([[oids.commonName, 'responder']]),
    issuer: caName,
    subjectKey: createPublicKey(subjectKey),
    issuerKey,
    serial: Uint8Array.of(7),
    notBefore: morning - day,
    notAfter,
    extensions,
  });
const caDer = makeCertificate({
  subject: caName,
  issuer: caName,
  subjectKey: caKey,
  issuerKey: caKey,
  serial: Uint8Array.of(1),
  notBefore: morning - day,
  notAfter: morning + day,
  extensions: [x.ca(), x.keyUsage('keyCertSign', 'cRLSign'), x.subjectKey(caKey)],
});
const responderKey = ec();
const appointed = [x.keyUsage('digitalSignature'), x.extendedKeyUsage(oids.ocspSigning), x.ocspNoCheck()];
const answersBy =
  (signerCertificateDer: Uint8Array, signerKey = responderKey, status: StatusInBooks = { status: 'good' }) =>
  (request: Uint8Array) =>
    answerOcsp(request, {
      caCertificateDer: caDer,
      signerKey,
      signerCertificateDer,
      statusOf: () => status,
      now: morning,
      validMs: 60_000,
    });

const signers: readonly [string, () => Uint8Array, string][] = [
  ['a responder the CA appointed', () => certify(responderKey, appointed), 'good'],
  [
    'a holder’s certificate of the same CA',
    () => certify(responderKey, [x.keyUsage('digitalSignature'), x.extendedKeyUsage(oids.clientAuth)]),
    'WRONG_SIGNER',
  ],
  ['a responder appointed by somebody else', () => certify(responderKey, appointed, ec()), 'WRONG_SIGNER'],
  ['a responder whose time is over', () => certify(responderKey, appointed, caKey, morning - 1_000), 'WRONG_SIGNER'],
  [
    'a responder that may not sign',
    () => certify(responderKey, [x.keyUsage('keyAgreement'), ...appointed.slice(1)]),
    'WRONG_SIGNER',
  ],
  [
    'a responder whose own revocation would have to be asked',
    () => certify(responderKey, appointed.slice(0, 2)),
    'WRONG_SIGNER',
  ],
  ['the certificate of another key', () => certify(ec(), appointed), 'WRONG_SIGNER'],
];
for (const [name, certificate, expected] of signers) {
  test(`signed by ${name}: ${expected}`, async () => {
    assert.equal(doubtOf(await ask('1234', caDer, { exchange: wireTo(answersBy(certificate())) })), expected);
  });
}

test('every changed byte of an answer leaves a doubt, and none crashes', async () => {
  const respond = answersBy(certify(responderKey, appointed));
  const seen = new Set<string>();
  const length = respond((await requestFor('1234')) ?? new Uint8Array(0)).length;
  for (let at = 0; at < length; at += 3) {
    const exchange = wireTo((request) => {
      const changed = Uint8Array.from(respond(request));
      changed[at % changed.length] = (changed[at % changed.length] ?? 0) ^ 0x04;
      return changed;
    });
    const answer = await ask('1234', caDer, { exchange });
    assert.equal(answer.status, 'unknown', `byte ${at}`);
    seen.add(doubtOf(answer));
  }
  assert.ok(seen.has('MALFORMED') && seen.has('WRONG_SIGNER'), [...seen].join());
});

async function requestFor(serialHex: string): Promise<Uint8Array | undefined> {
  let seen: Uint8Array | undefined;
  await ask(serialHex, caDer, {
    exchange: wireTo((request) => {
      seen = request;
      return request;
    }),
  });
  return seen;
}

const brokenServices: readonly [string, HttpExchange, string][] = [
  ['HTTP 500', wireTo(() => new Uint8Array(0), 500), 'SERVICE_REFUSED'],
  ['an OCSP error', wireTo(() => Uint8Array.of(0x30, 3, 0x0a, 1, 6)), 'SERVICE_REFUSED'],
  ['nothing', wireTo(() => new Uint8Array(0)), 'MALFORMED'],
  ['a page', wireTo(() => Buffer.from('<html>')), 'MALFORMED'],
  ['a timeout', () => Promise.reject(new ExchangeError('TIMEOUT', 'no answer')), 'TIMEOUT'],
];
for (const [name, exchange, expected] of brokenServices) {
  test(`${name}: ${expected}`, async () => assert.equal(doubtOf(await ask('1234', caDer, { exchange })), expected));
}

test('a question that makes no sense is a doubt, not a crash', async () => {
  const exchange = wireTo(() => new Uint8Array(0));
  assert.equal(doubtOf(await ask('12 34', caDer, { exchange })), 'MALFORMED');
  assert.equal(doubtOf(await ask('1234', Uint8Array.of(1), { exchange })), 'WRONG_SIGNER');
});

test('a fault of the program is not taken for a doubt', async () => {
  const exchange: HttpExchange = () => Promise.reject(new TypeError('our own fault'));
  await assert.rejects(ask('1234', caDer, { exchange }), TypeError);
});

test('over HTTP: too much is cut off, silence is timed out, nobody there is unreachable', async () => {
  const server = createServer((request, response) => {
    if (request.url === '/flood') response.end(Buffer.alloc(100_000));
    // Everything else: silence.
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  // A clock that rings as soon as the request has had the time to reach the server.
  const impatient: Clock = { ...systemClock, setTimer: (_, ring) => systemClock.setTimer(30, ring) };
  const real = { clock: systemClock, exchange: httpExchange(systemClock) };
  assert.equal(doubtOf(await ask('1234', caDer, { ...real, url: `${base}/flood` })), 'TOO_LARGE');
  assert.equal(
    doubtOf(await ask('1234', caDer, { url: `${base}/silence`, exchange: httpExchange(impatient) })),
    'TIMEOUT',
  );
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  assert.equal(doubtOf(await ask('1234', caDer, { ...real, url: base })), 'UNREACHABLE');
});

test('names of key usages are those of RFC 5280, in its order', () => {
  assert.equal(keyUsageNames.indexOf('keyCertSign'), 5);
  assert.equal(keyUsageNames.indexOf('cRLSign'), 6);
});
