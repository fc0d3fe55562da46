/** Rules as a table of plain questions over one reading of a register. */
import type { RefusalCode, Restriction } from '@dokodemo/domain';
import type { Policies } from '../municipality.ts';
import type { Judgement } from './kind.ts';

export type Rule<Facts> = {
  readonly rule: string;
  readonly code: RefusalCode;
  /** Source of the rule. */
  readonly source: string;
  readonly broken: (facts: Facts) => boolean;
};

/** What every rule may look at: restrictions are in every reading. */
export type RuleFacts = {
  readonly snapshot: { readonly restrictions: readonly Restriction[] };
  readonly policies: Policies;
  /** Today in Japan, YYYY-MM-DD. */
  readonly day: string;
};

/** Every rule is asked, whatever the others say; the first broken one in the order of the table gives the code. */
export function judgeBy<Facts extends RuleFacts>(rules: readonly Rule<Facts>[], facts: Facts): Judgement {
  // No short cut: the work is the same whether one rule is broken or none.
  const verdicts = rules.map(({ rule, code, broken }) => ({ rule, code, broken: broken(facts) }));
  return {
    asked: rules.map(({ rule }) => rule),
    broken: verdicts.filter((it) => it.broken).map(({ rule, code }) => ({ rule, code })),
    restrictionsSeen: facts.snapshot.restrictions.map(({ restrictionId }) => restrictionId),
  };
}

/** Is there a restriction in force that `test` takes in? It holds from its first day until somebody takes it away: its
 *  end date does not end it (住民記録システム標準仕様書 3.1). */
export function restricted(
  { snapshot, policies, day }: RuleFacts,
  test: (restriction: Restriction) => boolean = () => true,
): boolean {
  return snapshot.restrictions.some(
    (it) => it.from <= day && (it.level === 'error' || policies.alerts === 'refuse') && test(it),
  );
}

/** While staff work on a change, whatever its level. */
export function changeInProgress({ snapshot }: RuleFacts): boolean {
  return snapshot.restrictions.some(({ reason }) => reason === 'change-in-progress');
}
