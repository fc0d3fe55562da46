/**
 * Who may take a residence certificate at a machine: a table of plain questions over one reading of the register.
 * Every rule is asked, whatever the others say; the first broken one in the order of the table gives the code. Every
 * restriction gives SUPPRESSED, which reads the same to everyone.
 */
import type { RefusalCode, ResidenceSnapshot, Resident, Restriction } from '@dokodemo/domain';
import type { Policies } from '../../municipality.ts';
import type { Judgement } from '../kind.ts';
import { hasCompletedYears } from './age.ts';
import type { ResidenceChoice } from './questions.ts';

export type ResidenceFacts = {
  readonly snapshot: ResidenceSnapshot;
  readonly choice: ResidenceChoice;
  readonly policies: Policies;
  /** Today in Japan, YYYY-MM-DD. */
  readonly day: string;
};

export type ResidenceRule = {
  readonly rule: string;
  readonly code: RefusalCode;
  /** Source of the rule. */
  readonly source: string;
  readonly broken: (facts: ResidenceFacts) => boolean;
};

/** Lowest age for taking certificates at a machine, by agreement of the participating municipalities. */
export const lowestAgeYears = 15;

function holderOf({ snapshot }: ResidenceFacts): Resident | undefined {
  return snapshot.household.members.find(({ addresseeNumber }) => addresseeNumber === snapshot.holder);
}

/** A restriction holds from its first day until somebody takes it away: its end date does not end it (3.1). */
function inForce(restriction: Restriction, { policies, day }: ResidenceFacts): boolean {
  return restriction.from <= day && (restriction.level === 'error' || policies.alerts === 'refuse');
}

function isOnHousehold({ on }: Restriction): boolean {
  return 'householdNumber' in on;
}

function isOnPerson({ on }: Restriction, numbers: readonly string[]): boolean {
  return 'addresseeNumber' in on && numbers.includes(on.addresseeNumber);
}

const restricted = (facts: ResidenceFacts, test: (restriction: Restriction) => boolean) =>
  facts.snapshot.restrictions.some((restriction) => inForce(restriction, facts) && test(restriction));

export const residenceRules: readonly ResidenceRule[] = [
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
    broken: (facts) => facts.policies.restrictedMembers === 'any' && restricted(facts, () => true),
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
    broken: ({ snapshot }) => snapshot.restrictions.some(({ reason }) => reason === 'change-in-progress'),
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
  const asked = residenceRules.map(({ rule }) => rule);
  // No short cut: the work is the same whether one rule is broken or none.
  const verdicts = residenceRules.map(({ rule, code, broken }) => ({ rule, code, broken: broken(facts) }));
  return {
    asked,
    broken: verdicts.filter((it) => it.broken).map(({ rule, code }) => ({ rule, code })),
    restrictionsSeen: facts.snapshot.restrictions.map(({ restrictionId }) => restrictionId),
  };
}
