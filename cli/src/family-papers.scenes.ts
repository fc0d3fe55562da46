/** 戸籍証明書, 附票 and 利用登録. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { test } from 'node:test';
import { dokodemo, folder } from './testing/one-town.ts';

/** What stands on the paper that came out, as words. */
async function paperOf(...args: string[]): Promise<string> {
  const file = path.join(folder, 'paper.pdf');
  const done = await dokodemo('issue', ...args, '--out', file);
  assert.equal(done.status, 0, done.err);
  const read = spawnSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });
  return read.stdout.replaceAll('　', ' ');
}

async function refusedBy(...args: string[]): Promise<string> {
  const done = await dokodemo('issue', ...args);
  assert.equal(done.status, 2, done.err);
  return /^([A-Z0-9_]+):/m.exec(done.err)?.[1] ?? done.err;
}

const family = ['--kind', 'family-register'];
const history = ['--kind', 'register-history'];
const taro = ['--card', 'taro', '--pin2', '5678'];

test('全部事項 has everybody with 振り仮名, 個人事項 only those chosen', async () => {
  const whole = await paperOf(...taro, ...family, '--choose', 'scope=all');
  for (const words of [
    /【名】花子/,
    /【名】さくら/,
    /【氏の振り仮名】ミホン/,
    /【名の振り仮名】タロウ/,
    /記録されている事項の全部を証明/,
  ])
    assert.match(whole, words);
  const some = await paperOf(...taro, ...family, '--choose', 'scope=some', '--choose', 'members=m3');
  assert.match(some, /【名】一郎/);
  assert.match(some, /一部の者について/);
  assert.doesNotMatch(some, /【名】花子/);
});

test('附票: only what was asked for, about those who were chosen', async () => {
  const own = await paperOf(...taro, ...history, '--choose', 'scope=holder');
  assert.match(own, /架空県みらい市青空町二丁目4番6号/);
  assert.match(own, /一部の写し/);
  assert.doesNotMatch(own, /花子|本町一丁目1番地/);
  const all = await paperOf(...taro, ...history, '--choose', 'scope=all', '--choose', 'show=domicile');
  assert.match(all, /全部の写し/);
  assert.match(all, /本町一丁目1番地/);
});

test('what cannot be is said by its reason', async () => {
  const reasons: Readonly<Record<string, string>> = {
    newcomer: 'KOSEKI_NOT_HERE',
    newlywed: 'KOSEKI_PROCESSING',
    child: 'UNDER_15',
    hanako: 'SECOND_PIN_NOT_SET',
  };
  for (const [card, code] of Object.entries(reasons))
    assert.equal(await refusedBy('--card', card, ...family), code, card);
  assert.equal(await refusedBy('--card', 'protected', ...history), 'SUPPRESSED');
});

test('利用登録: missing, applied for, approved by staff; then both papers, without a second PIN', async () => {
  const machi = ['--card', 'machi', '--at', '482013'];
  assert.equal(await refusedBy(...machi, ...family), 'ENROLMENT_MISSING');
  assert.match((await dokodemo('enrol', 'apply', '--card', 'machi')).out, /Applied/);
  assert.equal(await refusedBy(...machi, ...history), 'ENROLMENT_PENDING');
  assert.match((await dokodemo('enrol', 'approve', '--card', 'machi')).out, /Approved at 482013/);
  assert.match(await paperOf(...machi, ...family, '--choose', 'scope=all'), /氏 *名 +町田 +見本/);
  assert.match(await paperOf(...machi, ...history), /大字見晴100番地1/);
  assert.match((await dokodemo('enrol', 'apply', '--card', 'machi')).out, /Enrolled already/);
  assert.equal((await dokodemo('enrol', 'approve', '--card', 'machi')).status, 2, 'decided once');
});

test('the help of each command says what there is', async () => {
  assert.match((await dokodemo('enrol', '--help')).out, /apply[\s\S]*approve[\s\S]*reject/);
  assert.match((await dokodemo('issue', '--help')).out, /--at <code>/);
});
