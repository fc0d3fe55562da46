/** A sheet lies in the folder whole or not at all, under a name that tells nobody's. */
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { folderPrinter } from './folder-printer.ts';

describe('a folder that stands for a printer', () => {
  let root: string;
  before(() => {
    root = mkdtempSync(path.join(tmpdir(), 'kiosk-folder-'));
  });
  after(() => rmSync(root, { recursive: true, force: true }));

  const sheet = (text: string) => new Uint8Array(Buffer.from(text));
  const never = new AbortController().signal;
  const print = (folder: string, name: string, text: string, signal = never) =>
    folderPrinter(folder).print({ name, sheet: sheet(text) }, () => undefined, signal);

  test('a sheet lies there under its job’s name; the same name again is another sheet', async () => {
    const folder = path.join(root, 'paper');
    assert.deepEqual(await folderPrinter(folder).conditions(), []);
    assert.deepEqual(await print(folder, '20261123-ab12 1/2', 'one'), { outcome: 'printed' });
    assert.deepEqual(await print(folder, '20261123-ab12 1/2', 'other'), { outcome: 'printed' });
    assert.deepEqual(readdirSync(folder).sort(), ['20261123-ab12-1-2-2.pdf', '20261123-ab12-1-2.pdf']);
    assert.equal(readFileSync(path.join(folder, '20261123-ab12-1-2.pdf'), 'utf8'), 'one');
    if (process.platform !== 'win32')
      assert.equal(statSync(path.join(folder, '20261123-ab12-1-2.pdf')).mode & 0o077, 0);
  });

  test('a name never leads out of the folder', async () => {
    const folder = path.join(root, 'names');
    for (const name of ['../../outside', '..', '', 'a\0b', '/etc/x']) await print(folder, name, 'x');
    assert.deepEqual(readdirSync(folder).sort(), ['a-b.pdf', 'etc-x.pdf', 'outside.pdf', 'sheet-2.pdf', 'sheet.pdf']);
  });

  test('a folder that cannot be: offline, and nothing was printed', async () => {
    const file = path.join(root, 'a-file');
    writeFileSync(file, '');
    assert.deepEqual(await folderPrinter(file).conditions(), ['offline']);
    const outcome = await print(file, 'x', 'x');
    assert.equal(outcome.outcome, 'not-printed');
  });

  test('a sheet that finds no place is not printed, and nothing of it stays', async () => {
    const folder = path.join(root, 'full');
    await print(folder, 'x', 'x');
    for (let count = 2; count <= 100; count++) writeFileSync(path.join(folder, `x-${count}.pdf`), '');
    const outcome = await print(folder, 'x', 'one more');
    assert.equal(outcome.outcome, 'not-printed');
    assert.ok(readdirSync(folder).every((name) => name.endsWith('.pdf')));
  });

  test('given up before it began; and what became of a job, asked later', async () => {
    const folder = path.join(root, 'later');
    assert.equal((await print(folder, 'early', 'x', AbortSignal.abort())).outcome, 'not-printed');
    await print(folder, 'job 1/1', 'x');
    const { recall } = folderPrinter(folder);
    assert.deepEqual(await recall?.('job 1/1'), { outcome: 'printed' });
    assert.equal((await recall?.('early'))?.outcome, 'not-printed');
  });
});
