import assert from 'node:assert/strict';
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { readCertificate } from '../certificate-fields.ts';
import { crlSource } from '../crl.ts';
import { makeCard } from '../make-card.ts';
import { ocspSource } from '../ocsp.ts';
import { authorityOf, stillClock } from '../people-who-do-not-exist.ts';
import { memoryCardState } from '../virtual-card/card-state.ts';
import { startTestAuthority } from './serve.ts';
import { directoryShelf, memoryShelf } from './shelf.ts';
import { isTestAuthority } from './test-authority.ts';

const directory = mkdtempSync(join(tmpdir(), 'dokodemo-authority-'));
after(() => rmSync(directory, { recursive: true }));

test('what a test authority made says so: its CAs, its certificates, its responder', async () => {
  const authority = await authorityOf();
  assert.ok(isTestAuthority(authority.caCertificateDer));
  assert.ok(isTestAuthority((await authorityOf({ use: 'signature' })).caCertificateDer));
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  assert.ok(isTestAuthority(authority.issue({ publicKey }).certificateDer));
  assert.equal(isTestAuthority(Uint8Array.of(0x30, 0)), false);
});

test('the same directory is the same authority, its books included, also over HTTP', async () => {
  const clock = stillClock();
  const first = await startTestAuthority({ directory: join(directory, 'a'), port: 0, clock });
  const made = await makeCard({
    authority: first.authority,
    pin: '1234',
    holderLabel: 'sato',
    stateStore: memoryCardState(),
    shelf: directoryShelf(join(directory, 'cards')),
  });
  first.authority.revoke(made.serialHex);
  await first.stop();
  const second = await startTestAuthority({ directory: join(directory, 'a'), port: 0, clock });
  after(() => second.stop());
  assert.deepEqual(second.authority.caCertificateDer, first.authority.caCertificateDer);
  const ca = second.authority.caCertificateDer;
  const still = { clock: { ...clock, now: () => clock.at } };
  assert.equal((await ocspSource({ url: second.ocspUrl, ...still }).status(made.serialHex, ca)).status, 'revoked');
  assert.equal((await crlSource({ url: second.crlUrl, ...still }).status(made.serialHex, ca)).status, 'revoked');
  const served = await fetch(second.crlUrl.replace('/crl', '/ca.cer'));
  assert.deepEqual(new Uint8Array(await served.arrayBuffer()), ca);
  const statuses = await Promise.all(
    ['/nowhere', '/ocsp/%E0%A4%A', '/ocsp/AAAA'].map(
      async (path) => (await fetch(second.crlUrl.replace('/crl', path))).status,
    ),
  );
  assert.deepEqual(statuses, [404, 200, 200]);
  const large = await fetch(second.ocspUrl, { method: 'POST', body: new Uint8Array(5_000) });
  assert.equal(large.status, 413);
  assert.equal(
    readdirSync(join(directory, 'a')).some((name) => name.endsWith('.new')),
    false,
  );
});

test('nonsense gets the OCSP error malformedRequest, never a crash', async () => {
  const authority = await authorityOf();
  for (const nonsense of [
    new Uint8Array(0),
    Uint8Array.of(1, 2, 3),
    Uint8Array.of(0x30, 0x80),
    new Uint8Array(10_000),
  ]) {
    assert.deepEqual(authority.answerOcsp(nonsense), Uint8Array.of(0x30, 3, 0x0a, 1, 1));
  }
});

test('a card made again with the same label is the same card, and certificates name nobody', async () => {
  const authority = await authorityOf();
  const shelf = memoryShelf();
  const order = { authority, pin: '1234', holderLabel: 'tanaka', stateStore: memoryCardState(), shelf };
  const [one, again] = [await makeCard(order), await makeCard(order)];
  assert.deepEqual(one.certificateDer, again.certificateDer);
  assert.notEqual((await makeCard({ ...order, holderLabel: 'suzuki' })).serialHex, one.serialHex);
  assert.equal(Buffer.from(one.certificateDer).includes('tanaka'), false);
  assert.deepEqual([...one.certificateDer.subarray(0, 2)], [0x30, 0x82]);
  await assert.rejects(makeCard({ ...order, holderLabel: '../x' }));
  await assert.rejects(makeCard({ ...order, pin: '12345' }));
  await assert.rejects(makeCard({ ...order, signaturePassword: 'ABC123' }));
});

test('serial numbers are positive, alike in length, and never twice', async () => {
  const authority = await authorityOf();
  const key = createPublicKey(generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey);
  const serials = Array.from({ length: 100 }, () => authority.issue({ publicKey: key }).serialHex);
  assert.equal(new Set(serials).size, 100);
  assert.ok(serials.every((it) => /^[0-7][0-9a-f]{17}$/.test(it) && it > '01'));
  assert.equal(readCertificate(authority.issue({ publicKey: key }).certificateDer)?.isCa, false);
});
