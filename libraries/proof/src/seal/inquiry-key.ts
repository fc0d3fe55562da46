/**
 * Keys out of a paper's check code. `inquiry` is what the holder sends to ask of the paper: whoever sees it cannot open
 * the back with it, and the center keeps a digest of it only. `logSalt` blinds the paper's entry in the log of issues.
 */
import { hkdf } from '@noble/hashes/hkdf.js';
import { scrypt } from '@noble/hashes/scrypt.js';
import { sha256 } from '@noble/hashes/sha2.js';

export type PaperKeys = { readonly inquiry: Uint8Array; readonly logSalt: Uint8Array };

const label = 'dokodemo/paper-keys/v1';
const utf8 = (text: string) => new TextEncoder().encode(text);

/** `code`: sixteen symbols without hyphens. The code alone has 75 bits of chance; scrypt makes each guess dearer. */
export function paperKeys(code: string, documentNumber: string): PaperKeys {
  const salt = sha256(utf8(`${label}\n${documentNumber}`));
  const master = scrypt(utf8(code), salt, { N: 1_024, r: 8, p: 1, dkLen: 32 });
  const key = (use: string) => hkdf(sha256, master, undefined, utf8(`${label}/${use}`), 32);
  return { inquiry: key('inquiry'), logSalt: key('log-salt') };
}
