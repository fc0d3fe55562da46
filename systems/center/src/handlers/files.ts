/** Files between a kiosk and a telephone: kept as ciphertext, given out and taken back by the session's own journal. */
import { type Answer, answer, refuse } from '@dokodemo/domain';
import { type collectingEndpoints, type fileEndpoints, type Handlers, type Peer, sha256Hex } from '@dokodemo/protocol';
import { decideCollect, decideDeposit, decideWithdrawal, type FileDecision } from '../session/files.ts';
import type { Application, Session } from '../session/state.ts';
import { type SessionKeeper, whenJournalAllows } from '../session-keeper.ts';

type Params = { readonly sessionId: string; readonly applicationId: string };
type Found = { readonly session: Session; readonly application: Application };

export type FileHandlers = Handlers<typeof fileEndpoints> & Handlers<typeof collectingEndpoints>;

export function fileHandlers(keeper: SessionKeeper): FileHandlers {
  const { store, clock, limits, note } = keeper.deps;

  async function find({ sessionId, applicationId }: Params, terminalId?: string): Promise<Found | undefined> {
    const session = await keeper.load(sessionId);
    const application = session?.applications[applicationId];
    if (session === undefined || application === undefined) return undefined;
    return terminalId === undefined || session.terminalId === terminalId ? { session, application } : undefined;
  }

  /** Decided anew on what is there until it is recorded: between two that decide at once the journal decides. */
  async function settle<T>(
    params: Params,
    terminalId: string | undefined,
    decide: (found: Found) => FileDecision<T>,
  ): Promise<Answer<T>> {
    for (let tries = 0; tries < limits.conflictTries; tries++) {
      const found = await find(params, terminalId);
      if (found === undefined) return refuse('UNKNOWN');
      const decision = decide(found);
      if (!decision.ok) return decision;
      const { say, event } = decision.value;
      if (event === undefined || (await keeper.record(found.session, [event])) !== undefined) return answer(say);
      note({ what: 'conflict', sessionId: params.sessionId, detail: event.kind });
    }
    return refuse('BUSY', 'the session keeps changing');
  }

  async function deposit(peer: Peer, params: Params, body: { depositId: string; sealed: string }) {
    const sealed = Buffer.from(body.sealed, 'base64');
    const { depositId } = body;
    const deposited = { depositId, digest: sha256Hex(sealed), bytes: sealed.length };
    const keptUntil = clock.now() + limits.fileKeptMs;
    const decide = ({ session, application }: Found) => decideDeposit(session, application, deposited, keptUntil);
    // Before the bytes are taken in: whoever may not leave one leaves nothing.
    const found = await find(params, peer.id);
    if (found === undefined) return refuse('UNKNOWN');
    const allowed = decide(found);
    if (!allowed.ok) return allowed;
    if (allowed.value.event !== undefined) {
      const kept = await store.putFile({ depositId, ...params, bytes: sealed, expiresAt: keptUntil }, limits);
      if (!kept) return refuse('BUSY', 'too many files wait, or another has this id');
    }
    const settled = await settle(params, peer.id, decide);
    if (!settled.ok) return settled;
    const file = settled.value;
    return answer({
      state: file?.state ?? ('waiting' as const),
      keptMs: Math.max(1, (file?.keptUntil ?? 0) - clock.now()),
    });
  }

  async function collect(depositId: string): Promise<Answer<{ sealed: string }>> {
    const kept = await store.getFile(depositId);
    if (kept === undefined) return refuse('UNKNOWN');
    const { sessionId, applicationId, bytes } = kept;
    const found = await find({ sessionId, applicationId });
    // What cannot be given is not called collected.
    if (bytes === undefined || sha256Hex(bytes) !== found?.application.file?.digest) {
      return refuse(found?.application.file?.state === 'withdrawn' ? 'ENDED' : 'UNKNOWN');
    }
    const settled = await settle({ sessionId, applicationId }, undefined, ({ application }) =>
      decideCollect(application, depositId, { now: clock.now(), againMs: limits.fileAgainMs }),
    );
    return settled.ok ? answer({ sealed: Buffer.from(bytes).toString('base64') }) : settled;
  }

  return {
    depositFile: ({ peer, params, body }) => whenJournalAllows(() => deposit(peer, params, body)),
    fileState: ({ peer, params }) =>
      whenJournalAllows(async () => {
        const file = (await find(params, peer.id))?.application.file;
        return file === undefined ? refuse('UNKNOWN') : answer({ state: file.state });
      }),
    withdrawFile: ({ peer, params }) =>
      whenJournalAllows(async () => {
        const settled = await settle(params, peer.id, ({ application }) => decideWithdrawal(application));
        if (!settled.ok) return settled;
        if (settled.value === 'withdrawn') await store.wipeFile(params.applicationId);
        return answer({ state: settled.value });
      }),
    collectFile: ({ body }) => whenJournalAllows(() => collect(body.depositId)),
  };
}
