/** Whom a verifier believes: the document authorities, and keys that were taken back. A file, so that it works offline. */
import { X509Certificate } from 'node:crypto';
import type { BackFacts } from './back-facts.ts';

export type TrustBundle = {
  readonly format: 'dokodemo/trust/v1';
  /** When it was made, ISO 8601. */
  readonly madeAt: string;
  /** PEM certificates of authorities that certify municipalities' document-signing keys. */
  readonly authorities: readonly string[];
  /** Document-signing certificates that count no more for documents from a moment on: serial number (hex), instant. */
  readonly revoked: readonly { readonly serial: string; readonly from: string }[];
};

export type SignerVerdict =
  | { readonly trusted: true; readonly municipality: string; readonly serial: string }
  | {
      readonly trusted: false;
      readonly why: 'unreadable' | 'unknown-authority' | 'other-municipality' | 'not-in-force' | 'revoked';
    };

/** Throws RangeError, saying what is wrong. */
export function readTrustBundle(text: string): TrustBundle {
  let value: Partial<TrustBundle>;
  try {
    value = JSON.parse(text) as Partial<TrustBundle>;
  } catch {
    throw new RangeError('the trust bundle is no JSON');
  }
  const { format, madeAt, authorities, revoked } = value;
  if (format !== 'dokodemo/trust/v1' || typeof madeAt !== 'string') throw new RangeError('no trust bundle');
  if (!Array.isArray(authorities) || authorities.length === 0) throw new RangeError('it names no authority');
  if (
    !Array.isArray(revoked) ||
    !revoked.every(({ serial, from }) => typeof serial === 'string' && typeof from === 'string')
  )
    throw new RangeError('its list of revoked certificates is of another form');
  for (const pem of authorities) new X509Certificate(pem as string);
  return { format, madeAt, authorities, revoked };
}

/** A key may sign for its own municipality, in its time, by an authority that is known, until it is taken back. Keys
 *  change with the years: what counts is the day of the document, not today. */
export function trustSigner(
  certificateDer: Uint8Array,
  { issuer, issuedAt }: Pick<BackFacts, 'issuer' | 'issuedAt'>,
  bundle: TrustBundle,
): SignerVerdict {
  let certificate: X509Certificate;
  try {
    certificate = new X509Certificate(certificateDer);
  } catch {
    return { trusted: false, why: 'unreadable' };
  }
  const at = Date.parse(issuedAt);
  const authority = bundle.authorities
    .map((pem) => new X509Certificate(pem))
    .find((it) => certificate.checkIssued(it) && certificate.verify(it.publicKey));
  if (authority === undefined) return { trusted: false, why: 'unknown-authority' };
  const subject = certificate.subject.split('\n');
  if (!subject.includes('OU=document-signing') || !subject.includes(`CN=${issuer}`))
    return { trusted: false, why: 'other-municipality' };
  const within = (it: X509Certificate) => at >= it.validFromDate.getTime() && at <= it.validToDate.getTime();
  if (!within(certificate) || !within(authority)) return { trusted: false, why: 'not-in-force' };
  const serial = certificate.serialNumber.toLowerCase();
  const revoked = bundle.revoked.find((it) => it.serial.toLowerCase() === serial);
  if (revoked !== undefined && !(at < Date.parse(revoked.from))) return { trusted: false, why: 'revoked' };
  return { trusted: true, municipality: issuer, serial };
}
