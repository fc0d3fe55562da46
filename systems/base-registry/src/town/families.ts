/** Which families the people of a household belong to by law: a couple and its unmarried children share a family register,
 *  nobody of a third generation does (戸籍法 6条). */
import { type AddresseeNumber, type RegisterText, wholeName } from '@dokodemo/domain';
import { bornOf, daysAfter, eraDate, isoWithin, yearsAfter } from './dates.ts';
import type { Draw } from './draw.ts';
import {
  type Context,
  called,
  cameFrom,
  computerisedOn,
  earlier,
  type Family,
  givenNameOf,
  type Kin,
  kinOf,
  type Leaving,
  later,
  marriedIn,
  type Place,
  parentsElsewhere,
  type Settler,
  someOrder,
  surnameOf,
} from './family.ts';
import { elsewhereFor, menNames, womenNames } from './names.ts';
import { lastDay, type TownPlan } from './plan.ts';

/** A husband or wife who is not of the household any more: dead, or divorced. */
function absentSpouse(
  context: Context,
  sex: Kin['sex'],
  partnerBorn: string,
  left: Leaving,
  taken: readonly string[],
): Kin {
  const { draw, plan, place } = context;
  const [given, kana] = draw.pick((sex === 'male' ? menNames : womenNames).filter(([it]) => !taken.includes(it)));
  const born = isoWithin(draw, yearsAfter(partnerBorn, -4), partnerBorn);
  return {
    givenName: { text: given },
    givenNameKana: kana,
    birth: eraDate(born),
    sex,
    left,
    lives: [{ ...place, settled: eraDate(isoWithin(draw, later(born, '1990-01-01'), daysAfter(left.iso, -30))) }],
    ...marriedIn(draw, plan, { text: given }, sex),
  };
}

/** The last day for a wedding, so that what may follow it in life is not in the future. */
const lastWedding = '2024-12-31';

/** A day for a wedding: both old enough, before the first child. */
function weddingDay(draw: Draw, births: readonly string[], children: readonly string[]): string {
  const oldEnough = births.map((born) => yearsAfter(born, 18)).reduce(later);
  const first = [...children].sort()[0];
  if (first !== undefined) return isoWithin(draw, later(oldEnough, yearsAfter(first, -5)), daysAfter(first, -1));
  return isoWithin(draw, oldEnough, earlier(lastWedding, yearsAfter(oldEnough, 18)));
}

const opposite = (sex: Kin['sex']) => (sex === 'male' ? 'female' : 'male');

/** A couple with children, whichever of them still live. `grown`: their children who are in registers of their own. */
export function couple(
  context: Context,
  head: Settler,
  spouse: Settler | undefined,
  children: readonly Settler[],
  { grown = [], ...parents }: Pick<Kin, 'father' | 'mother'> & { readonly grown?: readonly Settler[] } = {},
): Family {
  const { draw, plan, place, domicile } = context;
  const surname = surnameOf(head.name);
  const births = [head, ...(spouse === undefined ? [] : [spouse])].map(({ birth }) => bornOf(birth));
  const ofChildren = [...children, ...grown].map(({ birth }) => bornOf(birth));
  const wedding = weddingDay(draw, births, ofChildren);
  const headBorn = bornOf(head.birth);
  const endedAfter = [computerisedOn, wedding, ...ofChildren].reduce(later);
  const spouseLeft: Leaving = {
    how: headBorn < '1966-01-01' ? 'died' : 'divorced',
    iso: isoWithin(draw, daysAfter(endedAfter, 200), lastDay),
  };
  const sex = head.sex === 'female' ? 'female' : 'male';
  const spouseKin =
    spouse === undefined
      ? absentSpouse(
          context,
          opposite(sex),
          headBorn,
          spouseLeft,
          [...children, ...grown].map((it) => givenNameOf(it.name).text),
        )
      : kinOf(draw, spouse, place, marriedIn(draw, plan, givenNameOf(spouse.name), opposite(sex)));
  const own = { ...parentsElsewhere(draw, surname, givenNameOf(head.name).text), ...parents };
  const headKin = kinOf(draw, head, place, {
    ...own,
    relationship: someOrder(draw, sex),
    before: cameFrom(draw, plan, surname, givenNameOf(head.name), own.father),
  });
  const [father, mother] = sex === 'male' ? [headKin, spouseKin] : [spouseKin, headKin];
  const names = {
    father: wholeName(surname, father.givenName),
    mother: wholeName(surname, mother.givenName),
  };
  return {
    domicile,
    surname,
    ...kanaOf(head),
    origin: { how: 'marriage', iso: wedding },
    head: headKin,
    spouse: spouseKin,
    children: children.map((child) => kinOf(draw, child, place, names)),
  };
}

function kanaOf({ nameKana }: Settler): { readonly surnameKana?: string } {
  const kana = nameKana?.split('　')[0];
  return kana === undefined ? {} : { surnameKana: kana };
}

/** Somebody with a register of their own (分籍). */
export function alone({ draw, plan, place, domicile }: Context, person: Settler): Family {
  const surname = surnameOf(person.name);
  const parents = parentsElsewhere(draw, surname, givenNameOf(person.name).text);
  const sex = person.sex === 'female' ? 'female' : 'male';
  const grown = yearsAfter(bornOf(person.birth), 18);
  return {
    domicile,
    surname,
    ...kanaOf(person),
    origin: { how: 'own-register', iso: isoWithin(draw, grown, '2025-12-31') },
    head: kinOf(draw, person, place, {
      ...parents,
      relationship: someOrder(draw, sex),
      before: cameFrom(draw, plan, surname, givenNameOf(person.name), parents.father),
    }),
    children: [],
  };
}

/** Parents who live elsewhere, with the unmarried child who lives here in their register. */
function parentsWith(context: Context, child: Settler): Family {
  const { draw, plan } = context;
  const surname = surnameOf(child.name);
  const born = bornOf(child.birth);
  const place = {
    address: { text: `${draw.pick(elsewhereFor(plan.name))}${draw.between(1, 60)}番${draw.between(1, 20)}号` },
  };
  const own = givenNameOf(child.name).text;
  const parent = (sex: Kin['sex']): Settler => {
    const [given, kana] = draw.pick((sex === 'male' ? menNames : womenNames).filter(([it]) => it !== own));
    const birth = isoWithin(draw, yearsAfter(born, -34), yearsAfter(born, -21));
    const settled = eraDate(isoWithin(draw, later(born, '1990-01-01'), lastDay));
    return {
      addresseeNumber: '',
      name: called(surname, given),
      nameKana: `${child.nameKana?.split('　')[0] ?? ''}　${kana}`,
      birth: eraDate(birth),
      sex,
      relationship: sex === 'male' ? '世帯主' : '妻',
      becameResident: settled,
      settledAtAddress: settled,
      notified: settled,
      remarks: [],
      standing: 'present',
    };
  };
  const made = couple({ ...context, place }, parent('male'), parent('female'), [child]);
  const withoutNumber = ({ addresseeNumber: _, ...kin }: Kin): Kin => kin;
  const { spouse, children } = made;
  return {
    ...made,
    head: withoutNumber(made.head),
    ...(spouse === undefined ? {} : { spouse: withoutNumber(spouse) }),
    children: children.map((it) => ({ ...it, lives: kinOf(draw, child, context.place).lives })),
  };
}

/** A child who has a register of their own since a wedding stays on the parents' paper, marked 除籍. */
function marriedOut(draw: Draw, child: Settler, own: Family, place: Place, parents: Family): readonly Kin[] {
  const { iso } = own.origin;
  if (iso < computerisedOn || iso < parents.origin.iso) return [];
  const spouse = own.spouse?.before?.name;
  const left: Leaving = {
    how: 'married',
    iso,
    domicile: own.domicile,
    ...(spouse === undefined ? {} : { spouse }),
  };
  const home = { address: child.previousAddress ?? place.address };
  const lives = [{ ...home, settled: eraDate(isoWithin(draw, bornOf(child.birth), daysAfter(iso, -1))) }];
  return [kinOf(draw, { ...child, standing: 'present' }, place, { ...parentNames(parents), left, lives })];
}

function withChildren(family: Family, more: readonly Kin[]): Family {
  const children = [...family.children, ...more].toSorted((a, b) => bornOf(a.birth).localeCompare(bornOf(b.birth)));
  return { ...family, children };
}

export type Families = {
  readonly families: readonly Family[];
  /** 筆頭者 of each. */
  readonly heads: ReadonlyMap<AddresseeNumber, RegisterText>;
  /** 旧氏 of wives and husbands who took the other's surname. */
  readonly maidenNames: ReadonlyMap<AddresseeNumber, RegisterText>;
};

/** `people` in the order of the household, the head first. */
export function settleFamilies(
  draw: Draw,
  plan: TownPlan,
  people: readonly Settler[],
  domicile: RegisterText,
  place: Place,
): Families {
  const context: Context = { draw, plan, place, domicile };
  const [head, ...others] = people;
  if (head === undefined) return { families: [], heads: new Map(), maidenNames: new Map() };
  const with_ = (...relationships: readonly string[]) => others.filter((it) => relationships.includes(it.relationship));
  const [spouse] = with_('夫', '妻');
  const [father] = with_('父');
  const [mother] = with_('母');
  const grandchildren = with_('子の子');
  const children = with_('子');
  const eldest = grandchildren.map(({ birth }) => bornOf(birth)).sort()[0];
  // The child whose register the grandchildren are in: old enough for the eldest of them.
  const parent = children.find(({ birth }) => eldest !== undefined && yearsAfter(bornOf(birth), 19) <= eldest);
  const own = spouse !== undefined || children.length > 0;
  const families: Family[] = [];

  const parents = parentsHere(context, father, mother, own ? [] : [head], own ? [head] : []);
  if (own) {
    const names = parents && parentNames(parents);
    const main = couple(
      context,
      head,
      spouse,
      children.filter((it) => it !== parent),
      { ...names, grown: parent === undefined ? [] : [parent] },
    );
    const below = parent && couple(context, parent, undefined, grandchildren, parentNames(main));
    families.push(
      below === undefined ? main : withChildren(main, marriedOut(draw, parent as Settler, below, place, main)),
    );
    if (below !== undefined) families.push(below);
    if (parents !== undefined) families.unshift(withChildren(parents, marriedOut(draw, head, main, place, parents)));
  } else if (parents !== undefined) families.push(parents);
  else families.push(lone(context, head));
  const apart = ['夫（未届）', '妻（未届）', '縁故者', '同居人'];
  for (const person of others) if (apart.includes(person.relationship)) families.push(alone(context, person));
  return { families, heads: headsOf(families), maidenNames: maidenNamesOf(families) };
}

export function parentNames({ surname, head, spouse }: Family): Pick<Kin, 'father' | 'mother'> {
  const [father, mother] = head.sex === 'male' ? [head, spouse] : [spouse, head];
  const whole = (kin: Kin) => wholeName(surname, kin.givenName);
  return {
    ...(father === undefined ? {} : { father: whole(father) }),
    ...(mother === undefined ? {} : { mother: whole(mother) }),
  };
}

/** The head's parents, one or both of whom live here. A widow is in the register of her late husband. */
function parentsHere(
  context: Context,
  father: Settler | undefined,
  mother: Settler | undefined,
  children: readonly Settler[],
  grown: readonly Settler[],
): Family | undefined {
  if (father !== undefined) return couple(context, father, mother, children, { grown });
  if (mother === undefined) return undefined;
  const made = couple(context, mother, undefined, children, { grown });
  if (made.spouse?.left?.how !== 'died') return made;
  const { draw, plan } = context;
  const { before: _, ...late } = made.spouse;
  const { before: __, ...widow } = made.head;
  const own = parentsElsewhere(draw, made.surname, late.givenName.text);
  return {
    ...made,
    head: { ...late, ...own, before: cameFrom(draw, plan, made.surname, late.givenName, own.father) },
    spouse: { ...widow, ...marriedIn(draw, plan, widow.givenName, widow.sex) },
  };
}

/** Who lives alone: still in the parents' register, widowed or divorced, or with a register of their own. */
function lone(context: Context, person: Settler): Family {
  const born = bornOf(person.birth);
  const luck = context.draw.fraction();
  if (born > '1976-01-01' && luck < 0.6) return parentsWith(context, person);
  if (born < '1966-01-01' && luck < 0.5) return couple(context, person, undefined, []);
  return alone(context, person);
}

function headsOf(families: readonly Family[]): ReadonlyMap<AddresseeNumber, RegisterText> {
  const heads = new Map<AddresseeNumber, RegisterText>();
  for (const { surname, head, spouse, children } of families) {
    const whole = wholeName(surname, head.givenName);
    for (const kin of [head, ...(spouse === undefined ? [] : [spouse]), ...children])
      if (kin.addresseeNumber !== undefined && kin.left?.how !== 'married') heads.set(kin.addresseeNumber, whole);
  }
  return heads;
}

function maidenNamesOf(families: readonly Family[]): ReadonlyMap<AddresseeNumber, RegisterText> {
  return new Map(
    families.flatMap(({ spouse }) =>
      spouse?.addresseeNumber === undefined || spouse.before === undefined
        ? []
        : [[spouse.addresseeNumber, surnameOf(spouse.before.name)] as const],
    ),
  );
}
