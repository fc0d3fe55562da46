/** X.509 certificates as far as a verifier of papers needs them (RFC 5280): ECDSA over P-256 and P-384. */
import { p256, p384 } from '@noble/curves/nist.js';
import { AsnConvert, AsnSerializer } from '@peculiar/asn1-schema';
import {
  type AttributeTypeAndValue,
  BasicConstraints,
  Certificate,
  KeyUsage,
  KeyUsageFlags,
} from '@peculiar/asn1-x509';

export type PublicKey = { readonly curve: 'P-256' | 'P-384'; readonly point: Uint8Array };

export type ReadCertificate = {
  /** Upper-case abbreviations and values, such as `OU=document-signing`. */
  readonly subject: readonly string[];
  /** DER of the names, to compare. */
  readonly subjectName: Uint8Array;
  readonly issuerName: Uint8Array;
  /** Hexadecimal, lower case, without leading zeros beyond whole bytes. */
  readonly serial: string;
  readonly notBefore: number;
  readonly notAfter: number;
  readonly publicKey: PublicKey;
  readonly isAuthority: boolean;
  readonly mayCertify: boolean;
  readonly maySign: boolean;
  /** A critical extension that is not understood here: the certificate must not be relied on (RFC 5280, 4.2). */
  readonly hasUnknownCritical: boolean;
  readonly signed: Uint8Array;
  readonly signature: Uint8Array;
  readonly signatureCurve: PublicKey['curve'] | undefined;
};

const oids = {
  ecPublicKey: '1.2.840.10045.2.1',
  curves: { '1.2.840.10045.3.1.7': 'P-256', '1.3.132.0.34': 'P-384' },
  /** ECDSA with SHA-256 and with SHA-384: each with the curve of its size. */
  signatures: { '1.2.840.10045.4.3.2': 'P-256', '1.2.840.10045.4.3.3': 'P-384' },
  names: { '2.5.4.3': 'CN', '2.5.4.10': 'O', '2.5.4.11': 'OU' },
  basicConstraints: '2.5.29.19',
  keyUsage: '2.5.29.15',
} as const;

const known = <K extends object>(table: K, key: string): K[keyof K] | undefined => table[key as keyof K];
const bytesOf = (buffer: ArrayBuffer) => new Uint8Array(buffer);

function nameOf(part: AttributeTypeAndValue): string {
  return `${known(oids.names, part.type) ?? part.type}=${part.value.toString()}`;
}

function keyOf({ tbsCertificate: { subjectPublicKeyInfo: info } }: Certificate): PublicKey | undefined {
  if (info.algorithm.algorithm !== oids.ecPublicKey || info.algorithm.parameters == null) return undefined;
  // The parameters are an object identifier: its tag, its length, then what is told apart here.
  const parameters = bytesOf(info.algorithm.parameters);
  const curve = Object.entries(oids.curves).find(([oid]) => isSame(parameters, derOfOid(oid)))?.[1];
  return curve === undefined ? undefined : { curve, point: bytesOf(info.subjectPublicKey) };
}

const derOfOid = (oid: string): Uint8Array => {
  const [first = 0, second = 0, ...rest] = oid.split('.').map(Number);
  const bytes = [first * 40 + second];
  for (const arc of rest) {
    const groups = [arc & 127];
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128)) groups.unshift((left & 127) | 128);
    bytes.push(...groups);
  }
  return Uint8Array.of(6, bytes.length, ...bytes);
};

export const isSame = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, i) => byte === b[i]);

/** Undefined: no certificate, or of a kind that is not read. */
export function readCertificate(der: Uint8Array): ReadCertificate | undefined {
  try {
    const certificate = AsnConvert.parse(der, Certificate);
    const { tbsCertificate: body, signatureAlgorithm, signatureValue } = certificate;
    const publicKey = keyOf(certificate);
    const signed = certificate.tbsCertificateRaw;
    if (publicKey === undefined || signed === undefined) return undefined;
    if (signatureAlgorithm.algorithm !== body.signature.algorithm) return undefined;
    const extensions = [...(body.extensions ?? [])];
    const ids = extensions.map(({ extnID }) => extnID);
    if (new Set(ids).size !== ids.length) return undefined;
    const extensionOf = (id: string) => extensions.find(({ extnID }) => extnID === id)?.extnValue.buffer;
    const constraints = extensionOf(oids.basicConstraints);
    const usage = extensionOf(oids.keyUsage);
    const uses = usage === undefined ? 0 : AsnConvert.parse(usage, KeyUsage).toNumber();
    return {
      subject: [...body.subject].flatMap((it) => [...it].map(nameOf)),
      subjectName: bytesOf(AsnSerializer.serialize(body.subject)),
      issuerName: bytesOf(AsnSerializer.serialize(body.issuer)),
      serial: Array.from(bytesOf(body.serialNumber), (it) => it.toString(16).padStart(2, '0')).join(''),
      notBefore: body.validity.notBefore.getTime().getTime(),
      notAfter: body.validity.notAfter.getTime().getTime(),
      publicKey,
      isAuthority: constraints !== undefined && AsnConvert.parse(constraints, BasicConstraints).cA,
      mayCertify: usage === undefined || (uses & KeyUsageFlags.keyCertSign) !== 0,
      maySign: (uses & KeyUsageFlags.digitalSignature) !== 0,
      hasUnknownCritical: extensions.some(
        ({ critical, extnID }) => critical && extnID !== oids.basicConstraints && extnID !== oids.keyUsage,
      ),
      signed: bytesOf(signed),
      signature: bytesOf(signatureValue),
      signatureCurve: known(oids.signatures, signatureAlgorithm.algorithm),
    };
  } catch {
    return undefined; // whatever else it may be
  }
}

/** ECDSA with the digest of the curve's size. `compact`: r and s one after the other (IEEE P1363). */
export function signatureHolds(
  { curve, point }: PublicKey,
  message: Uint8Array,
  signature: Uint8Array,
  format: 'compact' | 'der',
): boolean {
  try {
    return (curve === 'P-256' ? p256 : p384).verify(signature, message, point, { format, lowS: false, prehash: true });
  } catch {
    return false; // no signature, or no point of the curve
  }
}

/** Whether an authority's key has signed a certificate, names included. */
export function certifies(authority: ReadCertificate, certificate: ReadCertificate): boolean {
  return (
    authority.isAuthority &&
    authority.mayCertify &&
    !authority.hasUnknownCritical &&
    isSame(authority.subjectName, certificate.issuerName) &&
    certificate.signatureCurve === authority.publicKey.curve &&
    signatureHolds(authority.publicKey, certificate.signed, certificate.signature, 'der')
  );
}

/** DER of the first certificate in a PEM. */
export function derOfPem(pem: string): Uint8Array | undefined {
  const base64 = /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----/.exec(pem)?.[1];
  if (base64 === undefined) return undefined;
  try {
    return Uint8Array.from(atob(base64.replaceAll(/\s/g, '')), (it) => it.charCodeAt(0));
  } catch {
    return undefined; // no base64
  }
}
