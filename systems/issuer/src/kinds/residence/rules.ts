/**
 * Who may take a residence certificate at a machine: a table of plain questions over one reading of the register.
 * Every restriction gives SUPPRESSED, which reads the same to everyone.
 */
import type { ResidenceSnapshot, Resident, Restriction } from '@dokodemo/domain';
import { hasCompletedYears } from '../age.ts';
import { lowestAgeYears } from '../holder-rules.ts';
import type { Judgement } from '../kind.ts';
import { changeInProgress, judgeBy, type Rule, type RuleFacts, restricted } from '../rules.ts';
import type { ResidenceChoice } from './questions.ts';

export type ResidenceFacts = RuleFacts & { readonly snapshot: ResidenceSnapshot; readonly choice: ResidenceChoice };

function holderOf({ snapshot }: ResidenceFacts): Resident | undefined {
  return snapshot.household.members.find(({ addresseeNumber }) => addresseeNumber === snapshot.holder);
}

function isOnHousehold({ on }: Restriction): boolean {
  return 'householdNumber' in on;
}

function isOnPerson({ on }: Restriction, numbers: readonly string[]): boolean {
  return 'addresseeNumber' in on && numbers.includes(on.addresseeNumber);
}

export const residenceRules: readonly Rule<ResidenceFacts>[] = [
  {
    rule: 'holder-is-present',
    code: 'NOT_RESIDENT',
    source: '住民基本台帳法 12条: by those recorded there',
    broken: (facts) => holderOf(facts)?.standing !== 'present',
  },
  {
    rule: 'holder-has-not-moved-out',
    code: 'NOT_RESIDENT',
    source: '住民基本台帳法 24条: a notified move out is effective on its day',
    broken: (facts) => {
      const day = holderOf(facts)?.movingOutOn?.iso;
      return day !== undefined && day <= facts.day;
    },
  },
  {
    rule: 'holder-is-fifteen',
    code: 'UNDER_15',
    source: 'participation rules of コンビニ交付',
    broken: (facts) => {
      const holder = holderOf(facts);
      return holder !== undefined && hasCompletedYears(holder.birth, lowestAgeYears, facts.day) !== true;
    },
  },
  {
    rule: 'no-restriction-on-holder',
    code: 'SUPPRESSED',
    source: '住民記録システム標準仕様書 3.1, 3.4',
    broken: (facts) => restricted(facts, (it) => isOnPerson(it, [facts.snapshot.holder])),
  },
  {
    rule: 'no-restriction-on-household',
    code: 'SUPPRESSED',
    source: '住民記録システム標準仕様書 3.1, 3.4',
    broken: (facts) => restricted(facts, isOnHousehold),
  },
  {
    rule: 'no-restriction-on-those-printed',
    code: 'SUPPRESSED',
    source: '住民記録システム標準仕様書 3.1, 3.4',
    broken: (facts) => restricted(facts, (it) => isOnPerson(it, facts.choice.memberNumbers)),
  },
  {
    rule: 'no-restriction-on-those-left-out',
    code: 'SUPPRESSED',
    source: 'policy restrictedMembers',
    // Whoever the restriction names, known to the household or not: the register named it with this household.
    broken: (facts) => facts.policies.restrictedMembers === 'any' && restricted(facts),
  },
  {
    rule: 'nothing-provisional',
    code: 'SUPPRESSED',
    source: '住民記録システム標準仕様書 4.0.8: 仮登録 never reaches a certificate',
    broken: ({ snapshot }) => snapshot.household.members.some(({ standing }) => standing === 'provisional'),
  },
  {
    rule: 'no-change-in-progress',
    code: 'SUPPRESSED',
    source: '住民記録システム標準仕様書 10.3: while staff work on a change',
    broken: changeInProgress,
  },
  {
    rule: 'nobody-is-moving-out',
    code: 'SUPPRESSED',
    source: 'policy movingOut',
    broken: ({ snapshot, policies }) =>
      policies.movingOut === 'refuse-household' &&
      snapshot.household.members.some((it) => it.standing === 'present' && it.movingOutOn !== undefined),
  },
  {
    rule: 'no-move-out-overdue',
    code: 'SUPPRESSED',
    source: 'a member whose day of moving out has come and who is still there: the register is behind',
    broken: ({ snapshot, day }) =>
      snapshot.household.members.some((it) => it.standing === 'present' && (it.movingOutOn?.iso ?? '9999') <= day),
  },
];

export function judgeResidence(facts: ResidenceFacts): Judgement {
  return judgeBy(residenceRules, facts);
}
