import assert from 'node:assert/strict';
import { createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { test } from 'node:test';
import { isSignedBy, isSoundKey, isTrustedAlgorithm } from './signing.ts';

const text = Buffer.from('a certificate');
const sha256Rsa = '1.2.840.113549.1.1.11';
const sha1Rsa = '1.2.840.113549.1.1.5';

test('RSA and ECDSA with SHA-2 are believed', () => {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const ec = generateKeyPairSync('ec', { namedCurve: 'secp384r1' });
  assert.ok(isSignedBy(rsa.publicKey, sha256Rsa, text, sign('sha256', text, rsa.privateKey)));
  assert.ok(isSignedBy(ec.publicKey, '1.2.840.10045.4.3.3', text, sign('sha384', text, ec.privateKey)));
  assert.equal(isSignedBy(rsa.publicKey, '1.2.840.10045.4.3.2', text, sign('sha256', text, rsa.privateKey)), false);
});

test('SHA-1, small keys and odd curves are not, though the signature fits', () => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  assert.equal(isTrustedAlgorithm(sha1Rsa), false);
  assert.equal(isSignedBy(publicKey, sha1Rsa, text, sign('sha1', text, privateKey)), false);
  const small = generateKeyPairSync('rsa', { modulusLength: 1_024 });
  assert.equal(isSignedBy(small.publicKey, sha256Rsa, text, sign('sha256', text, small.privateKey)), false);
  const odd = generateKeyPairSync('ec', { namedCurve: 'secp256k1' });
  assert.equal(isSoundKey(odd.publicKey), false);
  assert.equal(isSoundKey(createPublicKey(generateKeyPairSync('ed25519').privateKey)), false);
});
