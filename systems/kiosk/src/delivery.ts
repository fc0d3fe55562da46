/**
 * From the opened document to the paper, or the money back. The kiosk is alone here (ADR 2): nothing in this file asks
 * the network. Every step is on the kiosk's disk before the next one is taken. See SPEC.md.
 */
import type { RefusalCode } from '@dokodemo/domain';
import type { DocumentBinding, Screen } from '@dokodemo/protocol';
import type { Front } from './front.ts';
import type { PrinterCondition } from './ports.ts';
import { printSheets } from './print-sheets.ts';
import { capture, giveBack, type Settled, type SettlementParts, settle } from './settlement.ts';
import { within } from './within.ts';

export type PayScreen = Extract<Screen, { kind: 'pay' }>;

export type DeliveryParts = SettlementParts & { readonly front: Front };

export type Order = {
  readonly binding: DocumentBinding;
  readonly sheets: readonly Uint8Array[];
  readonly screen: PayScreen;
  readonly givenUp: AbortSignal;
};

export type Delivered = { readonly settled: Settled; readonly code: RefusalCode };

export async function deliver(parts: DeliveryParts, order: Order): Promise<Delivered> {
  const { journal } = parts;
  const { applicationId, sessionId, feeYen, sheetDigests, documentNumbers } = order.binding;
  await journal.beginDelivery({ sessionId, applicationId, feeYen, sheetDigests, documentNumbers });
  const paid = await takeFee(parts, order);
  if (paid !== 'paid') return { settled: await giveBack(parts, applicationId, paid), code: paid };
  await journal.fact(sessionId, { kind: 'printing-started', applicationId, sheets: sheetDigests.length });
  const printed = await printSheets(parts, {
    sessionId,
    applicationId,
    sheets: order.sheets,
    draw: (count, trouble) => drawPrinting(parts, sheetDigests.length, count, trouble),
    givenUp: order.givenUp,
  });
  if (printed.end === 'all-out') return { settled: await capture(parts, applicationId), code: 'PRINTER_UNAVAILABLE' };
  const settled = printed.unknown
    ? await settle(parts, applicationId, printed.code)
    : await giveBack(parts, applicationId, printed.code);
  return { settled, code: printed.code };
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
