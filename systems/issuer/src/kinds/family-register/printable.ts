import type { FamilyRegisterPerson, FamilyRegisterSnapshot } from '@dokodemo/domain';
import { deepFreeze } from '../../deep-freeze.ts';
import type { FamilyReading, FamilyRegisterChoice } from './questions.ts';

/** The part of a reading that the form may see: the register with those who are printed, without restrictions, without
 *  the municipality's own numbers, without the resident register. What the form does not have it cannot print. */
export function printableRegister(reading: FamilyReading, choice: FamilyRegisterChoice): FamilyRegisterSnapshot {
  const { municipality, asOf, holder, familyRegister } = reading;
  const frame = { municipality, asOf, holder, restrictions: [], versions: {} };
  if (familyRegister === undefined) return frame;
  const persons = familyRegister.persons
    .filter(({ personNumber }) => choice.personNumbers.includes(personNumber))
    .map(({ addresseeNumber: _, ...person }): FamilyRegisterPerson => person);
  return deepFreeze({ ...frame, familyRegister: { ...familyRegister, persons } });
}
