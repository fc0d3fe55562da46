/**
 * Was a file collected? Decided here and nowhere else, on the session as the journal has it: whoever records the decision
 * first has made it, and the other finds it made. Money follows: a fee is kept for what was collected, and given back for
 * what was withdrawn.
 */
import { type Answer, answer, type IssuanceState, refuse } from '@dokodemo/domain';
import type { SessionEvent } from './events.ts';
import type { Application, Session } from './state.ts';

export type FileBounds = {
  /** A file that nobody collects: longer than a document's time to be paid and a kiosk's to show its address. */
  readonly fileKeptMs: number;
  /** Once collected, so long it can be fetched again by the same address. */
  readonly fileAgainMs: number;
};

/** What is to be recorded, if anything, before the answer holds. */
export type FileDecision<T> = Answer<{ readonly say: T; readonly event?: SessionEvent }>;

/** The money has gone back, or never came: nothing is given for it any more. */
const over: ReadonlySet<IssuanceState> = new Set(['refused', 'cancelled', 'expired', 'voided', 'refunded']);

export type Deposit = { readonly depositId: string; readonly digest: string; readonly bytes: number };

/** Before the fee: `prepared`, and the kiosk is at work on it. The same deposit again is the same. */
export function decideDeposit(
  session: Session,
  application: Application,
  deposit: Deposit,
  keptUntil: number,
): FileDecision<Application['file']> {
  const { applicationId, file } = application;
  if (file !== undefined) {
    if (file.state === 'withdrawn') return refuse('ENDED', 'it was withdrawn');
    const same = file.depositId === deposit.depositId && file.digest === deposit.digest;
    return same ? answer({ say: file }) : refuse('SAME_ID_OTHER_BODY', 'one file of each application');
  }
  if (session.step.at !== 'delivery' || session.step.applicationId !== applicationId) return refuse('OUT_OF_STEP');
  if (application.state !== 'prepared') return refuse('ENDED');
  const event = { kind: 'FileDeposited', applicationId, ...deposit, keptUntil } as const;
  return answer({ say: { ...deposit, state: 'waiting', keptUntil }, event });
}

/** By whoever brings the id. Unknown and past its time are one answer; withdrawn is another, for its owner. */
export function decideCollect(
  application: Application | undefined,
  depositId: string,
  { now, againMs }: { readonly now: number; readonly againMs: number },
): FileDecision<true> {
  const file = application?.file;
  if (application === undefined || file === undefined || file.depositId !== depositId) return refuse('UNKNOWN');
  if (file.state === 'withdrawn' || over.has(application.state)) return refuse('ENDED', 'it was withdrawn');
  if (now >= file.keptUntil) return refuse('UNKNOWN', 'its time is over');
  if (file.state === 'collected') return answer({ say: true });
  const { applicationId } = application;
  const keptUntil = Math.min(file.keptUntil, now + againMs);
  return answer({ say: true, event: { kind: 'FileCollected', applicationId, keptUntil } });
}

/** Also of a file that never came: if it comes yet, it is refused. */
export function decideWithdrawal({ applicationId, file }: Application): FileDecision<'collected' | 'withdrawn'> {
  if (file !== undefined && file.state !== 'waiting') return answer({ say: file.state });
  return answer({ say: 'withdrawn', event: { kind: 'FileWithdrawn', applicationId } });
}
