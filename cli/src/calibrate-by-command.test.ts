/** `dokodemo calibrate` as a process: a sheet comes out, is printed, copied and scanned (simulated), and is read. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { readPages } from '@dokodemo/documents';
import { openAppendOnlyFile } from '@dokodemo/kiosk/disk';
import { copierModes, encodePng, type GrayImage, packed } from '@dokodemo/proof';
import { arriving, calibrationLayout, copiedFrom, fieldDots, scannedSheet } from '@dokodemo/proof/testing';
import { certify, createAuthority } from '@dokodemo/protocol/authority';
import { dokodemoIn } from './testing/by-command.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'calibrate-'));
const place = (name: string) => path.join(folder, name);
const dokodemo = dokodemoIn(folder);
after(() => rmSync(folder, { recursive: true, force: true }));

const write = (name: string, scan: GrayImage) => writeFileSync(place(name), encodePng(scan, 200));

/** Every field as the last one is, which shows the word on the paper of a usual printer. */
function allAsTheLast({ width, height, pixels }: GrayImage): GrayImage {
  const out = pixels.slice();
  const inPixels = (dots: number) => Math.round(dots / 3);
  const size = fieldDots(calibrationLayout);
  const last = calibrationLayout.fields.at(-1) ?? assert.fail();
  for (const { left, top } of calibrationLayout.fields) {
    for (let y = 0; y < inPixels(size.height); y++) {
      const from = (inPixels(last.top) + y) * width + inPixels(last.left);
      out.set(pixels.subarray(from, from + inPixels(size.width)), (inPixels(top) + y) * width + inPixels(left));
    }
  }
  return { width, height, pixels: out };
}

before(async () => {
  const made = await dokodemo('calibrate', 'sheet', '--out', 'sheet.pdf');
  assert.deepEqual([made.status, made.out], [0, 'sheet.pdf\n'], made.err);
  const [page] = readPages(new Uint8Array(readFileSync(place('sheet.pdf'))));
  const drawn = page?.draw(600, { background: true }) ?? assert.fail();
  const dots = packed(
    drawn.width,
    drawn.height,
    drawn.ink.map((it) => (it > 127 ? 1 : 0)),
  );
  const paper = arriving(dots, 0.4);
  write('scan.png', scannedSheet(paper, { dpi: 200 }));
  write('none.png', allAsTheLast(scannedSheet(paper, { dpi: 200, turnDegrees: 0, shade: 0 })));
  const copy = arriving(copiedFrom(paper, copierModes[300] ?? assert.fail()), 0.4);
  write('copy.png', scannedSheet(copy, { dpi: 200 }));
});

test('the whole sheet, words and all: the profile that suits, a table, and the line for the configuration', async () => {
  const done = await dokodemo('calibrate', 'read', 'scan.png', '--copy', 'copy.png', '--terminal', 'KIOSK-0012');
  assert.equal(done.status, 0, done.err);
  assert.match(done.out, /scan\.png: 200 dpi\ncopy 1: copy\.png, 200 dpi/);
  assert.match(done.out, /→ . \w+ +−?0\.\d +3\.\d {3}suits this printer/);
  assert.match(done.out, /E heavy +1\.\d .*the word shows on the paper itself/);
  assert.match(done.out, /"grounds": \{ "terminals": \{ "KIOSK-0012": "(thin|usual)" \} \}\n$/);
});

test('for machines one object, without pictures', async () => {
  const done = await dokodemo('calibrate', 'read', 'scan.png', '--json');
  assert.equal(done.status, 0, done.err);
  const told = JSON.parse(done.out) as { verdict: { code: string }; profiles: { paper: object }[] };
  assert.equal(told.verdict.code, 'fits-on-paper');
  assert.deepEqual(
    told.profiles.map(({ paper }) => Object.keys(paper)),
    Array(5).fill(['profile', 'deltaL', 'error', 'tone']),
  );
});

test('no profile suits: 3, and no line for the configuration', async () => {
  const done = await dokodemo('calibrate', 'read', 'none.png');
  assert.equal(done.status, 3, done.err);
  assert.match(done.out, /no profile suits: with each of them the word can be seen on the paper itself\n$/);
});

test('what cannot be measured is refused in plain words, each file for its reason', async () => {
  for (const [args, line] of [
    [['scan.png', '--copy', 'scan.png'], /^scan\.png \(as a copy\): this looks as the printed sheet itself does/],
    [['sheet.pdf'], /^sheet\.pdf: this is the sheet’s file/],
    [['missing.png'], /missing\.png: there is no such file/],
    [['scan.png', '--terminal', 'x'], /a terminal's id is expected/],
  ] as const) {
    const done = await dokodemo('calibrate', 'read', ...args);
    assert.equal(done.status, 1, done.out);
    assert.match(done.err, line);
    assert.ok(!done.err.includes('    at '), done.err);
  }
  const elsewhere = await dokodemo('calibrate', 'sheet', '--out', 'sheet.png');
  assert.deepEqual([elsewhere.status, elsewhere.err], [1, '--out sheet.png: a name that ends in .pdf is expected\n']);
  writeFileSync(place('kiosk.json'), '{}');
  const wrong = await dokodemo('calibrate', 'print', '--config', 'kiosk.json');
  assert.equal(wrong.status, 1);
  assert.match(wrong.err, /^The kiosk’s configuration cannot be used:/);
});

test('out of the printer of a kiosk that is stopped, and never of one that runs', async () => {
  const validity = { notBefore: new Date(Date.now() - 86_400_000), notAfter: new Date(Date.now() + 86_400_000) };
  const authority = await createAuthority('test', validity.notBefore, validity.notAfter);
  const own = await certify(authority, { use: 'kiosk', id: 'KIOSK-0012', ...validity });
  const cards = [{ cardId: 'taro', label: 'taro', note: '', pin: '1234' }];
  const config = {
    listen: { port: 0 },
    center: { url: 'https://127.0.0.1:1' },
    tls: { key: { pem: own.key }, certificate: { pem: own.certificate }, authority: { pem: authority.certificate } },
    documentAuthority: { pem: authority.certificate },
    terminal: { terminalId: 'KIOSK-0012', store: '一号店' },
    journalFile: place('journal'),
    production: false,
    devices: {
      printer: { kind: 'folder', directory: place('out') },
      money: { kind: 'simulated', stateFile: place('money.json') },
      reader: { kind: 'simulated', wallet: { shelf: place('cards'), authority: place('cards'), cards } },
    },
    bench: { pageOrigin: 'http://localhost:4999' },
  };
  writeFileSync(place('kiosk.json'), JSON.stringify(config));
  const done = await dokodemo('calibrate', 'print', '--config', 'kiosk.json');
  assert.equal(done.status, 0, done.err);
  assert.deepEqual(readFileSync(place('out/calibration-sheet.pdf')), readFileSync(place('sheet.pdf')));
  const running = await openAppendOnlyFile(config.journalFile);
  try {
    const refused = await dokodemo('calibrate', 'print', '--config', 'kiosk.json');
    assert.deepEqual([refused.status, refused.err.includes('in use by another kiosk agent')], [1, true], refused.err);
  } finally {
    await running.close();
  }
});

test('its help says what the statuses mean', async () => {
  assert.match((await dokodemo('calibrate', 'read', '--help')).out, /0 a profile suits, 3 none does/);
  assert.match((await dokodemo('calibrate', '--help')).out, /calibrate read scan\.png --copy/);
});
