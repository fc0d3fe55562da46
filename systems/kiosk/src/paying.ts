/**
 * The document is fetched, opened and held against what this kiosk itself read, asked and showed. Only then is anybody
 * asked for money. Whatever the delivery comes to is shown to the resident and told to the center.
 */
import { type Answer, answer, type RefusalCode, refuse } from '@dokodemo/domain';
import { type DocumentBinding, type Expectation, holderDigest, openDocument } from '@dokodemo/protocol';
import { deliver, type PayScreen } from './delivery.ts';
import { caseNumberOf } from './journal-state.ts';
import type { LocalScreen } from './panel-contract.ts';
import type { Next, Session } from './session.ts';
import type { Settled } from './settlement.ts';
import { within } from './within.ts';

export async function payAndPrint(session: Session, screen: PayScreen): Promise<Next> {
  const opened = await openHere(session, screen);
  if (opened === 'stopped') return { say: { kind: 'stop' } };
  if (!opened.ok) return documentRefused(session, screen, opened.failure.code, opened.failure.detail);
  const binding = opened.value;
  const methods = screen.methods.filter((method) => session.parts.money.methods.includes(method));
  const missing = methods.length === 0 ? 'PAYMENT_FAILED' : await printerMissing(session);
  if (missing !== undefined) {
    session.memory.dropSheets();
    return documentRefused(session, screen, missing, 'before money was asked for');
  }
  session.printing = true;
  try {
    const { settled, code } = await deliver(session.parts, {
      binding,
      sheets: session.memory.sheets,
      screen: { ...screen, methods },
      givenUp: session.givenUp.signal,
    });
    session.memory.dropSheets();
    return await shown(session, binding, settled, code);
  } finally {
    session.printing = false;
    session.memory.dropSheets();
  }
}

/** The sheets, in this session's memory and nowhere else; the answer is what they are bound to. */
async function openHere(session: Session, screen: PayScreen): Promise<Answer<DocumentBinding> | 'stopped'> {
  const { memory, talk, parts } = session;
  const { applicationId } = screen;
  if (parts.journal.state.deliveries.has(applicationId)) return refuse('MISMATCH_STOP', 'it was delivered before');
  const expected = expectation(session, applicationId);
  const { key } = memory;
  if (expected === undefined || key === undefined) return refuse('MISMATCH_STOP', 'nothing was asked for');
  const fetched = await session.during('preparing', talk.document(applicationId));
  if (fetched === 'stopped') return 'stopped';
  if (!fetched.ok) return fetched;
  const opened = openDocument(key, fetched.value, { ...expected, nowMs: parts.clock.now() });
  if (!opened.ok) return opened;
  const { binding, sheets } = opened.value;
  memory.holdSheets(sheets);
  const asShown =
    screen.feeYen === binding.feeYen && screen.copies === binding.copies && screen.sheets === sheets.length;
  if (asShown) return answer(binding);
  memory.dropSheets();
  return refuse('MISMATCH_STOP', 'the screen says another fee, or other numbers, than the document');
}

/** From what this kiosk itself read, asked and showed; undefined when the resident has not come that far. */
function expectation({ memory, parts }: Session, applicationId: string): Omit<Expectation, 'nowMs'> | undefined {
  const { sessionId, visit, certificate, choice, confirmed } = memory;
  if (visit === undefined || certificate === undefined || choice === undefined || confirmed === undefined) {
    return undefined;
  }
  return {
    sessionId,
    visitId: visit.visitId,
    municipality: visit.municipality,
    applicationId,
    terminalId: parts.terminal.terminalId,
    holder: holderDigest(certificate),
    kindId: choice.kindId,
    copies: Math.max(1, choice.copies),
    feeYen: confirmed.feeYen,
    chosen: { answers: choice.answers, put: choice.put, confirmed: confirmed.questions },
    documentAuthority: parts.documentAuthority,
  };
}

async function printerMissing(session: Session): Promise<RefusalCode | undefined> {
  try {
    const { printer, clock, settings } = session.parts;
    return (await within(clock, settings.deviceSilentMs, printer.conditions())).length === 0
      ? undefined
      : 'PRINTER_UNAVAILABLE';
  } catch (error) {
    session.note('device-refused', `conditions: ${String(error)}`);
    return 'PRINTER_UNAVAILABLE';
  }
}

function documentRefused(session: Session, screen: PayScreen, code: RefusalCode, detail = ''): Next {
  if (code === 'MISMATCH_STOP') session.mismatch(detail);
  else session.note('document-refused', `${code} ${detail}`);
  return { say: { kind: 'document-refused', applicationId: screen.applicationId, code } };
}

/** What the resident sees at the end, and what the center is told. */
async function shown(
  session: Session,
  { applicationId, feeYen, documentNumbers, sheetDigests }: DocumentBinding,
  settled: Settled,
  code: RefusalCode,
): Promise<Next> {
  switch (settled.outcome) {
    case 'captured': {
      const { changeYen } = settled;
      session.charged = true;
      await take(session, applicationId, {
        kind: 'take',
        sheets: sheetDigests.length,
        changeYen,
        feeYen,
        documentNumbers,
      });
      return { say: { kind: 'delivered', applicationId, outcome: 'captured' } };
    }
    case 'dropped':
      if (settled.returnedYen > 0) await acknowledged(session, refunded(settled.returnedYen, code));
      if (code === 'STOPPED') return { say: { kind: 'stop' } };
      if (code === 'TIMED_OUT') return { say: { kind: 'timeout' } };
      return { say: { kind: 'document-refused', applicationId, code } };
    case 'returned':
      await acknowledged(session, refunded(settled.returnedYen, code));
      if (code === 'MISMATCH_STOP') return documentRefusedLate(session, applicationId);
      // With a printer that cannot print there is nothing to go on with.
      session.atAnother = 'finish';
      return { say: { kind: 'delivered', applicationId, outcome: 'not-delivered' } };
    case 'unresolved': {
      const caseNumber = caseNumberOf(session.parts.terminal.terminalId, applicationId);
      await acknowledged(session, { kind: 'case', caseNumber, feeYen });
      return { say: { kind: 'delivered', applicationId, outcome: 'unresolved' } };
    }
  }
}

function documentRefusedLate(session: Session, applicationId: string): Next {
  session.mismatch('a sheet changed between opening and printing');
  return { say: { kind: 'document-refused', applicationId, code: 'MISMATCH_STOP' } };
}

function refunded(returnedYen: number, code: RefusalCode): LocalScreen {
  return { kind: 'refunded', returnedYen, code };
}

/** Paper and change lie in the tray. What is left there is said and logged, and nobody is asked for more. */
async function take(session: Session, applicationId: string, screen: LocalScreen): Promise<void> {
  const { front, settings, journal } = session.parts;
  const taken = await front.ask<'taken'>({
    screen,
    idleMs: settings.takeMs,
    onTouch: (touch) => (touch.kind === 'taken' ? 'taken' : undefined),
  });
  if (taken === 'idle') session.atAnother = 'timeout';
  await journal.fact(session.memory.sessionId, {
    kind: taken === 'idle' ? 'paper-left' : 'paper-taken',
    applicationId,
  });
}

async function acknowledged({ parts }: Session, screen: LocalScreen): Promise<void> {
  const { front, settings } = parts;
  await front.ask<'seen'>({
    screen,
    idleMs: screen.kind === 'case' ? settings.caseMs : settings.refundedMs,
    onTouch: (touch) => (['taken', 'agree', 'finish'].includes(touch.kind) ? 'seen' : undefined),
  });
}
