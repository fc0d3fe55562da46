import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isIndividualNumber, isRelationship, type Resident, relationshipRank } from '@dokodemo/domain';
import { demoResidents } from './notable.ts';
import { makeTown } from './town.ts';

const city = makeTown({ municipality: '482013', name: '見本県どこでも市', residents: 6_000, seed: 1 });
const town = makeTown({ municipality: '483028', name: '見本県いつでも町', residents: 300, seed: 2 });
const people = city.households.flatMap(({ household }) => household.members);
const has = (what: string, test: (resident: Resident) => boolean) =>
  assert.ok(people.some(test), `nobody in town: ${what}`);

test('one plan, one town, to the byte; another seed, another town', () => {
  const again = makeTown({ municipality: '482013', name: '見本県どこでも市', residents: 6_000, seed: 1 });
  assert.equal(JSON.stringify(again), JSON.stringify(city));
  assert.notEqual(
    JSON.stringify(makeTown({ municipality: '482013', name: '見本県どこでも市', residents: 6_000, seed: 3 })),
    JSON.stringify(city),
  );
});

test('numbers are right and nobody’s twice, relationships are words of the standard, households are in order', () => {
  assert.equal(new Set(people.map((it) => it.addresseeNumber)).size, people.length);
  for (const it of people) {
    assert.ok(isIndividualNumber(it.individualNumber ?? ''), it.addresseeNumber);
    assert.ok(isRelationship(it.relationship), it.relationship);
  }
  for (const { household } of [...city.households, ...town.households]) {
    assert.equal(household.members.filter(({ relationship }) => relationship === '世帯主').length, 1);
    const ranks = household.members.map(({ relationship }) => relationshipRank(relationship));
    assert.deepEqual(
      ranks,
      [...ranks].sort((a, b) => a - b),
      household.members.map(({ relationship }) => relationship).join(),
    );
  }
});

test('everything that trips a system up lives here', () => {
  const sizes = new Set(city.households.map(({ household }) => household.members.length));
  for (const size of [1, 2, 4, 12]) assert.ok(sizes.has(size), `no household of ${size}`);
  has('IVS', ({ name }) => /[\u{E0100}-\u{E01EF}]/u.test(name.text));
  has('a character by MJ number', ({ name }) => name.glyphs !== undefined);
  has('beyond the BMP', ({ name }) => /𠮷/.test(name.text));
  has('four links', ({ relationship }) => relationship === '子の子の子の子');
  has('縁故者', ({ relationship }) => relationship === '縁故者');
  has('旧氏', ({ particulars }) => particulars.kind === 'japanese' && particulars.formerSurname !== undefined);
  has('通称', ({ particulars }) => particulars.kind === 'foreign' && particulars.alias !== undefined);
  has('特別永住者', ({ particulars }) => particulars.kind === 'foreign' && particulars.article30_45 === '特別永住者');
  has('an unknown date', ({ birth }) => birth.iso === undefined);
  has('the last day of Taishō', ({ birth }) => birth.text === '大正15年12月25日' || birth.text === '昭和元年12月25日');
  for (const standing of ['dead', 'moved-out', 'provisional'] as const) has(standing, (it) => it.standing === standing);
  has('転出予定', ({ movingOutOn }) => movingOutOn !== undefined);
  assert.ok(
    city.households.some(({ restrictions }) => restrictions.some(({ reason }) => reason === 'protection-measure')),
  );
  assert.ok(
    city.households.some(({ household }) => household.headName === undefined),
    '世帯主未設定',
  );
  assert.ok(
    city.households.some(
      ({ household }) =>
        household.members.some((a) => a.particulars.kind === 'foreign') &&
        household.members.some((a) => a.particulars.kind === 'japanese'),
    ),
    'a mixed household',
  );
});

test('the demo’s residents are all there', () => {
  for (const { key, municipality } of demoResidents) {
    const { named, households } = municipality === '482013' ? city : town;
    assert.ok(
      households.some(({ household }) => household.members.some((it) => it.addresseeNumber === named[key])),
      key,
    );
  }
});

test('no real prefecture stands on a paper of the demo', () => {
  const prefectures =
    '北海道 青森県 岩手県 宮城県 秋田県 山形県 福島県 茨城県 栃木県 群馬県 埼玉県 千葉県 東京都 神奈川県 新潟県 富山県 石川県 福井県 山梨県 長野県 岐阜県 静岡県 愛知県 三重県 滋賀県 京都府 大阪府 兵庫県 奈良県 和歌山県 鳥取県 島根県 岡山県 広島県 山口県 徳島県 香川県 愛媛県 高知県 福岡県 佐賀県 長崎県 熊本県 大分県 宮崎県 鹿児島県 沖縄県'.split(
      ' ',
    );
  const all = JSON.stringify([city, town]);
  for (const real of [...prefectures, '横浜市', '川崎市', '高松市', '足立区', '新宿区', '大阪市', '名古屋市', '札幌市'])
    assert.ok(!all.includes(real), real);
});
