/** `dokodemo copy-of` as a process: the word 複写 comes out of a certificate; everything else is refused in plain words. */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { openFormEngine } from '@dokodemo/documents';
import { decodePng, type GrayImage } from '@dokodemo/proof';
import {
  copyFactsOf,
  inWord,
  issueCopy,
  sheetsOf,
  signedCopy,
  testAuthority,
  usualProfile,
} from '@dokodemo/proof/testing';
import { dokodemoIn } from './testing/by-command.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'copy-of-'));
const place = (name: string) => path.join(folder, name);
const dokodemo = dokodemoIn(folder);

before(async () => {
  const engine = openFormEngine();
  const authority = await testAuthority();
  const signer = await authority.signerOf('482013');
  writeFileSync(place('paper.pdf'), issueCopy(engine, signer, 'residence').sheets[0] ?? '');
  writeFileSync(place('trust.json'), JSON.stringify(authority.trust));
  const [sheets = []] = sheetsOf('residence', engine);
  writeFileSync(place('electronic.pdf'), signedCopy(sheets, copyFactsOf(sheets.length), signer, authority.pem));
});
after(() => rmSync(folder, { recursive: true, force: true }));

/** How much darker (ΔL*) the page is where the word should be than elsewhere. `shift`: the word looked for elsewhere. */
function wordIn({ width, height, pixels }: GrayImage, shift = 0): number {
  const sums = { word: 0, words: 0, field: 0, fields: 0 };
  // Below the middle a residence certificate of this kind is empty.
  for (let y = Math.floor(height * 0.6); y < Math.floor(height * 0.85); y++) {
    for (let x = Math.floor(width * 0.1); x < Math.floor(width * 0.9); x++) {
      const encoded = (pixels[y * width + x] ?? 255) / 255;
      const light = encoded <= 0.04045 ? encoded / 12.92 : ((encoded + 0.055) / 1.055) ** 2.4;
      if (inWord(2 * x + shift, 2 * y, usualProfile.large.pitch)) {
        sums.word += light;
        sums.words++;
      } else {
        sums.field += light;
        sums.fields++;
      }
    }
  }
  const lightness = (sum: number, count: number) => 116 * Math.cbrt(sum / count) - 16;
  return lightness(sums.field, sums.fields) - lightness(sums.word, sums.words);
}

test('each page comes out as a picture of A4 at 300 dpi, and on the front 複写 can be read', async () => {
  const done = await dokodemo('copy-of', 'paper.pdf', '--dpi', '300', '--out', 'copy.png');
  assert.equal(done.status, 0, done.err);
  assert.deepEqual(done.out.split('\n'), ['copy.png', 'copy-2.png', '']);
  const [front, back] = ['copy.png', 'copy-2.png'].map((name) => decodePng(new Uint8Array(readFileSync(place(name)))));
  for (const page of [front, back])
    assert.ok(page !== undefined && Math.abs(page.width - 2_480) <= 1 && Math.abs(page.height - 3_508) <= 1);
  assert.ok(front !== undefined);
  const [seen, elsewhere] = [wordIn(front), wordIn(front, 640)];
  assert.ok(seen > 2 && Math.abs(elsewhere) < seen / 2, `${seen}, elsewhere ${elsewhere}`);
  const checked = await dokodemo('verify', 'copy.png', 'copy-2.png', '--trust', 'trust.json', '--offline', '--json');
  assert.equal(checked.status, 3, checked.err);
  const [sheet] = (JSON.parse(checked.out) as { sheets: { [question: string]: { answer: string; code: string } }[] })
    .sheets;
  assert.deepEqual(
    [sheet?.integrity?.answer, sheet?.issuer?.answer, sheet?.originality?.code],
    ['holds', 'holds', 'word-shows'],
  );
});

test('what it cannot copy it says in plain words, and writes nothing', async () => {
  writeFileSync(place('text.pdf'), 'no PDF');
  for (const [file, args, line] of [
    ['paper.pdf', ['--dpi', '150', '--out', 'x.png'], /200, 300 or 600 is expected/],
    ['paper.pdf', ['--out', 'x.jpg'], /ends in \.png/],
    ['paper.pdf', ['--out', 'nowhere/x.png'], /nowhere\/x\.png: cannot be written/],
    ['electronic.pdf', ['--out', 'x.png'], /an electronic copy.*dokodemo verify electronic\.pdf/],
    ['text.pdf', ['--out', 'x.png'], /text\.pdf: no certificate’s PDF/],
    ['missing.pdf', ['--out', 'x.png'], /no such file/],
    ['.', ['--out', 'x.png'], /a folder/],
  ] as const) {
    const done = await dokodemo('copy-of', file, ...args);
    assert.equal(done.status, 1, done.out);
    assert.match(done.err.replace("'", '’'), line);
    assert.ok(!done.err.includes('    at ') && !existsSync(place('x.png')), done.err);
  }
});
