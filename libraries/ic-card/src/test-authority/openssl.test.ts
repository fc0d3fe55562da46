import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { createPrivateKey } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, type TestContext, test } from 'node:test';
import { promisify } from 'node:util';
import { systemClock } from '@dokodemo/domain';
import { readCrl } from '../crl.ts';
import { makeCard } from '../make-card.ts';
import { ocspRequest, readOcspResponse } from '../ocsp.ts';
import { memoryCardState } from '../virtual-card/card-state.ts';
import { type RunningTestAuthority, startTestAuthority } from './serve.ts';
import { directoryShelf } from './shelf.ts';

const run = promisify(execFile);
const directory = mkdtempSync(join(tmpdir(), 'dokodemo-authority-'));
const file = (name: string) => join(directory, name);
let running: RunningTestAuthority;
const serials: Record<'good' | 'revoked', string> = { good: '', revoked: '' };

/** OpenSSL is the foreign client and server here: what it says was not written by us. */
function openssl(t: TestContext): boolean {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' });
    return true;
  } catch (error) {
    if (process.env.CI === 'true') throw error;
    t.skip('the openssl command is not installed');
    return false;
  }
}

const pem = (der: Uint8Array) =>
  `-----BEGIN CERTIFICATE-----\n${Buffer.from(der).toString('base64').replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`;

before(async () => {
  running = await startTestAuthority({ directory: file('authority'), port: 0 });
  writeFileSync(file('ca.pem'), pem(running.authority.caCertificateDer));
  for (const label of ['good', 'revoked'] as const) {
    const made = await makeCard({
      authority: running.authority,
      pin: '1234',
      holderLabel: label,
      stateStore: memoryCardState(),
      shelf: directoryShelf(file('cards')),
    });
    serials[label] = made.serialHex;
    writeFileSync(file(`${label}.pem`), pem(made.certificateDer));
  }
  running.authority.revoke(serials.revoked);
});
after(async () => {
  await running.stop();
  rmSync(directory, { recursive: true });
});

test('openssl believes the certificates and finds them fit for a client', async (t) => {
  if (!openssl(t)) return;
  const options = ['-x509_strict', '-purpose', 'sslclient', '-CAfile', file('ca.pem')];
  const { stdout } = await run('openssl', ['verify', ...options, file('good.pem')]);
  assert.match(stdout, /good\.pem: OK/);
});

for (const hash of ['-sha1', '-sha256']) {
  test(`openssl ocsp ${hash} gets good and revoked, signed and fresh, with its nonce`, async (t) => {
    if (!openssl(t)) return;
    const certificates = ['-cert', file('good.pem'), hash, '-cert', file('revoked.pem')];
    const where = ['-url', running.ocspUrl, '-CAfile', file('ca.pem')];
    const { stdout, stderr } = await run('openssl', [
      'ocsp',
      '-issuer',
      file('ca.pem'),
      hash,
      ...certificates,
      ...where,
    ]);
    assert.match(stderr, /Response verify OK/);
    assert.doesNotMatch(stderr, /nonce/i);
    assert.match(stdout, /good\.pem: good/);
    assert.match(stdout, /revoked\.pem: revoked/);
  });
}

test('openssl verify refuses the revoked certificate by our CRL', async (t) => {
  if (!openssl(t)) return;
  const response = await fetch(running.crlUrl);
  const crl = Buffer.from(await response.arrayBuffer());
  writeFileSync(file('list.der'), crl);
  await run('openssl', ['crl', '-inform', 'der', '-in', file('list.der'), '-out', file('list.pem')]);
  const check = (name: string) =>
    run('openssl', [
      'verify',
      '-crl_check',
      '-CAfile',
      file('ca.pem'),
      '-CRLfile',
      file('list.pem'),
      file(`${name}.pem`),
    ]);
  assert.match((await check('good')).stdout, /OK/);
  await assert.rejects(check('revoked'), /certificate revoked/);
  assert.ok(readCrl(crl, running.authority.caCertificateDer).revoked.has(serials.revoked));
});

test('our client believes answers that openssl made', async (t) => {
  if (!openssl(t)) return;
  const until = '991231235959Z';
  const entries = [
    `V\t${until}\t\t${serials.good.toUpperCase()}\tunknown\t/CN=good`,
    `R\t${until}\t261101000000Z\t${serials.revoked.toUpperCase()}\tunknown\t/CN=revoked`,
  ];
  writeFileSync(file('index.txt'), `${entries.join('\n')}\n`);
  const keyFile = file('authority/authentication-ca.key.pem');
  assert.equal(createPrivateKey(readFileSync(keyFile)).asymmetricKeyType, 'rsa');
  const issuerDer = running.authority.caCertificateDer;
  const freshness = { now: systemClock.now(), skewMs: 300_000, maxAgeMs: 3_600_000 };
  const outcomes = [];
  for (const serialHex of [serials.good, serials.revoked]) {
    const nonce = new Uint8Array(32).fill(7);
    writeFileSync(file('request.der'), ocspRequest({ serialHex, issuerDer, nonce }));
    const signer = ['-rsigner', file('ca.pem'), '-rkey', keyFile, '-CA', file('ca.pem')];
    const io = ['-reqin', file('request.der'), '-respout', file('response.der'), '-ndays', '1'];
    await run('openssl', ['ocsp', '-index', file('index.txt'), ...signer, ...io]);
    const question = { serialHex, issuerDer, nonce, requireNonce: true, freshness };
    outcomes.push(readOcspResponse(Uint8Array.from(readFileSync(file('response.der'))), question).status);
  }
  assert.deepEqual(outcomes, ['good', 'revoked']);
});
