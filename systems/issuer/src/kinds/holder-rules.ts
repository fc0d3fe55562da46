/**
 * What every certificate demands that only the holder, as a resident, can take: seal registration, taxes. Restrictions
 * give SUPPRESSED, which reads the same to everyone; what is no secret has a code of its own.
 */
import type { SnapshotFrame } from '@dokodemo/domain';
import { hasCompletedYears } from './age.ts';
import { changeInProgress, type Rule, type RuleFacts, restricted } from './rules.ts';

/** Lowest age for taking certificates at a machine, by agreement of the participating municipalities. */
export const lowestAgeYears = 15;

export type HolderFacts = RuleFacts & { readonly snapshot: SnapshotFrame };

/** Living and here on `day`: the day of a notified move out is the first on which they are not. */
export function isResident({ resident }: Pick<SnapshotFrame, 'resident'>, day: string): boolean {
  return resident?.standing === 'present' && !((resident.movingOutOn?.iso ?? '9999') <= day);
}

export function isUnderAge({ resident }: Pick<SnapshotFrame, 'resident'>, day: string): boolean {
  return resident !== undefined && hasCompletedYears(resident.birth, lowestAgeYears, day) !== true;
}

export const holderRules: readonly Rule<HolderFacts>[] = [
  {
    rule: 'holder-is-present',
    code: 'NOT_RESIDENT',
    source: '住民基本台帳法 8条, 24条: in the resident register, and not moved out',
    broken: ({ snapshot, day }) => snapshot.resident?.standing !== 'provisional' && !isResident(snapshot, day),
  },
  {
    rule: 'holder-is-fifteen',
    code: 'UNDER_15',
    source: 'participation rules of コンビニ交付',
    broken: ({ snapshot, day }) => isUnderAge(snapshot, day),
  },
  {
    rule: 'no-restriction',
    code: 'SUPPRESSED',
    source: '住民記録システム標準仕様書 3.1, 3.4: 発行抑止 is of the person or household, not of one paper',
    broken: (facts) => restricted(facts),
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
  {
    rule: 'holder-is-not-moving-out',
    code: 'SUPPRESSED',
    source: 'policy movingOut',
    broken: ({ snapshot, policies }) =>
      policies.movingOut === 'refuse-household' && snapshot.resident?.movingOutOn !== undefined,
  },
];
