/** Keys and certificates that a configuration names; first of all a system's own among the systems. */
import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type Static, Type } from 'typebox';
import type { PeerRole } from '../endpoint.ts';
import { peerOf, type TlsIdentity } from '../serve-http.ts';
import { strict } from '../shapes.ts';

/** A certificate or key: in a file (PEM or DER), or in the configuration itself (PEM). */
export const KeyMaterial = Type.Union([
  Type.Object({ file: Type.String({ minLength: 1, maxLength: 4_096 }) }, strict),
  Type.Object({ pem: Type.String({ pattern: '^-----BEGIN' }) }, strict),
]);
export type KeyMaterial = Static<typeof KeyMaterial>;

/** `authority`: certifies all systems. */
export const IdentityConfig = Type.Object(
  { key: KeyMaterial, certificate: KeyMaterial, authority: KeyMaterial },
  strict,
);
export type IdentityConfig = Static<typeof IdentityConfig>;

export function bytesOf(material: KeyMaterial): Buffer {
  return 'pem' in material ? Buffer.from(material.pem) : readFileSync(material.file);
}

export function certificateOf(material: KeyMaterial): X509Certificate {
  return new X509Certificate(bytesOf(material));
}

export function keyOf(material: KeyMaterial): KeyObject {
  const key = bytesOf(material);
  return createPrivateKey(key.includes('-----BEGIN') ? key : { key, format: 'der', type: 'pkcs8' });
}

export function tlsOf({ key, certificate, authority }: IdentityConfig): TlsIdentity {
  return {
    key: keyOf(key).export({ type: 'pkcs8', format: 'pem' }).toString(),
    certificate: certificateOf(certificate).toString(),
    authority: certificateOf(authority).toString(),
  };
}

/** What cannot be made of what a configuration names is a fault, under the name that it has there, and undefined. */
export function notingFaults(faults: string[]): <T>(name: string, make: () => T) => T | undefined {
  return (name, make) => {
    try {
      return make();
    } catch (error) {
      faults.push(`${name} cannot be used: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    }
  };
}

/** `id`: the only one that the certificate may name; without it, any of the role. */
export function identityFaults(tls: IdentityConfig, role: PeerRole, id?: string): readonly string[] {
  const faults: string[] = [];
  const read = notingFaults(faults);
  const key = read('tls.key', () => keyOf(tls.key));
  const certificate = read('tls.certificate', () => certificateOf(tls.certificate));
  const authority = read('tls.authority', () => certificateOf(tls.authority));
  if (certificate === undefined) return faults;
  const peer = peerOf(certificate.toLegacyObject().subject);
  if (peer?.role !== role) faults.push(`tls.certificate is not the ${role}’s`);
  else if (id !== undefined && peer.id !== id) faults.push(`tls.certificate names ${peer.id}, not ${id}`);
  if (key !== undefined && !certificate.checkPrivateKey(key)) faults.push('tls.key is not the key of tls.certificate');
  if (authority !== undefined && !certificate.verify(authority.publicKey))
    faults.push('tls.certificate was not issued by tls.authority');
  return faults;
}
