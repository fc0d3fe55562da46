/** The other half of `sealFile` (libraries/protocol): nonce, ciphertext and tag of AES-256-GCM, bound to the file's id. */
import type { FileAddress } from './address.ts';

const nonceBytes = 12;
const tagBytes = 16;

/** Undefined: another key, or not the bytes that the kiosk has left. */
export async function openFile(
  sealed: Uint8Array<ArrayBuffer>,
  { depositId, key }: FileAddress,
): Promise<Blob | undefined> {
  if (sealed.length <= nonceBytes + tagBytes) return undefined;
  try {
    const raw = await crypto.subtle.importKey('raw', Uint8Array.from(key), 'AES-GCM', false, ['decrypt']);
    const how = {
      name: 'AES-GCM',
      iv: sealed.subarray(0, nonceBytes),
      additionalData: new TextEncoder().encode(`dokodemo/file/v1 ${depositId}`),
    };
    const file = await crypto.subtle.decrypt(how, raw, sealed.subarray(nonceBytes));
    return new Blob([file], { type: 'application/pdf' });
  } catch {
    return undefined; // the tag does not hold
  }
}
