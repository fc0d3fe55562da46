/** From a configuration to what the portal works with. */
import { checkedConfig, identityFaults, notingFaults } from '@dokodemo/protocol/config';
import { readBundle } from '../trust-bundle.ts';
import { PortalConfig } from './config.ts';

/** Throws ConfigError. */
export function checkConfig(given: unknown): PortalConfig {
  return checkedConfig('portal', PortalConfig, given, (config) => {
    const faults = [...identityFaults(config.tls, 'portal')];
    notingFaults(faults)('trustBundleFile', () => readBundle(config.trustBundleFile));
    if (config.production && !config.publicUrl.startsWith('https:'))
      faults.push('publicUrl: in production visitors come over https');
    return faults;
  });
}
