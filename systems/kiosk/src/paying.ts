/**
 * The document is fetched, opened and held against what this kiosk itself read, asked and showed. Only then is anybody
 * asked for money. Whatever the delivery comes to is shown to the resident and told to the center.
 */
import { type Answer, answer, type RefusalCode, refuse } from '@dokodemo/domain';
import { type DocumentBinding, type Expectation, holderDigest, isElectronic, openDocument } from '@dokodemo/protocol';
import { untilAnswered } from './ask-again.ts';
import { deliver, type PayScreen, type Ready } from './delivery.ts';
import { caseNumberOf } from './journal-state.ts';
import { type Outgoing, outgoingOf } from './outgoing.ts';
import type { LocalScreen } from './panel-contract.ts';
import type { Next, Session } from './session.ts';
import type { Settled } from './settlement.ts';
import { within } from './within.ts';

export async function payAndPrint(session: Session, screen: PayScreen): Promise<Next> {
  const opened = await openHere(session, screen);
  if (opened === 'stopped') return { say: { kind: 'stop' } };
  if (!opened.ok) return documentRefused(session, screen, opened.failure.code, opened.failure.detail);
  const { binding, outgoing } = opened.value;
  const methods = screen.methods.filter((method) => session.parts.money.methods.includes(method));
  const ready = methods.length === 0 ? refuse('PAYMENT_FAILED') : await makeReady(session, binding, outgoing);
  if (ready === 'stopped' || !ready.ok) {
    session.memory.dropSheets();
    if (ready === 'stopped') return { say: { kind: 'stop' } };
    return documentRefused(session, screen, ready.failure.code, 'before money was asked for');
  }
  session.printing = true;
  try {
    const { settled, code } = await deliver(session.parts, {
      binding,
      ready: ready.value,
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

type OpenedHere = { readonly binding: DocumentBinding; readonly outgoing: Outgoing };

/** The sheets, in this session's memory and nowhere else; the answer is what they are bound to. */
async function openHere(session: Session, screen: PayScreen): Promise<Answer<OpenedHere> | 'stopped'> {
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
  const outgoing = asShown
    ? outgoingOf(binding, sheets)
    : refuse('MISMATCH_STOP', 'the screen says another fee, or other numbers, than the document');
  if (outgoing.ok) return answer({ binding, outgoing: outgoing.value });
  memory.dropSheets();
  return outgoing;
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
    // A number that was chosen for paper means nothing for a file: there is one.
    copies: isElectronic(choice.answers) ? 1 : Math.max(1, choice.copies),
    feeYen: confirmed.feeYen,
    chosen: { answers: choice.answers, put: choice.put, confirmed: confirmed.questions },
    documentAuthority: parts.documentAuthority,
  };
}

/** Nobody is asked for money before the printer can print, or the file lies where a telephone will find it. */
async function makeReady(
  session: Session,
  { sessionId, applicationId }: DocumentBinding,
  outgoing: Outgoing,
): Promise<Answer<Ready> | 'stopped'> {
  const { parts, memory } = session;
  if (outgoing.medium === 'paper') {
    const missing = await printerMissing(session);
    return missing === undefined ? answer(outgoing) : refuse(missing);
  }
  const { handOver, clock, settings } = parts;
  if (handOver === undefined) return refuse('HAND_OVER_MISSING', 'this kiosk prints and does nothing else');
  const file = handOver.seal(outgoing.file);
  // From here on the key and the ciphertext are all that there is of it.
  memory.dropSheets();
  let isOver = false;
  const deposit = () => handOver.deposit({ sessionId, applicationId }, file);
  const left = await session.during(
    'preparing',
    untilAnswered(clock, settings, deposit, () => isOver).then((said) => said ?? refuse('STOPPED')),
  );
  isOver = true;
  if (left === 'stopped') return left;
  if (!left.ok) return left;
  const { depositId, address } = file;
  return answer({ medium: 'electronic', depositId, handOver, offer: { address, until: left.value.until } });
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
  { applicationId, feeYen, documentNumbers, sheetDigests, answers }: DocumentBinding,
  settled: Settled,
  code: RefusalCode,
): Promise<Next> {
  switch (settled.outcome) {
    case 'captured': {
      const { changeYen } = settled;
      session.charged = true;
      await take(session, applicationId, {
        kind: 'take',
        ...(isElectronic(answers) ? { electronic: true as const } : {}),
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
      // With a printer that cannot print there is nothing to go on with; who could not take a file may take paper.
      if (!isElectronic(answers)) session.atAnother = 'finish';
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
async function take(
  session: Session,
  applicationId: string,
  screen: Extract<LocalScreen, { kind: 'take' }>,
): Promise<void> {
  const { front, settings, journal } = session.parts;
  const taken = await front.ask<'taken'>({
    screen,
    idleMs: settings.takeMs,
    onTouch: (touch) => (touch.kind === 'taken' ? 'taken' : undefined),
  });
  if (taken === 'idle') session.atAnother = 'timeout';
  if (screen.electronic === true) return;
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
