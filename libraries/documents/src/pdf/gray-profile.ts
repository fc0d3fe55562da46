/** A small ICC profile for gray with a gamma of 2.2 (ICC.1:2001-04), made here so that its origin is known: PDF/A wants
 *  to know what "black" means. */

function tag(signature: string, body: Buffer): Buffer {
  const bytes = Buffer.concat([Buffer.from(signature, 'latin1'), Buffer.alloc(4), body]);
  return bytes.length % 4 === 0 ? bytes : Buffer.concat([bytes, Buffer.alloc(4 - (bytes.length % 4))]);
}

const s15Fixed16 = (value: number) => Math.round(value * 65_536);

function xyz(x: number, y: number, z: number): Buffer {
  const bytes = Buffer.alloc(12);
  for (const [i, value] of [x, y, z].entries()) bytes.writeInt32BE(s15Fixed16(value), 4 * i);
  return bytes;
}

function description(text: string): Buffer {
  const ascii = Buffer.from(`${text}\0`, 'latin1');
  const length = Buffer.alloc(4);
  length.writeUInt32BE(ascii.length);
  // No Unicode and no Macintosh description: their counts are zero.
  return Buffer.concat([length, ascii, Buffer.alloc(4 + 4 + 2 + 1 + 67)]);
}

function gamma(value: number): Buffer {
  const bytes = Buffer.alloc(6);
  bytes.writeUInt32BE(1, 0);
  bytes.writeUInt16BE(Math.round(value * 256), 4);
  return bytes;
}

export function grayProfile(): Buffer {
  const tags: readonly (readonly [string, Buffer])[] = [
    ['desc', tag('desc', description('Dokodemo gray, gamma 2.2'))],
    ['cprt', tag('text', Buffer.from('No copyright, use freely\0', 'latin1'))],
    ['wtpt', tag('XYZ ', xyz(0.9642, 1, 0.8249))],
    ['kTRC', tag('curv', gamma(2.2))],
  ];
  const table = Buffer.alloc(4 + 12 * tags.length);
  table.writeUInt32BE(tags.length, 0);
  let at = 128 + table.length;
  for (const [i, [name, body]] of tags.entries()) {
    table.write(name, 4 + 12 * i, 'latin1');
    table.writeUInt32BE(at, 8 + 12 * i);
    table.writeUInt32BE(body.length, 12 + 12 * i);
    at += body.length;
  }
  const header = Buffer.alloc(128);
  header.writeUInt32BE(at, 0);
  header.writeUInt32BE(0x02100000, 8);
  header.write('mntrGRAYXYZ ', 12, 'latin1');
  for (const [i, part] of [2026, 1, 1, 0, 0, 0].entries()) header.writeUInt16BE(part, 24 + 2 * i);
  header.write('acsp', 36, 'latin1');
  xyz(0.9642, 1, 0.8249).copy(header, 68);
  return Buffer.concat([header, table, ...tags.map(([, body]) => body)]);
}
