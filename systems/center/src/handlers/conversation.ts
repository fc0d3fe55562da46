/** The conversation's two doors: open a session, give an input. */
import { type Answer, answer, refuse } from '@dokodemo/domain';
import {
  type conversationEndpoints,
  digestOfParts,
  type Handlers,
  holderDigest,
  type Input,
  sha256Hex,
  type Turn,
} from '@dokodemo/protocol';
import { canonical } from '../canonical.ts';
import { type EffectRunner, effectRunner, secondProofPaper } from '../effect-runner.ts';
import { oneAtATime } from '../one-at-a-time.ts';
import { decide, howAsked } from '../session/decide.ts';
import { effectOf } from '../session/effects.ts';
import { nextScreen } from '../session/screens.ts';
import type { Session } from '../session/state.ts';
import { type SessionKeeper, whenJournalAllows } from '../session-keeper.ts';
import { checkTerminalProof } from '../terminal-proof.ts';

type ConversationHandlers = Handlers<typeof conversationEndpoints>;
type Kept = Pick<ConversationHandlers, 'openSession' | 'giveInput'>;

export function conversationHandlers(keeper: SessionKeeper): Kept {
  const { deps } = keeper;
  const { limits, store, clock, note } = deps;
  const runEffect: EffectRunner = effectRunner(keeper);
  const queue = oneAtATime(limits.maxWaitingPerSession);
  let inFlight = 0;

  /** Bounded in all, and one after the other within a session. Across processes the journal's version decides. */
  async function inTurn(sessionId: string, work: () => Promise<Answer<Turn>>): Promise<Answer<Turn>> {
    if (inFlight >= limits.maxInFlight) return refuse('BUSY', 'too much under way');
    inFlight++;
    try {
      const taken = queue.run(sessionId, () => whenJournalAllows(work));
      return await (taken ?? refuse('BUSY', 'too much waits for this session'));
    } finally {
      inFlight--;
    }
  }

  async function turnOf(session: Session): Promise<Answer<Turn>> {
    const given = await keeper.given(session);
    const turn: Turn = { seq: session.seq, screen: nextScreen(session, given) };
    if (session.labelsSeq !== session.seq) return answer(turn);
    const labels = await keeper.getPaper(session, 'labels');
    return answer(
      labels === undefined || labels.length === 0
        ? turn
        : { ...turn, sealedLabels: Buffer.from(labels).toString('base64') },
    );
  }

  /** Goes on until the session waits for nobody but the resident. Each effect ends a step, so this ends. */
  async function goOn(from: Session): Promise<Answer<Turn>> {
    let session = from;
    for (let tries = 0; tries < limits.conflictTries; tries++) {
      const effect = effectOf(session);
      if (effect === undefined) return turnOf(session);
      const next = await keeper.record(session, await runEffect(session, effect));
      if (next !== undefined) session = next;
      else {
        // Somebody else settled it, or time ended it: what stands in the journal counts, our answer is dropped.
        note({ what: 'conflict', sessionId: session.sessionId, detail: effect.kind });
        const fresh = await keeper.load(session.sessionId);
        if (fresh === undefined) return refuse('UNKNOWN');
        session = fresh;
      }
    }
    return refuse('BUSY', 'the session keeps changing');
  }

  /** Bytes that an input brings and that no event may hold; kept before the event that names their digest. */
  async function carried({ sessionId, step }: Session, input: Input): Promise<string> {
    if (input.kind === 'credential') {
      const certificate = Buffer.from(input.credential.certificate, 'base64');
      const holder = holderDigest(certificate);
      // Only compared with the one that is here already.
      if (step.at === 'second-card') return holder;
      await keeper.putPaper(sessionId, `credential-${holder}`, certificate);
      return holder;
    }
    if (input.kind === 'proof') {
      const signature = Buffer.from(input.signature, 'base64');
      const digest = sha256Hex(signature);
      await keeper.putPaper(sessionId, `proof-${digest}`, signature);
      return digest;
    }
    if (input.kind === 'second-proof') {
      const paper = secondProofPaper(input);
      const digest = sha256Hex(paper);
      await keeper.putPaper(sessionId, `second-proof-${digest}`, paper);
      return digest;
    }
    return '';
  }

  async function take(sessionId: string, terminalId: string, seq: number, input: Input): Promise<Answer<Turn>> {
    const digest = digestOfParts('dokodemo/input/v1', canonical(input)).toString('hex');
    for (let tries = 0; tries < limits.conflictTries; tries++) {
      const session = await keeper.load(sessionId);
      if (session === undefined || session.terminalId !== terminalId) return refuse('UNKNOWN');
      const asked = howAsked(session, seq, digest);
      if (asked === 'other-body') return refuse('SAME_ID_OTHER_BODY', `seq ${seq}`);
      if (asked === 'again') return goOn(session);
      if (session.step.at === 'ended') return refuse('ENDED');
      if (asked === 'out-of-step') return refuse('OUT_OF_STEP', `seq ${seq} at ${session.seq}`);
      const context = {
        ...(await keeper.given(session)),
        now: clock.now(),
        newId: keeper.newId,
        carried: await carried(session, input),
      };
      const decision = decide(session, input, digest, context);
      if (!decision.ok) return decision;
      const next = await keeper.record(session, decision.value);
      if (next !== undefined) return goOn(next);
    }
    return refuse('BUSY', 'the session keeps changing');
  }

  return {
    openSession: ({ peer, body }) =>
      inTurn(body.sessionId, async () => {
        const terminal = await store.findTerminal(peer.id);
        if (terminal?.active !== true) return refuse('TERMINAL_UNKNOWN', 'not registered, or not in service');
        const { sessionId, kioskKey, language, profile, version } = body;
        const claim = { sessionId, kioskKey, terminalId: peer.id, proof: body.terminal };
        const proved = checkTerminalProof(claim, deps.terminalAuthority, clock.now());
        if (!proved.ok) return proved;
        // Without the proof: a signature made anew differs and says the same, and has just been checked.
        const said = { sessionId, kioskKey, language, profile, version };
        const openingDigest = digestOfParts('dokodemo/opening/v1', peer.id, canonical(said)).toString('hex');
        const found = await keeper.load(sessionId);
        if (found !== undefined) return openedBefore(found, peer.id, openingDigest);
        await keeper.putPaper(sessionId, 'opening', Buffer.from(JSON.stringify(body.terminal)));
        const event = { kind: 'SessionOpened', openingDigest, kioskKey, language, profile, version } as const;
        const opened = await keeper.open(sessionId, peer.id, event);
        if (opened !== undefined) return turnOf(opened);
        const other = await keeper.load(sessionId);
        return other === undefined ? refuse('UNKNOWN') : openedBefore(other, peer.id, openingDigest);
      }),

    giveInput: ({ peer, params, body }) =>
      inTurn(params.sessionId, () => take(params.sessionId, peer.id, body.seq, body.input)),
  };

  function openedBefore(session: Session, terminalId: string, openingDigest: string): Promise<Answer<Turn>> {
    // Another terminal learns nothing of a session that is not its own, not even that it exists.
    if (session.terminalId !== terminalId) return Promise.resolve(refuse('UNKNOWN'));
    if (session.openingDigest !== openingDigest) return Promise.resolve(refuse('SAME_ID_OTHER_BODY'));
    return goOn(session);
  }
}
