import type { KeyObject } from 'node:crypto';
import { type Clock, type Entropy, systemEntropy } from '@dokodemo/domain';
import { oids, readCertificate } from '../certificate-fields.ts';
import { credentialDigest } from '../credential.ts';
import { certificateExtensions as extensions, makeCertificate, nameOf } from './certificate-maker.ts';
import { kept, keptKey, serialFrom } from './key-shelf.ts';
import type { Shelf } from './shelf.ts';

/** In every certificate that this authority makes; production refuses whatever bears it. */
export const TEST_ORDINANCE_ORGANIZATION = 'Dokodemo Test Ordinance (見本)';

/** A municipality's authority for its own card application: for demonstrations and tests. */
export interface OrdinanceAuthority {
  readonly municipality: string;
  /** The self-signed CA certificate: what the municipality's issuer trusts. */
  readonly caCertificateDer: Uint8Array;
  /**
   * Puts the application on a card, as a clerk does at the counter: certifies its key, and names the JPKI certificate
   * that lies on the same card. Five years from now unless said otherwise.
   */
  enrol(order: {
    readonly publicKey: KeyObject;
    /** The card's user-authentication certificate. */
    readonly cardCertificateDer: Uint8Array;
    readonly notBefore?: number;
    readonly notAfter?: number;
  }): { readonly certificateDer: Uint8Array; readonly serialHex: string };
}

const dayMs = 86_400_000;
const yearMs = 365.25 * dayMs;

/** Opens the authority that lives on the shelf; makes its key and certificate when it is new. */
export async function openOrdinanceAuthority(options: {
  readonly municipality: string;
  readonly shelf: Shelf;
  readonly clock: Pick<Clock, 'now'>;
  readonly entropy?: Entropy;
}): Promise<OrdinanceAuthority> {
  const { municipality, shelf, clock } = options;
  if (!/^[0-9]{6}$/.test(municipality)) throw new Error(`not a municipality code: ${municipality}`);
  const entropy = options.entropy ?? systemEntropy;
  const caKey = await keptKey(shelf, `ordinance-${municipality}-ca.key.pem`, 'ec');
  const caName = nameOf([
    [oids.country, 'JP'],
    [oids.organization, TEST_ORDINANCE_ORGANIZATION],
    [oids.organizationalUnit, municipality],
  ]);
  const ca = kept(shelf, `ordinance-${municipality}-ca.cer`, () =>
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
  return {
    municipality,
    caCertificateDer: ca,
    enrol({ publicKey, cardCertificateDer, notBefore = clock.now(), notAfter = clock.now() + 5 * yearMs }) {
      const certificateDer = makeCertificate({
        // 64 characters: as many as a common name may have.
        subject: nameOf([
          [oids.country, 'JP'],
          [oids.organization, TEST_ORDINANCE_ORGANIZATION],
          [oids.organizationalUnit, municipality],
          [oids.commonName, credentialDigest(cardCertificateDer)],
        ]),
        issuer: caName,
        subjectKey: publicKey,
        issuerKey: caKey,
        serial: serialFrom(entropy),
        notBefore,
        notAfter,
        extensions: [
          extensions.keyUsage('digitalSignature'),
          extensions.subjectKey(publicKey),
          extensions.authorityKey(caKey),
        ],
      });
      const serialHex = readCertificate(certificateDer)?.serialHex;
      if (serialHex === undefined) throw new Error('the authority made a certificate that cannot be read');
      return { certificateDer, serialHex };
    },
  };
}
