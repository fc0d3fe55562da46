import { type Answer, answer, isoJapan, refuse } from '@dokodemo/domain';
import { digestOfParts, type Handlers } from '@dokodemo/protocol';
import { canonical } from '../canonical.ts';
import type { operatorEndpoints } from '../operator-endpoints.ts';
import { lineOf } from '../operator-lines.ts';
import type { Pictures } from '../projections/pictures.ts';
import { type CaseAct, decideCaseClosing, decideCaseNote } from '../session/cases.ts';
import type { SessionEvent } from '../session/events.ts';
import type { Session } from '../session/state.ts';
import { ofJournal } from '../session/stream.ts';
import { type SessionKeeper, whenJournalAllows } from '../session-keeper.ts';

const recent = 200;
/** Pictures are drawn on before they are shown, by so many rounds at most. */
const roundsBeforeReading = 20;

export function operatorHandlers(keeper: SessionKeeper, pictures: Pictures): Handlers<typeof operatorEndpoints> {
  const { journal, clock, limits } = keeper.deps;

  async function drawn(): Promise<Pictures> {
    for (let round = 0; round < roundsBeforeReading; round++) {
      if ((await pictures.advance()) === 0) break;
    }
    return pictures;
  }

  function act(
    sessionId: string,
    decide: (session: Session) => Answer<readonly SessionEvent[]>,
  ): Promise<Answer<Record<string, never>>> {
    return whenJournalAllows(async () => {
      for (let tries = 0; tries < limits.conflictTries; tries++) {
        const session = await keeper.load(sessionId);
        if (session === undefined) return refuse('UNKNOWN');
        const decision = decide(session);
        if (!decision.ok) return decision;
        if ((await keeper.record(session, decision.value)) !== undefined) return answer({});
      }
      return refuse('BUSY', 'the session keeps changing');
    });
  }

  const actOf = (
    caseId: string,
    operator: string,
    body: Parameters<Handlers<typeof operatorEndpoints>['noteCase']>[0]['body'],
  ): CaseAct => ({
    caseId,
    operator,
    evidence: body.evidence,
    reference: body.reference,
    act: {
      actId: body.actId,
      digest: digestOfParts('dokodemo/act/v1', caseId, operator, canonical(body)).toString('hex'),
    },
  });

  return {
    async recentEvents({ params }) {
      const position =
        params.after === 'latest' ? Math.max(0, (await (await drawn()).position()) - recent) : Number(params.after);
      const { events, next } = await journal.readAll(position, recent);
      const lines = events.map(ofJournal).map((event) => ({
        at: isoJapan(event.at),
        sessionId: event.sessionId,
        seq: event.seq,
        terminal: event.terminal,
        municipality: event.municipality,
        kind: event.body.kind,
        ...lineOf(event),
      }));
      return answer({ lines, next });
    },
    async liveSessions() {
      const rows = await (await drawn()).rows('live', '', 500);
      const sessions = rows.map((row) => ({
        ...row,
        openedAt: isoJapan(row.openedAt),
        movedAt: isoJapan(row.movedAt),
      }));
      return answer({ sessions });
    },
    async listCases() {
      const rows = await (await drawn()).rows('cases', '', 500);
      const ordered = [...rows].sort(
        (a, b) => Number(a.closedAt > 0) - Number(b.closedAt > 0) || b.openedAt - a.openedAt,
      );
      const cases = ordered.map(({ openedAt, closedAt, closedBy, notes, ...row }) => ({
        ...row,
        openedAt: isoJapan(openedAt),
        ...(closedAt === 0 || closedBy === '' ? {} : { closedAt: isoJapan(closedAt), closedBy }),
        notes: notes.map((note) => ({ ...note, at: isoJapan(note.at) })),
      }));
      return answer({ cases });
    },
    noteCase: ({ peer, params, body }) =>
      act(body.sessionId, (session) => decideCaseNote(session, actOf(params.caseId, peer.id, body))),
    closeCase: ({ peer, params, body }) =>
      act(body.sessionId, (session) =>
        decideCaseClosing(session, actOf(params.caseId, peer.id, body), body.resolution, clock.now()),
      ),
    readLedger: async ({ params }) => answer({ lines: [...(await (await drawn()).rows('ledger', params.day, 5_000))] }),
    readStatistics: async ({ params }) =>
      answer({ lines: [...(await (await drawn()).rows('statistics', params.day, 5_000))] }),
  };
}
