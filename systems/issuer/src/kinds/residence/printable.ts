import type { ResidenceOptions, ResidenceSnapshot, Resident } from '@dokodemo/domain';
import { deepFreeze } from '../../deep-freeze.ts';
import type { ResidenceChoice } from './questions.ts';

function printableMember(member: Resident, options: ResidenceOptions): Resident {
  // 転出予定 is not printed before its day (5.1); what was not asked for does not reach the form at all.
  const { individualNumber, movingOutOn: _, ...rest } = member;
  const shown = options.individualNumber && individualNumber !== undefined ? { ...rest, individualNumber } : rest;
  const { particulars } = shown;
  if (particulars.kind !== 'foreign' || options.residenceCardNumber) return shown;
  const { residenceCardNumber: __, ...withoutNumber } = particulars;
  return { ...shown, particulars: withoutNumber };
}

/** The part of a snapshot that the form may see: those who are printed, without restrictions and without numbers that
 *  nobody asked for. What the form does not have it cannot print by mistake. */
export function printableSnapshot(snapshot: ResidenceSnapshot, choice: ResidenceChoice): ResidenceSnapshot {
  const members = snapshot.household.members
    .filter(({ addresseeNumber }) => choice.memberNumbers.includes(addresseeNumber))
    .map((member) => printableMember(member, choice.options));
  return deepFreeze({ ...snapshot, restrictions: [], household: { ...snapshot.household, members } });
}
