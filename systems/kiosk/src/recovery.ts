/** What is still owed when nobody is working on it any more: after a power cut, and after a defect. */
import { isRefusalCode } from '@dokodemo/domain';
import { caseNumberOf, type KnownDelivery, unsettled } from './journal-state.ts';
import type { LocalScreen } from './panel-contract.ts';
import { type Settled, type SettlementParts, settle } from './settlement.ts';

export type SettledDelivery = { readonly delivery: KnownDelivery; readonly settled: Settled };

/** Settles every delivery that is open, then ends the session that is. Done again after another cut it does the rest.
 *  Rejects when the journal or the money unit fails; whatever was settled by then is in the journal. */
export async function settleWhatIsLeft(parts: SettlementParts, reason: string): Promise<readonly SettledDelivery[]> {
  const { journal } = parts;
  const done: SettledDelivery[] = [];
  for (const delivery of unsettled(journal.state)) {
    const settled = await settle(parts, delivery.applicationId, reason);
    const wasOpenBefore = delivery.state === 'unresolved' && settled.outcome === 'unresolved';
    if (!wasOpenBefore) done.push({ delivery, settled });
  }
  const { openSession } = journal.state;
  if (openSession !== undefined) await journal.fact(openSession, { kind: 'session-ended', reason });
  return done;
}

/** At the start: the power is back. */
export async function recover(parts: SettlementParts): Promise<readonly SettledDelivery[]> {
  const { openSession } = parts.journal.state;
  if (openSession !== undefined) await parts.journal.fact(openSession, { kind: 'power-returned' });
  return settleWhatIsLeft(parts, 'POWER_CUT');
}

/** What a resident who has waited in the dark is shown; undefined: nothing was theirs. */
export function screenAfter(
  { delivery, settled }: SettledDelivery,
  terminalId: string,
  reason: string,
): LocalScreen | undefined {
  const { applicationId, feeYen, documentNumbers, sheetDigests, depositId } = delivery;
  switch (settled.outcome) {
    case 'captured':
      return {
        kind: 'take',
        ...(depositId === undefined ? {} : { electronic: true as const }),
        sheets: sheetDigests.length,
        changeYen: settled.changeYen,
        feeYen,
        documentNumbers,
      };
    case 'dropped':
    case 'returned': {
      const code = isRefusalCode(reason) ? reason : 'DEFECT';
      return settled.returnedYen > 0 ? { kind: 'refunded', returnedYen: settled.returnedYen, code } : undefined;
    }
    case 'unresolved':
      return { kind: 'case', caseNumber: caseNumberOf(terminalId, applicationId), feeYen };
  }
}
