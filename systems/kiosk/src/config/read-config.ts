/** From a configuration to what the kiosk works with: every fault is said at once, before a device is touched. */
import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { peerOf, type TlsIdentity } from '@dokodemo/protocol';
import type { TerminalIdentity } from '../agent.ts';
import { type KeyMaterial, KioskConfig } from './config.ts';
import { misfitsOf } from './misfits.ts';

export class ConfigError extends Error {
  readonly faults: readonly string[];
  constructor(faults: readonly string[]) {
    super(`The kiosk’s configuration cannot be used:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
    this.faults = faults;
  }
}

/** The configuration with its types, or a ConfigError that names every misfit. */
export function checkConfig(given: unknown): KioskConfig {
  const misfits = misfitsOf(KioskConfig, given);
  if (misfits.length > 0) throw new ConfigError(misfits);
  const config = given as KioskConfig;
  const faults = [...identityFaults(config), ...deviceFaults(config), ...fileFaults(config)];
  if (faults.length > 0) throw new ConfigError(faults);
  return config;
}

function identityFaults(config: KioskConfig): readonly string[] {
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
  read('documentAuthority', () => certificateOf(config.documentAuthority));
  const { printer } = config.devices;
  if (printer.kind === 'ipp' && printer.authority !== undefined) {
    const { authority: material } = printer;
    read('devices.printer.authority', () => certificateOf(material));
  }
  if (certificate === undefined) return faults;
  const { terminalId } = config.terminal;
  const peer = peerOf({ OU: subjectPart(certificate, 'OU'), CN: subjectPart(certificate, 'CN') });
  if (peer?.role !== 'kiosk') faults.push('tls.certificate is not a kiosk’s');
  else if (peer.id !== terminalId) faults.push(`tls.certificate names terminal ${peer.id}, not ${terminalId}`);
  if (key !== undefined && !certificate.checkPrivateKey(key)) faults.push('tls.key is not the key of tls.certificate');
  if (authority !== undefined && !certificate.verify(authority.publicKey)) {
    faults.push('tls.certificate was not issued by tls.authority');
  }
  return faults;
}

function subjectPart(certificate: X509Certificate, name: 'OU' | 'CN'): string {
  return (
    certificate.subject
      .split('\n')
      .find((line) => line.startsWith(`${name}=`))
      ?.slice(3) ?? ''
  );
}

const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);

function deviceFaults({ devices, bench, production, electronicCopies }: KioskConfig): readonly string[] {
  const { printer, money, reader } = devices;
  const simulated = [printer, money, reader].some(({ kind }) => kind === 'simulated');
  const faults: string[] = [];
  const cards = reader.wallet.cards.map(({ cardId }) => cardId);
  if (new Set(cards).size < cards.length) faults.push('devices.reader.wallet: a card is named twice');
  if (!production) {
    if (simulated && bench === undefined) faults.push('bench is missing: nobody could use the simulated devices');
    return faults;
  }
  for (const [name, { kind }] of Object.entries(devices)) {
    if (kind === 'simulated') faults.push(`devices.${name}: a simulated device is not used in production`);
  }
  if (bench !== undefined) faults.push('bench: there is none in production');
  if (electronicCopies !== undefined && !electronicCopies.portalUrl.startsWith('https:')) {
    faults.push('electronicCopies.portalUrl: in production files are received over https:');
  }
  if (printer.kind === 'folder') {
    faults.push('devices.printer: in production no certificate is left in a folder');
  }
  if (printer.kind === 'ipp') {
    const { protocol, hostname } = new URL(printer.url);
    const open = protocol === 'ipp:' || protocol === 'http:';
    if (open && !loopback.has(hostname)) {
      faults.push('devices.printer.url: in production sheets go over ipps: or to this very machine');
    }
  }
  return faults;
}

/** Two things that believe to own one file would destroy each other. */
function fileFaults({ journalFile, devices }: KioskConfig): readonly string[] {
  const owned = [
    journalFile,
    devices.money.stateFile,
    ...(devices.printer.kind === 'simulated' ? [devices.printer.stateFile] : []),
  ].map((file) => path.resolve(file));
  return new Set(owned).size < owned.length ? ['journalFile and stateFiles: one file is named twice'] : [];
}

function bytesOf(material: KeyMaterial): Buffer {
  return 'pem' in material ? Buffer.from(material.pem) : readFileSync(material.file);
}

function certificateOf(material: KeyMaterial): X509Certificate {
  return new X509Certificate(bytesOf(material));
}

/** A certificate. */
export function pemOf(material: KeyMaterial): string {
  return certificateOf(material).toString();
}

export function tlsOf({ tls }: KioskConfig): TlsIdentity {
  return {
    key: keyOf(tls.key).export({ type: 'pkcs8', format: 'pem' }).toString(),
    certificate: pemOf(tls.certificate),
    authority: pemOf(tls.authority),
  };
}

function keyOf(material: KeyMaterial): KeyObject {
  return createPrivateKey(bytesOf(material));
}

export function terminalOf({ tls, terminal }: KioskConfig): TerminalIdentity {
  const certificate = new Uint8Array(certificateOf(tls.certificate).raw);
  return { ...terminal, certificate, key: keyOf(tls.key) };
}

/** DER. */
export function documentAuthorityOf({ documentAuthority }: KioskConfig): Uint8Array {
  return new Uint8Array(certificateOf(documentAuthority).raw);
}

/** The configuration as it may be printed: no keys, no passwords, no PINs (not even those of people who do not exist). */
export function describeConfig(config: KioskConfig): unknown {
  return JSON.parse(
    JSON.stringify(config, (name, value: unknown) => {
      if (name === 'pem' || name === 'pin' || name === 'secondPin') return '(given)';
      if (name === 'url' && typeof value === 'string') return value.replace(/\/\/[^@/]*@/, '//(hidden)@');
      return value;
    }),
  );
}
