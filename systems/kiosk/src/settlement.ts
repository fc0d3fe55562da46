/**
 * Money's way out of escrow, by what the journal says and what the devices say, never by a guess. The same for a delivery
 * that goes on, one that is given up, and one that a power cut has left behind. See SPEC.md.
 */
import { type Clock, pause } from '@dokodemo/domain';
import type { KioskNote } from './agent.ts';
import { untilAnswered } from './ask-again.ts';
import type { KioskJournal } from './journal.ts';
import type { KnownDelivery } from './journal-state.ts';
import type { HandOver, MoneyUnit, Printer } from './ports.ts';
import type { KioskSettings } from './settings.ts';
import { within } from './within.ts';

export type SettlementParts = {
  readonly journal: KioskJournal;
  readonly money: MoneyUnit;
  readonly printer: Printer;
  readonly handOver?: HandOver;
  readonly clock: Clock;
  readonly settings: KioskSettings;
  readonly note: (note: KioskNote) => void;
};

export type Settled =
  | { readonly outcome: 'captured'; readonly changeYen: number }
  /** No fee had been reserved. */
  | { readonly outcome: 'dropped'; readonly returnedYen: number }
  | { readonly outcome: 'returned'; readonly returnedYen: number }
  /** The fee stays in escrow until somebody has looked. */
  | { readonly outcome: 'unresolved' };

export function jobName(known: Pick<KnownDelivery, 'documentNumbers' | 'sheetDigests'>, sheet: number): string {
  return `${known.documentNumbers[0] ?? ''} ${sheet}/${known.sheetDigests.length}`;
}

/** As the journal has it now. */
export function known(journal: KioskJournal, applicationId: string): KnownDelivery {
  const found = journal.state.deliveries.get(applicationId);
  if (found === undefined) throw new Error(`no delivery of ${applicationId}`);
  return found;
}

/** A device that refuses is asked again, the same: its operations are known by the application. */
async function insist<T>({ clock, settings, note }: SettlementParts, what: string, act: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await within(clock, settings.deviceSilentMs, act());
    } catch (error) {
      note({ what: 'device-refused', detail: `${what}: ${String(error)}` });
      if (tries >= settings.deviceTries) throw error;
      await pause(clock, settings.devicePauseMs);
    }
  }
}

/** Every sheet is out: only then does the fee leave escrow for good. */
export async function capture(parts: SettlementParts, applicationId: string): Promise<Settled> {
  const { journal, money } = parts;
  const { sessionId, feeYen, state } = known(journal, applicationId);
  if (state !== 'handed-over') await journal.fact(sessionId, { kind: 'handed-over', applicationId });
  const { changeYen } =
    feeYen === 0 ? { changeYen: 0 } : await insist(parts, 'capture', () => money.capture(applicationId, feeYen));
  await journal.fact(sessionId, { kind: 'fee-captured', applicationId, feeYen });
  return { outcome: 'captured', changeYen };
}

/** Everything goes back, and the number is void. */
export async function giveBack(parts: SettlementParts, applicationId: string, reason: string): Promise<Settled> {
  const { journal, money } = parts;
  const { sessionId, feeYen, state } = known(journal, applicationId);
  const { returnedYen } =
    feeYen === 0
      ? { returnedYen: 0 }
      : await insist(parts, 'give back', async () => {
          await money.close();
          return money.giveBack(applicationId);
        });
  if (state === 'prepared') {
    await journal.fact(sessionId, { kind: 'document-dropped', applicationId, reason });
    return { outcome: 'dropped', returnedYen };
  }
  await journal.fact(sessionId, { kind: 'fee-returned', applicationId, feeYen, reason });
  return { outcome: 'returned', returnedYen };
}

export async function loseTrack(parts: SettlementParts, applicationId: string, reason: string): Promise<Settled> {
  const { journal } = parts;
  const { sessionId, feeYen, printed, sheetDigests } = known(journal, applicationId);
  await journal.fact(sessionId, {
    kind: 'lost-track',
    applicationId,
    feeYen,
    sheetsConfirmed: printed,
    sheets: sheetDigests.length,
    reason,
  });
  return { outcome: 'unresolved' };
}

/** What is owed on a delivery that nobody is working on any more: after a power cut, a defect, a printer given up. */
export async function settle(parts: SettlementParts, applicationId: string, reason: string): Promise<Settled> {
  const { journal, money, note } = parts;
  const { state, sessionId, feeYen } = known(journal, applicationId);
  if (state === 'handed-over') return capture(parts, applicationId);
  const recalled = feeYen === 0 ? 'in-escrow' : await insist(parts, 'recall', () => money.recall(applicationId));
  if (recalled === 'captured') {
    // Capturing comes after the hand-over is on the disk: a unit that has done it unasked is not sound.
    note({ what: 'impossible', sessionId, detail: `captured in ${state}` });
    return state === 'unresolved' ? { outcome: 'unresolved' } : loseTrack(parts, applicationId, 'DEFECT');
  }
  // Given back before it could be written down: giving back again does nothing, and says how much it was.
  if (recalled === 'given-back') return giveBack(parts, applicationId, reason);
  if (state === 'prepared' || state === 'reserved') return giveBack(parts, applicationId, reason);
  return settlePrinting(parts, applicationId, reason);
}

async function settlePrinting(parts: SettlementParts, applicationId: string, reason: string): Promise<Settled> {
  const { journal } = parts;
  const before = known(journal, applicationId);
  const sheets = before.sheetDigests.length;
  const sheet = before.inPrinter;
  // Asked also when the answer changes nothing: what still waits in the printer is cancelled by it.
  const word = sheet === 0 ? 'not-printed' : await wordOn(parts, before, sheet);
  if (word === 'printed') await sheetPrinted(parts, applicationId, sheet);
  if (word === 'not-printed' && sheet > 0) await journal.sheetNotPrinted(applicationId, sheet);
  const { printed, state } = known(journal, applicationId);
  if (printed === sheets) return capture(parts, applicationId);
  // Sheets that never went to the printer cannot be out: not everything was handed over, whatever became of this one.
  if (word !== 'unknown' || sheet < sheets) return giveBack(parts, applicationId, reason);
  return state === 'unresolved' ? { outcome: 'unresolved' } : loseTrack(parts, applicationId, reason);
}

async function wordOn(
  parts: SettlementParts,
  delivery: KnownDelivery,
  sheet: number,
): Promise<'printed' | 'not-printed' | 'unknown'> {
  if (delivery.depositId === undefined) return printersWord(parts, delivery, sheet);
  const word = await fileWord(parts, delivery.applicationId);
  return word === 'collected' ? 'printed' : word === 'withdrawn' ? 'not-printed' : 'unknown';
}

/** The center's word on a file whose address may have been read: from here on nobody collects it, or somebody has.
 *  'not-known-there': it has answered, and knows of no such file. While a case is open it is asked once, because it is
 *  asked again and again. */
export async function fileWord(
  { journal, handOver, clock, settings, note }: SettlementParts,
  applicationId: string,
): Promise<'collected' | 'withdrawn' | 'not-known-there' | 'unknown'> {
  const { sessionId, state } = known(journal, applicationId);
  if (handOver === undefined) return 'unknown';
  const withdraw = () => handOver.withdraw({ sessionId, applicationId });
  try {
    const never = () => false;
    const said = state === 'unresolved' ? await withdraw() : await untilAnswered(clock, settings, withdraw, never);
    if (said?.ok) return said.value;
    if (said?.failure.code === 'UNKNOWN') return 'not-known-there';
    note({ what: 'file-unknown', sessionId, detail: `${said?.failure.code} ${said?.failure.detail ?? ''}` });
  } catch (error) {
    note({ what: 'device-refused', sessionId, detail: `withdraw: ${String(error)}` });
  }
  return 'unknown';
}

/** Only the printer can say. Where it does not remember, nobody knows. */
async function printersWord(
  { printer, clock, settings, note }: SettlementParts,
  delivery: KnownDelivery,
  sheet: number,
): Promise<'printed' | 'not-printed' | 'unknown'> {
  if (printer.recall === undefined) return 'unknown';
  try {
    const word = printer.recall(jobName(delivery, sheet));
    return (await within(clock, settings.printerPatienceMs, word)).outcome;
  } catch (error) {
    note({ what: 'device-refused', sessionId: delivery.sessionId, detail: `recall: ${String(error)}` });
    return 'unknown';
  }
}

export async function sheetPrinted(parts: SettlementParts, applicationId: string, sheet: number): Promise<void> {
  const { sessionId, sheetDigests } = known(parts.journal, applicationId);
  await parts.journal.fact(sessionId, {
    kind: 'sheet-printed',
    applicationId,
    sheet,
    sheets: sheetDigests.length,
    digest: sheetDigests[sheet - 1] ?? '',
  });
}

/** Somebody has looked: the fee of an open case leaves escrow one way or the other. Where a file is nobody can see; as long
 *  as the center may know, it is the one that says so, and a person only where it has forgotten. */
export async function settleCase(
  parts: SettlementParts,
  applicationId: string,
  paper: 'all-came-out' | 'not-all-came-out',
): Promise<Settled> {
  const isFile = known(parts.journal, applicationId).depositId !== undefined;
  if (isFile && (await fileWord(parts, applicationId)) !== 'not-known-there') {
    return settle(parts, applicationId, 'BY_STAFF');
  }
  if (paper === 'not-all-came-out') return giveBack(parts, applicationId, 'BY_STAFF');
  const { printed, sheetDigests } = known(parts.journal, applicationId);
  for (let sheet = printed + 1; sheet <= sheetDigests.length; sheet++) await sheetPrinted(parts, applicationId, sheet);
  return capture(parts, applicationId);
}
