/** From a configuration to what the center works with: every fault is said at once, before anything listens. */
import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { isMunicipalityCode } from '@dokodemo/domain';
import { isTestAuthority } from '@dokodemo/ic-card';
import { peerOf, type TlsIdentity, validatorOf } from '@dokodemo/protocol';
import type { LogKey } from '../issue-log/log-signer.ts';
import { type ExpiryBounds, usualBounds } from '../session/expiry.ts';
import { type ConversationSettings, usualSettings } from '../session/given.ts';
import { stepNames } from '../session/state.ts';
import { CenterConfig, type KeyMaterial } from './config.ts';

export class ConfigError extends Error {
  readonly faults: readonly string[];
  constructor(faults: readonly string[]) {
    super(`The center’s configuration cannot be used:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
    this.faults = faults;
  }
}

/** The configuration with its types, or a ConfigError that names every misfit. */
export function checkConfig(given: unknown): CenterConfig {
  const validator = validatorOf(CenterConfig);
  if (!validator.Check(given)) {
    const misfits = [...validator.Errors(given)].slice(0, 20);
    throw new ConfigError(misfits.map(({ instancePath, message }) => `${instancePath || '/'} ${message}`));
  }
  const config = given as CenterConfig;
  const faults = faultsOf(config);
  if (faults.length > 0) throw new ConfigError(faults);
  return config;
}

function faultsOf(config: CenterConfig): readonly string[] {
  const codes = config.municipalities.map(({ code }) => code);
  const terminals = config.terminals.map(({ terminalId }) => terminalId);
  const steps: readonly string[] = stepNames;
  const faults = [
    ...codes
      .filter((code) => !isMunicipalityCode(code))
      .map((code) => `municipalities: ${code} has a wrong check digit`),
    ...(new Set(codes).size < codes.length ? ['municipalities: one is named twice'] : []),
    ...(new Set(terminals).size < terminals.length ? ['terminals: one is named twice'] : []),
    ...(config.revocation.ocsp === undefined && config.revocation.crl === undefined
      ? ['revocation: neither OCSP nor CRL: no card could ever be believed']
      : []),
    ...Object.keys(config.idleSeconds ?? {})
      .filter((name) => !steps.includes(name))
      .map((name) => `idleSeconds: there is no step "${name}"`),
  ];
  if (config.production && cardAuthoritiesOf(config).some(isTestAuthority)) {
    faults.push('cardAuthorities: a test authority is not believed in production');
  }
  const own = certificateOf(config.tls.certificate).subject.split('\n');
  const OU = own.find((line) => line.startsWith('OU='))?.slice(3) ?? '';
  const CN = own.find((line) => line.startsWith('CN='))?.slice(3) ?? '';
  if (peerOf({ OU, CN })?.role !== 'center') faults.push('tls.certificate is not a center’s');
  if (sealKeyOf(config).asymmetricKeyType !== 'ed25519') faults.push('journal.sealKey is no Ed25519 key');
  const logKey = logKeyOf(config);
  if (logKey !== undefined && logKey.key.asymmetricKeyType !== 'ed25519') faults.push('issueLog.key is no Ed25519 key');
  else if (logKey?.key.equals(sealKeyOf(config)) === true)
    faults.push('issueLog.key is the journal’s: what the one signs must not pass for the other');
  return faults;
}

function bytesOf(material: KeyMaterial): Buffer {
  return 'pem' in material ? Buffer.from(material.pem) : readFileSync(material.file);
}

export function certificateOf(material: KeyMaterial): X509Certificate {
  return new X509Certificate(bytesOf(material));
}

export function sealKeyOf({ journal }: CenterConfig): KeyObject {
  return createPrivateKey(bytesOf(journal.sealKey));
}

export function logKeyOf({ issueLog }: CenterConfig): LogKey | undefined {
  return issueLog === undefined ? undefined : { origin: issueLog.origin, key: createPrivateKey(bytesOf(issueLog.key)) };
}

export function tlsOf({ tls }: CenterConfig): TlsIdentity {
  return {
    key: bytesOf(tls.key).toString('utf8'),
    certificate: certificateOf(tls.certificate).toString(),
    authority: certificateOf(tls.authority).toString(),
  };
}

export function cardAuthoritiesOf(config: CenterConfig): readonly Uint8Array[] {
  return config.cardAuthorities.map((material) => new Uint8Array(certificateOf(material).raw));
}

export function boundsOf({ bounds = {} }: CenterConfig): ExpiryBounds {
  const given = Object.fromEntries(Object.entries(bounds).filter(([, value]) => value !== undefined));
  return { ...usualBounds, ...given };
}

export function settingsOf({ idleSeconds = {}, paymentMethods }: CenterConfig): ConversationSettings {
  return {
    ...usualSettings,
    idleSeconds: { ...usualSettings.idleSeconds, ...idleSeconds },
    methods: paymentMethods ?? usualSettings.methods,
  };
}

/** The configuration as it may be printed: no keys, no passwords. */
export function describeConfig(config: CenterConfig): unknown {
  return JSON.parse(
    JSON.stringify(config, (name, value: unknown) => {
      if (name === 'pem') return '(given)';
      if (name === 'url' && typeof value === 'string') return value.replace(/\/\/[^@/]*@/, '//(hidden)@');
      return value;
    }),
  );
}
