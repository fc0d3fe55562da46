/**
 * A file on its way from a kiosk to a telephone. The kiosk encrypts it with a key of its own, the center keeps the
 * ciphertext, the portal passes it on, and the key stands in the fragment of the address that the telephone reads from
 * the kiosk's screen: no server is ever sent it.
 *
 *   file      ::= nonce (12 bytes) ciphertext tag (16 bytes)      AES-256-GCM; associated data: "dokodemo/file/v1 " id
 *   address   ::= portal "/receive#" id "." key                   id: 16 bytes, key: 32 bytes, base64url
 */
import { createCipheriv } from 'node:crypto';

export const fileKeyBytes = 32;
export const fileNonceBytes = 12;
export const depositIdBytes = 16;
/** Of a file; what is sealed for a kiosk is never larger. */
export const fileMaxBytes = 8_388_608;
export const sealedFileMaxBytes = fileMaxBytes + fileNonceBytes + 16;

const label = 'dokodemo/file/v1';

/** `key` and `nonce`: fresh bytes, of this file alone. */
export function sealFile(file: Uint8Array, key: Uint8Array, nonce: Uint8Array, depositId: string): Uint8Array {
  if (key.length !== fileKeyBytes || nonce.length !== fileNonceBytes) throw new RangeError('key or nonce of a file');
  if (file.length > fileMaxBytes) throw new RangeError(`a file of ${file.length} bytes`);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(`${label} ${depositId}`));
  return Buffer.concat([nonce, cipher.update(file), cipher.final(), cipher.getAuthTag()]);
}

export function fileAddress(portalUrl: string, depositId: string, key: Uint8Array): string {
  return `${portalUrl}/receive#${depositId}.${Buffer.from(key).toString('base64url')}`;
}
