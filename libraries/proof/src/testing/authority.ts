/** Document authorities and municipalities' keys for tests. */
// The certificate library resolves its parts through decorators, which want this first.
import 'reflect-metadata';
import { KeyObject, webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import type { BackSigner } from '../seal/seal-back.ts';
import type { TrustBundle } from '../seal/trust.ts';

x509.cryptoProvider.set(webcrypto as never);
const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const period = { notBefore: new Date('2025-01-01'), notAfter: new Date('2031-01-01') };

export type TestAuthority = {
  readonly pem: string;
  readonly trust: TrustBundle;
  signerOf(
    municipality: string,
    more?: { notAfter?: Date; use?: string; extensions?: readonly x509.Extension[] },
  ): Promise<BackSigner>;
};

export async function testAuthority(): Promise<TestAuthority> {
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const own = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: '01',
    name: 'CN=documents',
    ...period,
    signingAlgorithm: algorithm,
    keys: keys as never,
    extensions: [new x509.BasicConstraintsExtension(true, 0, true)],
  });
  const pem = own.toString('pem');
  return {
    pem,
    trust: { format: 'dokodemo/trust/v1', madeAt: '2026-11-23T00:00:00Z', authorities: [pem], revoked: [] },
    async signerOf(municipality, { notAfter = period.notAfter, use = 'document-signing', extensions = [] } = {}) {
      const pair = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
      const certificate = await x509.X509CertificateGenerator.create({
        serialNumber: '4a01',
        subject: `O=Dokodemo, OU=${use}, CN=${municipality}`,
        issuer: own.subject,
        notBefore: period.notBefore,
        notAfter,
        publicKey: pair.publicKey as never,
        signingKey: keys.privateKey as never,
        signingAlgorithm: algorithm,
        extensions: [new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true), ...extensions],
      });
      return { key: KeyObject.from(pair.privateKey as never), certificate: new Uint8Array(certificate.rawData) };
    },
  };
}
