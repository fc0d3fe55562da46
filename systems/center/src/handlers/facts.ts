/** What kiosks report: in order, once, each through the domain's table. */
import { answer, refuse } from '@dokodemo/domain';
import { type conversationEndpoints, digestOfParts, type Handlers, type ReportedFact } from '@dokodemo/protocol';
import { canonical } from '../canonical.ts';
import { oneAtATime } from '../one-at-a-time.ts';
import type { SessionEvent } from '../session/events.ts';
import { decideFact } from '../session/facts.ts';
import { foldOne } from '../session/fold.ts';
import type { Session } from '../session/state.ts';
import { type SessionKeeper, whenJournalAllows } from '../session-keeper.ts';

type Verdict = { readonly accepted: readonly string[]; readonly refused: readonly { factId: string; code: string }[] };

export function factHandlers(keeper: SessionKeeper): Pick<Handlers<typeof conversationEndpoints>, 'reportFacts'> {
  const { limits, note, clock } = keeper.deps;
  const queue = oneAtATime(limits.maxWaitingPerSession);

  /** Reports of one session, in one commit. Undefined when the stream kept changing: the kiosk sends them again. */
  async function takeGroup(terminalId: string, group: readonly ReportedFact[]): Promise<Verdict | undefined> {
    const sessionId = group[0]?.sessionId ?? '';
    for (let tries = 0; tries < limits.conflictTries; tries++) {
      const session = await keeper.load(sessionId);
      if (session === undefined || session.terminalId !== terminalId) {
        return { accepted: [], refused: group.map(({ factId }) => ({ factId, code: 'UNKNOWN' })) };
      }
      const { events, verdict } = decideGroup(session, group);
      if ((await keeper.record(session, events)) !== undefined) return verdict;
      note({ what: 'conflict', sessionId, detail: 'facts' });
    }
    return undefined;
  }

  function decideGroup(session: Session, group: readonly ReportedFact[]): { events: SessionEvent[]; verdict: Verdict } {
    const events: SessionEvent[] = [];
    const accepted: string[] = [];
    const refused: { factId: string; code: string }[] = [];
    const now = clock.now();
    let state = session;
    for (const reported of group) {
      const digest = digestOfParts('dokodemo/fact/v1', canonical(reported)).toString('hex');
      const decision = decideFact(state, reported, digest, { now, newId: keeper.newId });
      if (!decision.ok) {
        const { code, detail = '' } = decision.failure;
        note({ what: 'fact-refused', sessionId: session.sessionId, code, detail: `${reported.fact.kind}: ${detail}` });
        refused.push({ factId: reported.factId, code });
        continue;
      }
      accepted.push(reported.factId);
      for (const body of decision.value) {
        const { sessionId, terminalId: terminal } = session;
        state = foldOne(state, { sessionId, seq: state.version + 1, at: now, terminal, municipality: '', body });
        events.push(body);
      }
    }
    return { events, verdict: { accepted, refused } };
  }

  return {
    async reportFacts({ peer, body }) {
      const { facts } = body;
      if (facts.some((fact, i) => i > 0 && fact.kioskSeq <= (facts[i - 1]?.kioskSeq ?? 0))) {
        return refuse('MALFORMED', 'reports must be in the order in which they were written');
      }
      // One batch of a kiosk after the other: its reports have one order, and that is theirs.
      const taken = queue.run(peer.id, () =>
        whenJournalAllows(async () => {
          const accepted: string[] = [];
          const refused: { factId: string; code: string }[] = [];
          for (const group of bySession(facts)) {
            const verdict = await takeGroup(peer.id, group);
            // What follows has to wait for what came before.
            if (verdict === undefined) break;
            accepted.push(...verdict.accepted);
            refused.push(...verdict.refused);
          }
          return accepted.length + refused.length === 0 ? refuse('BUSY') : answer({ accepted, refused });
        }),
      );
      return taken ?? refuse('BUSY', 'too many batches of this terminal');
    },
  };
}

/** A report gives at most three events, the end of a session two for each application: so many fit into one commit. */
const maxGroup = 14;

function bySession(facts: readonly ReportedFact[]): readonly ReportedFact[][] {
  const groups: ReportedFact[][] = [];
  for (const fact of facts) {
    const last = groups.at(-1);
    if (last?.[0]?.sessionId === fact.sessionId && last.length < maxGroup) last.push(fact);
    else groups.push([fact]);
  }
  return groups;
}
