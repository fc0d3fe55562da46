import type { Clock, Entropy } from './runtime.ts';

type Branded<Name extends string> = string & { readonly __brand?: Name };

/** One resident's time at one kiosk, from the first touch to the end. Made by the kiosk. */
export type SessionId = Branded<'SessionId'>;
/** What the issuer knows a session's proven holder by. Made by the center. */
export type VisitId = Branded<'VisitId'>;
/** One certificate (with its copies) asked for within a visit. Made by the center. */
export type ApplicationId = Branded<'ApplicationId'>;
/** 発行番号: printed on every sheet; each copy has its own. Made by the issuer. */
export type DocumentNumber = Branded<'DocumentNumber'>;
/** The day it was prepared, the municipality's code (JIS X 0402 with its check digit), a serial number of that day. */
const documentNumberPattern = /^[0-9]{8}-([0-9]{6})-[0-9]{7}$/;

/** Numbers carry whose they are: no issuer can take one of another's. */
export function isDocumentNumberOf(municipality: string, number: DocumentNumber): boolean {
  return documentNumberPattern.exec(number)?.[1] === municipality;
}

/** A kiosk, as named in its certificate. */
export type TerminalId = Branded<'TerminalId'>;
/** Something an operator must look at. */
export type CaseId = Branded<'CaseId'>;

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** UUID version 7 (RFC 9562 §5.7): 48 bits of time, then 74 of chance. The only kind of id that travels. */
export function uuidV7(clock: Clock, entropy: Entropy): string {
  const bytes = entropy.bytes(16);
  const at = clock.now();
  for (let i = 0; i < 6; i++) bytes[i] = Math.floor(at / 2 ** (8 * (5 - i))) % 256;
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

export function isUuidV7(text: string): boolean {
  return uuidPattern.test(text);
}
