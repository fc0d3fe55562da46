/**
 * Who may take a seal registration certificate at a machine. Read at PREPARE: a registration that ended a moment before is
 * not certified any more (2020–23: eleven certificates of cancelled seals in three cities).
 */
import type { SealRegistrationSnapshot } from '@dokodemo/domain';
import { holderRules } from '../holder-rules.ts';
import type { Rule, RuleFacts } from '../rules.ts';

export type SealFacts = RuleFacts & { readonly snapshot: SealRegistrationSnapshot };

export const sealRules: readonly Rule<SealFacts>[] = [
  ...holderRules,
  {
    rule: 'a-seal-was-registered',
    code: 'SEAL_NONE',
    source: '印鑑登録証明事務処理要領 第2, 第4',
    broken: ({ snapshot }) => snapshot.registration === undefined,
  },
  {
    rule: 'its-registration-has-not-ended',
    code: 'SEAL_CANCELLED',
    // Whatever ended it, a guardianship too: the reason stays in the register.
    source: '印鑑登録証明事務処理要領 第5',
    broken: ({ snapshot }) => snapshot.registration?.state === 'cancelled',
  },
];
