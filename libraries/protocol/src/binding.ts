/**
 * The bytes that bind a card to a kiosk's key to a session. Kiosk, card, issuer and auditor compute them alike; each
 * part is prefixed with its length, so that no two different sets of parts give the same bytes.
 */
import { createHash, type KeyObject, sign, verify } from 'node:crypto';

function part(value: string | Uint8Array): Buffer[] {
  const bytes = typeof value === 'string' ? Buffer.from(value, 'utf8') : Buffer.from(value);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return [length, bytes];
}

/** SHA-256 over length-prefixed parts. */
export function digestOfParts(...parts: readonly (string | Uint8Array)[]): Buffer {
  const hash = createHash('sha256');
  for (const value of parts) for (const bytes of part(value)) hash.update(bytes);
  return hash.digest();
}

export function sha256Hex(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

export type VisitBinding = {
  readonly sessionId: string;
  readonly issuerNonce: Uint8Array;
  readonly kioskKey: Uint8Array;
  readonly terminalId: string;
};

/** What the card signs after its PIN: the holder's word that *this kiosk's key* may open what is issued to *this
 *  session*. */
export function visitChallenge(binding: VisitBinding): Buffer {
  return digestOfParts(
    'dokodemo/visit/v1',
    binding.sessionId,
    binding.issuerNonce,
    binding.kioskKey,
    binding.terminalId,
  );
}

/** What a terminal signs with its certificate's key when a session begins. */
export function terminalStatement(binding: Omit<VisitBinding, 'issuerNonce'>): Buffer {
  return digestOfParts('dokodemo/terminal/v1', binding.sessionId, binding.kioskKey, binding.terminalId);
}

export function signTerminalStatement(key: KeyObject, statement: Uint8Array): Buffer {
  return sign('sha256', statement, key);
}

/** True when `signature` over `statement` holds with the key of the terminal's certificate (DER). The caller checks
 *  that the certificate is one of a terminal. */
export function terminalStatementHolds(
  certificateKey: KeyObject,
  statement: Uint8Array,
  signature: Uint8Array,
): boolean {
  return verify('sha256', statement, certificateKey, signature);
}

/** Who a document is for, without saying who: the digest of the certificate that the card showed in this session. */
export function holderDigest(certificate: Uint8Array): string {
  return digestOfParts('dokodemo/holder/v1', certificate).toString('hex');
}

/** Under which digest an issuer's directory at the center lists a credential. One number is written in many ways (with
 *  leading zeros, in capitals); it has one digest. */
export function directoryDigest(serialHex: string): string {
  const number = canonicalSerial(serialHex);
  return digestOfParts('dokodemo/credential/v1', number).toString('hex');
}

/** Under which further digest the directory lists a credential whose holder has a family register elsewhere. */
export function elsewhereDigest(serialHex: string): string {
  return digestOfParts('dokodemo/credential-elsewhere/v1', canonicalSerial(serialHex)).toString('hex');
}

function canonicalSerial(serialHex: string): string {
  return serialHex.toLowerCase().replace(/^0+(?=.)/, '');
}
