/** All checks, in the order in which they are told. */
import { accountsAgree } from './accounts-agree.ts';
import type { CheckName, MakeCheck } from './check.ts';
import { doneOnce } from './done-once.ts';
import { everythingDrains } from './everything-drains.ts';
import { moneyForPaper } from './money-for-paper.ts';
import { ownPaper } from './own-paper.ts';
import { registerAtPrepare } from './register-at-prepare.ts';
import { sound } from './sound.ts';
import { standsInTheLog } from './stands-in-the-log.ts';

export const checks: { readonly [Name in CheckName]: { readonly make: MakeCheck; readonly says: string } } = {
  S1: { make: ownPaper, says: 'every sheet belongs to the holder whose card signed' },
  S2: { make: moneyForPaper, says: 'a fee is captured for paper, else given back or a case' },
  S3: { make: accountsAgree, says: 'kiosks, center and issuers have the same money' },
  S7: { make: registerAtPrepare, says: 'paper shows the register at PREPARE' },
  S8: { make: doneOnce, says: 'each step is done once' },
  L1: { make: everythingDrains, says: 'everything drains when faults stop' },
  log: { make: standsInTheLog, says: 'every paper stands in the log of issues' },
  sound: { make: sound, says: 'no system runs into what it did not foresee' },
};
