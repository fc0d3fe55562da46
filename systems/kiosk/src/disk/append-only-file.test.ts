/** What was answered survives: also a power cut between any two operations of the disk. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { appendOnly, type DiskFile, openAppendOnlyFile } from './append-only-file.ts';
import { FileLockedError } from './file-lock.ts';

const bytes = (text: string) => Buffer.from(text);
const text = (given: Uint8Array) => Buffer.from(given).toString();

/** Keeps what was synced; of the rest a power cut keeps any beginning. */
function forgetfulDisk(options: { writeAtMost?: number; failSyncAt?: number } = {}) {
  let syncs = 0;
  const done: string[] = [];
  let content = '';
  let synced = '';
  const disk: DiskFile = {
    readAll: async () => bytes(content),
    async writeAtEnd(given) {
      const part = text(given).slice(0, options.writeAtMost ?? given.length);
      content += part;
      done.push(`write ${part}`);
      return part.length;
    },
    async sync() {
      if (++syncs === options.failSyncAt) throw new Error('EIO');
      synced = content;
      done.push('sync');
    },
    async truncate(length) {
      content = content.slice(0, length);
      done.push(`truncate ${length}`);
    },
    close: async () => void done.push('close'),
  };
  return { disk, done, afterPowerCut: () => synced };
}

describe('an append-only file', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'kiosk-journal-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  test('what append has answered is on the disk, in the order of the calls', async () => {
    const { disk, afterPowerCut } = forgetfulDisk();
    const file = appendOnly(disk);
    const seen: [string, string][] = [];
    const said = (line: string) => file.append(bytes(line)).then(() => seen.push([line, afterPowerCut()]));
    await Promise.all([said('a;'), said('b;'), said('c;')]);
    await said('d;');
    assert.deepEqual(
      seen.map(([line]) => line),
      ['a;', 'b;', 'c;', 'd;'],
    );
    for (const [line, kept] of seen) assert.ok(kept.includes(line), `${line} was answered and not synced`);
    assert.equal(afterPowerCut(), 'a;b;c;d;');
  });

  test('appends that wait together share one fsync', async () => {
    const { disk, done } = forgetfulDisk();
    const file = appendOnly(disk);
    await Promise.all(['a', 'b', 'c', 'd'].map((line) => file.append(bytes(line))));
    assert.deepEqual(done, ['write abcd', 'sync']);
  });

  test('a disk that takes a part at a time gets the rest before the fsync', async () => {
    const { disk, done } = forgetfulDisk({ writeAtMost: 3 });
    await appendOnly(disk).append(bytes('12345678'));
    assert.deepEqual(done, ['write 123', 'write 456', 'write 78', 'sync']);
  });

  test('what is appended after a truncation is written after it, also when nobody waits in between', async () => {
    const { disk, afterPowerCut, done } = forgetfulDisk();
    const file = appendOnly(disk);
    await Promise.all([file.append(bytes('whole;to')), file.truncate(6), file.append(bytes('next;'))]);
    assert.equal(afterPowerCut(), 'whole;next;');
    assert.deepEqual(done, ['write whole;to', 'sync', 'truncate 6', 'sync', 'write next;', 'sync']);
  });

  test('after a failed fsync nothing is promised any more', async () => {
    // The next fsync says that all is well: the bytes of the failed one are gone all the same.
    const { disk, afterPowerCut } = forgetfulDisk({ failSyncAt: 2 });
    const file = appendOnly(disk);
    await file.append(bytes('a'));
    await assert.rejects(file.append(bytes('b')), /disk has failed/);
    await assert.rejects(file.append(bytes('c')), /disk has failed/);
    await assert.rejects(file.truncate(0), /disk has failed/);
    assert.equal(afterPowerCut(), 'a');
  });

  test('the caller’s buffer may change at once', async () => {
    const { disk, afterPowerCut } = forgetfulDisk();
    const line = bytes('pay');
    const appended = appendOnly(disk).append(line);
    line.fill(0);
    await appended;
    assert.equal(afterPowerCut(), 'pay');
  });

  test('a real file: written, found again after opening, a torn tail cut off', async () => {
    const name = path.join(folder, 'deep', 'journal');
    const first = await openAppendOnlyFile(name);
    assert.equal((await first.read()).length, 0);
    await first.append(bytes('one\n'));
    assert.equal(readFileSync(name, 'utf8'), 'one\n');
    await first.append(bytes('two\n'));
    await first.close();
    appendFileSync(name, 'thr');
    const second = await openAppendOnlyFile(name);
    assert.equal(text(await second.read()), 'one\ntwo\nthr');
    await second.truncate(8);
    await second.append(bytes('three\n'));
    assert.equal(text(await second.read()), 'one\ntwo\nthree\n');
    await second.close();
    if (process.platform !== 'win32') assert.equal(statSync(name).mode & 0o077, 0, 'nobody else reads a journal');
  });

  test('a second agent on one journal is refused in one line; a killed one holds nothing', async () => {
    const name = path.join(folder, 'shared');
    const own = await openAppendOnlyFile(name);
    await assert.rejects(openAppendOnlyFile(name), (error: Error) => {
      assert.ok(error instanceof FileLockedError);
      assert.match(error.message, /shared is in use by another kiosk agent/);
      assert.ok(!error.message.includes('\n'));
      return true;
    });
    await own.close();

    const module = fileURLToPath(new URL('./append-only-file.ts', import.meta.url));
    const script = `const { openAppendOnlyFile } = await import(process.argv[1]);
      await openAppendOnlyFile(process.argv[2]); process.send('open'); setInterval(() => {}, 1e6);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script, module, name], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    await once(child, 'message');
    await assert.rejects(openAppendOnlyFile(name), FileLockedError);
    child.kill('SIGKILL');
    await once(child, 'exit');
    await (await openAppendOnlyFile(name)).close();
  });
});
