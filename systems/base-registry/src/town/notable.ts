/** The residents that the demo names: each shows one thing. Everybody's card has the PIN 1234. */
import type { Resident, Restriction } from '@dokodemo/domain';
import { eraDate, westernDate } from './dates.ts';
import type { NewNumbers, TownHousehold, TownPlan } from './town.ts';

export type DemoResident = {
  /** `--card taro` */
  readonly key: string;
  readonly municipality: '482013' | '483028';
  readonly label: string;
  /** What this card shows. */
  readonly note: string;
};

export const demoResidents: readonly DemoResident[] = [
  { key: 'taro', municipality: '482013', label: '見本 太郎', note: '4人家族。すべて発行できます' },
  { key: 'hanako', municipality: '482013', label: '見本 花子', note: '太郎の妻。同じ世帯です' },
  { key: 'nguyen', municipality: '482013', label: 'グエン 見本', note: '外国人住民。通称があります' },
  { key: 'watanabe', municipality: '482013', label: '渡邉\u{E010F} 見本', note: '異体字と外字の氏名' },
  { key: 'big', municipality: '482013', label: '大家 見本', note: '12人世帯。3枚になります' },
  { key: 'protected', municipality: '482013', label: '守田 見本', note: '支援措置。発行できません' },
  { key: 'child', municipality: '482013', label: '若木 見本', note: '14歳。発行できません' },
  { key: 'mover', municipality: '482013', label: '移川 見本', note: '転出予定。発行できません' },
  { key: 'moved', municipality: '482013', label: '去田 見本', note: '転出済み。住民ではありません' },
  { key: 'overflow', municipality: '482013', label: '長井 見本', note: '氏名が長く、印刷できません' },
  { key: 'gaiji', municipality: '482013', label: '葛\u{E0102}城 見本', note: '印刷できない字形があります' },
  { key: 'machi', municipality: '483028', label: '町田 見本', note: 'いつでも町の住民です' },
];

type Person = Partial<Omit<Resident, 'name'>> & {
  readonly name: string;
  readonly kana: string;
  readonly relationship: string;
  readonly born: string;
};

function builder(plan: TownPlan, numbers: NewNumbers) {
  const domicile = { text: `${plan.name}本町一丁目1番地` };
  return (address: string, people: readonly Person[], detail?: string): TownHousehold => {
    const headName = { text: people[0]?.name ?? '' };
    const members = people.map(
      ({ name, kana, born, relationship, ...change }, i): Resident => ({
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
        particulars: { kind: 'japanese', registeredDomicile: domicile, headOfFamilyRegister: headName },
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

function cityHouseholds(plan: TownPlan, numbers: NewNumbers): Readonly<Record<string, TownHousehold>> {
  const make = builder(plan, numbers);
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
    { name: '見本　美咲', kana: 'ミホン　ミサキ', relationship: '妻', born: '1992-11-23' },
  ]); // biome-ignore format: one person, one block
  const watanabe = make('桜台四丁目10番2号', [
    { name: '渡邉\u{E010F}　見本', kana: 'ワタナベ　ミホン', relationship: '世帯主', born: '1975-01-07' },
    {
      name: '渡邉\u{E010F}　葛\u{E0102}子',
      kana: 'ワタナベ　カツコ',
      relationship: '妻',
      born: '1977-02-28',
      particulars: {
        kind: 'japanese',
        registeredDomicile: { text: `${plan.name}桜台四丁目10番地` },
        headOfFamilyRegister: { text: '渡邉\u{E010F}　見本' },
        formerSurname: { text: '𠮷﨑' },
      },
    },
    { name: '\u{E000}野　髙志', kana: 'オノ　タカシ', relationship: '縁故者', born: '1950-10-01' },
  ]);
  const third = watanabe.household.members[2] as Resident;
  (watanabe.household.members as Resident[])[2] = {
    ...third,
    name: { text: '\u{E000}野　髙志', glyphs: { '\u{E000}': 'MJ055353' } },
    birth: { text: '昭和25年月日不詳' },
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
  const big = make(
    '西浜町5丁目1番1号',
    roles.map((relationship, i) => ({
      name: `大家　${i === 0 ? '見本' : `${'一二三四五六七八九十'[i - 1] ?? '十一'}代`}`,
      kana: 'オオヤ　ミホン',
      relationship,
      born: births[i] ?? adult,
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
      { name: '若木　見本', kana: 'ワカギ　ミホン', relationship: '世帯主', born: '2012-06-15' },
    ]),
    mover: single('移川', 'ウツリカワ', { movingOutOn: eraDate('2026-12-25') }),
    moved: single('去田', 'サリタ', { standing: 'moved-out' }),
    overflow: single('寿限無寿限無五劫の擦り切れ海砂利水魚の水行末雲来末風来末'.repeat(6), 'ナガイ'),
    gaiji: single('葛\u{E0100}城', 'カツラギ'),
  };
}

/** The households of the demo's named residents, and where to find them. */
export function notableHouseholds(
  plan: TownPlan,
  numbers: NewNumbers,
): { readonly households: readonly TownHousehold[]; readonly named: Readonly<Record<string, string>> } {
  const isCity = plan.municipality === '482013';
  const households: Readonly<Record<string, TownHousehold>> = isCity
    ? cityHouseholds(plan, numbers)
    : {
        machi: builder(plan, numbers)('大字見晴100番地1', [
          { name: '町田　見本', kana: 'マチダ　ミホン', relationship: '世帯主', born: adult },
        ]),
      };
  const named = Object.fromEntries(
    Object.entries(households).map(([key, { household }]) => [key, household.members[0]?.addresseeNumber ?? '']),
  );
  if (isCity) named.hanako = households.taro?.household.members[1]?.addresseeNumber ?? '';
  return { households: Object.values(households), named };
}
