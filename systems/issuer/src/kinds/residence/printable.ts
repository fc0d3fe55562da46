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

/** Somebody of the household who is not printed: the form must know that there is one (「世帯の一部」), and nothing else. */
function leftOut(_: Resident, i: number): Resident {
  const nothing = { text: '' };
  return {
    addresseeNumber: `left-out-${i + 1}`,
    name: nothing,
    birth: nothing,
    sex: 'unknown',
    relationship: '',
    becameResident: nothing,
    settledAtAddress: nothing,
    notified: nothing,
    remarks: [],
    particulars: { kind: 'japanese', registeredDomicile: nothing, headOfFamilyRegister: nothing },
    standing: 'present',
  };
}

/** The part of a snapshot that the form may see: those who are printed, without restrictions and without numbers that
 *  nobody asked for. What the form does not have it cannot print by mistake. */
export function printableSnapshot(snapshot: ResidenceSnapshot, choice: ResidenceChoice): ResidenceSnapshot {
  const present = snapshot.household.members.filter(({ standing }) => standing === 'present');
  const isPrinted = ({ addresseeNumber }: Resident) => choice.memberNumbers.includes(addresseeNumber);
  const members = [
    ...present.filter(isPrinted).map((member) => printableMember(member, choice.options)),
    ...present.filter((member) => !isPrinted(member)).map(leftOut),
  ];
  const { headName, ...household } = snapshot.household;
  const head = choice.options.headAndRelationship && headName !== undefined ? { headName } : {};
  return deepFreeze({ ...snapshot, versions: {}, restrictions: [], household: { ...household, ...head, members } });
}
