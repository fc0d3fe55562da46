/** Who may take which tax certificate of which year at a machine, by the rolls as they stand at PREPARE. */
import type { RefusalCode, TaxSnapshot } from '@dokodemo/domain';
import { holderRules } from '../holder-rules.ts';
import type { Rule, RuleFacts } from '../rules.ts';
import type { TaxChosen } from './choice.ts';
import { newestYear, offeredTax, vehicleFault, yearFault, yearOf, yearsOffered } from './rolls.ts';

export type TaxFacts = RuleFacts & { readonly snapshot: TaxSnapshot; readonly choice: TaxChosen | undefined };

function faultOf({ snapshot, choice }: TaxFacts): RefusalCode | undefined {
  if (choice === undefined) return undefined;
  const year = yearOf(snapshot, choice.fiscalYear);
  const vehicle = year?.vehicles.find(({ plate }) => plate.text === choice.plate);
  return vehicle === undefined ? yearFault(choice.certificate, year) : vehicleFault(vehicle);
}

const noFault = (rule: string, code: RefusalCode, source: string): Rule<TaxFacts> => ({
  rule,
  code,
  source,
  broken: (facts) => faultOf(facts) === code,
});

export const taxRules: readonly Rule<TaxFacts>[] = [
  ...holderRules,
  {
    rule: 'certificate-and-year-are-offered',
    code: 'KIND_NOT_OFFERED',
    source: 'policy tax',
    broken: ({ choice, policies, day }) => {
      const offered = choice && offeredTax(policies.tax, choice.certificate);
      if (choice === undefined || offered === undefined) return true;
      return choice.fiscalYear < (yearsOffered(offered, day).at(-1) ?? 0);
    },
  },
  {
    rule: 'year-is-given-out',
    code: 'TAX_YEAR_SWITCH',
    source: 'policy tax: the day from which a new fiscal year is given out',
    broken: ({ choice, policies, day }) => {
      const offered = choice && offeredTax(policies.tax, choice.certificate);
      return choice !== undefined && offered !== undefined && choice.fiscalYear > newestYear(offered, day);
    },
  },
  noFault('resident-on-1-January', 'TAX_NOT_RESIDENT_JAN1', '地方税法 39条, 318条: taxed where one lives on 1 January'),
  noFault('year-is-settled', 'TAX_YEAR_SWITCH', '地方税法 320条, 410条: what is not settled is not certified'),
  noFault('income-was-declared', 'TAX_NOT_DECLARED', '地方税法 317条の2; a dependant is certified without amounts'),
  noFault('something-is-on-the-roll', 'TAX_NOTHING_RECORDED', 'nothing to certify'),
  noFault('vehicle-tax-is-paid', 'TAX_UNPAID', '道路運送車両法 97条の2: only who owes nothing for it'),
];
