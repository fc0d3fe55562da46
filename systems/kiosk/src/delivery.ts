/**
 * From the opened document to the paper, or the money back. The kiosk is alone here (ADR 2); only for a file it asks the
 * center whether a telephone has collected it (ADR 11). Every step is on the kiosk's disk before the next one is taken. See SPEC.md.
 */
import type { RefusalCode } from '@dokodemo/domain';
import type { DocumentBinding, Screen } from '@dokodemo/protocol';
import type { Front } from './front.ts';
import { type FileOffer, offerFile } from './offer-file.ts';
import type { PaperSheets } from './outgoing.ts';
import type { HandOver, PrinterCondition } from './ports.ts';
import { type Printed, printSheets } from './print-sheets.ts';
import { capture, giveBack, type Settled, type SettlementParts, settle } from './settlement.ts';
import { within } from './within.ts';

export type PayScreen = Extract<Screen, { kind: 'pay' }>;

export type DeliveryParts = SettlementParts & { readonly front: Front };

/** What is ready to leave the kiosk. A file lies at the center already: only its address is missing. */
export type Ready =
  | { readonly medium: 'paper'; readonly sheets: PaperSheets }
  | {
      readonly medium: 'electronic';
      readonly depositId: string;
      readonly offer: FileOffer;
      readonly handOver: HandOver;
    };

export type Order = {
  readonly binding: DocumentBinding;
  readonly ready: Ready;
  readonly screen: PayScreen;
  readonly givenUp: AbortSignal;
};

export type Delivered = { readonly settled: Settled; readonly code: RefusalCode };

export async function deliver(parts: DeliveryParts, order: Order): Promise<Delivered> {
  const { journal } = parts;
  const { ready } = order;
  const { applicationId, sessionId, feeYen, sheetDigests, documentNumbers } = order.binding;
  const terms = { sessionId, applicationId, feeYen, sheetDigests, documentNumbers };
  await journal.beginDelivery(ready.medium === 'paper' ? terms : { ...terms, depositId: ready.depositId });
  const paid = await takeFee(parts, order);
  if (paid !== 'paid') return { settled: await giveBack(parts, applicationId, paid), code: paid };
  await journal.fact(sessionId, { kind: 'printing-started', applicationId, sheets: sheetDigests.length });
  const printed = await giveOut(parts, order, ready);
  if (printed.end === 'all-out') return { settled: await capture(parts, applicationId), code: 'PRINTER_UNAVAILABLE' };
  const settled = printed.unknown
    ? await settle(parts, applicationId, printed.code)
    : await giveBack(parts, applicationId, printed.code);
  return { settled, code: printed.code };
}

function giveOut(parts: DeliveryParts, { binding, givenUp }: Order, ready: Ready): Promise<Printed> {
  const { applicationId, sessionId, sheetDigests } = binding;
  if (ready.medium === 'electronic') {
    return offerFile(parts, ready.handOver, { sessionId, applicationId }, ready.offer);
  }
  return printSheets(parts, {
    sessionId,
    applicationId,
    sheets: ready.sheets,
    draw: (count, trouble) => drawPrinting(parts, sheetDigests.length, count, trouble),
    givenUp,
  });
}

function drawPrinting(
  { front }: DeliveryParts,
  sheets: number,
  printed: number,
  trouble: PrinterCondition | undefined,
): void {
  front.show({ kind: 'printing', printed, sheets, ...(trouble === undefined ? {} : { trouble }) });
}

/** The whole fee in escrow and written down, or why not; then whatever is in the slots is still to be given back. */
async function takeFee(parts: DeliveryParts, order: Order): Promise<'paid' | RefusalCode> {
  const { journal, money, clock, settings } = parts;
  const { applicationId, sessionId, feeYen, expiresAt } = order.binding;
  const end = feeYen === 0 ? 'paid' : await askForMoney(parts, order);
  if (end !== 'paid') return end;
  const escrow =
    feeYen === 0
      ? ({ insertedYen: 0, method: 'cash' } as const)
      : await within(clock, settings.deviceSilentMs, money.escrow());
  if (escrow.insertedYen < feeYen || escrow.method === null) return 'PAYMENT_FAILED';
  if (clock.now() >= Date.parse(expiresAt)) return 'DOCUMENT_EXPIRED';
  await journal.fact(sessionId, { kind: 'fee-reserved', applicationId, feeYen, method: escrow.method });
  return 'paid';
}

async function askForMoney(parts: DeliveryParts, order: Order): Promise<'paid' | RefusalCode> {
  const { front, money, clock, settings, note } = parts;
  const { applicationId, sessionId, feeYen, expiresAt } = order.binding;
  const leftMs = Date.parse(expiresAt) - clock.now();
  if (leftMs <= 0) return 'DOCUMENT_EXPIRED';
  const change = await within(clock, settings.deviceSilentMs, money.canGiveChange(feeYen));
  front.live({ insertedYen: 0 });
  const end = await front.ask<'paid' | RefusalCode>({
    screen: order.screen,
    message: change ? undefined : { code: 'NO_CHANGE' },
    idleMs: order.screen.idleSeconds * 1_000,
    maxMs: leftMs,
    onTouch: (touch) => (touch.kind === 'stop' ? 'STOPPED' : undefined),
    also: (answer) => {
      const accepted = money.accept(applicationId, feeYen, ({ insertedYen }) => {
        front.live({ insertedYen });
        front.stir();
      });
      accepted.then(
        () => answer('paid'),
        (error: unknown) => {
          note({ what: 'device-refused', sessionId, detail: `accept: ${String(error)}` });
          answer('PAYMENT_FAILED');
        },
      );
      return clock.setTimer(leftMs, () => answer('DOCUMENT_EXPIRED'));
    },
  });
  return end === 'idle' ? 'TIMED_OUT' : end;
}
