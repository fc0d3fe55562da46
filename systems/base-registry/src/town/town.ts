/** A town that does not exist, made from a seed. */
import {
  addresseeNumbers,
  type Household,
  individualNumberCheckDigit,
  type MunicipalityCode,
  type Resident,
  type Restriction,
  type Sex,
} from '@dokodemo/domain';
import { eraDate, isoBetween, oddBirths, westernDate } from './dates.ts';
import { type Draw, openDraw } from './draw.ts';
import { buildings, elsewhere, foreigners, menNames, statuses, streets, surnames, womenNames } from './names.ts';
import { notableHouseholds } from './notable.ts';

export type TownHousehold = { readonly household: Household; readonly restrictions: readonly Restriction[] };

export type Town = {
  readonly municipality: MunicipalityCode;
  readonly households: readonly TownHousehold[];
  /** Residents that the demo names: key → 宛名番号. */
  readonly named: Readonly<Record<string, string>>;
};

export type TownPlan = {
  readonly municipality: MunicipalityCode;
  /** 「見本県どこでも市」 */
  readonly name: string;
  readonly residents: number;
  readonly seed: number;
};

export type NewNumbers = { person(): string; household(): string; individual(): string };

function numbersFor(draw: Draw): NewNumbers {
  const persons = addresseeNumbers(100_000_001);
  const households = addresseeNumbers(500_000_001);
  const next = (numbers: Generator<string>) => numbers.next().value as string;
  return {
    person: () => next(persons),
    household: () => next(households),
    individual() {
      const first = Array.from({ length: 11 }, () => draw.between(0, 9)).join('');
      return `${first}${individualNumberCheckDigit(first)}`;
    },
  };
}

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
      age: Math.max(18, headAge + draw.between(-6, 6)),
    });
  }
  while (people.length < size) {
    const room = size - people.length;
    const sex: Sex = draw.fraction() < 0.51 ? 'male' : 'female';
    if (people.length >= 5 && room > 2 && draw.fraction() < 0.4)
      people.push({ relationship: '子の子', sex, age: draw.between(0, 20) });
    else if (headAge < 65 && people.length > 3 && draw.fraction() < 0.3)
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

/** The year in which the town was made: its people do not grow older by themselves. */
const thisYear = 2026;

function japaneseHousehold(draw: Draw, numbers: NewNumbers, plan: TownPlan): TownHousehold {
  const [surname, surnameKana] = draw.pick(surnames);
  const { address, detail } = streetAddress(draw, plan);
  const domicile = {
    text:
      draw.fraction() < 0.6
        ? address.replace(/[0-9]+号$/, '').replace(/番$/, '番地')
        : `${draw.pick(elsewhere)}${draw.between(1, 99)}番地`,
  };
  const settledYear = draw.between(1990, 2026);
  const people = membersOf(draw);
  let headOfRegister = '';
  const members = people.map((person): Resident => {
    const [given, givenKana] = draw.pick(person.sex === 'male' ? menNames : womenNames);
    const outsider = person.relationship === '縁故者' || person.relationship === '同居人';
    const [family, familyKana] = outsider ? draw.pick(surnames) : [surname, surnameKana];
    const name = `${family}　${given}`;
    if (headOfRegister === '') headOfRegister = name;
    const born = isoBetween(draw, thisYear - person.age - 1, thisYear - person.age - 1);
    const settled = isoBetween(
      draw,
      Math.max(settledYear, thisYear - person.age),
      Math.max(settledYear, thisYear - person.age),
    );
    const moved = draw.fraction() < 0.7;
    const former = person.relationship.startsWith('妻') && draw.fraction() < 0.04 ? draw.pick(surnames)[0] : undefined;
    return {
      addresseeNumber: numbers.person(),
      name: { text: name },
      ...(draw.fraction() < 0.97 ? { nameKana: `${familyKana}　${givenKana}` } : {}),
      birth: draw.fraction() < 0.004 && person.age > 60 ? draw.pick(oddBirths) : eraDate(born),
      sex: person.sex,
      relationship: person.relationship,
      becameResident: eraDate(settled),
      settledAtAddress: eraDate(settled),
      notified: eraDate(settled),
      ...(moved
        ? { previousAddress: { text: `${draw.pick(elsewhere)}${draw.between(1, 60)}番${draw.between(1, 20)}号` } }
        : {}),
      individualNumber: numbers.individual(),
      remarks: draw.fraction() < 0.02 ? ['令和元年6月1日　職権により修正'] : [],
      particulars: {
        kind: 'japanese',
        registeredDomicile: domicile,
        headOfFamilyRegister: { text: outsider ? name : headOfRegister },
        ...(former === undefined ? {} : { formerSurname: { text: former } }),
      },
      standing:
        draw.weighted([98.4, 0.6, 0.7, 0.3]) === 0 || person.relationship === '世帯主'
          ? 'present'
          : draw.pick(['dead', 'moved-out', 'provisional'] as const),
      ...(draw.fraction() < 0.002 ? { movingOutOn: eraDate('2026-12-20') } : {}),
    };
  });
  const householdNumber = numbers.household();
  const head = members[0] as Resident;
  return {
    household: {
      householdNumber,
      address: { text: address },
      ...(detail === undefined ? {} : { addressDetail: { text: detail } }),
      ...(draw.fraction() < 0.003 ? {} : { headName: head.name }),
      members,
    },
    restrictions:
      draw.fraction() < 0.003
        ? [
            {
              restrictionId: `r-${householdNumber}`,
              on: { addresseeNumber: head.addresseeNumber },
              reason: 'protection-measure',
              level: 'error',
              from: '2026-04-01',
              until: '2027-03-31',
            },
          ]
        : [],
  };
}

function foreignHousehold(draw: Draw, numbers: NewNumbers, plan: TownPlan): TownHousehold {
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
  return {
    household: {
      householdNumber: numbers.household(),
      address: { text: address },
      ...(detail === undefined ? {} : { addressDetail: { text: detail } }),
      headName: (members[0] as Resident).name,
      members,
    },
    restrictions: [],
  };
}

/** The same plan gives the same town, to the byte. */
export function makeTown(plan: TownPlan): Town {
  const draw = openDraw(plan.seed);
  const numbers = numbersFor(draw);
  const notable = notableHouseholds(plan, numbers);
  const households: TownHousehold[] = [...notable.households];
  let residents = households.reduce((sum, { household }) => sum + household.members.length, 0);
  while (residents < plan.residents) {
    const next =
      draw.fraction() < 0.03 ? foreignHousehold(draw, numbers, plan) : japaneseHousehold(draw, numbers, plan);
    households.push(next);
    residents += next.household.members.length;
  }
  return { municipality: plan.municipality, households, named: notable.named };
}
