/** From a configuration to what the center works with: every fault is said at once, before anything listens. */
import type { KeyObject } from 'node:crypto';
import { isMunicipalityCode } from '@dokodemo/domain';
import { isTestAuthority } from '@dokodemo/ic-card';
import { certificateOf, checkedConfig, identityFaults, keyOf } from '@dokodemo/protocol/config';
import type { LogKey } from '../issue-log/log-signer.ts';
import { type ExpiryBounds, usualBounds } from '../session/expiry.ts';
import { type ConversationSettings, usualSettings } from '../session/given.ts';
import { stepNames } from '../session/state.ts';
import { CenterConfig } from './config.ts';

/** Throws ConfigError. */
export const checkConfig = (given: unknown): CenterConfig => checkedConfig('center', CenterConfig, given, faultsOf);

function faultsOf(config: CenterConfig): readonly string[] {
  const codes = config.municipalities.map(({ code }) => code);
  const terminals = config.terminals.map(({ terminalId }) => terminalId);
  const steps: readonly string[] = stepNames;
  const faults = [
    ...identityFaults(config.tls, 'center'),
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
  if (sealKeyOf(config).asymmetricKeyType !== 'ed25519') faults.push('journal.sealKey is no Ed25519 key');
  const logKey = logKeyOf(config);
  if (logKey !== undefined && logKey.key.asymmetricKeyType !== 'ed25519') faults.push('issueLog.key is no Ed25519 key');
  else if (logKey?.key.equals(sealKeyOf(config)) === true)
    faults.push('issueLog.key is the journal’s: what the one signs must not pass for the other');
  return faults;
}

export function sealKeyOf({ journal }: CenterConfig): KeyObject {
  return keyOf(journal.sealKey);
}

export function logKeyOf({ issueLog }: CenterConfig): LogKey | undefined {
  return issueLog === undefined ? undefined : { origin: issueLog.origin, key: keyOf(issueLog.key) };
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
