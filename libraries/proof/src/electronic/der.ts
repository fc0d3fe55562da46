/** DER as far as a signature needs it (ITU-T X.690): written by small words, read by one. Runs in browsers too. */
import { joinBytes } from './house-file.ts';

export function tlv(tag: number, ...contents: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const length = contents.reduce((sum, it) => sum + it.length, 0);
  const head =
    length < 0x80
      ? [tag, length]
      : length < 0x100
        ? [tag, 0x81, length]
        : length < 0x10000
          ? [tag, 0x82, length >> 8, length & 0xff]
          : undefined;
  if (head === undefined) throw new RangeError(`${length} bytes are too many for a signature`);
  return joinBytes([new Uint8Array(head), ...contents]);
}

export const sequence = (...contents: readonly Uint8Array[]) => tlv(0x30, ...contents);
export const set = (...contents: readonly Uint8Array[]) => tlv(0x31, ...contents);
export const octets = (bytes: Uint8Array) => tlv(0x04, bytes);
export const smallInteger = (value: number) => tlv(0x02, new Uint8Array([value]));

export function objectId(dotted: string): Uint8Array<ArrayBuffer> {
  const [first = 0, second = 0, ...others] = dotted.split('.').map(Number);
  const bytes = [first * 40 + second];
  for (const value of others) {
    const groups = [value & 0x7f];
    for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128))
      groups.unshift((rest & 0x7f) | 0x80);
    bytes.push(...groups);
  }
  return tlv(0x06, new Uint8Array(bytes));
}

export type Element = { readonly tag: number; readonly contents: Uint8Array; readonly whole: Uint8Array };

/** The elements that stand one after the other in `bytes`; undefined: it is no DER of this kind. */
export function elementsOf(bytes: Uint8Array, most = 64): readonly Element[] | undefined {
  const elements: Element[] = [];
  for (let at = 0; at < bytes.length; ) {
    const [tag, first] = [bytes[at], bytes[at + 1]];
    if (tag === undefined || first === undefined || (tag & 0x1f) === 0x1f || elements.length === most) return undefined;
    const more = first < 0x80 ? 0 : first & 0x7f;
    if (more > 2 || first === 0x80) return undefined;
    let length = more === 0 ? first : 0;
    for (let i = 0; i < more; i++) length = length * 256 + (bytes[at + 2 + i] ?? 0);
    const start = at + 2 + more;
    const stop = start + length;
    if (stop > bytes.length) return undefined;
    elements.push({ tag, contents: bytes.subarray(start, stop), whole: bytes.subarray(at, stop) });
    at = stop;
  }
  return elements;
}

/** The one element that `bytes` begin with, by way of numbers: `child(bytes, 0, 1)` is the second of the first. */
export function child(bytes: Uint8Array, ...way: readonly number[]): Element | undefined {
  let inside = bytes;
  let found: Element | undefined;
  for (const place of way) {
    found = elementsOf(inside)?.[place];
    if (found === undefined) return undefined;
    inside = found.contents;
  }
  return found;
}
