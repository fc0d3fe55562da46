/** From a configuration to what the portal works with: every fault is said at once, before anything listens. */
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { peerOf, type TlsIdentity, validatorOf } from '@dokodemo/protocol';
import { readBundle } from '../trust-bundle.ts';
import { type KeyMaterial, PortalConfig } from './config.ts';

export class ConfigError extends Error {
  readonly faults: readonly string[];
  constructor(faults: readonly string[]) {
    super(`The portal’s configuration cannot be used:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
    this.faults = faults;
  }
}

/** The configuration with its types, or a ConfigError that names every misfit. */
export function checkConfig(given: unknown): PortalConfig {
  const validator = validatorOf(PortalConfig);
  if (!validator.Check(given)) {
    const misfits = [...validator.Errors(given)].slice(0, 20);
    throw new ConfigError(misfits.map(({ instancePath, message }) => `${instancePath || '/'} ${message}`));
  }
  const config = given as PortalConfig;
  const faults = faultsOf(config);
  if (faults.length > 0) throw new ConfigError(faults);
  return config;
}

function faultsOf(config: PortalConfig): readonly string[] {
  const faults: string[] = [];
  const read = <T>(name: string, make: () => T): T | undefined => {
    try {
      return make();
    } catch (error) {
      faults.push(`${name} cannot be used: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    }
  };
  const key = read('tls.key', () => createPrivateKey(bytesOf(config.tls.key)));
  const certificate = read('tls.certificate', () => certificateOf(config.tls.certificate));
  const authority = read('tls.authority', () => certificateOf(config.tls.authority));
  read('trustBundleFile', () => readBundle(config.trustBundleFile));
  if (config.production && !config.publicUrl.startsWith('https:'))
    faults.push('publicUrl: in production visitors come over https');
  if (certificate === undefined) return faults;
  if (peerOf({ OU: subjectPart(certificate, 'OU'), CN: subjectPart(certificate, 'CN') })?.role !== 'portal')
    faults.push('tls.certificate is not a portal’s');
  if (key !== undefined && !certificate.checkPrivateKey(key)) faults.push('tls.key is not the key of tls.certificate');
  if (authority !== undefined && !certificate.verify(authority.publicKey))
    faults.push('tls.certificate was not issued by tls.authority');
  return faults;
}

function subjectPart(certificate: X509Certificate, name: 'OU' | 'CN'): string {
  const line = certificate.subject.split('\n').find((it) => it.startsWith(`${name}=`));
  return line?.slice(name.length + 1) ?? '';
}

function bytesOf(material: KeyMaterial): Buffer {
  return 'pem' in material ? Buffer.from(material.pem) : readFileSync(material.file);
}

function certificateOf(material: KeyMaterial): X509Certificate {
  return new X509Certificate(bytesOf(material));
}

export function tlsOf({ tls }: PortalConfig): TlsIdentity {
  return {
    key: createPrivateKey(bytesOf(tls.key)).export({ type: 'pkcs8', format: 'pem' }).toString(),
    certificate: certificateOf(tls.certificate).toString(),
    authority: certificateOf(tls.authority).toString(),
  };
}
