/**
 * 利用登録申請 on its way: what the municipality where the applicant lives says of the applicant, signed by it, with the
 * card's own proof, sealed to the municipality that keeps the family register. The center carries it and cannot read it.
 */
import { type KeyObject, sign, verify, X509Certificate } from 'node:crypto';
import { type Answer, answer, type EnrolmentClaim, refuse } from '@dokodemo/domain';
import { decode, encode } from 'cborg';
import { digestOfParts } from './binding.ts';
import { hpkeOpen, hpkeSeal } from './hpke.ts';
import type { DocumentSigner } from './sealed-document.ts';

const info = Buffer.from('dokodemo/enrolment/v1');

/** Travels in the open, and is bound to what is sealed: no personal data. */
export type EnrolmentBinding = {
  readonly enrolmentId: string;
  /** Where the applicant lives, and where the family register is kept. */
  readonly from: string;
  readonly to: string;
  readonly sessionId: string;
  readonly visitId: string;
  readonly terminalId: string;
};

/** What the card has signed, at the issuer of `from`, and with what certificate: see `visitChallenge`. */
export type CardProof = {
  readonly certificate: Uint8Array;
  readonly issuerNonce: Uint8Array;
  readonly kioskKey: Uint8Array;
  readonly signature: Uint8Array;
};

export type EnrolmentContent = { readonly claim: EnrolmentClaim; readonly proof: CardProof };

/** The key to which applications for a municipality are sealed, by that municipality's own word. */
export type EnrolmentKey = {
  readonly key: Uint8Array;
  readonly certificate: Uint8Array;
  readonly signature: Uint8Array;
};

function keyStatement(municipality: string, key: Uint8Array): Buffer {
  return digestOfParts('dokodemo/enrolment-key/v1', municipality, key);
}

export function signEnrolmentKey(municipality: string, key: Uint8Array, signer: DocumentSigner): EnrolmentKey {
  const signature = new Uint8Array(sign('sha256', keyStatement(municipality, key), signer.key));
  return { key, certificate: signer.certificate, signature };
}

/** The public key of a municipality's document-signing certificate, or why it is not believed. */
function signerOf(municipality: string, der: Uint8Array, authorityDer: Uint8Array, nowMs: number): Answer<KeyObject> {
  try {
    const certificate = new X509Certificate(der);
    const authority = new X509Certificate(authorityDer);
    const names = certificate.subject.split('\n');
    if (!certificate.checkIssued(authority) || !certificate.verify(authority.publicKey))
      return refuse('MISMATCH_STOP', 'not signed with a key of the authority’s');
    if (nowMs < certificate.validFromDate.getTime() || nowMs > certificate.validToDate.getTime())
      return refuse('MISMATCH_STOP', 'the signing certificate is not in force');
    return names.includes('OU=document-signing') && names.includes(`CN=${municipality}`)
      ? answer(certificate.publicKey)
      : refuse('MISMATCH_STOP', 'signed by another municipality');
  } catch (error) {
    return refuse('MISMATCH_STOP', `the signing certificate cannot be read: ${String(error)}`);
  }
}

/** Seals an application, after the key to seal it to has proven to be `to`'s. `ephemeral`: 32 fresh random bytes. */
export function sealEnrolment(
  binding: EnrolmentBinding,
  content: EnrolmentContent,
  to: EnrolmentKey,
  signer: DocumentSigner,
  ephemeral: Uint8Array,
  trust: { readonly documentAuthority: Uint8Array; readonly nowMs: number },
): Answer<{ readonly aad: Uint8Array; readonly sealed: Uint8Array }> {
  const receiver = signerOf(binding.to, to.certificate, trust.documentAuthority, trust.nowMs);
  if (!receiver.ok) return receiver;
  if (to.key.length !== 32 || !verify('sha256', keyStatement(binding.to, to.key), receiver.value, to.signature))
    return refuse('MISMATCH_STOP', 'the key to seal to is not that municipality’s');
  const aad = encodeEnrolmentBinding(binding);
  const body = encode(content);
  const signature = new Uint8Array(sign('sha256', digestOfParts('dokodemo/enrolment/v1', aad, body), signer.key));
  const plaintext = encode({ body, certificate: signer.certificate, signature });
  return answer({ aad, sealed: hpkeSeal(to.key, plaintext, ephemeral, { info, aad }) });
}

export function encodeEnrolmentBinding(binding: EnrolmentBinding): Uint8Array {
  return encode(binding);
}

/** Who may carry an application may read this much of it. */
export function readEnrolmentBinding(aad: Uint8Array): EnrolmentBinding | undefined {
  try {
    const value = decode(aad) as Record<string, unknown>;
    const fields = ['enrolmentId', 'from', 'sessionId', 'terminalId', 'to', 'visitId'];
    const same = Object.keys(value).sort().join() === fields.join();
    return same && fields.every((name) => typeof value[name] === 'string')
      ? (value as unknown as EnrolmentBinding)
      : undefined;
  } catch {
    return undefined; // said by the caller as MISMATCH_STOP
  }
}

/** Opens an application and checks seal and the sender's signature; the card's proof is for the caller to check. */
export function openEnrolment(
  key: KeyObject,
  given: { readonly aad: Uint8Array; readonly sealed: Uint8Array },
  trust: { readonly documentAuthority: Uint8Array; readonly nowMs: number },
): Answer<EnrolmentContent & { readonly binding: EnrolmentBinding }> {
  const binding = readEnrolmentBinding(given.aad);
  const plaintext = hpkeOpen(key, given.sealed, { info, aad: given.aad });
  if (binding === undefined || plaintext === undefined) return refuse('MISMATCH_STOP', 'the seal does not open');
  try {
    const { body, certificate, signature } = decode(plaintext) as Record<string, Uint8Array>;
    if (!(body && certificate && signature)) return refuse('MISMATCH_STOP', 'the sealed content has another shape');
    const sender = signerOf(binding.from, certificate, trust.documentAuthority, trust.nowMs);
    if (!sender.ok) return sender;
    if (!verify('sha256', digestOfParts('dokodemo/enrolment/v1', given.aad, body), sender.value, signature))
      return refuse('MISMATCH_STOP', 'the sender’s signature does not hold');
    return answer({ ...(decode(body) as EnrolmentContent), binding });
  } catch (error) {
    return refuse('MISMATCH_STOP', `the sealed content cannot be read: ${String(error)}`);
  }
}
