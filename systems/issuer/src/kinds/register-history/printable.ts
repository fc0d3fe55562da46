import type { RegisterHistoryOptions, RegisterHistoryPerson, RegisterHistorySnapshot } from '@dokodemo/domain';
import { deepFreeze } from '../../deep-freeze.ts';
import type { HistoryReading, RegisterHistoryChoice } from './questions.ts';

const nothing = { text: '' };

function printablePerson(person: RegisterHistoryPerson, { overseasVoter }: RegisterHistoryOptions) {
  const { addresseeNumber: _, overseasVotersListOf, ...rest } = person;
  return overseasVoter && overseasVotersListOf !== undefined ? { ...rest, overseasVotersListOf } : rest;
}

/** Somebody of the register who is not printed: the form must know that there is one (「一部の写し」), and nothing else. */
function leftOut({ personNumber }: RegisterHistoryPerson): RegisterHistoryPerson {
  return { personNumber, givenName: nothing, addresses: [] };
}

/** The part of a reading that the form may see: those who are printed, with what was asked for. */
export function printableHistory(reading: HistoryReading, choice: RegisterHistoryChoice): RegisterHistorySnapshot {
  const { municipality, asOf, holder, history } = reading;
  const frame = { municipality, asOf, holder, restrictions: [], versions: {} };
  if (history === undefined) return frame;
  const { options, personNumbers } = choice;
  const persons = history.persons.map((person) =>
    personNumbers.includes(person.personNumber) ? printablePerson(person, options) : leftOut(person),
  );
  const omitted = options.domicile ? {} : { registeredDomicile: nothing, headGivenName: nothing };
  return deepFreeze({ ...frame, history: { ...history, ...omitted, persons } });
}
