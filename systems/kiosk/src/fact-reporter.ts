/**
 * Tells the center what happened: in order, the same words until they are accepted, also after a restart. A pause that
 * has begun is not cut short by new facts, so that a center in trouble is not stormed.
 */
import { type Clock, isRefusalCode, pause } from '@dokodemo/domain';
import type { Client, conversationEndpoints, ReportedFact } from '@dokodemo/protocol';
import type { KioskNote } from './agent.ts';
import type { KioskJournal } from './journal.ts';
import type { KioskSettings } from './settings.ts';

const batch = 100;

export type ReporterParts = {
  readonly center: Client<typeof conversationEndpoints>;
  readonly journal: KioskJournal;
  readonly clock: Clock;
  readonly settings: KioskSettings;
  readonly note: (note: KioskNote) => void;
};

export type FactReporter = {
  /** Takes no new batch after this. */
  stop(): void;
};

export function reportFacts(parts: ReporterParts): FactReporter {
  const { journal, clock, settings, note } = parts;
  let stopped = false;
  let wake: () => void = () => undefined;
  const unsubscribe = journal.onFact(() => wake());

  async function run(): Promise<void> {
    let pauseMs = settings.reportPauseMs.first;
    while (!stopped) {
      if (journal.state.untold.length === 0) {
        await journal.compact(settings.journalBytes);
        if (journal.state.untold.length > 0) continue;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        continue;
      }
      if (await tellOnce(parts)) {
        pauseMs = settings.reportPauseMs.first;
        continue;
      }
      await pause(clock, pauseMs);
      pauseMs = Math.min(pauseMs * 2, settings.reportPauseMs.longest);
    }
  }

  void run().catch((error: unknown) => note({ what: 'reporter-stopped', detail: String(error) }));
  return {
    stop() {
      stopped = true;
      unsubscribe();
      wake();
    },
  };
}

/** One batch; true when the center took at least the first of it. */
async function tellOnce({ center, journal, note }: ReporterParts): Promise<boolean> {
  const facts = journal.state.untold.slice(0, batch);
  const told = await center.reportFacts({}, { facts: [...facts] });
  if (!told.ok) {
    note({ what: 'facts-untold', detail: `${facts.length} ${told.failure.code}` });
    return false;
  }
  const refused = new Map(told.value.refused.map(({ factId, code }) => [factId, code]));
  const accepted = new Set(told.value.accepted);
  // What came before must be settled before what came after.
  const open = facts.findIndex(({ factId }) => !accepted.has(factId) && !refused.has(factId));
  const settled = open === -1 ? facts : facts.slice(0, open);
  for (const fact of settled) {
    const code = refused.get(fact.factId);
    if (code !== undefined) note(refusedNote(fact, code));
  }
  const last = settled.at(-1);
  if (last === undefined) return false;
  await journal.told(last.kioskSeq);
  return true;
}

/** Refused for good: sent again it would be refused again. An operator has to look when it was about money or paper. */
function refusedNote({ sessionId, fact }: ReportedFact, code: string): KioskNote {
  const known = isRefusalCode(code) ? code : 'DEFECT';
  return { what: 'fact-refused', sessionId, detail: `${fact.kind} ${known}` };
}
