import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { ResidenceOptions, ResidenceSnapshot, Resident } from '@dokodemo/domain';
import type { Rendered } from '../../form/filling.ts';
import { type FormEngine, openFormEngine } from '../../form-engine.ts';
import { drawn, missing, squeezed, textOf } from '../../testing/judges.ts';
import { difference } from '../../testing/picture.ts';
import {
  everything,
  frameOf,
  household,
  japanese,
  nothingExtra,
  snapshotOf,
  vietnamese,
} from '../../testing/residents.ts';

const poppler = { skip: missing('pdftotext', 'pdftoppm') };

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

test('everything asked for stands on the paper, variants and rare characters as written', poppler, () => {
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

test('what was not asked for is nowhere on the paper', poppler, () => {
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

test('a character by its MJ number is printed as a glyph of its own', poppler, () => {
  const named = japanese('A1', '\u{E000}野　太郎', { glyphs: { '\u{E000}': 'MJ055353' } });
  const [own, other] = [named, japanese('A1', '中野　太郎')].map((it) =>
    drawn(sheetsOf(render([it]))[0] as Uint8Array, 72),
  );
  assert.ok(own !== undefined && other !== undefined && difference(own, other) > 30);
});

test('one private-use character may mean two characters on one sheet', poppler, () => {
  const glyphs = (mjNumber: string) => ({ glyphs: { '\u{E000}': mjNumber } });
  const two = [japanese('A1', '\u{E000}野', glyphs('MJ055353')), japanese('A2', '\u{E000}野', glyphs('MJ041470'))];
  const same = [two[0] as Resident, japanese('A2', '\u{E000}野', glyphs('MJ055353'))];
  const [own, other] = [two, same].map((it) => drawn(sheetsOf(render(it))[0] as Uint8Array, 72));
  assert.ok(own !== undefined && other !== undefined && difference(own, other) > 30);
});

test(
  'a selector of Adobe-Japan1 prints the same shape under its Moji_Joho selector, and stays in the text',
  poppler,
  () => {
    const [adobe, moji] = ['葛\u{E0100}城', '葛\u{E0102}城'].map(
      (name) => sheetsOf(render([japanese('A1', name)]))[0] as Uint8Array,
    );
    assert.ok(adobe !== undefined && moji !== undefined);
    assert.equal(difference(drawn(adobe, 72), drawn(moji, 72)), 0);
    assert.ok(textOf(adobe).includes('葛\u{E0100}城'));
    const base = sheetsOf(render([japanese('A1', '葛城')]))[0] as Uint8Array;
    assert.ok(difference(drawn(adobe, 150), drawn(base, 150)) > 20, 'the base character is another shape');
  },
);

test('a name that the font cannot show exactly is refused, never shown as another', () => {
  for (const name of [
    '邉\u{E0100}　太郎',
    '鯖\u{E0101}江　太郎',
    '葛\u{E0109}城　太郎',
    '\u{E123}田　太郎',
    '漢\u{E01EF}字',
  ]) {
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

test('twelve persons fill three sheets, each numbered; the certification stands on the last alone', poppler, () => {
  const sheets = sheetsOf(render(household(12))).map((pdf) => textOf(pdf));
  assert.equal(sheets.length, 3);
  for (const [i, text] of sheets.entries()) {
    assert.ok(text.includes(`20261123-482013-0000001${i + 1}/3`), text);
    assert.equal(text.includes('証明する'), i === 2);
  }
});

test('a long remark makes its row higher, and whoever finds no room goes to the next sheet', poppler, () => {
  const long = ['見本県いつでも町大字中里1234番地5から転入', '令和8年4月10日　氏の振り仮名を届出'].flatMap((it) => [
    it,
    it,
    it,
  ]);
  const members = household(4).map((it, i) => (i === 0 ? { ...it, remarks: long } : it));
  const sheets = sheetsOf(render(members)).map((pdf) => textOf(pdf));
  assert.equal(sheets.length, 2);
  assert.ok(sheets[0]?.includes(squeezed(long.join(''))));
  assert.ok(sheets[0]?.includes('次の用紙に続く') && sheets[1]?.includes('以下余白'));
  for (const sheet of sheets)
    assert.ok(sheet.includes('見本県どこでも市本町一丁目2番3号'), 'each sheet says whose it is');
});

test('part of a household says so', poppler, () => {
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
  const wide = { ...frame.certifier, seal: engine.drawSeal('大', 25.5) };
  const large = engine.renderResidenceCertificate({
    ...order,
    memberNumbers: ['A1'],
    frame: { ...frame, certifier: wide },
  });
  assert.ok(!large.ok && large.code === 'FORM_INCOMPLETE');
  const refused = engine.renderResidenceCertificate({
    ...order,
    memberNumbers: ['A1'],
    frame: { ...frame, certifier: { ...frame.certifier, title: '' } },
  });
  assert.ok(!refused.ok && refused.code === 'FORM_INCOMPLETE');
});

test('texts in which one private-use character has two meanings are refused when they must become one', () => {
  const [address, addressDetail] = ['MJ055353', 'MJ041470'].map((mj) => ({
    text: '\u{E000}町',
    glyphs: { '\u{E000}': mj },
  }));
  assert.ok(address !== undefined && addressDetail !== undefined);
  const refused = render(household(1), everything, { address, addressDetail });
  assert.ok(!refused.ok && refused.code === 'GLYPH_MISSING');
});
