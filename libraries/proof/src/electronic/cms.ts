/**
 * The signature's message: CMS SignedData without its content (RFC 5652) with the attributes of CAdES and PAdES B-B
 * (ETSI EN 319 122-1, 319 142-1): content type, digest, and which certificate signed (RFC 5035). ECDSA on P-256 with
 * SHA-256 and nothing else. It is read by writing it again: whatever is not byte for byte what the house writes (other
 * algorithms, unsigned attributes, further signers or certificates) is refused.
 */
import { p256 } from '@noble/curves/nist.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { isSame } from '../seal/certificate.ts';
import { child, elementsOf, objectId, octets, sequence, set, smallInteger, tlv } from './der.ts';

const id = {
  data: objectId('1.2.840.113549.1.7.1'),
  signedData: objectId('1.2.840.113549.1.7.2'),
  contentType: objectId('1.2.840.113549.1.9.3'),
  messageDigest: objectId('1.2.840.113549.1.9.4'),
  signingCertificateV2: objectId('1.2.840.113549.1.9.16.2.47'),
  sha256: objectId('2.16.840.1.101.3.4.2.1'),
  ecdsaWithSha256: objectId('1.2.840.10045.4.3.2'),
};
const digestAlgorithm = sequence(id.sha256);

/** Of a certificate: who certified it and its number there, as they stand in it. */
function namesOf(certificate: Uint8Array): { readonly issuer: Uint8Array; readonly serial: Uint8Array } | undefined {
  const fields = elementsOf(child(certificate, 0, 0)?.contents ?? new Uint8Array(1));
  const first = fields?.[0]?.tag === 0xa0 ? 1 : 0;
  const [serial, , issuer] = fields?.slice(first) ?? [];
  return serial?.tag === 0x02 && issuer?.tag === 0x30 ? { serial: serial.whole, issuer: issuer.whole } : undefined;
}

function compare(a: Uint8Array, b: Uint8Array): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    if (a[i] !== b[i]) return (a[i] as number) - (b[i] as number);
  }
  return a.length - b.length;
}

function attributesOf(certificate: Uint8Array, digest: Uint8Array): Uint8Array[] {
  const names = namesOf(certificate);
  if (names === undefined) throw new RangeError('the signer’s certificate cannot be read');
  const issuerSerial = sequence(sequence(tlv(0xa4, names.issuer)), names.serial);
  const signing = sequence(sequence(sequence(octets(sha256(certificate)), issuerSerial)));
  return [
    sequence(id.contentType, set(id.data)),
    sequence(id.messageDigest, set(octets(digest))),
    sequence(id.signingCertificateV2, set(signing)),
  ].sort(compare);
}

/** What the key signs: attributes that name the digest of the file and the signer's certificate. */
export function statementOf(certificate: Uint8Array, digest: Uint8Array): Uint8Array {
  return set(...attributesOf(certificate, digest));
}

export type CmsParts = {
  /** DER, of the signer. */
  readonly certificate: Uint8Array;
  /** DER, of the authority that certified the signer. */
  readonly authority: Uint8Array;
  /** SHA-256 of what is signed. */
  readonly digest: Uint8Array;
  /** DER. */
  readonly signature: Uint8Array;
};

export function writeCms({ certificate, authority, digest, signature }: CmsParts): Uint8Array {
  const names = namesOf(certificate);
  if (names === undefined) throw new RangeError('the signer’s certificate cannot be read');
  const signer = sequence(
    smallInteger(1),
    sequence(names.issuer, names.serial),
    digestAlgorithm,
    tlv(0xa0, ...attributesOf(certificate, digest)),
    sequence(id.ecdsaWithSha256),
    octets(signature),
  );
  const certificates = tlv(0xa0, ...[certificate, authority].toSorted(compare));
  const data = sequence(smallInteger(1), set(digestAlgorithm), sequence(id.data), certificates, set(signer));
  return sequence(id.signedData, tlv(0xa0, data));
}

/** `digest` is what the file has, not what the message says. Undefined: not what the house would have written. */
export function readCms(cms: Uint8Array, digest: Uint8Array): CmsParts | 'other-form' | 'other-digest' {
  const certificates = elementsOf(child(cms, 0, 1, 0, 3)?.contents ?? new Uint8Array(1));
  const signer = elementsOf(child(cms, 0, 1, 0, 4, 0)?.contents ?? new Uint8Array(1));
  const [, sid, , attributes, , signature] = signer ?? [];
  if (certificates?.length !== 2 || signature === undefined || sid === undefined || attributes === undefined)
    return 'other-form';
  const [one, two] = certificates.map(({ whole }) => whole) as [Uint8Array, Uint8Array];
  const isOf = (certificate: Uint8Array) => {
    const names = namesOf(certificate);
    return names !== undefined && isSame(sequence(names.issuer, names.serial), sid.whole);
  };
  const [certificate, authority] = isOf(one) ? [one, two] : [two, one];
  if (!isOf(certificate)) return 'other-form';
  const parts = { certificate, authority, digest, signature: signature.contents };
  if (isSame(writeCms(parts), cms)) return parts;
  const stated = elementsOf(attributes.contents)?.find(
    ({ contents }) =>
      elementsOf(contents)?.[0] !== undefined && isSame(elementsOf(contents)?.[0]?.whole ?? digest, id.messageDigest),
  );
  const given = child(stated?.contents ?? new Uint8Array(1), 1, 0)?.contents;
  return given?.length === 32 && isSame(writeCms({ ...parts, digest: given }), cms) ? 'other-digest' : 'other-form';
}

/** A signature as the field writes it (IEEE P1363, 64 bytes) as it stands in the message: DER, and the lower of the two
 *  numbers that both would do, so that nobody can make another file of the same signature. */
export function signatureDer(p1363: Uint8Array): Uint8Array {
  const given = p256.Signature.fromBytes(p1363, 'compact');
  const order = p256.Point.Fn.ORDER;
  const low = given.s > order >> 1n ? new p256.Signature(given.r, order - given.s) : given;
  return low.toBytes('der');
}

/** `publicKey`: a point of P-256, uncompressed. */
export function signatureHolds(signature: Uint8Array, statement: Uint8Array, publicKey: Uint8Array): boolean {
  try {
    return p256.verify(signature, statement, publicKey, { format: 'der', lowS: true });
  } catch {
    return false; // no point of the curve, or no signature
  }
}
