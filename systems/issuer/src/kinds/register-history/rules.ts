/** As for the family register; and a 附票 is of addresses, so that a notified move concerns it. */
import { type FamilyFacts, familyRules } from '../family-register/family-rules.ts';
import type { Rule } from '../rules.ts';

export const historyRules: readonly Rule<FamilyFacts>[] = [
  ...familyRules,
  {
    rule: 'holder-is-not-moving-out',
    code: 'SUPPRESSED',
    source: 'policy movingOut',
    broken: ({ snapshot, policies }) =>
      policies.movingOut === 'refuse-household' && snapshot.resident?.movingOutOn !== undefined,
  },
];
