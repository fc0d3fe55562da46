/** Seal and tax certificates: paper, refusals, the tree of what is to be had; a file instead of paper; the log. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { dokodemo, folder, town } from './testing/one-town.ts';

const choices = (choose: Readonly<Record<string, string>>) =>
  Object.entries(choose).flatMap(([question, answer]) => ['--choose', `${question}=${answer}`]);

/** What stands on the paper that came out, as words. */
async function paperOf(card: string, kind: string, choose: Readonly<Record<string, string>> = {}): Promise<string> {
  const file = path.join(folder, `${card}-${kind}.pdf`);
  const done = await dokodemo('issue', '--card', card, '--kind', kind, ...choices(choose), '--out', file);
  assert.equal(done.status, 0, done.err);
  const read = spawnSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });
  assert.equal(read.status, 0, read.stderr);
  return read.stdout;
}

async function refusedBy(card: string, kind: string, choose: Readonly<Record<string, string>> = {}): Promise<string> {
  const file = path.join(folder, 'refused.pdf');
  const done = await dokodemo('issue', '--card', card, '--kind', kind, ...choices(choose), '--out', file);
  assert.equal(done.status, 2, `${done.out}${done.err}`);
  assert.ok(!existsSync(file));
  return /^([A-Z0-9_]+):/.exec(done.err)?.[1] ?? done.err;
}

test('taro may take every kind; unanswered questions take the first that is permitted', async () => {
  assert.match(await paperOf('taro', 'seal'), /登録されている印影と相違ない/);
  assert.match(await paperOf('taro', 'residence-items'), /上記の事項は、世帯全員の住民票に記載されている/);
  assert.match(await paperOf('taro', 'tax'), /令和8年度（令和7年分の所得）/);
  assert.match(await paperOf('taro', 'tax', { certificate: 'vehicle' }), /滞納がないことを証明する/);
});

test('the overview’s example by command: 評価額証明書 of 平成19年度', async () => {
  const choose = { certificate: 'fixed-asset', 'fixed-asset': 'valuation', year: 'y2007' };
  const text = await paperOf('taro', 'tax', choose);
  for (const said of [/固定資産評価証明書/, /平成19年度/, /見本\s+太郎/, /4,894,236/])
    assert.match(text.replace(/(?<=\S) (?=\S)/g, ''), said);
});

test('several 税目 are several fees', async () => {
  const args = choices({ certificate: 'payment', items: 'resident-tax,light-vehicle-tax', year: 'y2025' });
  const done = await dokodemo('issue', '--card', 'taro', '--kind', 'tax', ...args, '--json');
  assert.equal(done.status, 0, done.err);
  const { feeYen, sheets } = JSON.parse(done.out) as { feeYen: number; sheets: number };
  assert.deepEqual([feeYen, sheets], [600, 1]);
});

test('whoever cannot have it reads why: the code stands first on standard error, the exit status is 2', async () => {
  assert.equal(await refusedBy('sealless', 'seal'), 'SEAL_NONE');
  assert.equal(await refusedBy('sealgone', 'seal'), 'SEAL_CANCELLED');
  assert.equal(await refusedBy('sealless', 'tax'), 'TAX_NOT_DECLARED');
  assert.equal(await refusedBy('newcomer', 'tax', { certificate: 'income' }), 'TAX_NOT_RESIDENT_JAN1');
  assert.equal(await refusedBy('child', 'seal'), 'UNDER_15');
  assert.equal(await refusedBy('protected', 'seal'), 'SUPPRESSED');
  assert.equal(await refusedBy('mover', 'tax'), 'SUPPRESSED');
  assert.equal(await refusedBy('overflow', 'seal'), 'TEXT_OVERFLOW');
});

test('a dependant who has not declared has stars; whoever owns much has many sheets and years', async () => {
  assert.match(await paperOf('undeclared', 'tax'), /＊/);
  const text = await paperOf('landowner', 'tax', {
    certificate: 'fixed-asset',
    'fixed-asset': 'levy',
    year: 'y2019',
  });
  assert.match(text, /平成31年度/);
  assert.match(text, /2\/2/);
});

test('the tree shows what is open, what is closed, and why', async () => {
  const taro = (await dokodemo('menu', '--card', 'taro')).out;
  for (const said of ['(residence-items)', '(seal)', '(valuation)', '(y2007)', '[year-levy]', '[items-2026]'])
    assert.ok(taro.includes(said), said);
  const sealless = (await dokodemo('menu', '--card', 'sealless')).out;
  assert.match(sealless, /\(seal\).*closed: SEAL_NONE/);
  assert.match(sealless, /\(tax\).*closed: TAX_NOT_DECLARED/);
});

test('a misspelt answer is no refusal: what there is stands in the answer, and nothing was charged', async () => {
  const done = await dokodemo('issue', '--card', 'taro', '--kind', 'tax', '--choose', 'certificate=incom');
  assert.notEqual(done.status, 0);
  assert.match(done.err, /“incom” is not among\n {2}income/);
});

test('an electronic copy by command: one signed file, which verify believes until a byte of it is another', async () => {
  const file = path.join(folder, 'copy.pdf');
  const done = await dokodemo('issue', '--card', 'taro', '--electronic', '--out', file);
  assert.equal(done.status, 0, done.err);
  const held = await dokodemo('verify', file, '--offline');
  assert.equal(held.status, 0, `${held.out}${held.err}`);
  assert.match(held.out, /an electronic copy \(sheets: 1\)/);
  assert.match(held.out, /byte for byte the file that was issued/);
  const bytes = readFileSync(file);
  bytes.writeUInt8(bytes.readUInt8(4_000) ^ 1, 4_000);
  writeFileSync(file, bytes);
  const changed = await dokodemo('verify', file, '--offline');
  assert.equal(changed.status, 3, `${changed.out}${changed.err}`);
});

test('what is given on paper only is not paid for by one who wants a file', async () => {
  const file = path.join(folder, 'no-copy.pdf');
  const done = await dokodemo('issue', '--card', 'taro', '--kind', 'seal', '--electronic', '--out', file);
  assert.equal(done.status, 1, done.out);
  assert.match(done.err, /on paper only/);
  assert.ok(!existsSync(file));
});

test('the town’s portal says of a paper that it was handed over, and a monitor sees its number in the log', async () => {
  const before = await dokodemo('monitor', '--json');
  assert.equal(before.status, 0, before.err);
  const file = path.join(folder, 'asked.pdf');
  const done = await dokodemo('issue', '--card', 'taro', '--kind', 'seal', '--out', file);
  assert.equal(done.status, 0, done.err);
  const asked = await dokodemo('verify', file, '--json');
  const { portal, sheets } = JSON.parse(asked.out);
  assert.deepEqual([asked.status, portal, sheets[0].status.code], [0, town.portalUrl, 'handed-over'], asked.out);
  assert.equal(sheets[0].status.values.log, 'included');
  const after = await dokodemo('monitor', '--json');
  assert.equal(after.status, 0, `${after.out}${after.err}`);
  const { outcome, from, issued, municipalities } = JSON.parse(after.out);
  assert.deepEqual([outcome, from, issued], ['grew', JSON.parse(before.out).to, 1]);
  assert.equal(municipalities[sheets[0].facts.issuer].issued, 1);
});
