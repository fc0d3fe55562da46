import assert from 'node:assert/strict';
import { constants, createPublicKey, generateKeyPairSync, type KeyObject, privateEncrypt } from 'node:crypto';
import { test } from 'node:test';
import * as asn1js from 'asn1js';
import type { Extension, RelativeDistinguishedNames } from 'pkijs';
import { type KeyUsage, oids, readCertificate } from './certificate-fields.ts';
import { type CredentialFault, checkCredential, credentialDigest, verifyChallengeSignature } from './credential.ts';
import { derEncode } from './der.ts';
import { sha256DigestInfo } from './jpki-profile.ts';
import { authorityOf, cardOf, challengeOf, morning } from './people-who-do-not-exist.ts';
import { extension, makeCertificate, nameOf, certificateExtensions as x } from './test-authority/certificate-maker.ts';

const dayMs = 86_400_000;
const rsa = (modulusLength = 2_048) => generateKeyPairSync('rsa', { modulusLength }).privateKey;
const caKey = rsa();
const holderKey = rsa();
const caName = nameOf([
  [oids.country, 'JP'],
  [oids.organization, 'An authority'],
]);
const caExtensions = () => [x.ca(), x.keyUsage('keyCertSign', 'cRLSign'), x.subjectKey(caKey)];
const leafExtensions = (...usages: KeyUsage[]) => [
  x.keyUsage(...(usages.length ? usages : (['digitalSignature'] as const))),
  x.extendedKeyUsage(oids.clientAuth),
  x.subjectKey(holderKey),
  x.authorityKey(caKey),
];

type Order = {
  key?: KeyObject;
  issuerKey?: KeyObject;
  issuer?: RelativeDistinguishedNames;
  notBefore?: number;
  notAfter?: number;
  serial?: Uint8Array;
  extensions?: readonly Extension[];
};

function caCertificate(order: Order = {}): Uint8Array {
  return makeCertificate({
    subject: caName,
    issuer: caName,
    subjectKey: order.key ?? caKey,
    issuerKey: order.issuerKey ?? order.key ?? caKey,
    serial: Uint8Array.of(1),
    notBefore: order.notBefore ?? morning - dayMs,
    notAfter: order.notAfter ?? morning + 1_000 * dayMs,
    extensions: order.extensions ?? caExtensions(),
  });
}

function leafCertificate(order: Order = {}): Uint8Array {
  return makeCertificate({
    subject: nameOf([
      [oids.country, 'JP'],
      [oids.commonName, 'ABC123'],
    ]),
    issuer: order.issuer ?? caName,
    subjectKey: order.key ?? holderKey,
    issuerKey: order.issuerKey ?? caKey,
    serial: order.serial ?? Uint8Array.of(0x12, 0x34),
    notBefore: order.notBefore ?? morning - dayMs,
    notAfter: order.notAfter ?? morning + dayMs,
    extensions: order.extensions ?? leafExtensions(),
  });
}

function verdict(certificateDer: Uint8Array, trustAnchors: readonly Uint8Array[] = [caCertificate()], now = morning) {
  const check = checkCredential({ certificateDer, trustAnchors, now });
  return check.ok ? 'ok' : check.code;
}

test('a certificate of the authority is a credential: its serial, key, end and digest', () => {
  const certificateDer = leafCertificate();
  const anchor = caCertificate();
  const check = checkCredential({
    certificateDer,
    trustAnchors: [caCertificate({ key: rsa() }), anchor],
    now: morning,
  });
  assert.ok(check.ok);
  assert.deepEqual(check.credential, {
    serialHex: '1234',
    subjectKey: Uint8Array.from(createPublicKey(holderKey).export({ type: 'spki', format: 'der' })),
    notAfter: morning + dayMs,
    digest: credentialDigest(certificateDer),
    issuerDer: anchor,
  });
  assert.match(check.credential.digest, /^[0-9a-f]{64}$/);
});

test('valid from its first to its last second, both included', () => {
  const leaf = leafCertificate();
  const at = (now: number) => verdict(leaf, [caCertificate()], now);
  assert.equal(at(morning - dayMs), 'ok');
  assert.equal(at(morning - dayMs - 1), 'CERT_NOT_YET_VALID');
  assert.equal(at(morning + dayMs), 'ok');
  assert.equal(at(morning + dayMs + 1), 'CERT_EXPIRED');
});

const untrusted: readonly [string, () => Uint8Array, () => readonly Uint8Array[]][] = [
  ['no anchor', () => leafCertificate(), () => []],
  ['a foreign CA of another name', () => leafCertificate(), () => [leafCertificate({ issuerKey: rsa() })]],
  [
    'a foreign CA of the same name',
    () => leafCertificate({ issuerKey: rsa(), extensions: [x.keyUsage('digitalSignature')] }),
    () => [caCertificate()],
  ],
  [
    'the name of another issuer',
    () => leafCertificate({ issuer: nameOf([[oids.country, 'JP']]) }),
    () => [caCertificate()],
  ],
  [
    'an anchor that is no CA',
    () => leafCertificate(),
    () => [caCertificate({ extensions: [x.keyUsage('keyCertSign'), x.subjectKey(caKey)] })],
  ],
  [
    'an anchor that may not sign certificates',
    () => leafCertificate(),
    () => [caCertificate({ extensions: [x.ca(), x.keyUsage('cRLSign'), x.subjectKey(caKey)] })],
  ],
  [
    'an anchor without keyUsage',
    () => leafCertificate(),
    () => [caCertificate({ extensions: [x.ca(), x.subjectKey(caKey)] })],
  ],
  [
    'another key identifier of the issuer',
    () => leafCertificate({ extensions: [x.keyUsage('digitalSignature'), x.authorityKey(holderKey)] }),
    () => [caCertificate()],
  ],
  [
    'an anchor without the key identifier the certificate names',
    () => leafCertificate(),
    () => [caCertificate({ extensions: [x.ca(), x.keyUsage('keyCertSign')] })],
  ],
  ['an expired anchor', () => leafCertificate(), () => [caCertificate({ notAfter: morning - 1_000 })]],
  ['an anchor not valid yet', () => leafCertificate(), () => [caCertificate({ notBefore: morning + 1_000 })]],
  [
    'an anchor with a key of 1024 bits',
    () => leafCertificate({ issuerKey: weakKey, extensions: [x.keyUsage('digitalSignature')] }),
    () => [caCertificate({ key: weakKey })],
  ],
  ['an anchor that is nonsense', () => leafCertificate(), () => [Uint8Array.of(1, 2, 3)]],
  ['a certificate that signed itself', () => leafCertificate({ issuerKey: holderKey }), () => [caCertificate()]],
];
const weakKey = rsa(1_024);
for (const [name, leaf, anchors] of untrusted) {
  test(`${name}: CERT_UNTRUSTED`, () => assert.equal(verdict(leaf(), anchors()), 'CERT_UNTRUSTED'));
}

const critical = (oid: string) => extension(oid, true, new asn1js.Null());
const wrongUse: readonly [string, () => Order][] = [
  ['a signature certificate (署名用)', () => ({ extensions: leafExtensions('digitalSignature', 'nonRepudiation') })],
  ['only for key agreement', () => ({ extensions: leafExtensions('keyAgreement') })],
  ['no keyUsage', () => ({ extensions: [x.authorityKey(caKey)] })],
  ['a CA certificate', () => ({ extensions: [...leafExtensions(), x.ca()] })],
  ['may sign certificates', () => ({ extensions: leafExtensions('digitalSignature', 'keyCertSign') })],
  ['an OCSP responder', () => ({ extensions: [x.keyUsage('digitalSignature'), x.extendedKeyUsage(oids.ocspSigning)] })],
  ['an unknown critical extension', () => ({ extensions: [...leafExtensions(), critical('1.2.3.4')] })],
  ['a key of 1024 bits', () => ({ key: weakKey })],
  ['an elliptic key', () => ({ key: generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey })],
  [
    'public exponent 3',
    () => ({ key: generateKeyPairSync('rsa', { modulusLength: 2_048, publicExponent: 3 }).privateKey }),
  ],
];
for (const [name, order] of wrongUse) {
  test(`${name}: CERT_WRONG_USE`, () => assert.equal(verdict(leafCertificate(order())), 'CERT_WRONG_USE'));
}

const malformed: readonly [string, () => Uint8Array][] = [
  ['nothing', () => new Uint8Array(0)],
  ['a byte behind it', () => Uint8Array.from([...leafCertificate(), 0])],
  ['its end missing', () => leafCertificate().subarray(0, -1)],
  ['more than 8 KiB', () => derEncode(0x30, new Uint8Array(9_000))],
  ['an extension twice', () => leafCertificate({ extensions: [...leafExtensions(), x.keyUsage('digitalSignature')] })],
  ['a negative serial number', () => leafCertificate({ serial: Uint8Array.of(0xff) })],
  ['a serial number of 21 bytes', () => leafCertificate({ serial: new Uint8Array(21).fill(1) })],
  ['a period that ends before it begins', () => leafCertificate({ notBefore: morning, notAfter: morning - dayMs })],
  ['the same written with a longer length (BER)', () => longerLength(leafCertificate())],
];
for (const [name, der] of malformed) {
  test(`${name}: CERT_MALFORMED`, () => assert.equal(verdict(der()), 'CERT_MALFORMED'));
}

function longerLength(der: Uint8Array): Uint8Array {
  return Uint8Array.from([0x30, 0x83, 0x00, ...der.subarray(2)]);
}

test('every single changed byte makes it no credential, and no changed byte crashes the check', () => {
  const der = leafCertificate();
  const anchors = [caCertificate()];
  const seen = new Set<CredentialFault | 'ok'>();
  for (let at = 0; at < der.length; at++) {
    const changed = Uint8Array.from(der);
    changed[at] = (changed[at] ?? 0) ^ 0x01;
    const code = verdict(changed, anchors);
    assert.notEqual(code, 'ok', `byte ${at}`);
    seen.add(code);
  }
  assert.deepEqual([...seen].sort(), ['CERT_MALFORMED', 'CERT_UNTRUSTED']);
});

test('certificates of cards are credentials, those of the other authority are not', async () => {
  const [authentication, signature] = [await authorityOf(), await authorityOf({ use: 'signature' })];
  const { certificateDer } = await cardOf('someone');
  assert.equal(verdict(certificateDer, [authentication.caCertificateDer]), 'ok');
  assert.equal(verdict(certificateDer, [signature.caCertificateDer]), 'CERT_UNTRUSTED');
  const forSigning = signature.issue({ publicKey: createPublicKey(holderKey) }).certificateDer;
  assert.equal(verdict(forSigning, [signature.caCertificateDer]), 'CERT_WRONG_USE');
  assert.equal(readCertificate(certificateDer)?.organizations[0], 'Dokodemo Test JPKI (見本)');
});

test('only the exact signature over the exact challenge is believed', () => {
  const der = leafCertificate();
  const challenge = challengeOf('visit');
  const raw = (input: Uint8Array, key = holderKey) =>
    privateEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, input);
  const good = raw(sha256DigestInfo(challenge));
  assert.equal(verifyChallengeSignature(der, challenge, good), true);
  const refused: readonly Uint8Array[] = [
    raw(challenge),
    raw(Buffer.concat([sha256DigestInfo(challenge), Buffer.of(0)])),
    raw(sha256DigestInfo(challengeOf('another'))),
    raw(sha256DigestInfo(challenge), caKey),
    good.subarray(1),
    Buffer.concat([Buffer.of(0), good]),
    new Uint8Array(256),
    new Uint8Array(256).fill(0xff),
    new Uint8Array(0),
  ];
  for (const signature of refused) assert.equal(verifyChallengeSignature(der, challenge, signature), false);
  assert.equal(verifyChallengeSignature(der, challenge.subarray(1), good), false);
  assert.equal(verifyChallengeSignature(Uint8Array.of(0x30), challenge, good), false);
});
