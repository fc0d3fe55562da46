import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import type { ResidenceOptions, ResidenceSnapshot, Resident } from '@dokodemo/domain';
import type { Rendered } from './form/filling.ts';
import { type FormEngine, openFormEngine } from './form-engine.ts';
import { everything, frameOf, household, japanese, nothingExtra, snapshotOf, vietnamese } from './testing/residents.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'documents-'));
after(() => rmSync(folder, { recursive: true, force: true }));
let engine: FormEngine;
before(() => {
  engine = openFormEngine();
});

function render(
  members: readonly Resident[],
  options: ResidenceOptions = everything,
  change: Partial<ResidenceSnapshot['household']> = {},
): Rendered {
  const snapshot = snapshotOf(members, change);
  return engine.renderResidenceCertificate({
    snapshot,
    options,
    memberNumbers: members.map((it) => it.addresseeNumber),
    frame: frameOf(engine),
  });
}

function sheetsOf(rendered: Rendered): readonly Uint8Array[] {
  assert.ok(rendered.ok, JSON.stringify(rendered));
  return rendered.sheets.map(({ pdf }) => pdf);
}

function run(program: string, ...args: string[]): string {
  const done = spawnSync(program, args, { encoding: 'utf8' });
  assert.equal(done.error, undefined, `${program} is needed for this test`);
  assert.equal(done.status, 0, `${program}: ${done.stdout}${done.stderr}`);
  return done.stdout;
}

/** What another program reads from the paper, without white space. */
function textOf(pdf: Uint8Array): string {
  const file = path.join(folder, 'sheet.pdf');
  writeFileSync(file, pdf);
  return run('pdftotext', '-raw', file, '-').replaceAll(/\s/g, '');
}

const squeezed = (text: string) => text.replaceAll(/\s/g, '');

test('the sheet is a sound file with its font embedded as a subset', () => {
  const [pdf] = sheetsOf(render(household(4)));
  const file = path.join(folder, 'sound.pdf');
  writeFileSync(file, pdf as Uint8Array);
  assert.match(run('qpdf', '--check', file), /No syntax or stream encoding errors/);
  assert.match(run('pdffonts', file), /IPAmjMincho\s+CID TrueType\s+Identity-H\s+yes yes yes/);
  assert.ok((pdf as Uint8Array).length < 120_000, `${pdf?.length} bytes`);
});

test('the same order gives the same bytes, another document number others', () => {
  const [one] = sheetsOf(render(household(3)));
  const [two] = sheetsOf(render(household(3)));
  assert.deepEqual(one, two);
  const snapshot = snapshotOf(household(3));
  const other = engine.renderResidenceCertificate({
    snapshot,
    options: everything,
    memberNumbers: snapshot.household.members.map((it) => it.addresseeNumber),
    frame: { ...frameOf(engine), documentNumber: '20261123-482013-0000002' },
  });
  assert.notDeepEqual(sheetsOf(other)[0], one);
});

test('everything asked for stands on the paper, variants and rare characters as written', () => {
  const members = [
    japanese('A1', '渡邉\u{E010F}　一郎', { relationship: '世帯主', remarks: ['昭和64年1月7日　職権により記載'] }),
    japanese('A2', '𠮷田　﨑子', { relationship: '妻' }),
    japanese('A3', '葛\u{E0102}城　髙志', { relationship: '子の子の子の子', birth: { text: '昭和20年月日不詳' } }),
    vietnamese('A4'),
  ];
  const text = textOf(sheetsOf(render(members))[0] as Uint8Array);
  for (const wanted of [
    '渡邉\u{E010F}一郎',
    '𠮷田﨑子',
    '葛\u{E0102}城髙志',
    '子の子の子の子',
    '昭和20年月日不詳',
    '379474484458',
    '見本県どこでも市本町一丁目1番地',
    'NGUYENVANMIHON',
    'ベトナム',
    '技術・人文知識・国際業務',
    '2027年3月31日',
    'AB12345678CD',
    '1990年5月3日',
    '世帯全員の住民票の原本と相違ない',
    '令和8年11月23日',
    '20261123-482013-0000001',
    '1/1',
    '見本',
  ]) {
    assert.ok(text.includes(squeezed(wanted)), `${wanted} is missing in ${text}`);
  }
});

test('what was not asked for is nowhere on the paper', () => {
  const text = textOf(
    sheetsOf(
      render([japanese('A1', '見本　太郎', { relationship: '世帯主' }), vietnamese('A2')], nothingExtra),
    )[0] as Uint8Array,
  );
  for (const secret of [
    '379474484458',
    '一丁目1番地',
    '世帯主の',
    'ベトナム',
    '技術・人文',
    'AB12345678CD',
    '2027年',
    '縁故者',
  ]) {
    assert.ok(!text.includes(squeezed(secret)), `${secret} was not asked for`);
  }
  assert.ok(text.includes('（省略）'));
});

test('a character by its MJ number is printed as a glyph of its own', () => {
  const named = japanese('A1', '\u{E000}野　太郎', { glyphs: { '\u{E000}': 'MJ055353' } });
  assert.ok(render([named]).ok);
  const [pixels, plain] = [named, japanese('A1', '中野　太郎')].map((it, i) => {
    const file = path.join(folder, `mj${i}.pdf`);
    writeFileSync(file, sheetsOf(render([it]))[0] as Uint8Array);
    run('pdftoppm', '-r', '60', '-gray', '-singlefile', file, path.join(folder, `mj${i}`));
    return run('cksum', path.join(folder, `mj${i}.pgm`)).split(' ')[0];
  });
  assert.notEqual(pixels, plain);
});

test('a name that the font cannot show exactly is refused, never shown as another', () => {
  for (const name of ['葛\u{E0100}城　太郎', '辻\u{E0101}　太郎', '\u{E123}田　太郎', '漢\u{E01EF}字']) {
    const refused = render([japanese('A1', name)]);
    assert.ok(!refused.ok && refused.code === 'GLYPH_MISSING', name);
    assert.ok(!refused.detail.includes('太郎'), 'an operator’s text holds no name');
  }
  const unknown = render([japanese('A1', '\u{E001}田', { glyphs: { '\u{E001}': 'MJ999999' } })]);
  assert.ok(!unknown.ok && unknown.code === 'GLYPH_MISSING');
});

test('a long address gives way as far as it may; one longer than that is refused', () => {
  const sixty = 'どこでもスカイタワーレジデンス'.repeat(4);
  assert.ok(render(household(1), everything, { addressDetail: { text: sixty.slice(0, 60) } }).ok);
  const refused = render(household(1), everything, { addressDetail: { text: 'あ'.repeat(400) } });
  assert.ok(!refused.ok && refused.code === 'TEXT_OVERFLOW');
  const longName = render([japanese('A1', '寿限無'.repeat(60))]);
  assert.ok(!longName.ok && longName.code === 'TEXT_OVERFLOW');
});

test('twelve persons fill three sheets, each numbered; the certification stands on the last alone', () => {
  const sheets = sheetsOf(render(household(12))).map((pdf) => textOf(pdf));
  assert.equal(sheets.length, 3);
  for (const [i, text] of sheets.entries()) {
    assert.ok(text.includes(`20261123-482013-0000001${i + 1}/3`), text);
    assert.equal(text.includes('証明する'), i === 2);
  }
});

test('part of a household says so', () => {
  const snapshot = snapshotOf(household(3));
  const rendered = engine.renderResidenceCertificate({
    snapshot,
    options: nothingExtra,
    memberNumbers: [snapshot.household.members[1]?.addresseeNumber ?? ''],
    frame: frameOf(engine),
  });
  const text = textOf(sheetsOf(rendered)[0] as Uint8Array);
  assert.ok(text.includes('世帯の一部の住民票'));
  assert.ok(text.includes('以下余白'));
});

test('nobody, somebody who is not there, and a form without certifier are refused', () => {
  const snapshot = snapshotOf(household(1));
  const order = { snapshot, options: everything, frame: frameOf(engine) };
  for (const memberNumbers of [[], ['nobody']]) {
    const refused = engine.renderResidenceCertificate({ ...order, memberNumbers });
    assert.ok(!refused.ok && refused.code === 'FORM_INCOMPLETE');
  }
  const frame = frameOf(engine);
  const refused = engine.renderResidenceCertificate({
    ...order,
    memberNumbers: ['A1'],
    frame: { ...frame, certifier: { ...frame.certifier, title: '' } },
  });
  assert.ok(!refused.ok && refused.code === 'FORM_INCOMPLETE');
});
