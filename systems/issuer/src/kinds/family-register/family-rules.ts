/**
 * Who may take a certificate of a family register at a machine: those who are in it now, living here or enrolled. 除籍:
 * whoever was removed from a register is not served from it, and is not chosen on its own paper; on a paper of the whole
 * register they stand, marked as removed.
 */
import type { RegisterDate, Restriction, SnapshotFrame } from '@dokodemo/domain';
import { hasCompletedYears } from '../age.ts';
import { lowestAgeYears } from '../holder-rules.ts';
import { changeInProgress, type Rule, type RuleFacts, restricted } from '../rules.ts';
import { type Enrolled, isServedHere, type RegisterPeople } from './reading.ts';

export type FamilyFacts = RuleFacts & {
  readonly snapshot: SnapshotFrame & Enrolled;
  /** Undefined: it is kept elsewhere. */
  readonly register: RegisterPeople | undefined;
  readonly birth: RegisterDate | undefined;
  /** Places in the register of those who would be printed. */
  readonly printed: readonly number[];
};

export function isUnderAge(birth: RegisterDate | undefined, day: string): boolean {
  return birth !== undefined && hasCompletedYears(birth, lowestAgeYears, day) !== true;
}

function isOn({ on }: Restriction, numbers: readonly (string | undefined)[]): boolean {
  return 'addresseeNumber' in on && numbers.includes(on.addresseeNumber);
}

function printedNumbers({ register, printed }: FamilyFacts): readonly (string | undefined)[] {
  return (register?.persons ?? [])
    .filter(({ personNumber }) => printed.includes(personNumber))
    .map(({ addresseeNumber }) => addresseeNumber);
}

export const familyRules: readonly Rule<FamilyFacts>[] = [
  {
    rule: 'holder-lives-here-or-is-enrolled',
    code: 'ENROLMENT_MISSING',
    source: '利用登録: whoever lives elsewhere has applied, and staff have found them in the register',
    broken: ({ snapshot, day }) => snapshot.resident?.standing !== 'provisional' && !isServedHere(snapshot, day),
  },
  {
    rule: 'holder-is-fifteen',
    code: 'UNDER_15',
    source: 'participation rules of コンビニ交付',
    broken: ({ birth, day }) => isUnderAge(birth, day),
  },
  {
    rule: 'family-register-is-here',
    code: 'KOSEKI_NOT_HERE',
    source: '戸籍法 1条, 10条: of the municipality of the 本籍, by those recorded in it',
    broken: ({ register }) => register === undefined,
  },
  {
    rule: 'nothing-waits-to-be-recorded',
    code: 'KOSEKI_PROCESSING',
    source: 'a notification (届出) has come in: the record is not what it will be',
    broken: ({ register }) => register?.processing === true,
  },
  {
    rule: 'no-restriction-on-holder',
    code: 'SUPPRESSED',
    source: '住民記録システム標準仕様書 3.1, 3.4',
    broken: (facts) => restricted(facts, (it) => isOn(it, [facts.snapshot.holder])),
  },
  {
    rule: 'no-restriction-on-a-household',
    code: 'SUPPRESSED',
    source: '住民記録システム標準仕様書 3.1, 3.4',
    // Whose household it is, the reading does not tell of everybody; it is that of the holder or of somebody recorded.
    broken: (facts) => restricted(facts, ({ on }) => 'householdNumber' in on),
  },
  {
    rule: 'no-restriction-on-those-printed',
    code: 'SUPPRESSED',
    source: '住民記録システム標準仕様書 3.1, 3.4',
    broken: (facts) => restricted(facts, (it) => isOn(it, printedNumbers(facts))),
  },
  {
    rule: 'no-restriction-on-those-left-out',
    code: 'SUPPRESSED',
    source: 'policy restrictedMembers',
    broken: (facts) => facts.policies.restrictedMembers === 'any' && restricted(facts),
  },
  {
    rule: 'nothing-provisional',
    code: 'SUPPRESSED',
    source: '住民記録システム標準仕様書 4.0.8: 仮登録 never reaches a certificate',
    broken: ({ snapshot }) => snapshot.resident?.standing === 'provisional',
  },
  {
    rule: 'no-change-in-progress',
    code: 'SUPPRESSED',
    source: '住民記録システム標準仕様書 10.3: while staff work on a change',
    broken: changeInProgress,
  },
];
