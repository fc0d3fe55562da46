/** A sheet for setting up the printer comes out of the kiosk's own printer, and never beside a resident's. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import { certify, createAuthority } from '@dokodemo/protocol/authority';
import type { KioskConfig } from './config/config.ts';
import { openAppendOnlyFile } from './disk/append-only-file.ts';
import { FileLockedError } from './disk/file-lock.ts';
import { frame } from './journal-frames.ts';
import { printAside } from './print-aside.ts';
import { startIppevePrinter, whatIsMissing } from './printing/testing/ippeve-printer.ts';

const pem = (text: string) => ({ pem: text });
const sheet = new Uint8Array(Buffer.from('%PDF-1.7 calibration %%EOF'));
const name = 'calibration-sheet';

describe('a sheet aside', () => {
  let root: string;
  let folder: string;
  let folders = 0;
  let tls: KioskConfig['tls'];

  before(async () => {
    root = mkdtempSync(path.join(tmpdir(), 'kiosk-aside-'));
    const validity = { notBefore: new Date(Date.now() - 86_400_000), notAfter: new Date(Date.now() + 86_400_000) };
    const authority = await createAuthority('test', validity.notBefore, validity.notAfter);
    const kiosk = await certify(authority, { use: 'kiosk', id: 'DEMO-0001', ...validity });
    tls = { key: pem(kiosk.key), certificate: pem(kiosk.certificate), authority: pem(authority.certificate) };
  });
  after(() => rmSync(root, { recursive: true, force: true }));
  beforeEach(() => {
    folder = path.join(root, `${++folders}`);
    mkdirSync(folder);
  });

  const file = (of: string) => path.join(folder, of);
  const papers = () => (existsSync(file('out')) ? readdirSync(file('out')) : []);
  const configOf = (printer: KioskConfig['devices']['printer']): KioskConfig => ({
    listen: { port: 0 },
    center: { url: 'https://127.0.0.1:1' },
    tls,
    documentAuthority: tls.authority,
    terminal: { terminalId: 'DEMO-0001', store: '一号店' },
    journalFile: file('journal'),
    production: false,
    devices: {
      printer,
      money: { kind: 'simulated', stateFile: file('money.json') },
      reader: {
        kind: 'simulated',
        wallet: { shelf: file('cards'), authority: file('authority'), cards: [{ cardId: 'taro', label: 'taro', note: '', pin: '1234' }] }, // biome-ignore format: one thought
      },
    },
    bench: { pageOrigin: 'http://localhost:4999', paperFolder: file('paper') },
  });
  const intoFolder = () => configOf({ kind: 'folder', directory: file('out') });

  test('comes out, and the journal says nothing of it', async () => {
    assert.deepEqual(await printAside(intoFolder(), sheet, { name }), { outcome: 'printed' });
    assert.deepEqual(papers(), ['calibration-sheet.pdf']);
    assert.deepEqual(new Uint8Array(readFileSync(file('out/calibration-sheet.pdf'))), sheet);
    assert.equal(readFileSync(file('journal')).length, 0);
  });

  test('of a simulated printer, it lies in the tray of the bench', async () => {
    const config = configOf({ kind: 'simulated', stateFile: file('tray.json'), sheetMs: 1 });
    assert.deepEqual(await printAside(config, sheet, { name }), { outcome: 'printed' });
    const lying = JSON.parse(readFileSync(file('tray.json'), 'utf8')) as { name: string }[];
    assert.deepEqual(
      lying.map((it) => it.name),
      [name],
    );
  });

  test('not while the kiosk runs: the journal has one owner', async () => {
    const running = await openAppendOnlyFile(file('journal'));
    try {
      await assert.rejects(printAside(intoFolder(), sheet, { name }), FileLockedError);
    } finally {
      await running.close();
    }
    assert.deepEqual(papers(), []);
  });

  test('not while somebody’s paper or money is open, nor behind a torn or damaged journal', async () => {
    const begun = frame(JSON.stringify({ kind: 'session', sessionId: 's1', at: '2026-11-28T09:00:00+09:00' }));
    for (const [written, why] of [
      [begun, 'journal-unsettled'],
      [begun.subarray(0, -5), 'journal-damaged'],
      [Buffer.concat([Buffer.from('nonsense\n'), begun]), 'journal-damaged'],
    ] as const) {
      writeFileSync(file('journal'), written);
      assert.deepEqual(await printAside(intoFolder(), sheet, { name }), { outcome: 'refused', why });
      assert.deepEqual(readFileSync(file('journal')), Buffer.from(written));
    }
    assert.deepEqual(papers(), []);
  });

  test('not where the printer is not ready', async () => {
    writeFileSync(file('out'), 'a file where a folder should be');
    const done = await printAside(intoFolder(), sheet, { name });
    assert.deepEqual(done, { outcome: 'refused', why: 'printer-not-ready', conditions: ['offline'] });
  });

  test('goes to a real IPP printer as it is', { skip: whatIsMissing ?? false }, async () => {
    const device = await startIppevePrinter(file('.'));
    try {
      const config = configOf({ kind: 'ipp', url: device.url });
      assert.deepEqual(await printAside(config, sheet, { name }), { outcome: 'printed' });
      const { attributes, document } = device.received(1);
      assert.deepEqual(new Uint8Array(document), sheet);
      assert.ok(Object.values(attributes).includes(name), JSON.stringify(attributes));
    } finally {
      await device.kill();
    }
  });
});
