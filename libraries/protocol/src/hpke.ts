/**
 * HPKE base mode, single shot (RFC 9180): DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM. On node:crypto and
 * synchronous, so that sealing and opening are one step in the simulator as they are in the kiosk. Checked in tests
 * against the RFC's vectors and against an independent implementation.
 */
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  type KeyObject,
} from 'node:crypto';

/** AEADs of RFC 9180 §7.3. Documents use AES-256-GCM; the other is there for the RFC's test vectors. */
export type HpkeAead = 'aes-128-gcm' | 'aes-256-gcm';
const aeads = {
  'aes-128-gcm': { id: 0x0001, keyBytes: 16 },
  'aes-256-gcm': { id: 0x0002, keyBytes: 32 },
} as const;
const nonceBytes = 12;
const tagBytes = 16;
const suiteKem = Buffer.concat([Buffer.from('KEM'), u16(0x0020)]);

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}

function extract(salt: Uint8Array, ikm: Uint8Array): Buffer {
  return createHmac('sha256', salt).update(ikm).digest();
}

function expand(prk: Uint8Array, info: Uint8Array, length: number): Buffer {
  let block = Buffer.alloc(0);
  let out = Buffer.alloc(0);
  for (let i = 1; out.length < length; i++) {
    block = createHmac('sha256', prk).update(block).update(info).update(Uint8Array.of(i)).digest();
    out = Buffer.concat([out, block]);
  }
  return out.subarray(0, length);
}

const version = Buffer.from('HPKE-v1');
function labeledExtract(suite: Buffer, salt: Uint8Array, label: string, ikm: Uint8Array): Buffer {
  return extract(salt, Buffer.concat([version, suite, Buffer.from(label), ikm]));
}
function labeledExpand(suite: Buffer, prk: Uint8Array, label: string, info: Uint8Array, length: number): Buffer {
  return expand(prk, Buffer.concat([u16(length), version, suite, Buffer.from(label), info]), length);
}

const pkcs8Prefix = Buffer.from('302e020100300506032b656e04220420', 'hex');
const spkiPrefix = Buffer.from('302a300506032b656e032100', 'hex');

/** An X25519 private key from its 32 bytes. */
export function x25519PrivateKey(bytes: Uint8Array): KeyObject {
  if (bytes.length !== 32) throw new RangeError(`an X25519 key has 32 bytes, not ${bytes.length}`);
  const der = Buffer.concat([pkcs8Prefix, bytes]);
  try {
    return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  } finally {
    der.fill(0);
  }
}

function publicKeyFrom(bytes: Uint8Array): KeyObject {
  if (bytes.length !== 32) throw new RangeError(`an X25519 key has 32 bytes, not ${bytes.length}`);
  return createPublicKey({ key: Buffer.concat([spkiPrefix, bytes]), format: 'der', type: 'spki' });
}

/** The 32 public bytes that belong to a private key. */
export function x25519PublicBytes(privateKey: KeyObject): Buffer {
  return Buffer.from(createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(-32));
}

function sharedSecret(dh: Buffer, enc: Uint8Array, recipient: Uint8Array): Buffer {
  const eaePrk = labeledExtract(suiteKem, Buffer.alloc(0), 'eae_prk', dh);
  return labeledExpand(suiteKem, eaePrk, 'shared_secret', Buffer.concat([enc, recipient]), 32);
}

function keySchedule(aead: HpkeAead, shared: Buffer, info: Uint8Array): { key: Buffer; nonce: Buffer } {
  const suite = Buffer.concat([Buffer.from('HPKE'), u16(0x0020), u16(0x0001), u16(aeads[aead].id)]);
  const empty = Buffer.alloc(0);
  const context = Buffer.concat([
    Buffer.of(0),
    labeledExtract(suite, empty, 'psk_id_hash', empty),
    labeledExtract(suite, empty, 'info_hash', info),
  ]);
  const secret = labeledExtract(suite, shared, 'secret', empty);
  return {
    key: labeledExpand(suite, secret, 'key', context, aeads[aead].keyBytes),
    nonce: labeledExpand(suite, secret, 'base_nonce', context, nonceBytes),
  };
}

export type HpkeMessage = { readonly info: Uint8Array; readonly aad: Uint8Array; readonly aead?: HpkeAead };

/** enc (32 bytes) ‖ ciphertext ‖ tag. `ephemeral`: 32 fresh random bytes, used for this message only. */
export function hpkeSeal(
  recipient: Uint8Array,
  plaintext: Uint8Array,
  ephemeral: Uint8Array,
  message: HpkeMessage,
): Buffer {
  const aead = message.aead ?? 'aes-256-gcm';
  const sender = x25519PrivateKey(ephemeral);
  const enc = x25519PublicBytes(sender);
  const dh = diffieHellman({ privateKey: sender, publicKey: publicKeyFrom(recipient) });
  const { key, nonce } = keySchedule(aead, sharedSecret(dh, enc, recipient), message.info);
  const cipher = createCipheriv(aead, key, nonce, { authTagLength: tagBytes });
  cipher.setAAD(message.aad);
  return Buffer.concat([enc, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
}

/** The plaintext, or undefined when key, associated data or any byte is not the right one. */
export function hpkeOpen(recipientKey: KeyObject, sealed: Uint8Array, message: HpkeMessage): Buffer | undefined {
  if (sealed.length < 32 + tagBytes) return undefined;
  const aead = message.aead ?? 'aes-256-gcm';
  const enc = sealed.subarray(0, 32);
  try {
    const dh = diffieHellman({ privateKey: recipientKey, publicKey: publicKeyFrom(enc) });
    const shared = sharedSecret(dh, enc, x25519PublicBytes(recipientKey));
    const { key, nonce } = keySchedule(aead, shared, message.info);
    const decipher = createDecipheriv(aead, key, nonce, { authTagLength: tagBytes });
    decipher.setAAD(message.aad);
    decipher.setAuthTag(sealed.subarray(-tagBytes));
    return Buffer.concat([decipher.update(sealed.subarray(32, -tagBytes)), decipher.final()]);
  } catch {
    // A point of small order or a wrong tag: node:crypto throws for both, and both mean "not for this key".
    return undefined;
  }
}
