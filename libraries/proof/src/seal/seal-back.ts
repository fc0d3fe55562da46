/**
 * From facts to the message of a back: COSE_Sign1 by the municipality's
 * document-signing key (RFC 9052; ES256, certificate in x5chain, RFC 9360), in COSE_Encrypt0 (A256GCM) under a key that
 * comes from the check code (scrypt, RFC 7914).
 */
import { createCipheriv, createPrivateKey, type KeyObject, scryptSync, sign, X509Certificate } from 'node:crypto';
import type { Entropy } from '@dokodemo/domain';
import { encode, Tagged } from 'cborg';
import { type BackFacts, codePicture, encodeFacts, type GivenFacts } from './back-facts.ts';
import { additionalOf, algorithms, cost, header, statementOf, tags } from './cose.ts';

export type BackSigner = {
  /** EC P-256 key of the municipality's document-signing certificate. */
  readonly key: KeyObject;
  /** DER. */
  readonly certificate: Uint8Array;
};

/** What opens the backs of one copy. */
export type BackKey = { readonly salt: Uint8Array; readonly key: Uint8Array };

function derive(code: string, salt: Uint8Array, parameters: { N: number; r: number; p: number }): Uint8Array {
  return new Uint8Array(scryptSync(code, salt, 32, { ...parameters, maxmem: 200_000_000 }));
}

/** One for all sheets of a copy: what is slow is done once. `code` is as `makeCheckCode` gives it. */
export function makeBackKey(code: string, entropy: Entropy): BackKey {
  const salt = entropy.bytes(16);
  return { salt, key: derive(code, salt, cost) };
}

const labels = (...entries: readonly (readonly [number, unknown])[]) => encode(new Map(entries));

/** Everything that is signed, before it is: whoever holds the key need not be here. */
export type BackDraft = {
  /** What the key signs: ECDSA with SHA-256. */
  readonly statement: Uint8Array;
  readonly signedHeader: Uint8Array;
  readonly payload: Uint8Array;
  /** Of the message that will come of it: decides how fine its picture may be, before anything is signed. */
  readonly messageBytes: number;
};

const signatureBytes = 64;
const nothing = new Uint8Array(0);

/** `certificate`: DER, of the key that will sign. */
export function draftBack(facts: GivenFacts, certificate: Uint8Array): BackDraft {
  const payload = encodeFacts(facts);
  const signedHeader = labels([header.algorithm, algorithms.es256], [header.certificates, certificate]);
  const statement = statementOf(signedHeader, payload);
  const signed = signedOf(signedHeader, payload, new Uint8Array(signatureBytes));
  const frame = messageOf(protectedHeaderOf(new Uint8Array(16)), new Uint8Array(12), nothing);
  const sealedBytes = signed.length + 16;
  // The frame has room for the length of nothing, one byte; a length of CBOR takes up to five.
  const lengthBytes = sealedBytes < 24 ? 1 : sealedBytes < 256 ? 2 : sealedBytes < 65_536 ? 3 : 5;
  return { statement, signedHeader, payload, messageBytes: frame.length - 1 + lengthBytes + sealedBytes };
}

const signedOf = (signedHeader: Uint8Array, payload: Uint8Array, signature: Uint8Array) =>
  encode(new Tagged(tags.sign1, [signedHeader, new Map(), payload, signature]));
const protectedHeaderOf = (salt: Uint8Array) =>
  labels([header.algorithm, algorithms.a256gcm], [header.derivation, [cost.N, cost.r, cost.p, salt]]);
const messageOf = (protectedHeader: Uint8Array, nonce: Uint8Array, sealed: Uint8Array) =>
  encode(new Tagged(tags.encrypt0, [protectedHeader, new Map([[header.nonce, nonce]]), sealed]));

/** The message that `drawBack` draws. `signature`: of the draft's statement, 64 bytes (IEEE P1363). */
export function sealDraft(draft: BackDraft, signature: Uint8Array, key: BackKey, entropy: Entropy): Uint8Array {
  if (signature.length !== signatureBytes) throw new RangeError(`a signature of ${signature.length} bytes`);
  const nonce = entropy.bytes(12);
  const protectedHeader = protectedHeaderOf(key.salt);
  const cipher = createCipheriv('aes-256-gcm', key.key, nonce);
  cipher.setAAD(additionalOf(protectedHeader));
  const sealed = Buffer.concat([
    cipher.update(signedOf(draft.signedHeader, draft.payload, signature)),
    cipher.final(),
    cipher.getAuthTag(),
  ]);
  return messageOf(protectedHeader, nonce, new Uint8Array(sealed));
}

/** ES256 of a key in memory, as `sealDraft` wants it. */
export function signStatement(statement: Uint8Array, key: KeyObject): Uint8Array {
  return new Uint8Array(sign('sha256', statement, { key, dsaEncoding: 'ieee-p1363' }));
}

/** Facts, signed by a key in memory and sealed. */
export function sealBack(facts: BackFacts, signer: BackSigner, key: BackKey, entropy: Entropy): Uint8Array {
  const draft = draftBack({ ...facts, picture: codePicture(facts.picture) }, signer.certificate);
  return sealDraft(draft, signStatement(draft.statement, signer.key), key, entropy);
}

/** A signer from PEM, as configurations have it. */
export function backSignerOf(keyPem: string, certificatePem: string): BackSigner {
  return { key: createPrivateKey(keyPem), certificate: new Uint8Array(new X509Certificate(certificatePem).raw) };
}
