import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import * as asn1js from 'asn1js';
import {
  AttributeTypeAndValue,
  AuthorityKeyIdentifier,
  BasicConstraints,
  Certificate,
  Extension,
  PublicKeyInfo,
  RelativeDistinguishedNames,
  Time,
} from 'pkijs';
import { type KeyUsage, keyUsageNames, oids } from '../certificate-fields.ts';
import { signatureAlgorithmOf, signDer } from '../signing.ts';

export type CertificateOrder = {
  readonly subject: RelativeDistinguishedNames;
  readonly issuer: RelativeDistinguishedNames;
  readonly subjectKey: KeyObject;
  readonly issuerKey: KeyObject;
  /** Big-endian, the first bit 0. */
  readonly serial: Uint8Array;
  /** Milliseconds since 1970-01-01T00:00Z, rounded down to seconds. */
  readonly notBefore: number;
  readonly notAfter: number;
  readonly extensions: readonly Extension[];
};

export function makeCertificate(order: CertificateOrder): Uint8Array {
  const certificate = new Certificate({
    version: 2,
    serialNumber: new asn1js.Integer({ valueHex: bufferOf(order.serial) }),
    issuer: order.issuer,
    subject: order.subject,
    notBefore: timeOf(order.notBefore),
    notAfter: timeOf(order.notAfter),
    subjectPublicKeyInfo: PublicKeyInfo.fromBER(spkiOf(order.subjectKey)),
    extensions: [...order.extensions],
    signature: signatureAlgorithmOf(order.issuerKey),
    signatureAlgorithm: signatureAlgorithmOf(order.issuerKey),
  });
  return sealed(certificate, order.issuerKey);
}

/** Fills in the signature over the first element (the part to be signed) and returns the whole. */
export function sealed(structure: { toSchema(encode?: boolean): asn1js.Sequence }, key: KeyObject): Uint8Array {
  const whole = structure.toSchema(true);
  const [tbs, algorithm] = whole.valueBlock.value;
  if (tbs === undefined || algorithm === undefined) throw new Error('nothing to sign');
  const signature = signDer(key, new Uint8Array(tbs.toBER()));
  const value = [tbs, algorithm, new asn1js.BitString({ valueHex: bufferOf(signature) })];
  return new Uint8Array(new asn1js.Sequence({ value }).toBER());
}

/** RFC 5280 §4.1.2.5: UTCTime through 2049, GeneralizedTime after. */
export function timeOf(epochMs: number): Time {
  const value = new Date(Math.floor(epochMs / 1000) * 1000);
  return new Time({ type: value.getUTCFullYear() < 2050 ? 0 : 1, value });
}

/** One attribute per step, as authorities write their names: `C=JP, O=…, OU=…`. */
export function nameOf(parts: readonly (readonly [oid: string, value: string])[]): RelativeDistinguishedNames {
  const steps = parts.map(([type, value]) => {
    const text = type === oids.country ? new asn1js.PrintableString({ value }) : new asn1js.Utf8String({ value });
    return new asn1js.Set({ value: [new AttributeTypeAndValue({ type, value: text }).toSchema()] });
  });
  // Read back from its encoding: the library itself would put all attributes into a single step.
  return RelativeDistinguishedNames.fromBER(new asn1js.Sequence({ value: steps }).toBER());
}

/** RFC 5280 §4.2.1.2 method 1: SHA-1 of the public key's bits. A name for a key, nothing more. */
export function keyIdentifier(key: KeyObject): Uint8Array {
  const bits = PublicKeyInfo.fromBER(spkiOf(key)).subjectPublicKey.valueBlock.valueHexView;
  return createHash('sha1').update(bits).digest();
}

export const certificateExtensions = Object.freeze({
  keyUsage(...usages: readonly KeyUsage[]): Extension {
    const bits = new Uint8Array(1);
    for (const usage of usages) bits[0] = (bits[0] ?? 0) | (0x80 >> keyUsageNames.indexOf(usage));
    const unusedBits = Math.max(0, Math.min(...usages.map((it) => 7 - keyUsageNames.indexOf(it))));
    return extension(oids.keyUsage, true, new asn1js.BitString({ valueHex: bits.buffer, unusedBits }));
  },
  ca: (): Extension => extension(oids.basicConstraints, true, new BasicConstraints({ cA: true }).toSchema()),
  extendedKeyUsage: (oid: string): Extension =>
    extension(
      oids.extendedKeyUsage,
      false,
      new asn1js.Sequence({ value: [new asn1js.ObjectIdentifier({ value: oid })] }),
    ),
  ocspNoCheck: (): Extension => extension(oids.ocspNoCheck, false, new asn1js.Null()),
  subjectKey: (key: KeyObject): Extension =>
    extension(oids.subjectKeyIdentifier, false, octetString(keyIdentifier(key))),
  authorityKey: (key: KeyObject): Extension =>
    extension(
      oids.authorityKeyIdentifier,
      false,
      new AuthorityKeyIdentifier({ keyIdentifier: octetString(keyIdentifier(key)) }).toSchema(),
    ),
});

export function extension(extnID: string, critical: boolean, value: asn1js.AsnType): Extension {
  return new Extension({ extnID, critical, extnValue: value.toBER() });
}

export function octetString(bytes: Uint8Array): asn1js.OctetString {
  return new asn1js.OctetString({ valueHex: bufferOf(bytes) });
}

/** Works for private keys too: their public half is meant. */
function spkiOf(key: KeyObject): Uint8Array<ArrayBuffer> {
  const publicKey = key.type === 'private' ? createPublicKey(key) : key;
  return Uint8Array.from(publicKey.export({ type: 'spki', format: 'der' }));
}

export function bufferOf(bytes: Uint8Array): ArrayBuffer {
  return Uint8Array.from(bytes).buffer;
}
