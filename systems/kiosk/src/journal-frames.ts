/**
 * Lines with their length and a checksum: `<length, 8 hex> <SHA-256 of the text, first 16 hex> <text>\n`. The last line
 * may be torn by a power cut; a bad line with a good one behind it is no tear, it is damage.
 */
import { sha256Hex } from '@dokodemo/protocol';

const headBytes = 8 + 1 + 16 + 1;
const newline = 0x0a;

export function frame(text: string): Uint8Array {
  const body = Buffer.from(text, 'utf8');
  const head = `${body.length.toString(16).padStart(8, '0')} ${sha256Hex(body).slice(0, 16)} `;
  return Buffer.concat([Buffer.from(head), body, Buffer.of(newline)]);
}

function frameAt(bytes: Buffer, offset: number): { text: string; end: number } | undefined {
  const head = bytes.toString('latin1', offset, offset + headBytes);
  const found = /^([0-9a-f]{8}) ([0-9a-f]{16}) $/.exec(head);
  if (found === null) return undefined;
  const start = offset + headBytes;
  const end = start + Number.parseInt(found[1] ?? '', 16);
  if (bytes[end] !== newline) return undefined;
  const body = bytes.subarray(start, end);
  return sha256Hex(body).startsWith(found[2] ?? '-') ? { text: body.toString('utf8'), end: end + 1 } : undefined;
}

export type Frames = {
  readonly texts: readonly string[];
  /** Where the whole lines end; what follows was torn. */
  readonly wholeBytes: number;
  /** A whole line stands behind a bad one. */
  readonly damaged: boolean;
};

export function readFrames(file: Uint8Array): Frames {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  const texts: string[] = [];
  let offset = 0;
  for (let found = frameAt(bytes, 0); found !== undefined; found = frameAt(bytes, offset)) {
    texts.push(found.text);
    offset = found.end;
  }
  let damaged = false;
  for (let at = bytes.indexOf(newline, offset); at >= 0 && !damaged; at = bytes.indexOf(newline, at + 1)) {
    damaged = frameAt(bytes, at + 1) !== undefined;
  }
  return { texts, wholeBytes: offset, damaged };
}
