import type { KeyObject } from 'node:crypto';
import * as asn1js from 'asn1js';
import {
  AuthorityKeyIdentifier,
  CertificateRevocationList,
  Extensions,
  type RelativeDistinguishedNames,
  RevokedCertificate,
} from 'pkijs';
import { oids } from '../certificate-fields.ts';
import { signatureAlgorithmOf } from '../signing.ts';
import { bufferOf, extension, keyIdentifier, octetString, sealed, timeOf } from './certificate-maker.ts';

/** A complete CRL (RFC 5280 §5.1), DER. */
export function makeCrl(order: {
  readonly issuer: RelativeDistinguishedNames;
  readonly issuerKey: KeyObject;
  readonly revoked: readonly { readonly serialHex: string; readonly revokedAt: number }[];
  readonly now: number;
  readonly validMs: number;
}): Uint8Array {
  const authorityKey = new AuthorityKeyIdentifier({ keyIdentifier: octetString(keyIdentifier(order.issuerKey)) });
  const crl = new CertificateRevocationList({
    version: 1,
    issuer: order.issuer,
    thisUpdate: timeOf(order.now),
    nextUpdate: timeOf(order.now + order.validMs),
    signature: signatureAlgorithmOf(order.issuerKey),
    signatureAlgorithm: signatureAlgorithmOf(order.issuerKey),
    crlExtensions: new Extensions({
      extensions: [
        extension(oids.authorityKeyIdentifier, false, authorityKey.toSchema()),
        // Seconds since 1970 only ever grow, and need no counter on disk.
        extension(oids.crlNumber, false, asn1js.Integer.fromBigInt(BigInt(Math.floor(order.now / 1000)))),
      ],
    }),
    // An empty list must be absent, not empty (RFC 5280 §5.1.2.6).
    ...(order.revoked.length === 0 ? {} : { revokedCertificates: order.revoked.map(entryOf) }),
  });
  return sealed(crl, order.issuerKey);
}

function entryOf(entry: { readonly serialHex: string; readonly revokedAt: number }): RevokedCertificate {
  return new RevokedCertificate({
    userCertificate: new asn1js.Integer({ valueHex: bufferOf(Buffer.from(entry.serialHex, 'hex')) }),
    revocationDate: timeOf(entry.revokedAt),
  });
}
