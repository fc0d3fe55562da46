/** Reads sessions from the journal and writes their events to it: the one door through which state changes. */
import { type Answer, refuse, uuidV7 } from '@dokodemo/domain';
import { JournalBusy, JournalUnavailable } from '@dokodemo/journal';
import { type Menu, sha256Hex } from '@dokodemo/protocol';
import type { CenterLimits, CenterOptions } from './center-options.ts';
import type { SessionEvent, SessionEventKind } from './session/events.ts';
import { dueAt, type ExpiryBounds } from './session/expiry.ts';
import { fold, foldOne } from './session/fold.ts';
import type { Given } from './session/given.ts';
import { applicationsOf, hasEnded, type Session } from './session/state.ts';
import { type EventToRecord, maxEventsAtOnce, sessionStream } from './session/stream.ts';
import type { PaperName } from './store/center-store.ts';

export type Deps = Omit<CenterOptions, 'settings' | 'bounds' | 'limits'> & {
  readonly settings: Given['settings'];
  readonly bounds: ExpiryBounds;
  readonly limits: CenterLimits;
};

export type SessionKeeper = {
  readonly deps: Deps;
  newId(): string;
  load(sessionId: string): Promise<Session | undefined>;
  /** Appends; undefined when somebody else was faster: read and decide again. */
  record(session: Session, events: readonly SessionEvent[]): Promise<Session | undefined>;
  open(sessionId: string, terminal: string, event: SessionEvent): Promise<Session | undefined>;
  putPaper(sessionId: string, name: PaperName, bytes: Uint8Array): Promise<void>;
  getPaper(session: Session, name: PaperName): Promise<Uint8Array | undefined>;
  given(session: Session): Promise<Given>;
};

/** Events after which somebody has to look at the session, at once or later. */
const makesWork: ReadonlySet<SessionEventKind> = new Set([
  'SessionClosed',
  'ApplicationPrepared',
  'ApplicationGivenUp',
  'FeeReserved',
  'HandedOver',
  'FeeReturned',
  'ApplicationVoided',
  'TrackLost',
  'CaseClosed',
]);

/** Between an entry made before a commit and the commit itself: long enough for any commit that succeeds. */
const aheadMs = 60_000;
const papersBeyondSessionMs = 600_000;

/** A full queue wrote nothing; a database that is away may have: both may be asked again, with the same id. */
export async function whenJournalAllows<T>(work: () => Promise<Answer<T>>): Promise<Answer<T>> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof JournalBusy) return refuse('BUSY', error.message);
    if (error instanceof JournalUnavailable) return refuse('NO_ANSWER', error.message);
    throw error;
  }
}

export function hasUntold(session: Session): boolean {
  return applicationsOf(session).some(({ outcomes, told }) => told < outcomes.length);
}

export function sessionKeeper(deps: Deps): SessionKeeper {
  const { store, clock, entropy, bounds, note } = deps;
  const stream = sessionStream(deps.journal);

  async function record(session: Session, events: readonly SessionEvent[]): Promise<Session | undefined> {
    if (events.length === 0) return session;
    if (events.length > maxEventsAtOnce) throw new RangeError(`${events.length} events in one step`);
    const now = clock.now();
    const toRecord: EventToRecord[] = [];
    let after = session;
    for (const body of events) {
      const { sessionId, terminalId: terminal } = session;
      after = foldOne(after, { sessionId, seq: after.version + 1, at: now, terminal, municipality: '', body });
      toRecord.push({ at: now, terminal, municipality: after.visit?.municipality ?? '', body });
    }
    const work = events.some(({ kind }) => makesWork.has(kind));
    // Before the commit: a process that dies right after it leaves an entry that somebody else will find.
    if (work) await store.scheduleWork(session.sessionId, now + aheadMs);
    const outcome = await stream.append(session.sessionId, session.version, toRecord);
    if (outcome === 'conflict') return undefined;
    for (const body of events) {
      if (body.kind === 'CaseOpened') note({ what: 'case-opened', sessionId: session.sessionId, detail: body.code });
    }
    if (hasEnded(after) && !hasEnded(session)) await store.dropPapers(session.sessionId);
    if (work) {
      const due = hasUntold(after) ? now : dueAt(after, bounds);
      if (due !== undefined) await store.scheduleWork(session.sessionId, due);
    }
    return after;
  }

  async function open(sessionId: string, terminal: string, body: SessionEvent): Promise<Session | undefined> {
    const now = clock.now();
    await store.scheduleWork(sessionId, now + bounds.sessionSilentMs);
    const outcome = await stream.append(sessionId, 0, [{ at: now, terminal, municipality: '', body }]);
    if (outcome === 'conflict') return undefined;
    return foldOne(undefined, { sessionId, seq: 1, at: now, terminal, municipality: '', body });
  }

  async function menuOf(session: Session): Promise<Menu | undefined> {
    if (session.menuDigest === '' || hasEnded(session)) return undefined;
    const bytes = await store.getPaper(session.sessionId, 'menu');
    if (bytes !== undefined && sha256Hex(bytes) === session.menuDigest) {
      return JSON.parse(Buffer.from(bytes).toString('utf8')) as Menu;
    }
    note({ what: 'paper-missing', sessionId: session.sessionId, detail: 'menu' });
    return undefined;
  }

  return {
    deps,
    newId: () => uuidV7(clock, entropy),
    load: async (sessionId) => fold(await stream.read(sessionId)),
    record,
    open,
    putPaper: (sessionId, name, bytes) =>
      store.putPaper(sessionId, name, bytes, clock.now() + bounds.sessionMaxMs + papersBeyondSessionMs),
    getPaper: (session, name) => store.getPaper(session.sessionId, name),
    async given(session) {
      const { municipalities, settings } = deps;
      const menu = await menuOf(session);
      return { municipalities, settings, ...(menu === undefined ? {} : { menu }) };
    },
  };
}
