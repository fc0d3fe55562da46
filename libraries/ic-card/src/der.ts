/**
 * Strict DER, as much as reading a certificate takes: one-byte tags, definite lengths in their shortest form. A
 * general ASN.1 library took 1.2 ms for one certificate, thirty times this, and accepts BER as well.
 */
export type DerValue = {
  readonly tag: number;
  /** Header and content. */
  readonly whole: Uint8Array;
  readonly content: Uint8Array;
};

export const TAG = Object.freeze({
  BOOLEAN: 0x01,
  INTEGER: 0x02,
  BIT_STRING: 0x03,
  OCTET_STRING: 0x04,
  OID: 0x06,
  ENUMERATED: 0x0a,
  UTC_TIME: 0x17,
  GENERALIZED_TIME: 0x18,
  SEQUENCE: 0x30,
  SET: 0x31,
});

export class DerError extends Error {}

/** The value that fills `bytes` exactly. Throws DerError. */
export function derWhole(bytes: Uint8Array): DerValue {
  const value = derAt(bytes, 0);
  if (value.whole.length !== bytes.length) throw new DerError('bytes after the end');
  return value;
}

/** The values inside a constructed one. Throws DerError when it has another tag. */
export function derChildren(value: DerValue | undefined, tag: number): DerValue[] {
  if (value === undefined || value.tag !== tag) throw new DerError(`tag ${tag} expected`);
  const children: DerValue[] = [];
  for (let at = 0; at < value.content.length; ) {
    const child = derAt(value.content, at);
    children.push(child);
    at += child.whole.length;
  }
  return children;
}

function derAt(bytes: Uint8Array, at: number): DerValue {
  const tag = bytes[at];
  const first = bytes[at + 1];
  if (tag === undefined || first === undefined || (tag & 0x1f) === 0x1f) throw new DerError('no tag and length');
  let length = first;
  let header = 2;
  if (first >= 0x80) {
    const count = first & 0x7f;
    if (count === 0 || count > 3) throw new DerError('an indefinite or giant length');
    length = 0;
    for (let i = 0; i < count; i++) length = length * 256 + (bytes[at + 2 + i] ?? 0);
    header += count;
    if (length < 0x80 || length < 256 ** (count - 1)) throw new DerError('a length not in its shortest form');
  }
  const end = at + header + length;
  if (end > bytes.length) throw new DerError('it ends too early');
  return { tag, whole: bytes.subarray(at, end), content: bytes.subarray(at + header, end) };
}

/** The one value inside an explicit holder such as [0]. */
export function derInside(value: DerValue | undefined, tag: number): DerValue {
  if (value?.tag !== tag) throw new DerError(`tag ${tag} expected`);
  return derWhole(value.content);
}

/** The content of a primitive value. */
export function derContent(value: DerValue | undefined, tag: number): Uint8Array {
  if (value?.tag !== tag) throw new DerError(`tag ${tag} expected`);
  return value.content;
}

/** A value of these parts, lengths in their shortest form; up to 65,535 bytes. */
export function derEncode(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const content = Buffer.concat(parts);
  const { length } = content;
  if (length > 0xffff) throw new RangeError(`a value of ${length} bytes`);
  const head = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Uint8Array.from([tag, ...head, ...content]);
}

/** Dotted decimal, arcs up to 2^53. */
export function derOid(value: DerValue | undefined): string {
  if (value?.tag !== TAG.OID || value.content.length === 0) throw new DerError('OID expected');
  const arcs: number[] = [];
  let arc = 0;
  for (const byte of value.content) {
    arc = arc * 128 + (byte & 0x7f);
    if (!Number.isSafeInteger(arc)) throw new DerError('an OID arc too large');
    if ((byte & 0x80) === 0) {
      arcs.push(arc);
      arc = 0;
    }
  }
  if (((value.content.at(-1) ?? 0) & 0x80) !== 0) throw new DerError('an OID that does not end');
  const [joined = 0, ...rest] = arcs;
  const top = Math.min(2, Math.floor(joined / 40));
  return [top, joined - top * 40, ...rest].join('.');
}

const timePattern = /^(\d{2}|\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})Z$/;

/** UTCTime or GeneralizedTime in the forms of RFC 5280 §4.1.2.5, as milliseconds since 1970-01-01T00:00Z. */
export function derTime(value: DerValue | undefined): number {
  const text = Buffer.from(value?.content ?? []).toString('latin1');
  const found = timePattern.exec(text);
  const yearDigits = value?.tag === TAG.UTC_TIME ? 2 : value?.tag === TAG.GENERALIZED_TIME ? 4 : 0;
  if (found?.[1]?.length !== yearDigits) throw new DerError('no time');
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found.slice(1).map(Number);
  const fullYear = yearDigits === 4 ? year : year < 50 ? 2000 + year : 1900 + year;
  const time = new Date(0);
  time.setUTCFullYear(fullYear, month - 1, day);
  time.setUTCHours(hour, minute, second);
  // A 31st of February would silently become a day of March.
  if (time.getUTCMonth() !== month - 1 || time.getUTCDate() !== day || time.getUTCHours() !== hour) {
    throw new DerError('no such time');
  }
  return time.getTime();
}
