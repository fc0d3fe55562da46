/** One paper in every kind of file that scanners and programs write: the same answer each time. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { openFormEngine } from '@dokodemo/documents';
import { type TestAuthority, testAuthority } from '../testing/authority.ts';
import { issueCopy } from '../testing/issued.ts';
import { openToolsInNode } from './in-node.ts';
import { type FilesVerification, type VerifierTools, verifyFiles } from './verify-files.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'kinds-'));
const place = (name: string) => path.join(folder, name);
const hasConvert = existsSync('/usr/bin/convert-im6.q16');
let authority: TestAuthority;
let tools: VerifierTools;

function run(program: string, ...args: string[]): void {
  const done = spawnSync(program, args, { cwd: folder, encoding: 'utf8' });
  assert.equal(done.status, 0, done.stderr);
}
const verify = (...names: string[]): Promise<FilesVerification> =>
  verifyFiles(
    names.map((name) => ({ name, bytes: new Uint8Array(readFileSync(place(name))) })),
    tools,
    { trust: authority.trust },
  );
const integrityOf = (done: FilesVerification) =>
  done.readable ? done.sheets.map(({ integrity }) => integrity.code) : [done.code];

before(async () => {
  authority = await testAuthority();
  tools = await openToolsInNode();
  const engine = openFormEngine();
  const signer = await authority.signerOf('482013');
  writeFileSync(place('one.pdf'), issueCopy(engine, signer, 'residence').sheets[0] ?? '');
  const { sheets } = issueCopy(engine, signer, 'family-register', 0, 2);
  for (const [i, sheet] of sheets.entries()) writeFileSync(place(`sheet-${i + 1}.pdf`), sheet);
  writeFileSync(place('seal.pdf'), issueCopy(engine, signer, 'seal-registration', 0, 3).sheets[0] ?? '');
  run('pdftoppm', '-r', '200', '-gray', '-png', 'one.pdf', 'p');
  run('pdftoppm', '-r', '300', '-gray', '-png', 'seal.pdf', 's');
});
after(() => rmSync(folder, { recursive: true, force: true }));

test('the very file holds byte for byte, and so do the sheets of one copy as several files', async () => {
  assert.deepEqual(integrityOf(await verify('one.pdf')), ['byte-for-byte']);
  assert.deepEqual(integrityOf(await verify('sheet-2.pdf', 'sheet-1.pdf')), ['byte-for-byte', 'byte-for-byte']);
});

test('sheets that another program joined look as issued, and the file is another', async () => {
  run('qpdf', '--empty', '--pages', 'sheet-1.pdf', 'sheet-2.pdf', '--', 'joined.pdf');
  const looks = 'looks-as-issued-in-a-file';
  assert.deepEqual(integrityOf(await verify('joined.pdf')), [looks, looks]);
});

const kinds: Readonly<Record<string, readonly string[]>> = {
  'f.png b.png': ['-depth', '16', '-define', 'png:bit-depth=16', '-interlace', 'PNG'],
  'f.jpg b.jpg': ['-interlace', 'JPEG', '-quality', '80'],
  'cf.jpg cb.jpg': ['-colorspace', 'CMYK', '-quality', '85'],
};
const together: Readonly<Record<string, readonly string[]>> = {
  'lzw.tif': ['-compress', 'LZW'],
  'zip.tif': ['-compress', 'Zip'],
  'jpeg.tif': ['-compress', 'JPEG', '-quality', '85'],
  'g4.tif': ['-threshold', '50%', '-compress', 'Group4'],
  'g3.tif': ['-threshold', '50%', '-compress', 'Fax'],
};

describe('scans', { skip: hasConvert ? false : 'ImageMagick is missing' }, () => {
  for (const [names, options] of Object.entries(kinds)) {
    test(`${names}: ${options.join(' ')}`, async () => {
      const [front = '', back = ''] = names.split(' ');
      run('/usr/bin/convert-im6.q16', 'p-1.png', ...options, front);
      run('/usr/bin/convert-im6.q16', 'p-2.png', ...options, back);
      assert.deepEqual(integrityOf(await verify(front, back)), ['looks-as-issued']);
    });
  }
  test('a page that is nearly empty above its foot (seal registration): as JPEG, and as fax', async () => {
    for (const side of ['1', '2'])
      run('/usr/bin/convert-im6.q16', `s-${side}.png`, ...(kinds['f.jpg b.jpg'] ?? []), `s-${side}.jpg`);
    assert.deepEqual(integrityOf(await verify('s-1.jpg', 's-2.jpg')), ['looks-as-issued']);
    run('/usr/bin/convert-im6.q16', 's-1.png', 's-2.png', ...(together['g4.tif'] ?? []), 's.tif');
    assert.deepEqual(integrityOf(await verify('s.tif')), ['looks-as-issued']);
  });
  for (const [name, options] of Object.entries(together)) {
    test(`${name}: ${options.join(' ')}`, async () => {
      run('/usr/bin/convert-im6.q16', 'p-1.png', 'p-2.png', ...options, name);
      assert.deepEqual(integrityOf(await verify(name)), ['looks-as-issued']);
    });
  }
});

test('what cannot be read is named, and why', async () => {
  run('qpdf', '--encrypt', 'user', 'owner', '256', '--', 'one.pdf', 'locked.pdf');
  writeFileSync(place('empty'), '');
  writeFileSync(place('text'), 'no picture');
  writeFileSync(place('cut.png'), readFileSync(place('p-1.png')).subarray(0, 40));
  const huge = Buffer.from(readFileSync(place('p-1.png')));
  huge.writeUInt32BE(200_000, 16);
  writeFileSync(place('huge.png'), huge);
  const { faults, readable } = await verify('locked.pdf', 'empty', 'text', 'cut.png', 'huge.png');
  assert.equal(readable, false);
  assert.deepEqual(
    faults.map(({ code }) => code),
    ['locked-with-a-password', 'empty-file', 'unknown-kind', 'damaged-file', 'picture-too-large'],
  );
});
