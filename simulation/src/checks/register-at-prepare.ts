/** S7: what is printed is the register's state at PREPARE; whatever forbade it before then forbids it. */
import type { Application } from '@dokodemo/issuer';
import type { Picture } from '../register-truth.ts';
import type { Drawing } from '../witness.ts';
import type { World } from '../world.ts';
import { type MakeCheck, newIn, nothing } from './check.ts';

export const registerAtPrepare: MakeCheck = (world) => {
  const kept = newIn(world.witness.kept);
  return { step: () => kept().flatMap((application) => wrongWith(world, application)), rest: nothing };
};

function wrongWith(world: World, application: Application): readonly string[] {
  const { issue, applicationId, municipality } = application;
  if (issue === undefined) return [];
  const person = world.people.persons.find(
    (it) => it.municipality === municipality && it.addresseeNumber === issue.holder,
  );
  if (person === undefined) return [`${applicationId}: issued to somebody who has no card`];
  return issue.documentNumbers.flatMap((number) => {
    const sheets = world.witness.sheetsOf(application, number);
    const begunAt = sheets[0]?.underWay.find((it) => it.applicationId === applicationId)?.begunAt;
    if (sheets[0] === undefined || begunAt === undefined) return [`${number} was drawn outside its PREPARE`];
    const states = world.truth.between(person, begunAt, sheets[0].at);
    const faults = states.map((state) => faultOf(state, sheets));
    return faults.includes(undefined) ? [] : [`${number} for ${person.label}: ${faults[0] ?? ''}`];
  });
}

/** Why one copy, all its sheets, cannot be of this state of the register. */
function faultOf(state: Picture, sheets: readonly Drawing[]): string | undefined {
  const forbidden = sheets[0]?.concerns === 'household' ? state.restricted : state.holderRestricted;
  if (forbidden) return 'issued although a restriction was in force';
  if (!state.holdsCard) return 'issued although the card was no longer the holder’s';
  if (!state.holderPresent) return 'issued although the holder had moved out';
  const words = sheets.flatMap(({ said }) => said).join('');
  for (const number of sheets[0]?.members ?? []) {
    const name = state.names.get(number);
    if (name === undefined) return 'shows somebody who is no longer there';
    if (!words.includes(name)) return 'does not bear the name that the register has';
  }
  return undefined;
}
