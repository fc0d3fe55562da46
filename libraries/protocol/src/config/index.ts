/** What configurations of all systems have in common. */
export { ConfigError, checkedConfig, printable } from './checked-config.ts';
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
