/**
 * Files that somebody changed: what is believed to be an issued file shows what was issued, and whatever else is given
 * ends in a fault that has a name, within bounds. PROOF_ATTACKS multiplies how many are tried.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { deflateSync } from 'node:zlib';
import { openFormEngine } from '@dokodemo/documents';
import utif from 'utif2';
import { encodePng } from './files/encode-png.ts';
import { faultCodes } from './files/fault.ts';
import { openToolsInNode } from './files/in-node.ts';
import { frontOfIssuedFile } from './files/issued-file.ts';
import { type VerifierTools, verifyFiles } from './files/verify-files.ts';
import type { GrayImage } from './read/gray-image.ts';
import { sha256 } from './sha256.ts';
import { type TestAuthority, testAuthority } from './testing/authority.ts';
import { type Chance, chanceOf } from './testing/chance.ts';
import { issueCopy } from './testing/issued.ts';

const times = Math.max(1, Number(process.env.PROOF_ATTACKS ?? 1));
const convert = '/usr/bin/convert-im6.q16';
const folder = mkdtempSync(path.join(tmpdir(), 'forged-'));
const place = (name: string) => path.join(folder, name);
const below = (chance: Chance, count: number) => Math.floor(chance.next() * count);
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

let authority: TestAuthority;
let tools: VerifierTools;
let papers: readonly Uint8Array[];

before(async () => {
  authority = await testAuthority();
  tools = await openToolsInNode();
  const [engine, signer] = [openFormEngine(), await authority.signerOf('482013')];
  papers = [1, 2].map((seed) => issueCopy(engine, signer, 'residence', 0, seed).sheets[0] ?? new Uint8Array(0));
});
after(() => rmSync(folder, { recursive: true, force: true }));

async function firstPage(pdf: Uint8Array): Promise<GrayImage> {
  for await (const { picture } of tools.drawPdf(pdf, 0.5)) return picture;
  throw new RangeError('no page');
}

/** Objects of a file as they stand in it, with what is between them. */
const objectsOf = (pdf: Uint8Array) =>
  Buffer.from(pdf)
    .toString('latin1')
    .split(/(?<=\nendobj\n)/);

/** One of the ways in which a file is changed by somebody who has two. */
function mutated(own: Uint8Array, foreign: Uint8Array, chance: Chance): Uint8Array {
  const at = below(chance, own.length);
  switch (below(chance, 6)) {
    case 0:
      return own.slice(0, at);
    case 1:
      return Buffer.concat([own, chance.next() < 0.5 ? foreign : chance.bytes(1 + below(chance, 300))]);
    case 2: {
      const [objects, others] = [objectsOf(own), objectsOf(foreign)];
      const i = below(chance, objects.length);
      objects[i] = others[chance.next() < 0.7 ? i : below(chance, others.length)] ?? '';
      return Buffer.from(objects.join(''), 'latin1');
    }
    case 3: {
      // The front of one, and what was written behind the other.
      const [front, other] = [frontOfIssuedFile(own), frontOfIssuedFile(foreign)];
      return Buffer.concat([front ?? own, foreign.subarray(other?.length ?? 0)]);
    }
    case 4:
      return Buffer.concat([own.subarray(0, at), foreign.subarray(at, at + 1 + below(chance, 400)), own.subarray(at)]);
    default: {
      const out = own.slice();
      for (let i = 0; i <= below(chance, 3); i++) {
        const bit = below(chance, own.length * 8);
        out[bit >> 3] = (out[bit >> 3] as number) ^ (1 << (bit & 7));
      }
      return out;
    }
  }
}

test(`${480 * times} changed PDFs: what is taken for an issued front is one, and shows it`, async () => {
  const [one = new Uint8Array(0), two = new Uint8Array(0)] = papers;
  const signed = new Map<string, string>();
  for (const paper of papers)
    signed.set(hex(sha256(frontOfIssuedFile(paper) ?? one)), hex(sha256((await firstPage(paper)).pixels)));
  assert.equal(signed.size, 2);
  let taken = 0;
  for (let seed = 1; seed <= 480 * times; seed++) {
    const file = mutated(...((seed % 2 ? [one, two] : [two, one]) as [Uint8Array, Uint8Array]), chanceOf(seed));
    const front = frontOfIssuedFile(file);
    const shows = front === undefined ? undefined : signed.get(hex(sha256(front)));
    if (shows === undefined) continue;
    taken++;
    assert.equal(hex(sha256((await firstPage(file)).pixels)), shows, `seed ${seed}`);
  }
  assert.ok(taken > 20, `${taken} had a whole front`);
});

test('the front of one with the back of another in one PDF: nothing holds', async () => {
  const [one = new Uint8Array(0), two = new Uint8Array(0)] = papers;
  const back = two.subarray(frontOfIssuedFile(two)?.length ?? 0);
  const bytes = new Uint8Array(Buffer.concat([frontOfIssuedFile(one) ?? one, back]));
  const done = await verifyFiles([{ name: 'mixed.pdf', bytes }], tools, { trust: authority.trust });
  const answers = done.readable ? done.sheets.map(({ integrity }) => integrity.answer) : [];
  assert.ok(!answers.includes('holds'), JSON.stringify(answers));
});

describe('pictures', () => {
  const small = (): GrayImage => {
    const chance = chanceOf(5);
    const pixels = Uint8Array.from({ length: 120 * 170 }, (_, i) => (i % 7 < 3 ? 30 : 220 + 20 * chance.next()));
    return { width: 120, height: 170, pixels };
  };
  const sources = (): readonly (readonly [string, Uint8Array])[] => {
    const { width, height, pixels } = small();
    const colours = new Uint8Array(width * height * 4);
    for (const [i, it] of pixels.entries()) colours.fill(it, 4 * i, 4 * i + 4);
    writeFileSync(place('p.png'), encodePng(small()));
    const made: [string, Uint8Array][] = [
      ['p.png', readFileSync(place('p.png'))],
      ['p.tif', new Uint8Array(utif.encodeImage(colours, width, height))],
    ];
    if (!existsSync(convert)) return made;
    for (const [name, ...options] of [
      ['b.jpg', '-quality', '80'],
      ['p.jpg', '-interlace', 'JPEG', '-quality', '80'],
      ['z.tif', '-compress', 'Zip'],
      ['l.tif', '-compress', 'LZW'],
      ['g4.tif', '-threshold', '50%', '-compress', 'Group4'],
      ['j.tif', '-compress', 'JPEG'],
    ] as const) {
      assert.equal(spawnSync(convert, [place('p.png'), ...options, place(name)]).status, 0);
      made.push([name, readFileSync(place(name))]);
    }
    return made;
  };

  test(`${280 * times} damaged ones with headers that lie: each has its fault, or shows no paper`, async () => {
    const kinds = sources();
    for (let seed = 1; seed <= 280 * times; seed++) {
      const chance = chanceOf(seed + 9_000);
      const [name, bytes] = kinds[seed % kinds.length] as (typeof kinds)[number];
      const file = chance.next() < 0.3 ? bytes.slice(0, 1 + below(chance, bytes.length)) : bytes.slice();
      // The first bytes of a file say how large it is and how it is packed; of a TIFF, also the last.
      const near = Math.min(file.length, 300);
      for (let i = 0; i <= below(chance, 4); i++) {
        const at = below(chance, near);
        file[name.endsWith('.tif') && chance.next() < 0.5 ? file.length - 1 - at : at] = below(chance, 256);
      }
      const done = await verifyFiles([{ name, bytes: file }], tools, { trust: authority.trust });
      assert.equal(done.readable, false, `seed ${seed}`);
      for (const { code } of done.faults) assert.ok(faultCodes.includes(code), `seed ${seed}: ${code}`);
    }
  });
});

test('files that unfold without end are refused in little memory', () => {
  const zeros = deflateSync(Buffer.alloc(200_000_000), { level: 9 });
  const png = Buffer.from(encodePng({ width: 8, height: 8, pixels: new Uint8Array(64) }));
  const data = png.indexOf('IDAT');
  const length = Buffer.alloc(4);
  length.writeUInt32BE(zeros.length);
  const end = png.subarray(png.length - 12);
  const wide = Buffer.from(png);
  wide.writeUInt32BE(29_000, 16);
  wide.writeUInt32BE(29_000, 20);
  const pdf = (width: number, page: number) =>
    Buffer.concat([
      Buffer.from(`%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 ${page} ${page}]/Resources<</XObject<</I 5 0 R>>>>/Contents 4 0 R>>\nendobj\n4 0 obj\n<</Length 28>>\nstream\nq 500 0 0 500 0 0 cm /I Do Q\nendstream\nendobj\n5 0 obj\n<</Type/XObject/Subtype/Image/Width ${width}/Height ${width}/BitsPerComponent 8/ColorSpace/DeviceGray/Filter/FlateDecode/Length ${zeros.length}>>\nstream\n`), // biome-ignore format: one file
      zeros,
      Buffer.from('\nendstream\nendobj\ntrailer\n<</Size 6/Root 1 0 R>>\n%%EOF\n'),
    ]);
  const bombs: Readonly<Record<string, Buffer>> = {
    'more.png': Buffer.concat([png.subarray(0, data - 4), length, Buffer.from('IDAT'), zeros, Buffer.alloc(4), end]),
    'wide.png': wide,
    'wide.jpg': Buffer.from('ffd8ffc0000b08fff0fff001011100ffda0008010100003f00ffd9', 'hex'),
    'image.pdf': pdf(30_000, 595),
    'page.pdf': pdf(10, 200_000),
  };
  for (const [name, bytes] of Object.entries(bombs)) writeFileSync(place(name), bytes);
  writeFileSync(place('trust.json'), JSON.stringify(authority.trust));
  const program = fileURLToPath(new URL('testing/judge-file.ts', import.meta.url));
  const args = ['--max-old-space-size=256', program, place('trust.json'), ...Object.keys(bombs).map(place)];
  const done = spawnSync(process.execPath, args, { encoding: 'utf8', timeout: 120_000 });
  assert.equal(done.status, 0, done.stderr);
  const { said, mostKilobytes } = JSON.parse(done.stdout) as { said: readonly string[]; mostKilobytes: number };
  assert.deepEqual(said.slice(0, 3), ['picture-too-large', 'picture-too-large', 'picture-too-large']);
  assert.ok(!said.includes('readable'), said.join());
  assert.ok(mostKilobytes < 1_500_000, `${mostKilobytes} KB`);
});
