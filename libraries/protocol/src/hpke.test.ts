import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core';
import { hpkeOpen, hpkeSeal, x25519PrivateKey, x25519PublicBytes } from './hpke.ts';

const hex = (text: string) => Buffer.from(text, 'hex');

test('RFC 9180 A.1.1, sequence number 0', () => {
  const sealed = hpkeSeal(
    hex('3948cfe0ad1ddb695d780e59077195da6c56506b027329794ab02bca80815c4d'),
    hex('4265617574792069732074727574682c20747275746820626561757479'),
    hex('52c4a758a802cd8b936eceea314432798d5baf2d7e9235dc084ab1b9cfa2f736'),
    { info: hex('4f6465206f6e2061204772656369616e2055726e'), aad: hex('436f756e742d30'), aead: 'aes-128-gcm' },
  );
  assert.equal(
    sealed.subarray(0, 32).toString('hex'),
    '37fda3567bdbd628e88668c3c8d7e97d1d1253b6d4ea6d44c150f741f1bf4431',
  );
  assert.equal(
    sealed.subarray(32).toString('hex'),
    'f938558b5d72f1a23810b4be2ab4f84331acc02fc97babc53a52ae8218a355a96d8770ac83d07bea87e13c512a',
  );
});

const foreign = new CipherSuite({ kem: new DhkemX25519HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });
const info = Buffer.from('info');
const aad = Buffer.from('aad');

test('another implementation opens what we seal', async () => {
  const keys = await foreign.kem.generateKeyPair();
  const recipient = new Uint8Array(await foreign.kem.serializePublicKey(keys.publicKey));
  const sealed = hpkeSeal(recipient, Buffer.from('住民票'), randomBytes(32), { info, aad });
  const context = await foreign.createRecipientContext({
    recipientKey: keys.privateKey,
    enc: new Uint8Array(sealed.subarray(0, 32)),
    info: new Uint8Array(info),
  });
  const opened = await context.open(new Uint8Array(sealed.subarray(32)), new Uint8Array(aad));
  assert.equal(Buffer.from(opened).toString(), '住民票');
});

test('we open what another implementation seals', async () => {
  const key = x25519PrivateKey(randomBytes(32));
  const recipientPublicKey = await foreign.kem.deserializePublicKey(new Uint8Array(x25519PublicBytes(key)));
  const sender = await foreign.createSenderContext({ recipientPublicKey, info: new Uint8Array(info) });
  const sealed = await sender.seal(new TextEncoder().encode('戸籍'), new Uint8Array(aad));
  const message = Buffer.concat([Buffer.from(sender.enc), Buffer.from(sealed)]);
  assert.equal(hpkeOpen(key, message, { info, aad })?.toString(), '戸籍');
});

test('another key, other associated data, any changed byte: nothing opens', () => {
  const key = x25519PrivateKey(randomBytes(32));
  const sealed = hpkeSeal(x25519PublicBytes(key), Buffer.from('secret'), randomBytes(32), { info, aad });
  assert.equal(hpkeOpen(key, sealed, { info, aad })?.toString(), 'secret');
  assert.equal(hpkeOpen(x25519PrivateKey(randomBytes(32)), sealed, { info, aad }), undefined);
  assert.equal(hpkeOpen(key, sealed, { info, aad: Buffer.from('aaD') }), undefined);
  assert.equal(hpkeOpen(key, sealed, { info: Buffer.from('other'), aad }), undefined);
  for (let i = 0; i < sealed.length; i++) {
    const changed = Buffer.from(sealed);
    changed[i] = (changed[i] ?? 0) ^ 1;
    assert.equal(hpkeOpen(key, changed, { info, aad }), undefined, `byte ${i}`);
  }
  assert.equal(hpkeOpen(key, Buffer.alloc(64), { info, aad }), undefined, 'a point of small order');
  assert.equal(hpkeOpen(key, Buffer.alloc(3), { info, aad }), undefined);
});
