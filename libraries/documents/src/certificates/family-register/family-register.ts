/** 戸籍全部事項証明書 and 戸籍個人事項証明書 from one snapshot of the family register. */
import {
  type FamilyRegister,
  type FamilyRegisterEntry,
  type FamilyRegisterPerson,
  type FamilyRegisterSnapshot,
  type RegisterText,
  wholeName,
} from '@dokodemo/domain';
import type { DocumentFrame, Filling } from '../../form/filling.ts';
import { joinTexts } from '../../form/words.ts';
import { present } from '../holder.ts';

export type FamilyRegisterChoice =
  /** 全部事項. */
  | { readonly scope: 'all' }
  /** 個人事項 of some persons, by their numbers in the register. */
  | { readonly scope: 'some'; readonly personNumbers: readonly number[] };

export type FamilyRegisterOrder = {
  readonly snapshot: FamilyRegisterSnapshot;
  readonly choice: FamilyRegisterChoice;
  readonly frame: DocumentFrame;
};

type Line = string | RegisterText;
const marked = (labelText: string, value: Line): RegisterText => joinTexts([`【${labelText}】`, value]);

/** 出生 → 「出　　生」: titles of two characters stand as wide as those of four. */
function spaced(title: string): string {
  const characters = [...title];
  return characters.length === 2 ? characters.join('　　') : title;
}

function entryOf({ title, fields }: FamilyRegisterEntry): Filling {
  const [first, ...others] = fields.map(({ label, value }) => marked(label, value));
  return {
    block: 'entry',
    values: { title: `　${spaced(title)}`, first: first ?? '' },
    lists: { lines: others.map((line) => ({ values: { line } })) },
  };
}

function personLines(person: FamilyRegisterPerson): readonly Line[] {
  const { givenNameKana, birth, spouse, father, mother, adoptiveFather, adoptiveMother, adoptiveRelationship } = person;
  const born = marked('生年月日', birth.text);
  return [
    marked('名', person.givenName),
    ...(givenNameKana === undefined ? [] : [marked('名の振り仮名', givenNameKana)]),
    spouse === undefined ? born : joinTexts([born, marked('配偶者区分', spouse)], '　　'),
    ...(father === undefined ? [] : [marked('父', father)]),
    ...(mother === undefined ? [] : [marked('母', mother)]),
    marked('続柄', person.relationship),
    ...(adoptiveFather === undefined ? [] : [marked('養父', adoptiveFather)]),
    ...(adoptiveMother === undefined ? [] : [marked('養母', adoptiveMother)]),
    ...(adoptiveRelationship === undefined ? [] : [marked('続柄', adoptiveRelationship)]),
  ];
}

function personParts(person: FamilyRegisterPerson): readonly Filling[] {
  const [first, second, ...others] = personLines(person);
  const body: Filling = {
    block: 'person',
    values: { first: first ?? '', second: second ?? '' },
    flags: { removed: person.removed },
    lists: { lines: others.map((line) => ({ values: { line } })) },
  };
  if (person.entries.length === 0) return [body];
  return [body, { block: 'personHeading' }, ...person.entries.map(entryOf)];
}

function headOf(register: FamilyRegister): Filling {
  const { surnameKana } = register;
  return {
    block: 'head',
    values: present({
      domicile: register.registeredDomicile,
      name: wholeName(register.surname, register.headGivenName),
      surnameKana: surnameKana === undefined ? undefined : marked('氏の振り仮名', surnameKana),
    }),
    flags: { hasSurnameKana: surnameKana !== undefined },
  };
}

/** A word for the operator when there is nothing to certify. */
export function familyRegisterFilling({ snapshot, choice }: FamilyRegisterOrder): Filling | string {
  const register = snapshot.familyRegister;
  if (register === undefined) return 'the family register is not kept here';
  if (register.processing) return 'a notification is not recorded yet';
  const numbers = choice.scope === 'all' ? undefined : choice.personNumbers;
  const persons = register.persons.filter(({ personNumber }) => numbers?.includes(personNumber) ?? true);
  if (persons.length === 0 || (numbers !== undefined && persons.length !== new Set(numbers).size))
    return 'a person is not in the register';
  const own = register.entries.length === 0 ? [] : [{ block: 'registerHeading' }, ...register.entries.map(entryOf)];
  return { lists: { parts: [headOf(register), ...own, ...persons.flatMap(personParts)] } };
}
