import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type FamilyRegisterEntry,
  isoOfEraDate,
  paymentAddsUp,
  type RegisterText,
  residentTaxFaults,
  sealImpressionFault,
  sealSizeMm,
  type TaxYear,
  wholeName,
} from '@dokodemo/domain';
import type { StoredFamilyRegister } from '../records/rows.ts';
import { cutSeal } from '../records/seal-cutting.ts';
import { readYear } from '../records/tax-roll.ts';
import { bornOf, yearsAfter } from './dates.ts';
import { makeTown } from './town.ts';

const plan = { municipality: '482013', name: '見本県どこでも市', residents: 2_000, seed: 1 };
const city = makeTown(plan);
const small = makeTown({ municipality: '483028', name: '見本県いつでも町', residents: 200, seed: 2 });
const people = city.households.flatMap(({ household }) => household.members);
const byNumber = new Map(people.map((it) => [it.addresseeNumber, it]));
const registers = [...city.records.familyRegisters()];
const seals = [...city.records.seals()];
const years = [...city.records.taxYears()].map((it) => ({ ...it, year: readYear(it.year) }));
const who = (key: string) => city.named[key] ?? assert.fail(`nobody is called ${key}`);
const yearsOf = (key: string) => years.filter((it) => it.addresseeNumber === who(key)).map(({ year }) => year);
const registerOf = (number: string) =>
  registers.find(({ persons }) => persons.some(({ person }) => person.addresseeNumber === number && !person.removed));

test('one plan, one set of registers, to the byte', () => {
  const all = ({ records }: typeof city) =>
    JSON.stringify([[...records.seals()], [...records.taxYears()], [...records.familyRegisters()]]);
  assert.equal(all(makeTown(plan)), all(city));
  assert.equal(all(city), all(city), 'and every reading of them gives the same');
});

test('a resident whose 本籍 is here is in exactly one family register, under the head that the resident register names', () => {
  let here = 0;
  for (const it of people) {
    const { particulars } = it;
    const own = registers.filter(({ persons }) =>
      persons.some(
        ({ person }) => person.addresseeNumber === it.addresseeNumber && (!person.removed || it.standing === 'dead'),
      ),
    );
    if (particulars.kind === 'foreign' || !particulars.registeredDomicile.text.startsWith(plan.name)) {
      assert.deepEqual(own, [], it.addresseeNumber);
      continue;
    }
    here++;
    assert.equal(own.length, 1, it.addresseeNumber);
    const { register, persons } = own[0] as StoredFamilyRegister;
    assert.equal(register.registeredDomicile.text, particulars.registeredDomicile.text);
    assert.deepEqual(wholeName(register.surname, register.headGivenName), particulars.headOfFamilyRegister);
    const entry = persons.find(({ person }) => person.addresseeNumber === it.addresseeNumber);
    assert.deepEqual(entry?.person.birth, it.birth);
    assert.deepEqual(wholeName(register.surname, entry?.person.givenName ?? { text: '' }), it.name);
  }
  assert.ok(here > 800);
});

const ended = (it: StoredFamilyRegister['persons'][number]) => it.person.entries.map(({ title }) => title);

test('every family register is coherent: numbers, parents, ages, order, and what is marked', () => {
  assert.equal(new Set(registers.map(({ register }) => register.familyRegisterId)).size, registers.length);
  for (const { register, persons } of registers) {
    const id = register.familyRegisterId;
    assert.deepEqual(
      persons.map(({ person }) => person.personNumber),
      persons.map((_, i) => i + 1),
      id,
    );
    const [head] = persons;
    assert.deepEqual(head?.person.givenName, register.headGivenName, id);
    const couple = persons.filter(({ person }) => person.spouse !== undefined);
    const foreign = head?.person.entries.some(({ fields }) => fields.some(({ label }) => label === '配偶者の国籍'));
    assert.ok(couple.length === 2 || couple.length === 0 || (couple.length === 1 && foreign === true), id);
    if (couple.length === 2) assert.deepEqual(couple.map(({ person }) => person.spouse).toSorted(), ['夫', '妻'], id);
    for (const it of persons) {
      const { person } = it;
      assert.equal(person.entries[0]?.title, '出生', id);
      assert.match(person.relationship, /^([長二三四五六七八九]|十[一二]?)[男女]$/, id);
      const left = ['死亡', '婚姻', '離婚', '分籍'].includes(ended(it).at(-1) ?? '');
      if (person.removed) assert.ok(left, `${id}: ${ended(it).join()}`);
      // Husband and wife came from other registers; a father there may well be called as somebody here.
      if (
        person.entries.some(({ title, fields }) => title === '婚姻' && fields.some(({ label }) => label === '従前戸籍'))
      )
        continue;
      const parents = persons.slice(0, Math.min(2, person.personNumber - 1)).filter((other) => {
        const name = wholeName(register.surname, other.person.givenName).text;
        return name === person.father?.text || name === person.mother?.text;
      });
      for (const parent of parents) {
        assert.ok(
          yearsAfter(bornOf(parent.person.birth), 16) <= bornOf(person.birth),
          `${id}: a parent of ${person.givenName.text}`,
        );
      }
    }
  }
});

/** 「平成２０年１１月３日」 → 2008-11-03; undefined for a day that nobody knows. */
function isoOfEntry({ fields }: FamilyRegisterEntry): string | undefined {
  const half = (fields[0]?.value.text ?? '').replace(/[０-９]/g, (it) =>
    String.fromCharCode(it.charCodeAt(0) - 0xfee0),
  );
  const [, era, year, month, dayOfMonth] = /^(..)(元|[0-9]+)年([0-9]+)月([0-9]+)日$/.exec(half) ?? [];
  if (era === undefined) return undefined;
  return isoOfEraDate({
    era,
    year: year === '元' ? 1 : Number(year),
    month: Number(month),
    day: Number(dayOfMonth),
  });
}

test('what happened to somebody stands in the order in which it happened, no wedding before eighteen, none in the future', () => {
  let weddings = 0;
  for (const { register, persons } of registers) {
    for (const { person } of persons) {
      const days = person.entries.map(isoOfEntry);
      const known = days.filter((it) => it !== undefined);
      assert.deepEqual(known, known.toSorted(), `${register.familyRegisterId} ${person.givenName.text}`);
      assert.ok((known.at(-1) ?? '') <= '2026-10-31', register.familyRegisterId);
      for (const [i, { title }] of person.entries.entries()) {
        if (title !== '婚姻') continue;
        weddings++;
        assert.ok(yearsAfter(bornOf(person.birth), 18) <= (days[i] ?? ''), register.familyRegisterId);
      }
    }
  }
  assert.ok(weddings > 500);
});

test('a 附票 lists addresses in order, from birth on, and the last one is where the resident register says', () => {
  for (const { register, persons } of registers) {
    for (const { person, history } of persons) {
      const days = history.addresses.map(({ settled }) => settled.iso ?? assert.fail(register.familyRegisterId));
      assert.ok(days.length > 0, `${register.familyRegisterId}: ${person.givenName.text} lives nowhere`);
      assert.deepEqual(days, days.toSorted(), register.familyRegisterId);
      assert.ok((days[0] ?? '') >= bornOf(person.birth), register.familyRegisterId);
      assert.equal(history.birth !== undefined, (history.removedOn?.iso ?? '9999') >= '2022-01-11');
      assert.equal(history.birth === undefined, history.sex === undefined);
      assert.equal(history.removedOn !== undefined, person.removed);
      const resident = byNumber.get(person.addresseeNumber ?? '');
      if (resident === undefined || resident.standing === 'moved-out' || person.removed) continue;
      const home = city.households.find(({ household }) => household.members.includes(resident))?.household;
      assert.deepEqual(history.addresses.at(-1)?.address, home?.address);
      assert.deepEqual(history.addresses.at(-1)?.settled, resident.settledAtAddress);
    }
  }
});

test('every sum of the tax rolls adds up', () => {
  const declared = years.flatMap(({ year }) =>
    year.residentTax?.declaration === 'declared' ? [year.residentTax] : [],
  );
  assert.ok(declared.length > 1_500);
  for (const tax of declared) {
    assert.deepEqual(residentTaxFaults(tax), []);
    if (tax.settledOn >= '2024') assert.equal(tax.municipal.perCapitaYen === 0, tax.forestEnvironmentYen === 0);
    else assert.equal(tax.forestEnvironmentYen, 0);
    assert.equal(tax.municipal.incomeLevyBeforeCreditsYen * 4, tax.prefectural.incomeLevyBeforeCreditsYen * 6);
  }
  for (const { year } of years) {
    for (const payment of year.payments) {
      assert.ok(paymentAddsUp(payment), JSON.stringify(payment));
      assert.equal(payment.annualYen % 100, 0);
    }
    const paid = year.payments.find(({ item }) => item === 'resident-tax');
    if (year.residentTax?.declaration === 'declared') assert.equal(paid?.annualYen ?? 0, year.residentTax.annualYen);
    for (const { valueYen, taxBaseYen, taxYen } of [
      ...(year.fixedAssets?.land ?? []),
      ...(year.fixedAssets?.buildings ?? []),
    ]) {
      assert.ok(Number.isInteger(valueYen) && taxBaseYen <= valueYen && valueYen > 0);
      assert.equal(taxYen, Math.floor(taxBaseYen * 0.014 + 1e-6));
    }
  }
});

test('a tax roll is for those who lived here on 1 January, of fifteen and over, once a year', () => {
  assert.equal(new Set(years.map((it) => `${it.addresseeNumber}/${it.year.fiscalYear}`)).size, years.length);
  for (const { addresseeNumber, year } of years) {
    const resident = byNumber.get(addresseeNumber) ?? assert.fail(addresseeNumber);
    assert.equal(year.residentOnJanuary1, (resident.becameResident.iso ?? '') <= `${year.fiscalYear}-01-01`);
    assert.equal(year.residentTax !== undefined, year.residentOnJanuary1);
    assert.equal(year.addressOnJanuary1 !== undefined, year.residentOnJanuary1);
    if (year.residentOnJanuary1) assert.ok(year.fiscalYear - 1 - Number(bornOf(resident.birth).slice(0, 4)) >= 15);
  }
});

test('no two seals of one person are in force, every one may be registered, nobody under eighteen has one', () => {
  assert.equal(new Set(seals.map((it) => it.registrationNumber)).size, seals.length);
  const inForce = seals.filter((it) => it.cancelled === undefined);
  assert.equal(new Set(inForce.map((it) => it.addresseeNumber)).size, inForce.length);
  const cuts = new Map(
    seals.flatMap(({ impression }) =>
      'legend' in impression ? [[`${impression.legend}/${impression.sizeMm}/${impression.shape}`, impression]] : [],
    ),
  );
  for (const cut of cuts.values()) assert.equal(sealImpressionFault(cutSeal(cut)), undefined, JSON.stringify(cut));
  for (const { addresseeNumber } of seals) {
    const resident = byNumber.get(addresseeNumber) ?? assert.fail(addresseeNumber);
    assert.ok(yearsAfter(bornOf(resident.birth), 18) <= '2026-11-01');
  }
  const adults = people.filter((it) => it.standing === 'present' && yearsAfter(bornOf(it.birth), 18) <= '2026-11-01');
  const share = inForce.length / adults.length;
  assert.ok(share > 0.5 && share < 0.7, `${share}`);
});

test('a character without a code point never stands without its glyph', () => {
  let seen = 0;
  JSON.stringify([city.households, registers], (_, it: unknown) => {
    if (typeof it !== 'object' || it === null || !('text' in it)) return it;
    const { text, glyphs } = it as RegisterText;
    for (const [character] of text.matchAll(/[\u{E000}-\u{F8FF}\u{F0000}-\u{10FFFD}]/gu)) {
      seen++;
      assert.ok(glyphs?.[character] !== undefined, text);
    }
    return it;
  });
  assert.ok(seen >= 5, `${seen}`);
});

const text = (it: RegisterText | undefined) => it?.text ?? '';

test('everything that trips a certificate up is here', () => {
  // Seals: the smallest, the largest, one cancelled, one cancelled and registered again on the same day.
  const impressionOf = (number: string) => {
    const it = seals.find(({ addresseeNumber, cancelled }) => addresseeNumber === number && cancelled === undefined);
    return it !== undefined && 'legend' in it.impression ? sealSizeMm(cutSeal(it.impression)).widthMm : assert.fail();
  };
  assert.ok(impressionOf(who('hanako')) > 8 && impressionOf(who('hanako')) < 8.1);
  assert.ok(impressionOf(who('big')) > 24.9 && impressionOf(who('big')) <= 25);
  const landowner = seals.filter(({ addresseeNumber }) => addresseeNumber === who('landowner'));
  assert.deepEqual([landowner.length, landowner[0]?.cancelled?.on], [2, landowner[1]?.registeredOn]);
  assert.ok(
    seals.some(({ nameInKatakana }) => nameInKatakana !== undefined),
    '氏名のカタカナ表記',
  );

  // Taxes.
  assert.equal(yearsOf('undeclared')[0]?.residentTax?.declaration, 'undeclared-dependant');
  assert.equal(yearsOf('sealless')[0]?.residentTax?.declaration, 'undeclared');
  const newcomer = yearsOf('newcomer')[0] as TaxYear;
  assert.deepEqual([newcomer.residentOnJanuary1, newcomer.residentTax], [false, undefined]);
  const [first] = yearsOf('landowner');
  assert.deepEqual([first?.fixedAssets?.land.length, first?.fixedAssets?.buildings.length], [6, 2]);
  assert.equal(yearsOf('landowner').length, 8);
  const old = yearsOf('taro').find(({ fiscalYear }) => fiscalYear === 2007);
  assert.ok((old?.fixedAssets?.land[0]?.valueYen ?? 0) > 0 && old?.residentTax === undefined);
  assert.ok(
    years.some(({ year }) => year.payments.some((it) => it.unpaidYen > it.notYetDueYen)),
    '滞納',
  );
  assert.ok(
    years.some(({ year }) => year.residentTax?.declaration === 'declared' && year.residentTax.annualYen === 0),
    '非課税',
  );

  // Families.
  const titles = new Set(registers.flatMap(({ persons }) => persons.flatMap((it) => ended(it))));
  for (const title of [
    '出生',
    '婚姻',
    '離婚',
    '死亡',
    '配偶者の死亡',
    '養子縁組',
    '養子離縁',
    '分籍',
    '名の変更',
    '更正',
  ])
    assert.ok(titles.has(title), title);
  assert.ok(registers.some(({ register }) => register.entries.some(({ title }) => title === '戸籍改製')));
  assert.ok(registers.some(({ register }) => register.entries.some(({ title }) => title === '転籍')));
  assert.equal(registerOf(who('newlywed'))?.processing, true);
  const koseki = registerOf(who('koseki12'));
  assert.ok(koseki?.persons.some(({ person }) => person.removed));
  assert.ok(koseki?.persons.some(({ person }) => person.adoptiveRelationship === '養女'));
  assert.ok(koseki?.persons.some(({ history }) => history.overseasVotersListOf !== undefined));
  assert.ok(registers.some(({ persons }) => persons.some(({ history }) => history.birth === undefined)));
  const machi = city.enrollable.machi ?? '';
  assert.ok(!byNumber.has(machi) && registerOf(machi) !== undefined, '町田 lives elsewhere');
  const names = registers.map(({ register }) => `${text(register.surname)}${text(register.headGivenName)}`).join();
  assert.match(names, /[\u{E0100}-\u{E01EF}]/u);
  assert.match(names, /𠮷/);
  assert.ok(registers.some(({ register }) => register.surname.glyphs?.['\u{E000}'] === 'MJ055353'));
});

test('the small town knows of its own what it must, and of 町田’s family register nothing', () => {
  const machi = small.named.machi ?? '';
  assert.ok([...small.records.seals()].some(({ addresseeNumber }) => addresseeNumber === machi));
  assert.ok([...small.records.taxYears()].some(({ addresseeNumber }) => addresseeNumber === machi));
  assert.ok(![...small.records.familyRegisters()].some(({ register }) => register.surname.text === '町田'));
  const labels = [...small.records.taxYears()].flatMap(({ year }) => readYear(year).payments.map(({ label }) => label));
  assert.ok(labels.includes('町民税・県民税・森林環境税') && labels.includes('固定資産税'));
});

test('no real prefecture stands in a register of the demo', () => {
  const prefectures =
    '北海道 青森県 岩手県 宮城県 秋田県 山形県 福島県 茨城県 栃木県 群馬県 埼玉県 千葉県 東京都 神奈川県 新潟県 富山県 石川県 福井県 山梨県 長野県 岐阜県 静岡県 愛知県 三重県 滋賀県 京都府 大阪府 兵庫県 奈良県 和歌山県 鳥取県 島根県 岡山県 広島県 山口県 徳島県 香川県 愛媛県 高知県 福岡県 佐賀県 長崎県 熊本県 大分県 宮崎県 鹿児島県 沖縄県'.split(
      ' ',
    );
  const all = JSON.stringify([registers, seals, years, [...small.records.familyRegisters()]]);
  for (const real of [...prefectures, '横浜市', '川崎市', '高松市', '足立区', '新宿区', '大阪市', '名古屋市', '札幌市'])
    assert.ok(!all.includes(real), real);
});
