import { createPublicKey, type KeyObject } from 'node:crypto';
import { type Clock, type Entropy, systemEntropy } from '@dokodemo/domain';
import type { Extension } from 'pkijs';
import { oids, readCertificate } from '../certificate-fields.ts';
import { certificateExtensions as extensions, makeCertificate, nameOf } from './certificate-maker.ts';
import { makeCrl } from './crl-maker.ts';
import { kept, keptKey, serialFrom } from './key-shelf.ts';
import { answerOcsp, type StatusInBooks } from './ocsp-responder.ts';
import { TEST_ORDINANCE_ORGANIZATION } from './ordinance-authority.ts';
import type { Shelf } from './shelf.ts';

/** In every certificate of a test authority; production refuses whatever bears it. */
export const TEST_AUTHORITY_ORGANIZATION = 'Dokodemo Test JPKI (見本)';

/** Which of the two JPKI authorities: 利用者証明用 or 署名用. */
export type TestAuthorityUse = 'authentication' | 'signature';

export type IssuedCertificate = { readonly certificateDer: Uint8Array; readonly serialHex: string };

export interface TestAuthority {
  readonly use: TestAuthorityUse;
  /** The self-signed CA certificate: the trust anchor. */
  readonly caCertificateDer: Uint8Array;
  /** For a card's public key. Times in milliseconds since 1970; five years from now unless said otherwise. */
  issue(order: { publicKey: KeyObject; notBefore?: number; notAfter?: number }): IssuedCertificate;
  /** From now on the certificate is revoked. Throws for a serial number never issued. */
  revoke(serialHex: string): void;
  isRevoked(serialHex: string): boolean;
  /** OCSPResponse for an OCSPRequest, both DER. Never throws: nonsense gets the error response. */
  answerOcsp(requestDer: Uint8Array): Uint8Array;
  /** A fresh CRL, DER. */
  crl(): Uint8Array;
}

export type TestAuthorityOptions = {
  readonly shelf: Shelf;
  readonly clock: Pick<Clock, 'now'>;
  readonly entropy?: Entropy;
  readonly use?: TestAuthorityUse;
  /** How long an OCSP answer and a CRL are good for; 10 minutes and 24 hours unless said otherwise. */
  readonly ocspValidMs?: number;
  readonly crlValidMs?: number;
  /** OCSP answers signed by the CA itself instead of a responder's own key. */
  readonly caSignsOcsp?: boolean;
};

const dayMs = 86_400_000;
const yearMs = 365.25 * dayMs;
const serialPattern = /^[0-9a-f]{2,40}$/;

/** Opens the authority that lives on the shelf; makes its keys and certificates when it is new. */
export async function openTestAuthority(options: TestAuthorityOptions): Promise<TestAuthority> {
  const { shelf, clock } = options;
  const entropy = options.entropy ?? systemEntropy;
  const use = options.use ?? 'authentication';
  const caKey = await keptKey(shelf, `${use}-ca.key.pem`, 'rsa');
  const caName = nameOf([
    [oids.country, 'JP'],
    [oids.organization, TEST_AUTHORITY_ORGANIZATION],
    [
      oids.organizationalUnit,
      `JPKI for ${use === 'authentication' ? 'user authentication' : 'digital signature'} TEST`,
    ],
    [oids.organizationalUnit, 'Not an authority of Japan / 試験用'],
  ]);
  const ca = kept(shelf, `${use}-ca.cer`, () =>
    makeCertificate({
      subject: caName,
      issuer: caName,
      subjectKey: caKey,
      issuerKey: caKey,
      serial: serialFrom(entropy),
      notBefore: clock.now() - dayMs,
      notAfter: clock.now() + 10 * yearMs,
      extensions: [extensions.ca(), extensions.keyUsage('keyCertSign', 'cRLSign'), extensions.subjectKey(caKey)],
    }),
  );
  const issueTo = (
    commonName: string,
    subjectKey: KeyObject,
    period: readonly [number, number],
    more: readonly Extension[],
  ): Uint8Array =>
    makeCertificate({
      subject: nameOf([
        [oids.country, 'JP'],
        [oids.organization, TEST_AUTHORITY_ORGANIZATION],
        [oids.commonName, commonName],
      ]),
      issuer: caName,
      subjectKey,
      issuerKey: caKey,
      serial: serialFrom(entropy),
      notBefore: period[0],
      notAfter: period[1],
      extensions: [...more, extensions.subjectKey(subjectKey), extensions.authorityKey(caKey)],
    });
  const responder = options.caSignsOcsp
    ? { key: caKey, certificateDer: ca }
    : await responderOf(shelf, use, (key) =>
        issueTo(
          'OCSP responder TEST',
          key,
          [clock.now() - dayMs, clock.now() + 5 * yearMs],
          [
            extensions.keyUsage('digitalSignature'),
            extensions.extendedKeyUsage(oids.ocspSigning),
            extensions.ocspNoCheck(),
          ],
        ),
      );
  const books = openBooks(shelf, use, clock);
  return {
    use,
    caCertificateDer: ca,
    issue({ publicKey, notBefore = clock.now(), notAfter = clock.now() + 5 * yearMs }) {
      const usages =
        use === 'authentication'
          ? [extensions.keyUsage('digitalSignature'), extensions.extendedKeyUsage(oids.clientAuth)]
          : [extensions.keyUsage('digitalSignature', 'nonRepudiation')];
      const certificateDer = issueTo(commonNameFrom(entropy), publicKey, [notBefore, notAfter], usages);
      const serialHex = readCertificate(certificateDer)?.serialHex;
      if (serialHex === undefined) throw new Error('the authority made a certificate that cannot be read');
      books.enter(serialHex, certificateDer);
      return { certificateDer, serialHex };
    },
    revoke: books.revoke,
    isRevoked: (serialHex) => books.statusOf(serialHex).status === 'revoked',
    answerOcsp: (requestDer) =>
      answerOcsp(requestDer, {
        caCertificateDer: ca,
        signerKey: responder.key,
        signerCertificateDer: responder.certificateDer,
        statusOf: books.statusOf,
        now: clock.now(),
        validMs: options.ocspValidMs ?? 600_000,
      }),
    crl: () =>
      makeCrl({
        issuer: caName,
        issuerKey: caKey,
        revoked: books.revoked(),
        now: clock.now(),
        validMs: options.crlValidMs ?? dayMs,
      }),
  };
}

/** Is this the certificate, or the CA, of a test authority (for JPKI or for an ordinance application)? Then production
 *  must not believe it. */
export function isTestAuthority(certificateDer: Uint8Array): boolean {
  // Looked for in both names: a mark at any place is enough to refuse.
  const organizations = readCertificate(certificateDer)?.organizations ?? [];
  return organizations.some((it) => it === TEST_AUTHORITY_ORGANIZATION || it === TEST_ORDINANCE_ORGANIZATION);
}

async function responderOf(shelf: Shelf, use: TestAuthorityUse, certify: (key: KeyObject) => Uint8Array) {
  const key = await keptKey(shelf, `${use}-ocsp.key.pem`, 'ec');
  return { key, certificateDer: kept(shelf, `${use}-ocsp.cer`, () => certify(createPublicKey(key))) };
}

/** One file for each certificate issued and each revoked: a look-up is one read, a change one atomic write. */
function openBooks(shelf: Shelf, use: TestAuthorityUse, clock: Pick<Clock, 'now'>) {
  const statusOf = (serialHex: string): StatusInBooks => {
    if (!serialPattern.test(serialHex)) return { status: 'unknown' };
    const entry = shelf.read(`${use}-revoked/${serialHex}`);
    if (entry) return { status: 'revoked', revokedAt: Number(Buffer.from(entry).toString('utf8')) };
    return { status: shelf.read(`${use}-issued/${serialHex}`) ? 'good' : 'unknown' };
  };
  return {
    statusOf,
    enter: (serialHex: string, certificateDer: Uint8Array) => shelf.write(`${use}-issued/${serialHex}`, certificateDer),
    revoke(serialHex: string) {
      const { status } = statusOf(serialHex);
      if (status === 'unknown') throw new Error(`never issued: ${serialHex}`);
      if (status === 'good') shelf.write(`${use}-revoked/${serialHex}`, Buffer.from(String(clock.now())));
    },
    revoked: () =>
      shelf.list(`${use}-revoked`).map((serialHex) => {
        const found = statusOf(serialHex);
        return { serialHex, revokedAt: found.status === 'revoked' ? found.revokedAt : clock.now() };
      }),
  };
}

/** As on real cards: letters and digits that mean nothing, and the issuing office's number. */
function commonNameFrom(entropy: Entropy): string {
  const signs = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdef0123456789';
  const text = [...entropy.bytes(19)].map((byte) => signs[byte % signs.length]).join('');
  return `${text}99999A`;
}
