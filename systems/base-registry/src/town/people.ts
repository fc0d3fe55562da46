/** Who lives together, and what the resident register says of them. */
import type { Household, RegisterText, Resident, Sex } from '@dokodemo/domain';
import { daysAfter, eraDate, isoBetween, oddBirths, westernDate } from './dates.ts';
import type { Draw } from './draw.ts';
import { settleFamilies } from './families.ts';
import { type Family, later, type Settler } from './family.ts';
import { buildings, elsewhereFor, foreigners, menNames, statuses, streets, surnames, womenNames } from './names.ts';
import { lastDay, type NewNumbers, type TownPlan, thisYear } from './plan.ts';
import type { TownHousehold } from './town.ts';

export type Settled = { readonly home: TownHousehold; readonly families: readonly Family[] };

export function streetAddress(draw: Draw, { municipality, name }: TownPlan): { address: string; detail?: string } {
  const street = draw.pick(streets[municipality] ?? ['本町']);
  const inTown = !street.startsWith('大字');
  const address = inTown
    ? `${name}${street}${'一二三四五'[draw.between(0, 4)]}丁目${draw.between(1, 40)}番${draw.between(1, 30)}号`
    : `${name}${street}${draw.between(1, 2_400)}番地${draw.between(1, 9)}`;
  return inTown && draw.fraction() < 0.45
    ? { address, detail: `${draw.pick(buildings)}${draw.between(1, 9)}0${draw.between(1, 9)}号室` }
    : { address };
}

type Person = { readonly relationship: string; readonly sex: Sex; readonly age: number };

/** Who lives together: sizes 1 to 12 as they are found, then roles by size. */
function membersOf(draw: Draw): readonly Person[] {
  const size = 1 + draw.weighted([38, 27, 16, 12, 4.5, 1.4, 0.5, 0.25, 0.15, 0.1, 0.05, 0.05]);
  const headAge = draw.between(20, 92);
  const headSex: Sex = draw.fraction() < 0.72 ? 'male' : 'female';
  const people: Person[] = [{ relationship: '世帯主', sex: headSex, age: headAge }];
  const other: Sex = headSex === 'male' ? 'female' : 'male';
  const married = size > 1 && draw.fraction() < 0.8;
  if (married) {
    const unregistered = draw.fraction() < 0.03 ? '（未届）' : '';
    people.push({
      relationship: `${other === 'female' ? '妻' : '夫'}${unregistered}`,
      sex: other,
      age: Math.max(19, headAge + draw.between(-3, 6)),
    });
  }
  const has = (relationship: string) => people.some((it) => it.relationship === relationship);
  while (people.length < size) {
    const room = size - people.length;
    const sex: Sex = draw.fraction() < 0.51 ? 'male' : 'female';
    const eldest = Math.max(0, ...people.filter(({ relationship }) => relationship === '子').map(({ age }) => age));
    if (people.length >= 5 && room > 2 && eldest >= 21 && draw.fraction() < 0.4)
      people.push({ relationship: '子の子', sex, age: draw.between(0, Math.min(20, eldest - 21)) });
    else if (headAge < 65 && people.length > 3 && draw.fraction() < 0.3 && !has(sex === 'male' ? '父' : '母'))
      people.push({ relationship: sex === 'male' ? '父' : '母', sex, age: headAge + draw.between(22, 32) });
    else if (draw.fraction() < 0.03)
      people.push({ relationship: draw.fraction() < 0.5 ? '縁故者' : '同居人', sex, age: draw.between(18, 70) });
    else people.push({ relationship: '子', sex, age: Math.max(0, headAge - draw.between(22, 36)) });
  }
  const rank = (it: Person) =>
    ['世帯主', '夫', '妻', '夫（未届）', '妻（未届）', '子', '子の子', '父', '母', '縁故者', '同居人'].indexOf(
      it.relationship,
    );
  return people.sort((a, b) => rank(a) - rank(b) || b.age - a.age);
}

/** Past the end of the town's time is not a date yet. */
const atMost = (iso: string) => (iso > lastDay ? lastDay : iso);

function standingOf(draw: Draw, relationship: string): Resident['standing'] {
  return draw.weighted([98.4, 0.6, 0.7, 0.3]) === 0 || relationship === '世帯主'
    ? 'present'
    : draw.pick(['dead', 'moved-out', 'provisional'] as const);
}

/** Everybody of a household but for what the family register says of them. They came together; who was born since has
 *  been here from birth. */
function japaneseMembers(draw: Draw, numbers: NewNumbers, plan: TownPlan): readonly Settler[] {
  const [surname, surnameKana] = draw.pick(surnames);
  const people = membersOf(draw);
  const headBorn = thisYear - (people[0]?.age ?? 0) - 1;
  const cameIn = Math.max(draw.between(1990, thisYear), headBorn + 1);
  const came = atMost(isoBetween(draw, cameIn, cameIn));
  const from = { text: `${draw.pick(elsewhereFor(plan.name))}${draw.between(1, 60)}番${draw.between(1, 20)}号` };
  const taken = new Set<string>();
  return people.map(({ relationship, sex, age }) => {
    // Nobody of a household is called as another of it, while there are names.
    const free = (sex === 'male' ? menNames : womenNames).filter(([name]) => !taken.has(name));
    const [given, givenKana] = draw.pick(free.length > 0 ? free : menNames);
    taken.add(given);
    const outsider = relationship === '縁故者' || relationship === '同居人';
    const [family, familyKana] = outsider ? draw.pick(surnames) : [surname, surnameKana];
    const bornYear = thisYear - age - 1;
    const born = isoBetween(draw, bornYear, bornYear);
    const settled = later(born, came);
    // A birth that no calendar has would not fit those of parents and children: only who lives alone has one.
    const odd = people.length === 1 && age > 60 && draw.fraction() < 0.02;
    return {
      addresseeNumber: numbers.person(),
      name: { text: `${family}　${given}` },
      ...(draw.fraction() < 0.97 ? { nameKana: `${familyKana}　${givenKana}` } : {}),
      birth: odd ? draw.pick(oddBirths) : eraDate(born),
      sex,
      relationship,
      becameResident: eraDate(settled),
      settledAtAddress: eraDate(settled),
      notified: eraDate(atMost(daysAfter(settled, draw.between(0, 12)))),
      ...(born < came ? { previousAddress: from } : {}),
      individualNumber: numbers.individual(),
      remarks: draw.fraction() < 0.02 ? ['令和元年6月1日　職権により修正'] : [],
      standing: standingOf(draw, relationship),
      ...(draw.fraction() < 0.002 ? { movingOutOn: eraDate('2026-12-20') } : {}),
    };
  });
}

function familyDomicile(
  draw: Draw,
  plan: TownPlan,
  address: string,
): { readonly domicile: RegisterText; readonly isHere: boolean } {
  const isHere = draw.fraction() < 0.6;
  const text = isHere
    ? address.replace(/[0-9]+号$/, '').replace(/番$/, '番地')
    : `${draw.pick(elsewhereFor(plan.name))}${draw.between(1, 99)}番地`;
  return { domicile: { text }, isHere };
}

export function japaneseHousehold(draw: Draw, numbers: NewNumbers, plan: TownPlan): Settled {
  const { address, detail } = streetAddress(draw, plan);
  const { domicile, isHere } = familyDomicile(draw, plan, address);
  const people = japaneseMembers(draw, numbers, plan);
  const place = { address: { text: address }, ...(detail === undefined ? {} : { addressDetail: { text: detail } }) };
  const { heads, families, maidenNames } = settleFamilies(draw, plan, people, domicile, place);
  const members = people.map((person): Resident => {
    const maiden = maidenNames.get(person.addresseeNumber);
    const former = draw.fraction() < 0.04 ? maiden : undefined;
    return {
      ...person,
      particulars: {
        kind: 'japanese',
        registeredDomicile: domicile,
        headOfFamilyRegister: heads.get(person.addresseeNumber) ?? person.name,
        ...(former === undefined ? {} : { formerSurname: former }),
      },
    };
  });
  const householdNumber = numbers.household();
  const head = members[0] as Resident;
  const household: Household = {
    householdNumber,
    ...place,
    ...(draw.fraction() < 0.003 ? {} : { headName: head.name }),
    members,
  };
  const restrictions =
    draw.fraction() < 0.003
      ? [
          {
            restrictionId: `r-${householdNumber}`,
            on: { addresseeNumber: head.addresseeNumber },
            reason: 'protection-measure' as const,
            level: 'error' as const,
            from: '2026-04-01',
            until: '2027-03-31',
          },
        ]
      : [];
  return { home: { household, restrictions }, families: isHere ? families : [] };
}

export function foreignHousehold(draw: Draw, numbers: NewNumbers, plan: TownPlan): Settled {
  const people = draw.pick(foreigners);
  const { address, detail } = streetAddress(draw, plan);
  const size = draw.between(1, 3);
  const status = draw.pick(statuses);
  const since = isoBetween(draw, 2013, 2025);
  const members = Array.from({ length: size }, (_, i): Resident => {
    const which = draw.between(0, people.names.length - 1);
    return {
      addresseeNumber: numbers.person(),
      name: { text: people.names[which] ?? '' },
      nameKana: people.kana[which] ?? '',
      birth: westernDate(isoBetween(draw, 1960, 2004)),
      sex: draw.fraction() < 0.5 ? 'male' : 'female',
      relationship: i === 0 ? '世帯主' : i === 1 ? '妻' : '子',
      becameResident: eraDate(since),
      settledAtAddress: eraDate(since),
      notified: eraDate(since),
      individualNumber: numbers.individual(),
      remarks: [],
      particulars: {
        kind: 'foreign',
        ...(people.kanji?.[which] === undefined ? {} : { nameInKanji: { text: people.kanji[which] } }),
        ...(draw.fraction() < 0.2
          ? { alias: { text: `${draw.pick(surnames.slice(0, 20))[0]}　${draw.pick(menNames)[0]}` } }
          : {}),
        nationality: people.nationality,
        article30_45: status.category,
        ...(status.status === undefined ? {} : { statusOfResidence: status.status }),
        ...(status.period === undefined ? {} : { periodOfStay: status.period }),
        ...(status.period === undefined || status.period === '無期限'
          ? {}
          : { periodOfStayExpires: westernDate(isoBetween(draw, 2027, 2029)) }),
        ...(status.category === '中長期在留者'
          ? {
              residenceCardNumber: `${draw.pick(['AB', 'CD', 'EF'])}${draw.between(10_000_000, 99_999_999)}${draw.pick(['GH', 'JK', 'MN'])}`,
            }
          : {}),
        becameForeignResident: eraDate(since),
      },
      standing: 'present',
    };
  });
  const household: Household = {
    householdNumber: numbers.household(),
    address: { text: address },
    ...(detail === undefined ? {} : { addressDetail: { text: detail } }),
    headName: (members[0] as Resident).name,
    members,
  };
  return { home: { household, restrictions: [] }, families: [] };
}
