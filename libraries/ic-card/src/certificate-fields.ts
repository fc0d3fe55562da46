import { type KeyObject, X509Certificate } from 'node:crypto';
import * as asn1js from 'asn1js';
import { Certificate } from 'pkijs';

/** What is looked at in a certificate, read once and strictly. */
export type CertificateFields = {
  readonly x509: X509Certificate;
  readonly parsed: Certificate;
  /** Lower-case hex of the serial number, an even number of digits, no sign byte. */
  readonly serialHex: string;
  readonly publicKey: KeyObject;
  /** Milliseconds since 1970-01-01T00:00Z; both ends are still valid (RFC 5280 §4.1.2.5). */
  readonly notBefore: number;
  readonly notAfter: number;
  readonly signatureAlgorithm: string;
  readonly subjectDer: Uint8Array;
  readonly issuerDer: Uint8Array;
  readonly isCa: boolean;
  /** Bits named in RFC 5280 §4.2.1.3; `undefined` when the extension is absent. */
  readonly keyUsage: ReadonlySet<KeyUsage> | undefined;
  /** OIDs; `undefined` when the extension is absent. */
  readonly extendedKeyUsage: readonly string[] | undefined;
  readonly subjectKeyId: string | undefined;
  readonly authorityKeyId: string | undefined;
  /** A critical extension nobody here understands: such a certificate must be refused. */
  readonly unknownCritical: boolean;
};

export const keyUsageNames = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
] as const;
export type KeyUsage = (typeof keyUsageNames)[number];

export const oids = Object.freeze({
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  issuerAltName: '2.5.29.18',
  basicConstraints: '2.5.29.19',
  crlNumber: '2.5.29.20',
  crlDistributionPoints: '2.5.29.31',
  certificatePolicies: '2.5.29.32',
  authorityKeyIdentifier: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
  authorityInfoAccess: '1.3.6.1.5.5.7.1.1',
  ocspNoCheck: '1.3.6.1.5.5.7.48.1.5',
  ocspNonce: '1.3.6.1.5.5.7.48.1.2',
  ocspBasic: '1.3.6.1.5.5.7.48.1.1',
  clientAuth: '1.3.6.1.5.5.7.3.2',
  ocspSigning: '1.3.6.1.5.5.7.3.9',
  commonName: '2.5.4.3',
  country: '2.5.4.6',
  organization: '2.5.4.10',
  organizationalUnit: '2.5.4.11',
});

/** Extensions that may be critical; certificate policies say nothing here that decides. */
const understood: ReadonlySet<string> = new Set([
  oids.keyUsage,
  oids.basicConstraints,
  oids.extendedKeyUsage,
  oids.certificatePolicies,
]);

/** Certificates of cards have about 1.5 KB; more than this is no certificate of ours. */
export const CERTIFICATE_MAX_BYTES = 8_192;

/** `undefined` for everything that is not exactly one DER certificate of sane size. */
export function readCertificate(der: Uint8Array): CertificateFields | undefined {
  if (der.length > CERTIFICATE_MAX_BYTES || der[0] !== 0x30) return undefined;
  try {
    return fieldsOf(der);
  } catch {
    // Two parsers stand behind this; whichever of them objects, the answer is the same: not a certificate.
    return undefined;
  }
}

function fieldsOf(der: Uint8Array): CertificateFields | undefined {
  const x509 = new X509Certificate(der);
  // Bytes after the end, or another spelling of the same content, would give one certificate many digests.
  if (!x509.raw.equals(der)) return undefined;
  const parsed = Certificate.fromBER(der);
  const extensions = parsed.extensions ?? [];
  if (new Set(extensions.map((it) => it.extnID)).size !== extensions.length) return undefined;
  // RFC 5280 §4.1.1.2: the algorithm inside the signed part and the one outside are the same.
  if (!parsed.signature.isEqual(parsed.signatureAlgorithm)) return undefined;
  const value = (oid: string): asn1js.AsnType | undefined => {
    const found = extensions.find((it) => it.extnID === oid);
    return found && wholeDer(found.extnValue.valueBlock.valueHexView);
  };
  const basic = value(oids.basicConstraints);
  return {
    x509,
    parsed,
    serialHex: x509.serialNumber.toLowerCase(),
    publicKey: x509.publicKey,
    notBefore: parsed.notBefore.value.getTime(),
    notAfter: parsed.notAfter.value.getTime(),
    signatureAlgorithm: parsed.signatureAlgorithm.algorithmId,
    subjectDer: new Uint8Array(parsed.subject.toSchema().toBER()),
    issuerDer: new Uint8Array(parsed.issuer.toSchema().toBER()),
    isCa: basic instanceof asn1js.Sequence && isTrue(basic.valueBlock.value[0]),
    keyUsage: keyUsageOf(value(oids.keyUsage)),
    extendedKeyUsage: objectIds(value(oids.extendedKeyUsage)),
    subjectKeyId: octets(value(oids.subjectKeyIdentifier)),
    authorityKeyId: authorityKeyOf(value(oids.authorityKeyIdentifier)),
    unknownCritical: extensions.some((it) => it.critical && !understood.has(it.extnID)),
  };
}

function wholeDer(bytes: Uint8Array): asn1js.AsnType {
  const { result, offset } = asn1js.fromBER(bytes);
  if (offset !== bytes.length) throw new Error('an extension is not one DER value');
  return result;
}

function isTrue(value: asn1js.AsnType | undefined): boolean {
  return value instanceof asn1js.Boolean && value.getValue();
}

function keyUsageOf(value: asn1js.AsnType | undefined): ReadonlySet<KeyUsage> | undefined {
  if (value === undefined) return undefined;
  if (!(value instanceof asn1js.BitString)) throw new Error('keyUsage is no BIT STRING');
  const bits = value.valueBlock.valueHexView;
  return new Set(keyUsageNames.filter((_, index) => ((bits[index >> 3] ?? 0) & (0x80 >> (index & 7))) !== 0));
}

function objectIds(value: asn1js.AsnType | undefined): readonly string[] | undefined {
  if (value === undefined) return undefined;
  if (!(value instanceof asn1js.Sequence)) throw new Error('extendedKeyUsage is no SEQUENCE');
  return value.valueBlock.value.map((it) => (it instanceof asn1js.ObjectIdentifier ? it.getValue() : 'not an OID'));
}

function octets(value: asn1js.AsnType | undefined): string | undefined {
  return value instanceof asn1js.OctetString ? hexOf(value.valueBlock.valueHexView) : undefined;
}

/** keyIdentifier [0] of AuthorityKeyIdentifier. */
function authorityKeyOf(value: asn1js.AsnType | undefined): string | undefined {
  if (!(value instanceof asn1js.Sequence)) return undefined;
  const first = value.valueBlock.value.find((it) => it.idBlock.tagClass === 3 && it.idBlock.tagNumber === 0);
  return first instanceof asn1js.Primitive ? hexOf(first.valueBlock.valueHexView) : undefined;
}

export function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
}
