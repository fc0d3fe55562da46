/** A family as it stands in one family register, before it is written down there. */
import {
  type AddressEntry,
  type AddresseeNumber,
  type FamilyRegisterEntry,
  type RegisterDate,
  type RegisterText,
  type Resident,
  wholeName,
} from '@dokodemo/domain';
import { bornOf, daysAfter, eraDate, isoWithin } from './dates.ts';
import type { Draw } from './draw.ts';
import { elsewhereFor, menNames, surnames, womenNames } from './names.ts';
import { lastDay, type TownPlan } from './plan.ts';

/** From this day on the municipality keeps its family registers by computer: what ended before was not brought over. */
export const computerisedOn = '2006-03-11';

export type Leaving = {
  readonly how: 'died' | 'married' | 'divorced' | 'own-register';
  readonly iso: string;
  /** Whom one has married, and the new 本籍. */
  readonly spouse?: RegisterText;
  readonly domicile?: RegisterText;
};

export type Kin = {
  readonly addresseeNumber?: AddresseeNumber;
  readonly givenName: RegisterText;
  readonly givenNameKana?: string;
  readonly birth: RegisterDate;
  readonly sex: 'male' | 'female';
  readonly father?: RegisterText;
  readonly mother?: RegisterText;
  readonly adoptiveFather?: RegisterText;
  readonly adoptiveMother?: RegisterText;
  /** 続柄; counted for children when absent. */
  readonly relationship?: string;
  /** Whole name before the marriage, and where from: 従前戸籍. */
  readonly before?: { readonly name: RegisterText; readonly domicile: RegisterText; readonly head: RegisterText };
  readonly left?: Leaving;
  readonly lives: readonly AddressEntry[];
  readonly overseasVotersListOf?: string;
  /** Further entries, after those that everybody has. */
  readonly further?: readonly FamilyRegisterEntry[];
};

export type Family = {
  readonly domicile: RegisterText;
  readonly surname: RegisterText;
  readonly surnameKana?: string;
  /** What made the register: a marriage, or 分籍. */
  readonly origin: { readonly how: 'marriage' | 'own-register'; readonly iso: string };
  readonly head: Kin;
  readonly spouse?: Kin;
  /** A spouse who is no Japanese has no family register, and is named in the head's entry. */
  readonly foreignSpouse?: { readonly name: string; readonly nationality: string; readonly birth: string };
  readonly children: readonly Kin[];
  readonly processing?: boolean;
  readonly further?: readonly FamilyRegisterEntry[];
};

export type Settler = Omit<Resident, 'particulars'>;

export function surnameOf({ text, glyphs }: RegisterText): RegisterText {
  return part(text.split('　')[0] ?? text, glyphs);
}
export function givenNameOf({ text, glyphs }: RegisterText): RegisterText {
  return part(text.split('　').slice(1).join('　'), glyphs);
}
function part(text: string, glyphs: RegisterText['glyphs']): RegisterText {
  const own = Object.entries(glyphs ?? {}).filter(([character]) => text.includes(character));
  return own.length === 0 ? { text } : { text, glyphs: Object.fromEntries(own) };
}

/** When a family came to the address before: the same for all of it, so by the address and not by luck. */
function cameTo(address: string, leftOn: string): string {
  const sum = [...address].reduce((total, character) => total + (character.codePointAt(0) ?? 0), 0);
  return daysAfter(leftOn, -300 - (sum % 3_700));
}

/** A resident as kin, with the addresses that the resident register knows. */
export function kinOf(draw: Draw, it: Settler, place: Omit<AddressEntry, 'settled'>, more: Partial<Kin> = {}): Kin {
  const given = it.nameKana?.split('　').slice(1).join('　');
  const settled = it.settledAtAddress.iso ?? lastDay;
  const earliest = later(bornOf(it.birth), '1990-01-01');
  const before =
    it.previousAddress === undefined || earliest >= settled
      ? []
      : [{ address: it.previousAddress, settled: eraDate(later(earliest, cameTo(it.previousAddress.text, settled))) }];
  const after =
    it.standing === 'moved-out'
      ? [{ address: { text: '架空県ゆめの市一番町3番8号' }, settled: eraDate(isoWithin(draw, settled, lastDay)) }]
      : [];
  const dead: Partial<Kin> =
    it.standing === 'dead'
      ? { left: { how: 'died', iso: isoWithin(draw, later(settled, '2026-01-01'), lastDay) } }
      : {};
  return {
    addresseeNumber: it.addresseeNumber,
    givenName: givenNameOf(it.name),
    ...(given === undefined ? {} : { givenNameKana: given }),
    birth: it.birth,
    sex: it.sex === 'female' ? 'female' : 'male',
    lives: [...before, { ...place, settled: it.settledAtAddress }, ...after],
    ...dead,
    ...more,
  };
}

export const later = (a: string, b: string) => (a > b ? a : b);
export const earlier = (a: string, b: string) => (a < b ? a : b);

export type Place = Omit<AddressEntry, 'settled'>;
export type Context = {
  readonly draw: Draw;
  readonly plan: TownPlan;
  readonly place: Place;
  readonly domicile: RegisterText;
};

export const called = (surname: RegisterText, given: string): RegisterText => wholeName(surname, { text: given });

const otherThan = (names: typeof menNames, given: string) => names.filter(([it]) => it !== given);

/** Father and mother of somebody whose parents do not live here; neither is called as their child is. */
export function parentsElsewhere(draw: Draw, surname: RegisterText, given: string) {
  return {
    father: called(surname, draw.pick(otherThan(menNames, given))[0]),
    mother: called(surname, draw.pick(otherThan(womenNames, given))[0]),
  };
}

const orders = ['長', '長', '長', '二', '二', '三'];
export function someOrder(draw: Draw, sex: Kin['sex']): string {
  return `${draw.pick(orders)}${sex === 'male' ? '男' : '女'}`;
}

export function cameFrom(
  draw: Draw,
  plan: TownPlan,
  surname: RegisterText,
  given: RegisterText,
  father: RegisterText,
): NonNullable<Kin['before']> {
  const domicile = { text: `${draw.pick(elsewhereFor(plan.name))}${draw.between(1, 99)}番地` };
  return { name: wholeName(surname, given), domicile, head: father };
}

/** Where somebody came from who married into a register: another surname, other parents. */
export function marriedIn(
  draw: Draw,
  plan: TownPlan,
  given: RegisterText,
  sex: Kin['sex'],
  own?: string,
): Partial<Kin> {
  const surname = { text: own ?? draw.pick(surnames)[0] };
  const parents = parentsElsewhere(draw, surname, given.text);
  return {
    ...parents,
    relationship: someOrder(draw, sex),
    before: cameFrom(draw, plan, surname, given, parents.father),
  };
}
