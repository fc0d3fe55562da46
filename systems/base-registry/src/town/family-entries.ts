/** From a family to its register: 戸籍事項, 身分事項 in the words of the register (戸籍法施行規則 附録第24号様式), and the 附票. */
import { type FamilyRegisterEntry, type FamilyRegisterField, type RegisterText, wholeName } from '@dokodemo/domain';
import type { StoredFamilyPerson, StoredFamilyRegister, StoredHistory } from '../records/rows.ts';
import { bornOf, daysAfter, eraDate, fullWidth } from './dates.ts';
import type { Draw } from './draw.ts';
import { computerisedOn, type Family, type Kin, later } from './family.ts';
import { elsewhereFor } from './names.ts';
import type { TownPlan } from './plan.ts';

/** From 住民基本台帳法 as changed on 2022-01-11: those removed before have neither birth nor sex on a 附票. */
const birthAndSexSince = '2022-01-11';

export const day = (iso: string) => eraDate(iso).text;
/** Numbers in a family register are full-width. */
export const field = (label: string, value: string | RegisterText): FamilyRegisterField => ({
  label,
  value: typeof value === 'string' ? { text: fullWidth(value) } : { ...value, text: fullWidth(value.text) },
});
const joined = (...texts: readonly RegisterText[]): RegisterText => {
  const glyphs = Object.assign({}, ...texts.map((it) => it.glyphs));
  const text = texts.map((it) => it.text).join('　');
  return Object.keys(glyphs).length === 0 ? { text } : { text, glyphs };
};

function registerEntries({ origin, further }: Family): readonly FamilyRegisterEntry[] {
  const made: FamilyRegisterEntry =
    origin.iso < computerisedOn
      ? {
          title: '戸籍改製',
          fields: [
            field('改製日', day(computerisedOn)),
            field('改製事由', '平成６年法務省令第５１号附則第２条第１項による改製'),
          ],
        }
      : { title: '戸籍編製', fields: [field('編製日', day(origin.iso))] };
  return [made, ...(further ?? [])];
}

function birthEntry(draw: Draw, plan: TownPlan, kin: Kin): FamilyRegisterEntry {
  const here = draw.fraction() < 0.6;
  const place = here ? plan.name : (/^.+?[市町村]/.exec(draw.pick(elsewhereFor(plan.name)))?.[0] ?? plan.name);
  const notified = daysAfter(bornOf(kin.birth), draw.between(2, 13));
  const known = kin.birth.iso !== undefined;
  return {
    title: '出生',
    fields: [
      field('出生日', kin.birth.text),
      field('出生地', place),
      ...(known ? [field('届出日', day(notified))] : []),
      field('届出人', kin.father === undefined || draw.fraction() < 0.2 ? '母' : '父'),
      ...(known && !here ? [field('送付を受けた日', day(daysAfter(notified, 3))), field('受理者', `${place}長`)] : []),
    ],
  };
}

function weddingEntry({ origin, foreignSpouse }: Family, kin: Kin, partner: Kin | undefined, surname: RegisterText) {
  const from = kin.before === undefined ? [] : [field('従前戸籍', joined(kin.before.domicile, kin.before.head))];
  const spouse =
    foreignSpouse === undefined
      ? [field('配偶者氏名', partner?.before?.name ?? wholeName(surname, partner?.givenName ?? { text: '' }))]
      : [
          field('配偶者氏名', foreignSpouse.name),
          field('配偶者の国籍', foreignSpouse.nationality),
          field('配偶者の生年月日', foreignSpouse.birth),
        ];
  return { title: '婚姻', fields: [field('婚姻日', day(origin.iso)), ...spouse, ...from] };
}

function ownRegisterEntry(iso: string, kin: Kin): FamilyRegisterEntry {
  const from = kin.before === undefined ? [] : [field('従前戸籍', joined(kin.before.domicile, kin.before.head))];
  return { title: '分籍', fields: [field('分籍日', day(iso)), ...from] };
}

/** The entry with which somebody left, and that of the spouse who stays. */
function leavingEntry(draw: Draw, plan: TownPlan, kin: Kin, partner: RegisterText): readonly FamilyRegisterEntry[] {
  const { left } = kin;
  if (left === undefined) return [];
  const spouse = left.spouse ?? partner;
  const domicile = left.domicile ?? { text: `${draw.pick(elsewhereFor(plan.name))}${draw.between(1, 99)}番地` };
  const when = day(left.iso);
  switch (left.how) {
    case 'died':
      return [
        {
          title: '死亡',
          fields: [
            field('死亡日', when),
            field('死亡時分', `${draw.pick(['午前', '午後'])}${draw.between(1, 11)}時${draw.between(1, 59)}分`),
            field('死亡地', plan.name),
            field('届出日', day(daysAfter(left.iso, 2))),
            field('届出人', `親族　${spouse.text}`),
          ],
        },
      ];
    case 'married':
      return [
        {
          title: '婚姻',
          fields: [
            field('婚姻日', when),
            ...(spouse.text === '' ? [] : [field('配偶者氏名', spouse)]),
            field('新本籍', domicile),
            field('称する氏', kin.sex === 'female' ? '妻の氏' : '夫の氏'),
          ],
        },
      ];
    case 'divorced':
      return [
        { title: '離婚', fields: [field('離婚日', when), field('配偶者氏名', spouse), field('新本籍', domicile)] },
      ];
    case 'own-register':
      return [{ title: '分籍', fields: [field('分籍日', when), field('新本籍', domicile)] }];
  }
}

function afterLeaving(partner: Kin | undefined, surname: RegisterText): readonly FamilyRegisterEntry[] {
  if (partner?.left === undefined) return [];
  const when = day(partner.left.iso);
  if (partner.left.how === 'died') return [{ title: '配偶者の死亡', fields: [field('配偶者の死亡日', when)] }];
  return [
    { title: '離婚', fields: [field('離婚日', when), field('配偶者氏名', wholeName(surname, partner.givenName))] },
  ];
}

const ordinals = ['長', '二', '三', '四', '五', '六', '七', '八', '九', '十', '十一', '十二'];

function relationshipOf(kin: Kin, family: Family): string {
  if (kin.relationship !== undefined) return kin.relationship;
  const alike = family.children.filter(
    (it) =>
      it.relationship === undefined &&
      it.sex === kin.sex &&
      it.father?.text === kin.father?.text &&
      it.mother?.text === kin.mother?.text,
  );
  return `${ordinals[alike.indexOf(kin)] ?? '十三'}${kin.sex === 'male' ? '男' : '女'}`;
}

/** Addresses from the one on that held when the 附票 was made. */
function historyOf(kin: Kin, madeOn: string): StoredHistory {
  const removedOn = kin.left?.iso;
  const shown = removedOn === undefined || removedOn >= birthAndSexSince;
  const known = kin.lives.filter((_, i) => (kin.lives[i + 1]?.settled.iso ?? '9999') > madeOn);
  return {
    ...(shown ? { birth: kin.birth, sex: kin.sex } : {}),
    addresses: removedOn === undefined ? known : known.filter(({ settled }) => (settled.iso ?? '') <= removedOn),
    ...(kin.overseasVotersListOf === undefined ? {} : { overseasVotersListOf: kin.overseasVotersListOf }),
    ...(removedOn === undefined ? {} : { removedOn: eraDate(removedOn) }),
  };
}

export function writeFamilyRegister(
  draw: Draw,
  plan: TownPlan,
  familyRegisterId: string,
  family: Family,
): StoredFamilyRegister {
  const { surname, head, spouse, children, origin, foreignSpouse } = family;
  const madeOn = later(origin.iso, computerisedOn);
  const married = origin.how === 'marriage' && head.left === undefined && spouse?.left === undefined;
  const mark = (kin: Kin): '夫' | '妻' => (kin.sex === 'male' ? '夫' : '妻');
  const middle = (kin: Kin, partner: Kin | undefined): readonly FamilyRegisterEntry[] =>
    kin === head || kin === spouse
      ? [
          origin.how === 'marriage' ? weddingEntry(family, kin, partner, surname) : ownRegisterEntry(origin.iso, kin),
          ...afterLeaving(partner, surname),
        ]
      : [];
  const write = (kin: Kin, i: number): StoredFamilyPerson => {
    const partner = kin === head ? spouse : kin === spouse ? head : undefined;
    const { addresseeNumber, givenNameKana, father, mother, adoptiveFather, adoptiveMother } = kin;
    const partnerName = partner === undefined ? { text: '' } : wholeName(surname, partner.givenName);
    const kept = (kin === head || kin === spouse) && married && (spouse !== undefined || foreignSpouse !== undefined);
    return {
      person: {
        personNumber: i + 1,
        ...(addresseeNumber === undefined ? {} : { addresseeNumber }),
        givenName: kin.givenName,
        ...(givenNameKana === undefined ? {} : { givenNameKana }),
        birth: kin.birth,
        ...(kept ? { spouse: mark(kin) } : {}),
        ...(father === undefined ? {} : { father }),
        ...(mother === undefined ? {} : { mother }),
        relationship: relationshipOf(kin, family),
        ...(adoptiveFather === undefined ? {} : { adoptiveFather }),
        ...(adoptiveMother === undefined ? {} : { adoptiveMother }),
        ...(adoptiveFather === undefined && adoptiveMother === undefined
          ? {}
          : { adoptiveRelationship: kin.sex === 'male' ? '養子' : '養女' }),
        removed: kin.left !== undefined,
        entries: [
          birthEntry(draw, plan, kin),
          ...middle(kin, partner),
          ...(kin.further ?? []),
          ...leavingEntry(draw, plan, kin, partnerName),
        ],
      },
      history: historyOf(kin, madeOn),
    };
  };
  return {
    register: {
      familyRegisterId,
      registeredDomicile: family.domicile,
      surname,
      ...(family.surnameKana === undefined ? {} : { surnameKana: family.surnameKana }),
      headGivenName: head.givenName,
      entries: registerEntries(family),
    },
    processing: family.processing === true,
    historyMadeOn: eraDate(madeOn),
    persons: [head, ...(spouse === undefined ? [] : [spouse]), ...children].map(write),
  };
}
