/**
 * From facts to the message of a back and from there to the facts again: COSE_Sign1 by the municipality's
 * document-signing key (RFC 9052; ES256, certificate in x5chain, RFC 9360), in COSE_Encrypt0 (A256GCM) under a key that
 * comes from the check code (scrypt, RFC 7914).
 */
import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  type KeyObject,
  scryptSync,
  sign,
  verify,
  X509Certificate,
} from 'node:crypto';
import type { Entropy } from '@dokodemo/domain';
import { decode, encode, Tagged } from 'cborg';
import { type BackFacts, codePicture, decodeFacts, encodeFacts, type GivenFacts } from './back-facts.ts';
import { readCheckCode } from './check-code.ts';
import { type SignerVerdict, type TrustBundle, trustSigner } from './trust.ts';

const external = new TextEncoder().encode('dokodemo/back/v1');
const tags = { encrypt0: 16, sign1: 18 } as const;
const header = { algorithm: 1, nonce: 5, certificates: 33, derivation: -70_001 } as const;
const algorithms = { es256: -7, a256gcm: 3 } as const;
/** 2^10 blocks of 1 KiB: a megabyte and some milliseconds for each code that is tried. */
const cost = { N: 1_024, r: 8, p: 1 } as const;
const mostCost = 65_536;

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
  const statement = encode(['Signature1', signedHeader, external, payload]);
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
  cipher.setAAD(encode(['Encrypt0', protectedHeader, external]));
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

export type OpenedBack =
  /** `signature`: whether it holds with the key of the certificate beside it; `signer`: whose that is. */
  | { readonly opened: true; readonly facts: BackFacts; readonly signature: boolean; readonly signer: SignerVerdict }
  | { readonly opened: false; readonly why: 'not-a-back' | 'mistyped-code' | 'other-code' };

const decodeOptions = {
  strict: true,
  useMaps: true,
  rejectDuplicateMapKeys: true,
  tags: { ...Tagged.preserve(tags.encrypt0, tags.sign1) },
} as const;

function taggedParts(bytes: Uint8Array, tag: number, count: number): unknown[] | undefined {
  try {
    const value: unknown = decode(bytes, decodeOptions);
    if (!(value instanceof Tagged) || value.tag !== tag) return undefined;
    return Array.isArray(value.value) && value.value.length === count ? value.value : undefined;
  } catch {
    return undefined; // not CBOR: said by the caller
  }
}

function labelsOf(bytes: unknown): ReadonlyMap<unknown, unknown> | undefined {
  if (!(bytes instanceof Uint8Array)) return undefined;
  try {
    const value: unknown = decode(bytes, decodeOptions);
    return value instanceof Map ? value : undefined;
  } catch {
    return undefined; // likewise
  }
}

/** The sealed content, or undefined when the message is none of ours; `null` when the code does not open it. */
function unseal(message: Uint8Array, code: string): Uint8Array | null | undefined {
  const parts = taggedParts(message, tags.encrypt0, 3);
  const [protectedHeader, open, sealed] = parts ?? [];
  const given = labelsOf(protectedHeader);
  const nonce = open instanceof Map ? open.get(header.nonce) : undefined;
  if (given?.get(header.algorithm) !== algorithms.a256gcm || !(sealed instanceof Uint8Array)) return undefined;
  const derivation = given.get(header.derivation);
  if (!Array.isArray(derivation) || !(nonce instanceof Uint8Array) || nonce.length !== 12) return undefined;
  const [N, r, p, salt] = derivation as unknown[];
  const isSane = Number.isInteger(N) && (N as number) <= mostCost && r === cost.r && p === cost.p;
  if (!isSane || !(salt instanceof Uint8Array) || sealed.length < 16) return undefined;
  try {
    const decipher = createDecipheriv(
      'aes-256-gcm',
      derive(code, salt, { N: N as number, r: cost.r, p: cost.p }),
      nonce,
    );
    decipher.setAAD(encode(['Encrypt0', protectedHeader, external]));
    decipher.setAuthTag(sealed.subarray(-16));
    return new Uint8Array(Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]));
  } catch {
    return null; // another code, or another message
  }
}

/** Opens a message with the code as a person typed it, and says what holds. */
export function openBack(message: Uint8Array, typedCode: string, trust: TrustBundle): OpenedBack {
  const code = readCheckCode(typedCode);
  if (code === undefined) return { opened: false, why: 'mistyped-code' };
  const signed = unseal(message, code);
  if (signed === undefined) return { opened: false, why: 'not-a-back' };
  if (signed === null) return { opened: false, why: 'other-code' };
  const parts = taggedParts(signed, tags.sign1, 4);
  const [protectedHeader, , payload, signature] = parts ?? [];
  const given = labelsOf(protectedHeader);
  const certificate = given?.get(header.certificates);
  if (!(payload instanceof Uint8Array) || !(signature instanceof Uint8Array) || !(certificate instanceof Uint8Array))
    return { opened: false, why: 'not-a-back' };
  const facts = decodeFacts(payload);
  if (facts === undefined) return { opened: false, why: 'not-a-back' };
  const statement = encode(['Signature1', protectedHeader, external, payload]);
  const holds = given?.get(header.algorithm) === algorithms.es256 && signatureHolds(certificate, statement, signature);
  return { opened: true, facts, signature: holds, signer: trustSigner(certificate, facts, trust) };
}

function signatureHolds(certificate: Uint8Array, statement: Uint8Array, signature: Uint8Array): boolean {
  try {
    const key = new X509Certificate(certificate).publicKey;
    return verify('sha256', statement, { key, dsaEncoding: 'ieee-p1363' }, signature);
  } catch {
    return false; // a certificate that cannot be read vouches for nothing
  }
}

/** A signer from PEM, as configurations have it. */
export function backSignerOf(keyPem: string, certificatePem: string): BackSigner {
  return { key: createPrivateKey(keyPem), certificate: new Uint8Array(new X509Certificate(certificatePem).raw) };
}
