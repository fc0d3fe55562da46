import { constants, createHash, publicDecrypt, timingSafeEqual } from 'node:crypto';
import { type CertificateFields, isOpenSslError, oids, readCertificate } from './certificate-fields.ts';
import { DIGEST_BYTES, sha256DigestInfo } from './jpki-profile.ts';
import { isSignedBy, isSoundKey, isTrustedAlgorithm } from './signing.ts';

/** What is known of a holder after the certificate was checked. No name, no address: the certificate has none. */
export type Credential = {
  /** Lower-case hex, an even number of digits. With the issuer it names the holder. */
  readonly serialHex: string;
  /** SubjectPublicKeyInfo, DER. */
  readonly subjectKey: Uint8Array;
  /** Last valid moment, milliseconds since 1970-01-01T00:00Z. */
  readonly notAfter: number;
  /** SHA-256 of the whole certificate, lower-case hex. */
  readonly digest: string;
  /** The anchor that signed it, DER: whom to ask about revocation. */
  readonly issuerDer: Uint8Array;
};

export type CredentialFault =
  | 'CERT_EXPIRED'
  | 'CERT_NOT_YET_VALID'
  | 'CERT_UNTRUSTED'
  | 'CERT_WRONG_USE'
  | 'CERT_MALFORMED';

export type CredentialCheck =
  | { readonly ok: true; readonly credential: Credential }
  /** `detail` is for operators. */
  | { readonly ok: false; readonly code: CredentialFault; readonly detail: string };

/** More anchors than generations of the national CA ever stood side by side. */
const anchorsMax = 16;

/**
 * Is this a JPKI user-authentication certificate that one of the anchors issued and that is valid now? Says nothing
 * about revocation. Synchronous and without any state, so that a recorded session can be judged again.
 *
 * @param input.now milliseconds since 1970-01-01T00:00Z
 */
export function checkCredential(input: {
  readonly certificateDer: Uint8Array;
  readonly trustAnchors: readonly Uint8Array[];
  readonly now: number;
}): CredentialCheck {
  const leaf = readCertificate(input.certificateDer);
  if (leaf === undefined) return fault('CERT_MALFORMED', 'not one DER certificate');
  if (leaf.notBefore > leaf.notAfter) return fault('CERT_MALFORMED', 'its validity period is no period');
  const anchors = input.trustAnchors.slice(0, anchorsMax).map((der) => ({ der, fields: readCertificate(der) }));
  const found = anchors.find(({ fields }) => fields !== undefined && isIssuedBy(leaf, fields));
  if (found?.fields === undefined) return fault('CERT_UNTRUSTED', 'no anchor that may sign certificates has signed it');
  const anchor = found.fields;
  const use = wrongUse(leaf);
  if (use !== undefined) return fault('CERT_WRONG_USE', use);
  if (input.now < leaf.notBefore) return fault('CERT_NOT_YET_VALID', `valid from ${isoOf(leaf.notBefore)}`);
  if (input.now > leaf.notAfter) return fault('CERT_EXPIRED', `valid until ${isoOf(leaf.notAfter)}`);
  // Not within the clause above: a resident whose certificate lives longer than its CA is told of the CA.
  if (input.now < anchor.notBefore || input.now > anchor.notAfter) {
    return fault('CERT_UNTRUSTED', `the CA is valid ${isoOf(anchor.notBefore)} to ${isoOf(anchor.notAfter)}`);
  }
  return {
    ok: true,
    credential: {
      serialHex: leaf.serialHex,
      subjectKey: Uint8Array.from(leaf.spki),
      notAfter: leaf.notAfter,
      digest: credentialDigest(input.certificateDer),
      issuerDer: Uint8Array.from(found.der),
    },
  };
}

/** Issuer name, key identifiers, signature, and that the anchor is a CA at all (RFC 5280 §6.1.3, §6.1.4). */
export function isIssuedBy(leaf: CertificateFields, anchor: CertificateFields): boolean {
  if (!anchor.isCa || anchor.unknownCritical || !isSoundKey(anchor.publicKey)) return false;
  if (anchor.keyUsage === undefined || !anchor.keyUsage.has('keyCertSign')) return false;
  if (!isTrustedAlgorithm(leaf.signatureAlgorithm)) return false;
  if (Buffer.compare(leaf.issuerDer, anchor.subjectDer) !== 0) return false;
  if (leaf.authorityKeyId !== undefined && leaf.authorityKeyId !== anchor.subjectKeyId) return false;
  return isSignedBy(anchor.publicKey, leaf.signatureAlgorithm, leaf.signed, leaf.signature);
}

/** Why this certificate is not for proving who stands here; `undefined` when it is. */
function wrongUse(leaf: CertificateFields): string | undefined {
  if (leaf.isCa) return 'it is a CA certificate';
  if (leaf.unknownCritical) return 'it has a critical extension that is not understood';
  if (!leaf.keyUsage?.has('digitalSignature')) return 'keyUsage lacks digitalSignature';
  // 署名用 certificates say nonRepudiation: they sign documents, and carry name and address.
  if (leaf.keyUsage.size > 1) return `keyUsage says also ${[...leaf.keyUsage].slice(1).join(', ')}`;
  if (leaf.extendedKeyUsage && !leaf.extendedKeyUsage.includes(oids.clientAuth)) {
    return 'extendedKeyUsage lacks clientAuth';
  }
  if (leaf.publicKey.asymmetricKeyType !== 'rsa' || !isSoundKey(leaf.publicKey)) {
    return 'its key is not RSA of 2048 to 4096 bits';
  }
  return undefined;
}

/** SHA-256 of the certificate's DER, lower-case hex: by this issuers and the center name a card. */
export function credentialDigest(certificateDer: Uint8Array): string {
  return createHash('sha256').update(certificateDer).digest('hex');
}

/**
 * Did the card of this certificate sign this 32-byte challenge (RSA PKCS#1 v1.5 over its SHA-256 DigestInfo)? `false`
 * for anything else. Check the certificate as well.
 */
export function verifyChallengeSignature(
  certificateDer: Uint8Array,
  challenge: Uint8Array,
  signature: Uint8Array,
): boolean {
  const fields = readCertificate(certificateDer);
  if (fields === undefined || challenge.length !== DIGEST_BYTES) return false;
  const key = fields.publicKey;
  if (key.asymmetricKeyType !== 'rsa' || !isSoundKey(key)) return false;
  // RFC 8017 §8.2.2: a signature has exactly the length of the modulus.
  if (signature.length !== (key.asymmetricKeyDetails?.modulusLength ?? 0) / 8) return false;
  const opened = openSignature(key, signature);
  const expected = sha256DigestInfo(challenge);
  // Compared as a whole: reading fields out of what was opened is how forged signatures got through elsewhere.
  return opened !== undefined && opened.length === expected.length && timingSafeEqual(opened, expected);
}

function openSignature(key: CertificateFields['publicKey'], signature: Uint8Array): Uint8Array | undefined {
  try {
    return publicDecrypt({ key, padding: constants.RSA_PKCS1_PADDING }, signature);
  } catch (error) {
    // OpenSSL throws on wrong padding: that is what a wrong signature looks like.
    if (isOpenSslError(error)) return undefined;
    throw error;
  }
}

function fault(code: CredentialFault, detail: string): CredentialCheck {
  return { ok: false, code, detail };
}

function isoOf(epochMs: number): string {
  return new Date(epochMs).toISOString();
}
