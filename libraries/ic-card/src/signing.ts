import { constants, type KeyObject, sign, verify } from 'node:crypto';
import * as asn1js from 'asn1js';
import { AlgorithmIdentifier } from 'pkijs';

/**
 * Signature algorithms of certificates, OCSP responses and CRLs that are believed. SHA-1 and MD5 are not among them:
 * whoever can make two certificates with one such digest can make a false one.
 */
const algorithms: ReadonlyMap<string, { readonly hash: string; readonly keyType: 'rsa' | 'ec' }> = new Map([
  ['1.2.840.113549.1.1.11', { hash: 'sha256', keyType: 'rsa' }],
  ['1.2.840.113549.1.1.12', { hash: 'sha384', keyType: 'rsa' }],
  ['1.2.840.113549.1.1.13', { hash: 'sha512', keyType: 'rsa' }],
  ['1.2.840.10045.4.3.2', { hash: 'sha256', keyType: 'ec' }],
  ['1.2.840.10045.4.3.3', { hash: 'sha384', keyType: 'ec' }],
  ['1.2.840.10045.4.3.4', { hash: 'sha512', keyType: 'ec' }],
]);

export const RSA_MIN_BITS = 2_048;
const rsaMaxBits = 4_096;
const curves: ReadonlySet<string> = new Set(['prime256v1', 'secp384r1', 'secp521r1']);

export function isTrustedAlgorithm(oid: string): boolean {
  return algorithms.has(oid);
}

/** Keys that are neither too small to be safe nor so large that checking them is an attack. */
export function isSoundKey(key: KeyObject): boolean {
  const details = key.asymmetricKeyDetails;
  if (key.asymmetricKeyType === 'ec') return curves.has(details?.namedCurve ?? '');
  const bits = details?.modulusLength ?? 0;
  const exponent = details?.publicExponent ?? 0n;
  return key.asymmetricKeyType === 'rsa' && bits >= RSA_MIN_BITS && bits <= rsaMaxBits && exponent >= 65_537n;
}

/** Is this the signature of `key` over `signed`? */
export function isSignedBy(key: KeyObject, oid: string, signed: Uint8Array, signature: Uint8Array): boolean {
  const algorithm = algorithms.get(oid);
  if (algorithm === undefined || key.asymmetricKeyType !== algorithm.keyType || !isSoundKey(key)) return false;
  return verify(algorithm.hash, signed, key, signature);
}

/** Signs with SHA-256 and the key's own scheme: RSA PKCS#1 v1.5, or ECDSA. */
export function signDer(key: KeyObject, tbs: Uint8Array): Uint8Array {
  const padding = key.asymmetricKeyType === 'rsa' ? { padding: constants.RSA_PKCS1_PADDING } : {};
  return Uint8Array.from(sign('sha256', tbs, { key, ...padding }));
}

export function signatureAlgorithmOf(key: KeyObject): AlgorithmIdentifier {
  return key.asymmetricKeyType === 'rsa'
    ? new AlgorithmIdentifier({ algorithmId: '1.2.840.113549.1.1.11', algorithmParams: new asn1js.Null() })
    : new AlgorithmIdentifier({ algorithmId: '1.2.840.10045.4.3.2' });
}
