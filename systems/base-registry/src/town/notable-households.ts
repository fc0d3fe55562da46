/** The households of those whom the demo names, as the resident register has them. */
import type { Resident, Restriction } from '@dokodemo/domain';
import { eraDate, westernDate } from './dates.ts';
import type { NewNumbers, TownPlan } from './plan.ts';
import type { TownHousehold } from './town.ts';

type Person = Partial<Omit<Resident, 'name'>> & {
  readonly name: string;
  readonly kana: string;
  readonly relationship: string;
  readonly born: string;
  /** 筆頭者, where it is not the head of the household. */
  readonly familyHead?: string;
  /** 本籍, where it is another. */
  readonly domicile?: string;
};

export function notableBuilder(plan: TownPlan, numbers: NewNumbers) {
  const domicile = { text: `${plan.name}本町一丁目1番地` };
  return (address: string, people: readonly Person[], detail?: string): TownHousehold => {
    const headName = { text: people[0]?.name ?? '' };
    const members = people.map(
      ({ name, kana, born, relationship, familyHead, domicile: own, ...change }, i): Resident => ({
        addresseeNumber: numbers.person(),
        name: { text: name },
        nameKana: kana,
        birth: eraDate(born),
        sex: i % 2 === 0 ? 'male' : 'female',
        relationship,
        becameResident: eraDate('2015-04-01'),
        settledAtAddress: eraDate('2020-03-28'),
        notified: eraDate('2020-03-30'),
        previousAddress: { text: '架空県みらい市青空町二丁目4番6号' },
        individualNumber: numbers.individual(),
        remarks: [],
        particulars: {
          kind: 'japanese',
          registeredDomicile: own === undefined ? domicile : { text: own },
          headOfFamilyRegister: familyHead === undefined ? headName : { text: familyHead },
        },
        standing: 'present',
        ...change,
      }),
    );
    return {
      household: {
        householdNumber: numbers.household(),
        address: { text: `${plan.name}${address}` },
        ...(detail === undefined ? {} : { addressDetail: { text: detail } }),
        headName,
        members,
      },
      restrictions: [],
    };
  };
}

function withRestriction(it: TownHousehold, reason: Restriction['reason']): TownHousehold {
  const holder = it.household.members[0]?.addresseeNumber ?? '';
  return {
    ...it,
    restrictions: [
      {
        restrictionId: `r-${holder}`,
        on: { addresseeNumber: holder },
        reason,
        level: 'error',
        from: '2026-04-01',
        until: '2027-03-31',
      },
    ],
  };
}

const adult = '1980-04-12';
export const miharuDomicile = '見本県いつでも町大字見晴7番地';
export const machiDomicile = '見本県どこでも市港町二丁目5番地';

export function cityHouseholds(plan: TownPlan, numbers: NewNumbers): Readonly<Record<string, TownHousehold>> {
  const make = notableBuilder(plan, numbers);
  const single = (family: string, kana: string, change: Partial<Person> = {}) =>
    make('緑が丘三丁目5番7号', [
      { name: `${family}　見本`, kana: `${kana}　ミホン`, relationship: '世帯主', born: adult, ...change },
    ]);
  const mihon = make(
    '本町一丁目2番3号',
    [
      { name: '見本　太郎', kana: 'ミホン　タロウ', relationship: '世帯主', born: adult },
      { name: '見本　花子', kana: 'ミホン　ハナコ', relationship: '妻', born: '1982-08-03' },
      { name: '見本　一郎', kana: 'ミホン　イチロウ', relationship: '子', born: '2010-05-05' },
      { name: '見本　さくら', kana: 'ミホン　サクラ', relationship: '子', born: '2013-03-21' },
    ],
    'どこでもハイツ101号室',
  );
  const nguyen = make('旭台二丁目8番1号', [
    {
      name: 'NGUYEN VAN MIHON', kana: 'グエン　ヴァン　ミホン', relationship: '世帯主', born: '1990-05-03', birth: westernDate('1990-05-03'),
      particulars: {
        kind: 'foreign', nameInKanji: { text: '阮文見本' }, alias: { text: '見本　健太' }, nationality: 'ベトナム', article30_45: '中長期在留者',
        statusOfResidence: '技術・人文知識・国際業務', periodOfStay: '3年', periodOfStayExpires: westernDate('2028-03-31'), residenceCardNumber: 'AB12345678CD',
        becameForeignResident: eraDate('2021-04-01'),
      },
    },
    { name: '見本　美咲', kana: 'ミホン　ミサキ', relationship: '妻', born: '1992-11-23', familyHead: '見本　美咲' },
  ]); // biome-ignore format: one person, one block
  const watanabeDomicile = `${plan.name}桜台四丁目10番地`;
  const watanabe = make('桜台四丁目10番2号', [
    {
      name: '渡邉\u{E010F}　見本', kana: 'ワタナベ　ミホン', relationship: '世帯主', born: '1975-01-07', domicile: watanabeDomicile,
    },
    {
      name: '渡邉\u{E010F}　葛\u{E0102}子', kana: 'ワタナベ　カツコ', relationship: '妻', born: '1977-02-28',
      particulars: {
        kind: 'japanese',
        registeredDomicile: { text: watanabeDomicile },
        headOfFamilyRegister: { text: '渡邉\u{E010F}　見本' },
        formerSurname: { text: '𠮷﨑' },
      },
    },
    { name: '\u{E000}野　髙志', kana: 'オノ　タカシ', relationship: '縁故者', born: '1950-10-01' },
  ]); // biome-ignore format: one person, one block
  const third = watanabe.household.members[2] as Resident;
  const thirdName = { text: '\u{E000}野　髙志', glyphs: { '\u{E000}': 'MJ055353' } };
  (watanabe.household.members as Resident[])[2] = {
    ...third,
    name: thirdName,
    birth: { text: '昭和25年月日不詳' },
    particulars: {
      kind: 'japanese',
      registeredDomicile: { text: `${plan.name}本町一丁目1番地` },
      headOfFamilyRegister: thirdName,
    },
  };
  const roles = [
    '世帯主',
    '妻',
    '子',
    '子の妻',
    '子の子',
    '子の子の妻',
    '子の子の子',
    '子の子の子の子',
    '父',
    '母',
    '妻の母',
    '縁故者',
  ];
  const births = [
    '1948-05-03',
    '1950-01-01',
    '1972-04-04',
    '1974-09-09',
    '1994-12-24',
    '1995-07-07',
    '2013-08-08',
    '2025-03-03',
    '1926-12-25',
    '1928-02-29',
    '1930-06-06',
    '1960-10-10',
  ];
  const bigName = (i: number) => `大家　${i === 0 ? '見本' : `${'一二三四五六七八九十'[i - 1] ?? '十一'}代`}`;
  const bigKana = 'イチヨ ニダイ サンヨ シダイ イツヨ ロクダイ ナナヨ ハチダイ ココノヨ トヨ ソヨ'.split(' ');
  // A married child has a family register of its own (戸籍法 6条): who is in whose.
  const bigFamily: readonly { readonly familyHead: string; readonly domicile?: string }[] = [
    ...[0, 0, 2, 2, 4, 4, 4].map((head) => ({ familyHead: bigName(head) })),
    { familyHead: '大家　空', domicile: '架空県みらい市青空町二丁目4番地' },
    ...[8, 8, 10, 11].map((head) => ({ familyHead: bigName(head) })),
  ];
  const big = make(
    '西浜町5丁目1番1号',
    roles.map((relationship, i) => ({
      name: bigName(i),
      kana: `オオヤ　${i === 0 ? 'ミホン' : (bigKana[i - 1] ?? '')}`,
      relationship,
      born: births[i] ?? adult,
      ...(relationship === '妻の母' ? { sex: 'female' as const } : {}),
      ...bigFamily[i],
    })),
    '大家屋敷',
  );
  return {
    taro: mihon,
    nguyen,
    watanabe,
    big,
    protected: withRestriction(single('守田', 'モリタ'), 'protection-measure'),
    child: make('若葉町一丁目1番1号', [
      {
        name: '若木　見本',
        kana: 'ワカギ　ミホン',
        relationship: '世帯主',
        born: '2012-06-15',
        familyHead: '若木　健一',
      },
    ]),
    mover: single('移川', 'ウツリカワ', { movingOutOn: eraDate('2026-12-25') }),
    moved: single('去田', 'サリタ', { standing: 'moved-out' }),
    overflow: single('寿限無寿限無五劫の擦り切れ海砂利水魚の水行末雲来末風来末'.repeat(6), 'ナガイ'),
    gaiji: single('葛\u{E01EF}城', 'カツラギ'),
    sealless: single('印南', 'インナミ'),
    sealgone: single('廃田', 'ハイダ'),
    landowner: make('大字土屋12番地', [
      { name: '土屋　見本', kana: 'ツチヤ　ミホン', relationship: '世帯主', born: '1950-09-01' },
    ]),
    undeclared: make('栄町二丁目4番6号', [
      { name: '扶川　一夫', kana: 'フカワ　カズオ', relationship: '世帯主', born: '1985-07-07' },
      { name: '扶川　見本', kana: 'フカワ　ミホン', relationship: '妻', born: '1988-02-14' },
    ]),
    newcomer: single('新井', 'アライ', {
      becameResident: eraDate('2026-04-02'),
      settledAtAddress: eraDate('2026-04-02'),
      notified: eraDate('2026-04-03'),
      domicile: '例示県はるか市南通三丁目15番地',
    }),
    miharu: single('見晴', 'ミハル', { domicile: miharuDomicile }),
    newlywed: single('結城', 'ユウキ', { born: '1998-12-12' }),
    koseki12: make('東雲台一丁目12番12号', [
      { name: '多田　見本', kana: 'タダ　ミホン', relationship: '世帯主', born: '1950-05-01' },
      { name: '多田　節子', kana: 'タダ　セツコ', relationship: '妻', born: '1953-03-03' },
    ]),
  };
}

/** Of the small town; the family register is kept in the city. */
export function townHouseholds(plan: TownPlan, numbers: NewNumbers): Readonly<Record<string, TownHousehold>> {
  return {
    machi: notableBuilder(plan, numbers)('大字見晴100番地1', [
      { name: '町田　見本', kana: 'マチダ　ミホン', relationship: '世帯主', born: adult, domicile: machiDomicile },
    ]),
  };
}
