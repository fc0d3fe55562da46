/** From the message of a back and the code of its front to the facts, and what holds of them. No part of Node.js. */
import { gcm } from '@noble/ciphers/aes.js';
import { scrypt } from '@noble/hashes/scrypt.js';
import type { BackFacts } from './back-facts.ts';
import { readCertificate, signatureHolds } from './certificate.ts';
import { readCheckCode } from './check-code.ts';
import { additionalOf, algorithms, cost, header, labelsOf, statementOf, taggedParts, tags } from './cose.ts';
import { decodeFacts } from './read-facts.ts';
import { type SignerVerdict, type TrustBundle, trustSigner } from './trust.ts';

/** A later issuer may take eight times as much; a pile of forged backs cannot make a verifier work for hours. */
const mostCost = 8_192;

export type OpenedBack =
  /** `signature`: whether it holds with the key of the certificate beside it; `signer`: whose that is. */
  | { readonly opened: true; readonly facts: BackFacts; readonly signature: boolean; readonly signer: SignerVerdict }
  | { readonly opened: false; readonly why: 'not-a-back' | 'mistyped-code' | 'other-code' };

type Sealed = {
  readonly protectedHeader: unknown;
  readonly sealed: Uint8Array;
  readonly nonce: Uint8Array;
  readonly derivation: { readonly N: number; readonly salt: Uint8Array };
};

/** Undefined: the message is none of ours. */
function readSealed(message: Uint8Array): Sealed | undefined {
  const parts = taggedParts(message, tags.encrypt0, 3);
  const [protectedHeader, open, sealed] = parts ?? [];
  const given = labelsOf(protectedHeader);
  const nonce = open instanceof Map ? open.get(header.nonce) : undefined;
  if (given?.get(header.algorithm) !== algorithms.a256gcm || !(sealed instanceof Uint8Array)) return undefined;
  const derivation = given.get(header.derivation);
  if (!Array.isArray(derivation) || !(nonce instanceof Uint8Array) || nonce.length !== 12) return undefined;
  const [N, r, p, salt] = derivation as unknown[];
  const isSane = Number.isInteger(N) && (N as number) >= 2 && (N as number) <= mostCost && r === cost.r && p === cost.p;
  if (!isSane || !(salt instanceof Uint8Array) || sealed.length < 16) return undefined;
  return { protectedHeader, sealed, nonce, derivation: { N: N as number, salt } };
}

/** Kibibytes that one trial of a code takes; undefined: none is made. */
export const derivationCost = (message: Uint8Array): number | undefined => readSealed(message)?.derivation.N;

/** The sealed content, or undefined when the message is none of ours; `null` when the code does not open it. */
function unseal(message: Uint8Array, code: string): Uint8Array | null | undefined {
  const parts = readSealed(message);
  if (parts === undefined) return undefined;
  const { protectedHeader, sealed, nonce, derivation } = parts;
  try {
    const key = scrypt(code, derivation.salt, { N: derivation.N, r: cost.r, p: cost.p, dkLen: 32 });
    return gcm(key, nonce, additionalOf(protectedHeader)).decrypt(sealed);
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
  const key = readCertificate(certificate)?.publicKey;
  const holds =
    given?.get(header.algorithm) === algorithms.es256 &&
    key?.curve === 'P-256' &&
    signatureHolds(key, statementOf(protectedHeader, payload), signature, 'compact');
  return { opened: true, facts, signature: holds, signer: trustSigner(certificate, facts, trust) };
}
