import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import { type KeyUsage, oids } from './certificate-fields.ts';
import { crlSource, readCrl } from './crl.ts';
import type { HttpExchange } from './http-exchange.ts';
import { ocspSource } from './ocsp.ts';
import { authorityOf, cardOf, morning, stillClock } from './people-who-do-not-exist.ts';
import { DoubtError, ocspThenCrl, type RevocationAnswer, type RevocationSource } from './revocation.ts';
import { makeCertificate, nameOf, certificateExtensions as x } from './test-authority/certificate-maker.ts';
import { makeCrl } from './test-authority/crl-maker.ts';
import { memoryShelf } from './test-authority/shelf.ts';
import { openTestAuthority } from './test-authority/test-authority.ts';

const doubtOf = (answer: RevocationAnswer) => (answer.status === 'unknown' ? answer.doubt : answer.status);
const hour = 3_600_000;

let holders = 0;

async function townWithCrl() {
  const clock = stillClock();
  const authority = await openTestAuthority({ shelf: memoryShelf(), clock });
  // A label of its own: the certificate must be this authority's.
  const { serialHex } = await cardOf(`holder-${++holders}`, { authority });
  const wire = { fetches: 0, body: () => authority.crl() as Uint8Array, status: 200 };
  const exchange: HttpExchange = async () => {
    wire.fetches++;
    return { status: wire.status, body: wire.body() };
  };
  const source = crlSource({ url: 'http://crl.test/', clock, exchange });
  return { clock, authority, serialHex, wire, source, ask: () => source.status(serialHex, authority.caCertificateDer) };
}

test('good until the next list says revoked', async () => {
  const { clock, authority, serialHex, wire, ask } = await townWithCrl();
  assert.deepEqual(await ask(), { status: 'good', by: 'crl', producedAt: morning, nextUpdate: morning + 24 * hour });
  authority.revoke(serialHex);
  clock.at += 599_000;
  assert.equal((await ask()).status, 'good', 'the kept list is still young');
  assert.equal(wire.fetches, 1);
  clock.at += 2_000;
  const revokedAt = morning;
  assert.deepEqual(await ask(), {
    status: 'revoked',
    revokedAt,
    by: 'crl',
    producedAt: morning + 601_000,
    nextUpdate: morning + 601_000 + 24 * hour,
  });
});

test('many questions at once fetch the list once', async () => {
  const { wire, ask } = await townWithCrl();
  const answers = await Promise.all(Array.from({ length: 20 }, ask));
  assert.ok(answers.every((it) => it.status === 'good'));
  assert.equal(wire.fetches, 1);
});

test('an older list, still in its time, cannot undo a revocation', async () => {
  const { clock, authority, serialHex, wire, ask } = await townWithCrl();
  const old = authority.crl();
  clock.at += hour;
  authority.revoke(serialHex);
  assert.equal((await ask()).status, 'revoked');
  wire.body = () => old;
  clock.at += hour;
  assert.equal(doubtOf(await ask()), 'STALE');
});

test('a list that is stale, from the future, of another CA, changed, or absent is a doubt', async () => {
  const { clock, authority, wire, ask } = await townWithCrl();
  const genuine = authority.crl();
  wire.body = () => genuine;
  clock.at = morning + 24 * hour + 301_000;
  assert.equal(doubtOf(await ask()), 'STALE');
  clock.at = morning - 301_000;
  assert.equal(doubtOf(await ask()), 'NOT_YET');
  clock.at = morning;
  const other = await authorityOf();
  wire.body = () => other.crl();
  assert.equal(doubtOf(await ask()), 'WRONG_SIGNER');
  wire.status = 404;
  assert.equal(doubtOf(await ask()), 'SERVICE_REFUSED');
  wire.status = 200;
  wire.body = () => new Uint8Array(0);
  assert.equal(doubtOf(await ask()), 'MALFORMED');
  for (let at = 0; at < genuine.length; at += 2) {
    wire.body = () => genuine.map((byte, index) => (index === at ? byte ^ 0x02 : byte));
    assert.equal((await ask()).status, 'unknown', `byte ${at}`);
  }
});

test('the kept list becomes stale when no new one comes', async () => {
  const { clock, wire, ask } = await townWithCrl();
  assert.equal((await ask()).status, 'good');
  wire.status = 503;
  clock.at += hour;
  assert.equal(doubtOf(await ask()), 'SERVICE_REFUSED');
});

test('a CA that may not give out lists is not believed, though its signature fits', () => {
  const key = generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey;
  const name = nameOf([[oids.organization, 'An authority']]);
  const caWith = (...usages: readonly KeyUsage[]) =>
    makeCertificate({
      subject: name,
      issuer: name,
      subjectKey: key,
      issuerKey: key,
      serial: Uint8Array.of(1),
      notBefore: morning,
      notAfter: morning + 24 * hour,
      extensions: [x.ca(), x.keyUsage(...usages)],
    });
  const listOf = (issuer: typeof name) => makeCrl({ issuer, issuerKey: key, revoked: [], now: morning, validMs: hour });
  const wrongSigner = (error: unknown) => error instanceof DoubtError && error.doubt === 'WRONG_SIGNER';
  assert.equal(readCrl(listOf(name), caWith('keyCertSign', 'cRLSign')).revoked.size, 0);
  assert.throws(() => readCrl(listOf(name), caWith('keyCertSign')), wrongSigner);
  const other = nameOf([[oids.organization, 'Another authority']]);
  assert.throws(() => readCrl(listOf(other), caWith('keyCertSign', 'cRLSign')), wrongSigner);
});

test('a long list is read whole', async () => {
  const clock = stillClock();
  const authority = await openTestAuthority({ shelf: memoryShelf(), clock });
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const serials = Array.from({ length: 60 }, () => authority.issue({ publicKey }).serialHex);
  for (const serialHex of serials.slice(0, 50)) authority.revoke(serialHex);
  const list = readCrl(authority.crl(), authority.caCertificateDer);
  assert.deepEqual([...list.revoked.keys()].sort(), serials.slice(0, 50).sort());
});

test('OCSP decides; the CRL stands in only when OCSP leaves a doubt', async () => {
  const { clock, authority, serialHex, source: crl } = await townWithCrl();
  const ca = authority.caCertificateDer;
  const ocsp = ocspSource({
    url: 'http://ocsp.test/',
    clock,
    exchange: async (order) => ({ status: 200, body: authority.answerOcsp(order.body ?? new Uint8Array(0)) }),
  });
  const silent: RevocationSource = {
    status: async () => ({ status: 'unknown', by: 'ocsp', doubt: 'TIMEOUT', detail: 'no answer' }),
  };
  assert.deepEqual(doubtOf(await ocspThenCrl(ocsp, silent).status(serialHex, ca)), 'good');
  const standIn = await ocspThenCrl(silent, crl).status(serialHex, ca);
  assert.equal(standIn.status, 'good');
  assert.equal(standIn.by, 'crl');
  const neither = await ocspThenCrl(silent, silent).status(serialHex, ca);
  assert.equal(neither.status, 'unknown');
  // The CRL alone would call this one good: it lists only what was revoked.
  assert.equal((await crl.status('0bad', ca)).status, 'good');
  assert.equal(doubtOf(await ocspThenCrl(ocsp, crl).status('0bad', ca)), 'NEVER_ISSUED');
});
