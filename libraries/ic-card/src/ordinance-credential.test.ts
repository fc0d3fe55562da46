import assert from 'node:assert/strict';
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { test } from 'node:test';
import type { Extension } from 'pkijs';
import { oids, readCertificate } from './certificate-fields.ts';
import { checkCredential, credentialDigest } from './credential.ts';
import { checkOrdinanceCredential, type OrdinanceCheck, verifyOrdinanceSignature } from './ordinance-credential.ts';
import { ordinanceStatement } from './ordinance-profile.ts';
import { authorityOf, cardOf, challengeOf, morning, ordinanceAuthorityOf } from './people-who-do-not-exist.ts';
import {
  extension,
  makeCertificate,
  nameOf,
  octetString,
  certificateExtensions as x,
} from './test-authority/certificate-maker.ts';
import { isTestAuthority } from './test-authority/test-authority.ts';

const dayMs = 86_400_000;
const ec = (namedCurve = 'prime256v1') => generateKeyPairSync('ec', { namedCurve }).privateKey;
const caKey = ec();
const cardKey = ec();
const credential = 'c'.repeat(64);

type Order = {
  key?: KeyObject;
  issuerKey?: KeyObject;
  notBefore?: number;
  notAfter?: number;
  subject?: readonly (readonly [string, string])[];
  extensions?: readonly Extension[];
};
const caName = nameOf([[oids.organization, 'どこでも市']]);

function caCertificate(order: Order = {}): Uint8Array {
  return makeCertificate({
    subject: caName,
    issuer: caName,
    subjectKey: caKey,
    issuerKey: caKey,
    serial: Uint8Array.of(1),
    notBefore: order.notBefore ?? morning - dayMs,
    notAfter: order.notAfter ?? morning + 1_000 * dayMs,
    extensions: order.extensions ?? [x.ca(), x.keyUsage('keyCertSign'), x.subjectKey(caKey)],
  });
}

function leaf(order: Order = {}): Uint8Array {
  return makeCertificate({
    subject: nameOf(
      order.subject ?? [
        [oids.organizationalUnit, '482013'],
        [oids.commonName, credential],
      ],
    ),
    issuer: caName,
    subjectKey: order.key ?? cardKey,
    issuerKey: order.issuerKey ?? caKey,
    serial: Uint8Array.of(2),
    notBefore: order.notBefore ?? morning - dayMs,
    notAfter: order.notAfter ?? morning + dayMs,
    extensions: order.extensions ?? [x.keyUsage('digitalSignature')],
  });
}

function check(certificateDer: Uint8Array, more: Partial<Parameters<typeof checkOrdinanceCredential>[0]> = {}) {
  return checkOrdinanceCredential({
    certificateDer,
    trustAnchors: [caCertificate()],
    municipality: '482013',
    credential,
    now: morning,
    ...more,
  });
}
const codeOf = (result: OrdinanceCheck) => (result.ok ? 'ok' : result.code);

test('what the municipality’s authority put on this card is believed, and nothing else', async () => {
  assert.equal(codeOf(check(leaf())), 'ok');
  assert.equal(codeOf(check(leaf(), { credential: 'd'.repeat(64) })), 'OF_ANOTHER_CARD');
  assert.equal(codeOf(check(leaf(), { municipality: '483028' })), 'CERT_WRONG_USE');
  assert.equal(codeOf(check(leaf(), { trustAnchors: [] })), 'CERT_UNTRUSTED');
  assert.equal(codeOf(check(leaf({ issuerKey: ec() }))), 'CERT_UNTRUSTED');
  assert.equal(codeOf(check(Uint8Array.of(0x30, 0))), 'CERT_MALFORMED');
  const { authentication, jpki } = { authentication: await cardOf('jpki'), jpki: await authorityOf() };
  // A JPKI certificate is no ordinance certificate, also when its authority is among the anchors by mistake.
  const mistaken = check(authentication.certificateDer, { trustAnchors: [jpki.caCertificateDer] });
  assert.equal(codeOf(mistaken), 'CERT_WRONG_USE');
});

test('a certificate names one card and one municipality: two names are none', () => {
  const unit = [oids.organizationalUnit, '482013'] as const;
  const card = [oids.commonName, credential] as const;
  const other = [oids.commonName, 'd'.repeat(64)] as const;
  for (const twoCards of [
    [unit, other, card],
    [unit, card, other],
  ]) {
    assert.equal(codeOf(check(leaf({ subject: twoCards }))), 'OF_ANOTHER_CARD');
  }
  assert.equal(codeOf(check(leaf({ subject: [unit] }))), 'OF_ANOTHER_CARD');
  assert.equal(codeOf(check(leaf({ subject: [card] }))), 'CERT_WRONG_USE');
  const twoTowns = [unit, [oids.organizationalUnit, '483028'] as const, card];
  for (const municipality of ['482013', '483028']) {
    assert.equal(codeOf(check(leaf({ subject: twoTowns }), { municipality })), 'CERT_WRONG_USE');
  }
});

test('its time and its use are looked at: of the certificate and of the authority', () => {
  const odd: readonly [string, Uint8Array][] = [
    ['CERT_EXPIRED', leaf({ notAfter: morning - 1_000 })],
    ['CERT_NOT_YET_VALID', leaf({ notBefore: morning + 1_000 })],
    ['CERT_WRONG_USE', leaf({ extensions: [] })],
    ['CERT_WRONG_USE', leaf({ extensions: [x.keyUsage('digitalSignature', 'nonRepudiation')] })],
    ['CERT_WRONG_USE', leaf({ extensions: [x.keyUsage('digitalSignature'), x.ca()] })],
    [
      'CERT_WRONG_USE',
      leaf({ extensions: [x.keyUsage('digitalSignature'), extension('1.2.3.4', true, octetString(Uint8Array.of(1)))] }),
    ],
    ['CERT_WRONG_USE', leaf({ key: ec('secp384r1') })],
    ['CERT_WRONG_USE', leaf({ key: generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey })],
  ];
  for (const [code, certificate] of odd) assert.equal(codeOf(check(certificate)), code);
  const old = caCertificate({ notAfter: morning - 1_000 });
  assert.equal(codeOf(check(leaf(), { trustAnchors: [old] })), 'CERT_UNTRUSTED');
  const noCa = caCertificate({ extensions: [x.keyUsage('keyCertSign'), x.subjectKey(caKey)] });
  assert.equal(codeOf(check(leaf(), { trustAnchors: [noCa] })), 'CERT_UNTRUSTED');
  // The authority’s old and new certificate stand side by side.
  assert.equal(codeOf(check(leaf(), { trustAnchors: [old, caCertificate()] })), 'ok');
});

test('a signature is for one purpose, one challenge, one key; anything else is false, not an error', () => {
  const certificate = leaf();
  const challenge = challengeOf('a visit');
  const signed = (purpose: 'holder' | 'second', key = cardKey) =>
    sign('sha256', ordinanceStatement(purpose, challenge), { key, dsaEncoding: 'ieee-p1363' });
  assert.ok(verifyOrdinanceSignature(certificate, 'second', challenge, signed('second')));
  assert.ok(verifyOrdinanceSignature(certificate, 'holder', challenge, signed('holder')));
  for (const [purpose, over, signature] of [
    ['second', challenge, signed('holder')],
    ['holder', challenge, signed('second')],
    ['second', challengeOf('another'), signed('second')],
    ['second', challenge, signed('second', ec())],
    ['second', challenge, sign('sha256', challenge, { key: cardKey, dsaEncoding: 'ieee-p1363' })],
    ['second', challenge, sign('sha256', ordinanceStatement('second', challenge), cardKey)],
    ['second', challenge, new Uint8Array(64)],
    ['second', challenge, new Uint8Array(0)],
    ['second', challenge.subarray(1), signed('second')],
  ] as const) {
    assert.equal(verifyOrdinanceSignature(certificate, purpose, over, signature), false);
  }
  assert.equal(verifyOrdinanceSignature(Uint8Array.of(1), 'second', challenge, signed('second')), false);
});

test('the town’s test authority enrols a card by the JPKI certificate on it, marks all it makes, and stays itself', async () => {
  const authority = await ordinanceAuthorityOf();
  const made = await cardOf('enrolled', { secondPin: '5678' });
  const certificateDer = made.ordinanceCertificateDer ?? assert.fail('no ordinance certificate');
  const given = {
    certificateDer,
    trustAnchors: [authority.caCertificateDer],
    municipality: '482013',
    credential: credentialDigest(made.certificateDer),
    now: morning,
  };
  assert.deepEqual(checkOrdinanceCredential(given), {
    ok: true,
    serialHex: readCertificate(certificateDer)?.serialHex,
  });
  assert.ok(isTestAuthority(authority.caCertificateDer) && isTestAuthority(certificateDer));
  assert.deepEqual((await ordinanceAuthorityOf()).caCertificateDer, authority.caCertificateDer);
  const elsewhere = await ordinanceAuthorityOf('483028');
  assert.equal(
    codeOf(checkOrdinanceCredential({ ...given, trustAnchors: [elsewhere.caCertificateDer] })),
    'CERT_UNTRUSTED',
  );
  // And it is no certificate to enter with.
  const entered = checkCredential({ certificateDer, trustAnchors: [authority.caCertificateDer], now: morning });
  assert.equal(entered.ok ? 'ok' : entered.code, 'CERT_WRONG_USE');
});
