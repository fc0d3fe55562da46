import { verify } from 'node:crypto';
import { type CertificateFields, readCertificate } from './certificate-fields.ts';
import { type CredentialFault, isIssuedBy } from './credential.ts';
import { ORDINANCE_CHALLENGE_BYTES, type OrdinancePurpose, ordinanceStatement } from './ordinance-profile.ts';

export type OrdinanceCheck =
  | { readonly ok: true; readonly serialHex: string }
  /** `OF_ANOTHER_CARD`: it was put beside another JPKI certificate than the one given. `detail` is for operators. */
  | { readonly ok: false; readonly code: CredentialFault | 'OF_ANOTHER_CARD'; readonly detail: string };

/** A municipality's old and new authority, and a spare. */
const anchorsMax = 4;

/**
 * Is this the certificate of an ordinance application that this municipality put on the card of this JPKI certificate,
 * and valid now? Synchronous and without any state, so that a recorded session can be judged again.
 *
 * @param input.credential `credentialDigest` of the JPKI certificate that the same card has shown
 * @param input.now milliseconds since 1970-01-01T00:00Z
 */
export function checkOrdinanceCredential(input: {
  readonly certificateDer: Uint8Array;
  /** The municipality's own authorities, DER. */
  readonly trustAnchors: readonly Uint8Array[];
  readonly municipality: string;
  readonly credential: string;
  readonly now: number;
}): OrdinanceCheck {
  const leaf = readCertificate(input.certificateDer);
  if (leaf === undefined) return fault('CERT_MALFORMED', 'not one DER certificate');
  const anchors = input.trustAnchors.slice(0, anchorsMax).map(readCertificate);
  const inForce = anchors.filter((it) => it !== undefined && it.notBefore <= input.now && input.now <= it.notAfter);
  if (!inForce.some((anchor) => anchor !== undefined && isIssuedBy(leaf, anchor))) {
    return fault('CERT_UNTRUSTED', 'no ordinance authority of the municipality that is in force has signed it');
  }
  const use = wrongUse(leaf, input.municipality);
  if (use !== undefined) return fault('CERT_WRONG_USE', use);
  if (input.now < leaf.notBefore) return fault('CERT_NOT_YET_VALID', 'the ordinance certificate is not valid yet');
  if (input.now > leaf.notAfter) return fault('CERT_EXPIRED', 'the ordinance certificate is not valid any more');
  // Compared as a whole list: a second common name must not make a certificate of everybody.
  if (leaf.commonNames.length !== 1 || leaf.commonNames[0] !== input.credential) {
    return fault('OF_ANOTHER_CARD', 'it names another JPKI certificate');
  }
  return { ok: true, serialHex: leaf.serialHex };
}

/** Why this is no ordinance certificate of that municipality; `undefined` when it is one. */
function wrongUse(leaf: CertificateFields, municipality: string): string | undefined {
  if (leaf.isCa) return 'it is a CA certificate';
  if (leaf.unknownCritical) return 'it has a critical extension that is not understood';
  if (leaf.keyUsage?.size !== 1 || !leaf.keyUsage.has('digitalSignature')) return 'keyUsage is not digitalSignature';
  if (leaf.publicKey.asymmetricKeyDetails?.namedCurve !== 'prime256v1') return 'its key is not on P-256';
  // Municipalities may share an authority, as they share a server; they do not share cards.
  if (leaf.units.length !== 1 || leaf.units[0] !== municipality) return 'it is of another municipality';
  return undefined;
}

/** Did the ordinance application of this certificate sign this 32-byte challenge, for this purpose? Check the
 *  certificate as well. */
export function verifyOrdinanceSignature(
  certificateDer: Uint8Array,
  purpose: OrdinancePurpose,
  challenge: Uint8Array,
  signature: Uint8Array,
): boolean {
  const key = readCertificate(certificateDer)?.publicKey;
  if (key?.asymmetricKeyDetails?.namedCurve !== 'prime256v1') return false;
  if (challenge.length !== ORDINANCE_CHALLENGE_BYTES) return false;
  return verify('sha256', ordinanceStatement(purpose, challenge), { key, dsaEncoding: 'ieee-p1363' }, signature);
}

function fault(code: Extract<OrdinanceCheck, { ok: false }>['code'], detail: string): OrdinanceCheck {
  return { ok: false, code, detail };
}
