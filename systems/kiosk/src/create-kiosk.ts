/**
 * The kiosk's day: settle what the last power cut left behind, then one resident after the other; closed, with the
 * reason on the screen, while something is missing that a resident would need.
 */
import type { RefusalCode } from '@dokodemo/domain';
import type { ReaderState } from '@dokodemo/ic-card';
import type { Language } from '@dokodemo/protocol';
import type { Kiosk, KioskOptions } from './agent.ts';
import { type FactReporter, reportFacts } from './fact-reporter.ts';
import { Front } from './front.ts';
import { apology, showSettled } from './goodbye.ts';
import { KioskJournal } from './journal.ts';
import { caseNumberOf, openCases, unsettled } from './journal-state.ts';
import type { LocalScreen, PanelState, StaffAct } from './panel-contract.ts';
import { recover, type SettledDelivery, settleWhatIsLeft } from './recovery.ts';
import { Session, type SessionParts } from './session.ts';
import { usualSettings } from './settings.ts';
import { settleCase } from './settlement.ts';
import { within } from './within.ts';

/** Why nobody can be served now. */
type Closed = { readonly code: RefusalCode; readonly caseNumber?: string };

type StaffFinding = Extract<StaffAct, { kind: 'settle-case' }>['paper'];

/** A center that has not heard of so many facts is away: nobody begins what cannot be told. */
const mostUntold = 2_000;

const cardSeen: Readonly<Record<ReaderState, PanelState['card']>> = {
  empty: 'absent',
  broken: 'absent',
  card: 'present',
  'two-cards': 'two-cards',
};

export function createKiosk(options: KioskOptions): Kiosk {
  const { terminal, clock, reader, printer, money, note } = options;
  const settings = options.settings ?? usualSettings;
  const front = new Front(clock, settings, { terminalId: terminal.terminalId, store: terminal.store });
  let parts: SessionParts | undefined;
  let reporter: FactReporter | undefined;
  let session: Session | undefined;
  let stopIssuance = false;
  let serving: Promise<void> = Promise.resolve();
  let lookAgain: () => void = () => undefined;
  const staffWords: { readonly applicationId: string; readonly paper: StaffFinding }[] = [];
  let stopWatching: () => void = () => undefined;

  const caseNumber = (applicationId: string) => caseNumberOf(terminal.terminalId, applicationId);
  const failed = (what: string, error: unknown) =>
    note({ what, detail: error instanceof Error ? (error.stack ?? error.message) : String(error) });

  async function whyClosed(held: SessionParts): Promise<Closed | undefined> {
    const { state } = held.journal;
    if (held.journal.failed) return { code: 'DEFECT' };
    if (stopIssuance) return { code: 'MISMATCH_STOP' };
    const [open] = openCases(state);
    if (open !== undefined) return { code: 'DEFECT', caseNumber: caseNumber(open.applicationId) };
    if (state.openSession !== undefined || unsettled(state).length > 0) return { code: 'DEFECT' };
    if (state.untold.length > mostUntold) return { code: 'UPSTREAM_DOWN' };
    if (reader.state() === 'broken') return { code: 'READER_BROKEN' };
    try {
      if ((await within(clock, settings.deviceSilentMs, money.escrow())).insertedYen > 0) {
        note({ what: 'impossible', detail: 'money is in escrow that the journal knows nothing of' });
        return { code: 'DEFECT' };
      }
      const conditions = await within(clock, settings.deviceSilentMs, printer.conditions());
      return conditions.length > 0 ? { code: 'PRINTER_UNAVAILABLE' } : undefined;
    } catch (error) {
      failed('device-refused', error);
      return { code: 'DEFECT' };
    }
  }

  /** Until somebody has helped: what is missing is looked for again and again. */
  async function stayClosed({ code, caseNumber: number }: Closed): Promise<void> {
    const screen: LocalScreen = {
      kind: 'out-of-service',
      code,
      ...(number === undefined ? {} : { caseNumber: number }),
    };
    await front.ask<'look'>({
      screen,
      idleMs: settings.lookAgainMs,
      warn: false,
      onTouch: () => undefined,
      also: (answer) => {
        lookAgain = () => answer('look');
        return () => {
          lookAgain = () => undefined;
        };
      },
    });
  }

  /** What nobody has been able to settle so far, and what staff have found. One after the other, in this loop only. */
  async function settleAgain(held: SessionParts): Promise<void> {
    try {
      for (const { applicationId, paper } of staffWords.splice(0)) {
        if (held.journal.state.deliveries.get(applicationId)?.state === 'unresolved') {
          await settleCase(held, applicationId, paper);
        }
      }
      await showSettled(held, await settleWhatIsLeft(held, 'DEFECT'), 'DEFECT');
    } catch (error) {
      failed('unsettled', error);
    }
  }

  async function serve(held: SessionParts, left: readonly SettledDelivery[]): Promise<void> {
    await showSettled(held, left, 'POWER_CUT');
    while (!front.closing) {
      await settleAgain(held);
      const closed = await whyClosed(held);
      if (closed !== undefined) {
        await stayClosed(closed);
        continue;
      }
      front.live({ language: 'ja', insertedYen: 0 });
      const language = await front.ask<Language>({
        screen: { kind: 'welcome' },
        idleMs: null,
        onTouch: (touch) => (touch.kind === 'start' ? touch.language : undefined),
      });
      if (language === 'idle' || (await whyClosed(held)) !== undefined) continue;
      front.live({ language });
      await serveOne(held, language);
    }
    await settleAgain(held);
  }

  async function serveOne(held: SessionParts, language: Language): Promise<void> {
    const own = new Session(held);
    session = own;
    try {
      await own.hold(language);
    } catch (error) {
      failed('unsettled', error);
      await front.ask<never>({
        screen: apology('DEFECT'),
        idleMs: settings.apologyMs,
        warn: false,
        onTouch: () => undefined,
      });
    } finally {
      stopIssuance ||= own.stopIssuance;
      session = undefined;
    }
  }

  function heardOfCase(held: SessionParts, act: Extract<StaffAct, { kind: 'settle-case' }>): boolean {
    const open = openCases(held.journal.state).find(
      ({ applicationId }) => caseNumber(applicationId) === act.caseNumber,
    );
    if (open === undefined || session !== undefined) return false;
    staffWords.push({ applicationId: open.applicationId, paper: act.paper });
    lookAgain();
    return true;
  }

  return {
    async start() {
      front.live({ card: cardSeen[reader.state()] });
      stopWatching = reader.onChange((state) => front.live({ card: cardSeen[state] }));
      let journal: KioskJournal;
      try {
        journal = await KioskJournal.open(options.journal, clock, options.entropy);
      } catch (error) {
        // What it owes cannot be known: nobody is served, and a person has to look.
        failed('journal', error);
        front.show({ kind: 'out-of-service', code: 'DEFECT' });
        return;
      }
      const held: SessionParts = { ...options, settings, front, journal };
      parts = held;
      reporter = reportFacts(held);
      let left: readonly SettledDelivery[] = [];
      try {
        left = await recover(held);
      } catch (error) {
        failed('unsettled', error);
      }
      serving = serve(held, left).catch((error: unknown) => {
        failed('defect', error);
        front.show({ kind: 'out-of-service', code: 'DEFECT' });
      });
    },
    state: () => front.state(),
    subscribe: (listener) => front.subscribe(listener),
    touch: (revision, touch) => front.touch(revision, touch),
    staff(act) {
      if (parts === undefined) return false;
      if (act.kind === 'settle-case') return heardOfCase(parts, act);
      const { screen } = front.state();
      const standsStill = screen.kind === 'printing' && screen.trouble !== undefined;
      if (session === undefined || !standsStill) return false;
      session.givenUp.abort();
      return true;
    },
    journalLines: () => parts?.journal.lines() ?? [],
    async stop() {
      front.close();
      const { screen } = front.state();
      if (screen.kind === 'printing' && screen.trouble !== undefined) session?.givenUp.abort();
      await serving;
      reporter?.stop();
      stopWatching();
    },
  };
}
