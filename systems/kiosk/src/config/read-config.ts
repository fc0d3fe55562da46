/** From a configuration to what the kiosk works with: every fault is said at once, before a device is touched. */
import path from 'node:path';
import { certificateOf, checkedConfig, identityFaults, keyOf, notingFaults } from '@dokodemo/protocol/config';
import type { TerminalIdentity } from '../agent.ts';
import { KioskConfig } from './config.ts';

/** Throws ConfigError. */
export function checkConfig(given: unknown): KioskConfig {
  return checkedConfig('kiosk', KioskConfig, given, (config) => [
    ...identityFaults(config.tls, 'kiosk', config.terminal.terminalId),
    ...authorityFaults(config),
    ...deviceFaults(config),
    ...fileFaults(config),
  ]);
}

function authorityFaults({ documentAuthority, devices: { printer } }: KioskConfig): readonly string[] {
  const faults: string[] = [];
  const read = notingFaults(faults);
  read('documentAuthority', () => certificateOf(documentAuthority));
  if (printer.kind === 'ipp' && printer.authority !== undefined) {
    const { authority } = printer;
    read('devices.printer.authority', () => certificateOf(authority));
  }
  return faults;
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

export function terminalOf({ tls, terminal }: KioskConfig): TerminalIdentity {
  const certificate = new Uint8Array(certificateOf(tls.certificate).raw);
  return { ...terminal, certificate, key: keyOf(tls.key) };
}

/** DER. */
export function documentAuthorityOf({ documentAuthority }: KioskConfig): Uint8Array {
  return new Uint8Array(certificateOf(documentAuthority).raw);
}
