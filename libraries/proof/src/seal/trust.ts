/** Whom a verifier believes: the document authorities, and keys that were taken back. A file, so that it works offline. */
import type { BackFacts } from './back-facts.ts';
import { certifies, derOfPem, type ReadCertificate, readCertificate } from './certificate.ts';

export type TrustBundle = {
  readonly format: 'dokodemo/trust/v1';
  /** When it was made, ISO 8601. */
  readonly madeAt: string;
  /** PEM certificates of authorities that certify municipalities' document-signing keys. */
  readonly authorities: readonly string[];
  /** Document-signing certificates that count no more for documents from a moment on: serial number (hex), instant. */
  readonly revoked: readonly { readonly serial: string; readonly from: string }[];
  /** Verifier keys of issue logs (C2SP signed-note): `origin+hash+base64`. */
  readonly logs?: readonly string[];
};

export type SignerVerdict =
  | { readonly trusted: true; readonly municipality: string; readonly serial: string }
  | {
      readonly trusted: false;
      readonly why:
        | 'signer-unreadable'
        | 'unknown-authority'
        | 'other-municipality'
        | 'signer-not-in-force'
        | 'signer-revoked';
    };

const most = { authorities: 100, revoked: 10_000, logs: 20 } as const;
const logKey = /^[^\s+]{1,200}\+[0-9a-f]{8}\+[A-Za-z0-9+/]{43,60}={0,2}$/;

function authorityOf(pem: unknown): ReadCertificate | undefined {
  const der = typeof pem === 'string' ? derOfPem(pem) : undefined;
  return der === undefined ? undefined : readCertificate(der);
}

/** Throws RangeError, saying what is wrong. */
export function readTrustBundle(text: string): TrustBundle {
  let value: Partial<TrustBundle> | null;
  try {
    value = JSON.parse(text) as Partial<TrustBundle> | null;
  } catch {
    throw new RangeError('the trust bundle is no JSON');
  }
  const { format, madeAt, authorities, revoked, logs } = value ?? {};
  if (format !== 'dokodemo/trust/v1' || typeof madeAt !== 'string') throw new RangeError('no trust bundle');
  if (!Array.isArray(authorities) || authorities.length === 0 || authorities.length > most.authorities)
    throw new RangeError('it names no authority, or too many');
  if (!authorities.every((pem) => authorityOf(pem)?.isAuthority === true))
    throw new RangeError('what it names as an authority is none');
  const isRevocation = (it: { serial?: unknown; from?: unknown } | null) =>
    typeof it?.serial === 'string' && typeof it.from === 'string' && !Number.isNaN(Date.parse(it.from));
  if (!Array.isArray(revoked) || revoked.length > most.revoked || !revoked.every(isRevocation))
    throw new RangeError('its list of revoked certificates is of another form');
  const isLog = (it: unknown) => typeof it === 'string' && logKey.test(it);
  if (logs !== undefined && !(Array.isArray(logs) && logs.length <= most.logs && logs.every(isLog)))
    throw new RangeError('its list of logs is of another form');
  return { format, madeAt, authorities, revoked, ...(logs === undefined ? {} : { logs }) };
}

/** A key may sign for its own municipality, in its time, by an authority that is known, until it is taken back. Keys
 *  change with the years: what counts is the day of the document, not today. */
export function trustSigner(
  certificateDer: Uint8Array,
  { issuer, issuedAt }: Pick<BackFacts, 'issuer' | 'issuedAt'>,
  bundle: TrustBundle,
): SignerVerdict {
  const certificate = readCertificate(certificateDer);
  const isSigner = certificate?.maySign === true && !certificate.isAuthority && !certificate.hasUnknownCritical;
  if (certificate === undefined || !isSigner) return { trusted: false, why: 'signer-unreadable' };
  const at = Date.parse(issuedAt);
  const authority = bundle.authorities.map(authorityOf).find((it) => it !== undefined && certifies(it, certificate));
  if (authority === undefined) return { trusted: false, why: 'unknown-authority' };
  const { subject, serial } = certificate;
  if (!subject.includes('OU=document-signing') || !subject.includes(`CN=${issuer}`))
    return { trusted: false, why: 'other-municipality' };
  const within = (it: ReadCertificate) => at >= it.notBefore && at <= it.notAfter;
  if (!within(certificate) || !within(authority)) return { trusted: false, why: 'signer-not-in-force' };
  const revoked = bundle.revoked.find((it) => serialOf(it.serial) === serialOf(serial));
  if (revoked !== undefined && !(at < Date.parse(revoked.from))) return { trusted: false, why: 'signer-revoked' };
  return { trusted: true, municipality: issuer, serial };
}

/** As people and programs write it: any case, with or without colons and zeros in front. */
const serialOf = (serial: string) =>
  serial
    .toLowerCase()
    .replaceAll(':', '')
    .replace(/^0+(?=.)/, '');
