/** 多田: a family register of many sheets. Ten children, most of whom left, some came back, and one adopted. */
import type { FamilyRegisterEntry } from '@dokodemo/domain';
import { daysAfter, eraDate, isoWithin, yearsAfter } from './dates.ts';
import { couple } from './families.ts';
import { type Family, type Kin, kinOf } from './family.ts';
import { day, field } from './family-entries.ts';
import { contextOf } from './notable-families.ts';
import { type NotableContext, personOf, placeOf } from './notable-people.ts';

const father = { text: '多田　見本' };
const mother = { text: '多田　節子' };

const children: readonly (readonly [given: string, kana: string, born: string, sex: Kin['sex']])[] = [
  ['一彦', 'カズヒコ', '1974-06-02', 'male'],
  ['二葉', 'フタバ', '1975-11-30', 'female'],
  ['三郎', 'サブロウ', '1977-01-08', 'male'],
  ['四季', 'シキ', '1978-04-21', 'female'],
  ['五月', 'サツキ', '1979-05-05', 'female'],
  ['六太', 'ロクタ', '1980-10-10', 'male'],
  ['七海', 'ナナミ', '1982-07-07', 'female'],
  ['八重', 'ヤエ', '1983-08-18', 'female'],
  ['九郎', 'クロウ', '1985-02-28', 'male'],
  ['十和', 'トワ', '1986-12-01', 'female'],
];

const partners = ['文子', '武', '京子', '正人', '実', '雪江', '和夫', '透', '昌代', '進'];

/** Adopted away as a child and back again, a corrected name, a guardian: each is an entry of several lines. */
function eventsOf(context: NotableContext, born: string, given: string): readonly FamilyRegisterEntry[] {
  const { draw } = context;
  const adopted = isoWithin(draw, yearsAfter(born, 3), yearsAfter(born, 8));
  const dissolved = isoWithin(draw, yearsAfter(adopted, 2), yearsAfter(born, 14));
  const sent = (iso: string) => [
    field('届出日', day(iso)),
    field('送付を受けた日', day(daysAfter(iso, 4))),
    field('受理者', '架空県みらい市長'),
  ];
  const foster = [field('養父氏名', '架空　正夫'), field('養母氏名', '架空　文子')];
  const elsewhere = '架空県みらい市青空町二丁目30番地　架空　正夫';
  const renamed = yearsAfter(born, 19);
  return [
    {
      title: '養子縁組',
      fields: [
        field('縁組日', day(adopted)),
        ...foster,
        field('代諾者', '親権者父母'),
        ...sent(adopted),
        field('入籍戸籍', elsewhere),
      ],
    },
    {
      title: '養子離縁',
      fields: [field('離縁日', day(dissolved)), ...foster, ...sent(dissolved), field('従前戸籍', elsewhere)],
    },
    {
      title: '名の変更',
      fields: [
        field('名の変更日', day(renamed)),
        field('従前の名', `旧${given}`),
        field('届出人', '父母'),
        field('従前の記録', `【名】旧${given}`),
      ],
    },
    {
      title: '更正',
      fields: [
        field('更正日', day(daysAfter(renamed, 40))),
        field('更正事項', '母の氏名'),
        field('更正事由', '氏名の文字の更正'),
        field('従前の記録', '【母】多田セツ子'),
      ],
    },
  ];
}

function childOf(context: NotableContext, i: number): Kin {
  const [given, kana, born, sex] = children[i] ?? ['', '', '1970-01-01', 'male'];
  const { draw } = context;
  const wed = isoWithin(draw, yearsAfter(born, 24), yearsAfter(born, 33));
  const left =
    i % 3 === 2 || wed < '2006-04-01'
      ? undefined
      : { how: 'married' as const, iso: wed, spouse: { text: `例示　${partners[i]}` } };
  const abroad = i === 8;
  return {
    givenName: { text: given },
    givenNameKana: kana,
    birth: eraDate(born),
    sex,
    father,
    mother,
    ...(left === undefined ? {} : { left }),
    ...(abroad ? { overseasVotersListOf: context.plan.name } : {}),
    lives: [
      { address: { text: `${context.plan.name}栄町九丁目9番9号` }, settled: eraDate('1998-04-01') },
      ...(abroad ? [{ address: { text: '国外' }, settled: eraDate('2024-06-20') }] : []),
    ],
    further: eventsOf(context, born, given),
  };
}

export function manyEvents(context: NotableContext): Family {
  const { draw } = context;
  const place = placeOf(context, 'koseki12');
  const made = couple(
    contextOf(context, 'koseki12'),
    personOf(context, 'koseki12'),
    personOf(context, 'koseki12', 1),
    [],
  );
  const adoptedOn = '2011-09-09';
  const adopted: Kin = {
    givenName: { text: '百合' },
    givenNameKana: 'ユリ',
    birth: eraDate('2004-02-29'),
    sex: 'female',
    father: { text: '例示　三夫' },
    mother: { text: '例示　京子' },
    adoptiveFather: father,
    adoptiveMother: mother,
    relationship: '長女',
    lives: [{ ...place, settled: eraDate('2011-10-01') }],
    further: [
      {
        title: '養子縁組',
        fields: [
          field('縁組日', day(adoptedOn)),
          field('養父氏名', father),
          field('養母氏名', mother),
          field('代諾者', '親権者父母'),
          field('従前戸籍', '例示県はるか市南通三丁目15番地　例示　三夫'),
        ],
      },
    ],
  };
  return {
    ...made,
    origin: { how: 'marriage', iso: '1973-05-27' },
    head: { ...made.head, ...kinOf(draw, personOf(context, 'koseki12'), place, { relationship: '長男' }) },
    children: [...children.map((_, i) => childOf(context, i)), adopted],
    further: [
      {
        title: '転籍',
        fields: [
          field('転籍日', day('2009-04-01')),
          field('従前本籍', `${context.plan.name}栄町九丁目9番地`),
          field('届出日', day('2009-04-01')),
        ],
      },
    ],
  };
}
