/** 戸籍の附票の写し from one snapshot of the address history kept with a family register. */
import {
  type RegisterHistory,
  type RegisterHistoryOptions,
  type RegisterHistoryPerson,
  type RegisterHistorySnapshot,
  wholeName,
} from '@dokodemo/domain';
import type { DocumentFrame, Filling } from '../../form/filling.ts';
import { present, wholeAddress } from '../holder.ts';
import { sexes } from '../residence/residence.ts';

export type RegisterHistoryOrder = {
  readonly snapshot: RegisterHistorySnapshot;
  readonly options: RegisterHistoryOptions;
  /** Who is shown, by their numbers in the register, in its order. */
  readonly personNumbers: readonly number[];
  readonly frame: DocumentFrame;
};

function personOf(history: RegisterHistory, person: RegisterHistoryPerson, number: number, domicile: boolean): Filling {
  const { sex, overseasVotersListOf, removedOn } = person;
  return {
    values: present({
      number: String(number),
      // With 本籍・筆頭者 shown the surname is theirs, and the paper lists given names only.
      name: domicile ? person.givenName : wholeName(history.surname, person.givenName),
      birth: person.birth?.text,
      sex: sex === undefined ? undefined : sexes[sex],
      overseasVotersListOf,
      removedOn: removedOn?.text,
    }),
    lists: {
      addresses: person.addresses.map(({ address, addressDetail, settled }, i) => ({
        values: { order: String(i + 1), address: wholeAddress(address, addressDetail), settled: settled.text },
      })),
    },
  };
}

/** A word for the operator when there is nothing to certify. */
export function registerHistoryFilling({ snapshot, options, personNumbers }: RegisterHistoryOrder): Filling | string {
  const { history } = snapshot;
  if (history === undefined) return 'the family register is not kept here';
  if (history.processing) return 'a notification is not recorded yet';
  const persons = history.persons.filter(({ personNumber }) => personNumbers.includes(personNumber));
  if (persons.length === 0 || persons.length !== new Set(personNumbers).size) return 'a person is not in the register';
  return {
    values: present({
      domicile: history.registeredDomicile,
      head: wholeName(history.surname, history.headGivenName),
      madeOn: history.madeOn.text,
    }),
    flags: {
      domicile: options.domicile,
      overseasVoter: options.overseasVoter,
      everybody: persons.length === history.persons.length,
    },
    lists: { persons: persons.map((person, i) => personOf(history, person, i + 1, options.domicile)) },
  };
}
