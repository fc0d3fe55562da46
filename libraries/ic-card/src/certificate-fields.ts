import { createPublicKey, type KeyObject } from 'node:crypto';
import { DerError, type DerValue, derChildren, derOid, derTime, derWhole, TAG } from './der.ts';

/** What is looked at in a certificate, read once and strictly. */
export type CertificateFields = {
  /** Lower-case hex of the serial number, an even number of digits, no sign byte. */
  readonly serialHex: string;
  /** SubjectPublicKeyInfo, DER. */
  readonly spki: Uint8Array;
  readonly publicKey: KeyObject;
  /** Milliseconds since 1970-01-01T00:00Z; both ends are still valid (RFC 5280 §4.1.2.5). */
  readonly notBefore: number;
  readonly notAfter: number;
  readonly subjectDer: Uint8Array;
  readonly issuerDer: Uint8Array;
  /** O= of subject and issuer. */
  readonly organizations: readonly string[];
  /** OU= and CN= of the subject. */
  readonly units: readonly string[];
  readonly commonNames: readonly string[];
  readonly isCa: boolean;
  /** Bits named in RFC 5280 §4.2.1.3; `undefined` when the extension is absent. */
  readonly keyUsage: ReadonlySet<KeyUsage> | undefined;
  /** OIDs; `undefined` when the extension is absent. */
  readonly extendedKeyUsage: readonly string[] | undefined;
  readonly subjectKeyId: string | undefined;
  readonly authorityKeyId: string | undefined;
  /** The CA says that this certificate's own revocation need not be asked (RFC 6960 §4.2.2.2.1). */
  readonly ocspNoCheck: boolean;
  /** A critical extension nobody here understands: such a certificate must be refused. */
  readonly unknownCritical: boolean;
  /** The part that is signed, by which algorithm (OID), and the signature. */
  readonly signed: Uint8Array;
  readonly signatureAlgorithm: string;
  readonly signature: Uint8Array;
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
  basicConstraints: '2.5.29.19',
  crlNumber: '2.5.29.20',
  crlReason: '2.5.29.21',
  invalidityDate: '2.5.29.24',
  certificatePolicies: '2.5.29.32',
  authorityKeyIdentifier: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
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

export type Extensions = ReadonlyMap<string, { readonly critical: boolean; readonly value: DerValue }>;

/** `undefined` for everything that is not exactly one X.509 version 3 certificate in DER, of sane size. */
export function readCertificate(der: Uint8Array): CertificateFields | undefined {
  if (der.length > CERTIFICATE_MAX_BYTES) return undefined;
  try {
    return fieldsOf(der);
  } catch (error) {
    // OpenSSL objects to a key it cannot read, we to the rest: either way it is no certificate.
    if (error instanceof DerError || isOpenSslError(error)) return undefined;
    throw error;
  }
}

function fieldsOf(der: Uint8Array): CertificateFields | undefined {
  // Bytes after the end, or another spelling of the same content, would give one certificate many digests: derWhole
  // refuses both.
  const [tbs, outerAlgorithm, signature, ...more] = derChildren(derWhole(der), TAG.SEQUENCE);
  if (tbs === undefined || outerAlgorithm === undefined || more.length > 0) return undefined;
  const [version, serial, algorithm, issuer, validity, subject, spki, ...rest] = derChildren(tbs, TAG.SEQUENCE);
  if (version?.tag !== 0xa0 || Buffer.compare(version.content, Uint8Array.of(0x02, 0x01, 0x02)) !== 0) return undefined;
  if (serial === undefined || algorithm === undefined || issuer === undefined) return undefined;
  if (subject === undefined || spki === undefined) return undefined;
  // RFC 5280 §4.1.1.2: the algorithm inside the signed part and the one outside are the same.
  if (Buffer.compare(algorithm.whole, outerAlgorithm.whole) !== 0) return undefined;
  const [notBefore, notAfter] = derChildren(validity, TAG.SEQUENCE);
  const extensions = extensionsIn(rest.find((it) => it.tag === 0xa3));
  const value = (oid: string) => extensions.get(oid)?.value;
  return {
    serialHex: serialOf(serial),
    spki: spki.whole,
    publicKey: createPublicKey({ key: Buffer.from(spki.whole), format: 'der', type: 'spki' }),
    notBefore: derTime(notBefore),
    notAfter: derTime(notAfter),
    subjectDer: subject.whole,
    issuerDer: issuer.whole,
    organizations: [subject, issuer].flatMap((name) => nameTexts(name, oids.organization)),
    units: nameTexts(subject, oids.organizationalUnit),
    commonNames: nameTexts(subject, oids.commonName),
    isCa: isCaOf(value(oids.basicConstraints)),
    keyUsage: keyUsageOf(value(oids.keyUsage)),
    extendedKeyUsage: objectIds(value(oids.extendedKeyUsage)),
    subjectKeyId: subjectKeyOf(value(oids.subjectKeyIdentifier)),
    authorityKeyId: authorityKeyOf(value(oids.authorityKeyIdentifier)),
    ocspNoCheck: extensions.has(oids.ocspNoCheck),
    unknownCritical: [...extensions].some(([oid, { critical }]) => critical && !understood.has(oid)),
    signed: tbs.whole,
    signatureAlgorithm: derOid(derChildren(algorithm, TAG.SEQUENCE)[0]),
    signature: wholeBytesOf(signature),
  };
}

/** Extensions in their explicit holder ([3] in a certificate, [0] in a CRL, [1] in an OCSP answer); each once. */
export function extensionsIn(holder: DerValue | undefined): Extensions {
  const found = new Map<string, { critical: boolean; value: DerValue }>();
  if (holder === undefined) return found;
  readInto(found, derWhole(holder.content));
  return found;
}

/** The same without a holder, as in an entry of a CRL. */
export function extensionsOf(list: DerValue | undefined): Extensions {
  const found = new Map<string, { critical: boolean; value: DerValue }>();
  if (list) readInto(found, list);
  return found;
}

function readInto(found: Map<string, { critical: boolean; value: DerValue }>, list: DerValue): void {
  for (const extension of derChildren(list, TAG.SEQUENCE)) {
    const parts = derChildren(extension, TAG.SEQUENCE);
    const oid = derOid(parts[0]);
    const critical = parts[1]?.tag === TAG.BOOLEAN && parts[1].content[0] !== 0;
    const value = parts.at(-1);
    if (value?.tag !== TAG.OCTET_STRING) throw new DerError('an extension without a value');
    if (found.has(oid)) throw new DerError('an extension twice');
    found.set(oid, { critical, value: derWhole(value.content) });
  }
}

/** RFC 5280 §4.1.2.2: positive, at most 20 bytes. */
export function serialOf(value: DerValue | undefined): string {
  if (value?.tag !== TAG.INTEGER) throw new DerError('no serial number');
  const { content } = value;
  const negative = ((content[0] ?? 0x80) & 0x80) !== 0;
  if (negative || content.length > 20) throw new DerError('a serial number out of range');
  const padded = content[0] === 0 && content.length > 1;
  if (padded && ((content[1] ?? 0) & 0x80) === 0) throw new DerError('an INTEGER not in its shortest form');
  return hexOf(padded ? content.subarray(1) : content);
}

export function wholeBytesOf(value: DerValue | undefined): Uint8Array {
  if (value?.tag !== TAG.BIT_STRING || value.content[0] !== 0) throw new DerError('a signature of odd bits');
  return value.content.subarray(1);
}

function isCaOf(value: DerValue | undefined): boolean {
  if (value === undefined) return false;
  const [first] = derChildren(value, TAG.SEQUENCE);
  return first?.tag === TAG.BOOLEAN && first.content[0] !== 0;
}

function keyUsageOf(value: DerValue | undefined): ReadonlySet<KeyUsage> | undefined {
  if (value === undefined) return undefined;
  if (value.tag !== TAG.BIT_STRING) throw new DerError('keyUsage is no BIT STRING');
  const bits = value.content.subarray(1);
  return new Set(keyUsageNames.filter((_, index) => ((bits[index >> 3] ?? 0) & (0x80 >> (index & 7))) !== 0));
}

function objectIds(value: DerValue | undefined): readonly string[] | undefined {
  return value && derChildren(value, TAG.SEQUENCE).map(derOid);
}

function subjectKeyOf(value: DerValue | undefined): string | undefined {
  if (value === undefined) return undefined;
  if (value.tag !== TAG.OCTET_STRING) throw new DerError('subjectKeyIdentifier is no OCTET STRING');
  return hexOf(value.content);
}

/** keyIdentifier [0] of AuthorityKeyIdentifier. */
function authorityKeyOf(value: DerValue | undefined): string | undefined {
  if (value === undefined) return undefined;
  const first = derChildren(value, TAG.SEQUENCE).find((it) => it.tag === 0x80);
  return first && hexOf(first.content);
}

/** Texts of one kind of attribute in a name, whatever string type they are written in. */
function nameTexts(name: DerValue, oid: string): string[] {
  return derChildren(name, TAG.SEQUENCE)
    .flatMap((step) => derChildren(step, TAG.SET))
    .map((attribute) => derChildren(attribute, TAG.SEQUENCE))
    .filter(([type]) => derOid(type) === oid)
    .map(([, text]) => Buffer.from(text?.content ?? []).toString('utf8'));
}

export function isOpenSslError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_OSSL');
}

export function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
}
