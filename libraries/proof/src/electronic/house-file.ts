/**
 * A PDF as the house writes it, and nothing else: one revision, objects in order and touching one another, one table,
 * one trailer. What reads as such a file and gives the same bytes when it is written again has no other place where
 * anything could hide. Runs in browsers too.
 */
import { bytesOf, textOf } from '../files/byte-text.ts';
import { isSame } from '../seal/certificate.ts';

/** One object: its value as text (a byte a character), and its stream's bytes. */
export type HouseObject = { readonly value: string; readonly stream?: Uint8Array };

export type HouseFile = {
  readonly version: '1.4' | '1.7';
  /** Object 1 comes first. */
  readonly objects: readonly HouseObject[];
  readonly root: number;
  readonly info: number;
  /** 32 hexadecimal digits. */
  readonly id: string;
};

const mostObjects = 20_000;
const signs = new Uint8Array([0xe2, 0xe3, 0xcf, 0xd3]);

export function joinBytes(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

export type Written = { readonly bytes: Uint8Array<ArrayBuffer>; readonly offsets: readonly number[] };

/** `offsets`: where each object begins. */
export function writeHouseFile({ version, objects, root, info, id }: HouseFile): Written {
  const parts: Uint8Array[] = [bytesOf(`%PDF-${version}\n%`), signs, bytesOf('\n')];
  let length = parts.reduce((sum, part) => sum + part.length, 0);
  const push = (part: Uint8Array) => {
    parts.push(part);
    length += part.length;
  };
  const offsets = objects.map(({ value, stream }, i) => {
    const at = length;
    push(bytesOf(`${i + 1} 0 obj\n${value}`));
    if (stream !== undefined) {
      push(bytesOf('\nstream\n'));
      push(stream);
      push(bytesOf('\nendstream'));
    }
    push(bytesOf('\nendobj\n'));
    return at;
  });
  const size = objects.length + 1;
  const lines = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const trailer = `trailer\n<</Size ${size}/Root ${root} 0 R/Info ${info} 0 R/ID[<${id}><${id}>]>>\nstartxref\n${length}\n%%EOF\n`;
  push(bytesOf(`xref\n0 ${size}\n0000000000 65535 f \n${lines}${trailer}`));
  return { bytes: joinBytes(parts), offsets };
}

const endPattern =
  /trailer\n<<\/Size (\d{1,6})\/Root (\d{1,6}) 0 R\/Info (\d{1,6}) 0 R\/ID\[<([0-9a-f]{32})><[0-9a-f]{32}>\]>>\nstartxref\n(\d{1,10})\n%%EOF\n$/;

/** Undefined: not a file of this form, to the last byte. */
export function readHouseFile(bytes: Uint8Array): HouseFile | undefined {
  const version = textOf(bytes.subarray(5, 8));
  if (version !== '1.4' && version !== '1.7') return undefined;
  const end = endPattern.exec(textOf(bytes.subarray(-300)));
  if (end === null) return undefined;
  const [size, root, info, table] = [end[1], end[2], end[3], end[5]].map(Number) as [number, number, number, number];
  const tableStart = table + `xref\n0 ${size}\n0000000000 65535 f \n`.length;
  if (size < 2 || size > mostObjects || tableStart + (size - 1) * 20 > bytes.length) return undefined;
  const starts = Array.from({ length: size - 1 }, (_, i) =>
    Number(textOf(bytes.subarray(tableStart + i * 20, tableStart + i * 20 + 10))),
  );
  const objects: HouseObject[] = [];
  for (const [i, start] of starts.entries()) {
    const stop = starts[i + 1] ?? table;
    if (!(start >= 15 && stop > start && stop <= table)) return undefined;
    const object = readObject(bytes.subarray(start, stop), i + 1);
    if (object === undefined) return undefined;
    objects.push(object);
  }
  const file: HouseFile = { version, objects, root, info, id: end[4] as string };
  return isSame(writeHouseFile(file).bytes, bytes) ? file : undefined;
}

/** The longest value is that with the signature. */
const longestValue = 65_536;

function readObject(bytes: Uint8Array, number: number): HouseObject | undefined {
  const head = `${number} 0 obj\n`.length;
  const text = textOf(bytes.subarray(head, head + longestValue));
  const streamAt = text.indexOf('\nstream\n');
  const tail = '\nendobj\n'.length;
  if (streamAt < 0) {
    return bytes.length - head - tail > longestValue ? undefined : { value: text.slice(0, bytes.length - head - tail) };
  }
  const value = text.slice(0, streamAt);
  const stream = bytes.subarray(head + streamAt + 8, bytes.length - '\nendstream'.length - tail);
  return value.endsWith(`/Length ${stream.length}>>`) ? { value, stream } : undefined;
}
