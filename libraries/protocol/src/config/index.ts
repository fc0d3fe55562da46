/** What configurations of all systems have in common. */
export { ConfigError, checkedConfig } from './checked-config.ts';
export {
  bytesOf,
  certificateOf,
  IdentityConfig,
  identityFaults,
  KeyMaterial,
  keyOf,
  notingFaults,
  tlsOf,
} from './identity.ts';
