/**
 * The center's authority: certifies systems, terminals and the municipalities' document-signing keys. A development
 * authority is made at the first start; in production the same requests go to the center's own.
 */
// The certificate library resolves its parts through decorators, which want this first.
import 'reflect-metadata';
import { createPrivateKey, type KeyObject, webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';

x509.cryptoProvider.set(webcrypto as never);

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

export type CertifiedKey = {
  /** PEM, PKCS#8. */
  readonly key: string;
  /** PEM. */
  readonly certificate: string;
};

export type Authority = CertifiedKey & { readonly name: string };

/** What a certificate is for: a part of the system on the wire, or a municipality's document-signing key. */
export type CertifiedUse = 'kiosk' | 'center' | 'issuer' | 'base-registry' | 'operator' | 'portal' | 'document-signing';

async function exportKey(key: webcrypto.CryptoKey): Promise<string> {
  const der = await webcrypto.subtle.exportKey('pkcs8', key);
  return createPrivateKey({ key: Buffer.from(der), format: 'der', type: 'pkcs8' }).export({
    format: 'pem',
    type: 'pkcs8',
  }) as string;
}

async function importKey(pem: string): Promise<webcrypto.CryptoKey> {
  const der = createPrivateKey(pem).export({ format: 'der', type: 'pkcs8' });
  return webcrypto.subtle.importKey('pkcs8', der, algorithm, false, ['sign']);
}

function serialNumber(): string {
  const bytes = webcrypto.getRandomValues(new Uint8Array(16));
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40; // positive and of full length (RFC 5280 §4.1.2.2)
  return Buffer.from(bytes).toString('hex');
}

/** A new self-signed authority. `notBefore`/`notAfter`: validity. */
export async function createAuthority(name: string, notBefore: Date, notAfter: Date): Promise<Authority> {
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: `O=Dokodemo, CN=${name}`,
    notBefore,
    notAfter,
    signingAlgorithm: algorithm,
    keys: keys as never,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey as never),
    ],
  });
  return { name, key: await exportKey(keys.privateKey), certificate: certificate.toString('pem') };
}

export type CertificateRequest = {
  readonly use: CertifiedUse;
  /** Terminal id, system name or municipality code: the subject's CN. */
  readonly id: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** Names under which a system listens. */
  readonly hosts?: readonly string[];
};

/** A key pair with its certificate: subject `O=Dokodemo, OU=<use>, CN=<id>`. */
export async function certify(authority: Authority, request: CertificateRequest): Promise<CertifiedKey> {
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const issuer = new x509.X509Certificate(authority.certificate);
  const forDocuments = request.use === 'document-signing';
  const hosts = request.hosts ?? ['localhost', '127.0.0.1'];
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: `O=Dokodemo, OU=${request.use}, CN=${request.id}`,
    issuer: issuer.subject,
    notBefore: request.notBefore,
    notAfter: request.notAfter,
    publicKey: keys.publicKey as never,
    signingKey: (await importKey(authority.key)) as never,
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey as never),
      await x509.AuthorityKeyIdentifierExtension.create(issuer),
      ...(forDocuments
        ? []
        : [
            new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth, x509.ExtendedKeyUsage.clientAuth]),
            new x509.SubjectAlternativeNameExtension(
              hosts.map((host) => ({ type: /^[0-9.]+$/.test(host) ? ('ip' as const) : ('dns' as const), value: host })),
            ),
          ]),
    ],
  });
  return { key: await exportKey(keys.privateKey), certificate: certificate.toString('pem') };
}

/** DER of a PEM certificate. */
export function certificateDer(pem: string): Uint8Array {
  return new Uint8Array(new x509.X509Certificate(pem).rawData);
}

/** node:crypto key of a PEM. */
export function privateKeyOf(pem: string): KeyObject {
  return createPrivateKey(pem);
}
