/**
 * A file, from the fee in escrow to the telephone. As with a sheet: that it may be gone is on the disk before the address
 * is on the screen, and whether it is gone is said by whoever knows. Here that is the center: a file was collected, or is
 * taken back and nobody ever gets it; nothing is decided by time alone.
 */
import type { RefusalCode } from '@dokodemo/domain';
import type { Front } from './front.ts';
import type { FileOf, HandOver } from './ports.ts';
import type { Printed } from './print-sheets.ts';
import { fileWord, type SettlementParts, sheetPrinted } from './settlement.ts';

export type FileOffer = {
  /** What the resident's telephone opens. */
  readonly address: string;
  /** By this kiosk's clock: from then on the center may have dropped it. */
  readonly until: number;
};

export type OfferParts = SettlementParts & { readonly front: Front };

/** The one part of a document that is a file. */
const part = 1;

/** 'all-out': collected, as a sheet that is in the tray. */
export async function offerFile(parts: OfferParts, handOver: HandOver, of: FileOf, offer: FileOffer): Promise<Printed> {
  const { journal, clock, settings } = parts;
  const leftMs = Math.min(settings.collectMaxMs, offer.until - clock.now() - settings.callPatienceMs);
  if (leftMs <= 0) return { end: 'stopped', code: 'DOCUMENT_EXPIRED', unknown: false };
  await journal.beginSheet(of.applicationId, part);
  const end = await show(parts, handOver, of, offer.address, leftMs);
  parts.front.show({ kind: 'working', what: 'taking-back', stop: false });
  const code: RefusalCode = end === 'STOPPED' ? 'STOPPED' : 'NOT_COLLECTED';
  const word = end === 'collected' ? end : await fileWord(parts, of.applicationId);
  if (word === 'withdrawn') {
    await journal.sheetNotPrinted(of.applicationId, part);
    return { end: 'stopped', code, unknown: false };
  }
  if (word !== 'collected') return { end: 'stopped', code: 'NO_ANSWER', unknown: true };
  await sheetPrinted(parts, of.applicationId, part);
  return { end: 'all-out' };
}

/** The address, until the center says that it was collected, the resident stops, or nobody is there. */
async function show(
  { front, clock, settings }: OfferParts,
  handOver: HandOver,
  of: FileOf,
  address: string,
  leftMs: number,
): Promise<'collected' | 'STOPPED' | 'idle'> {
  const idleMs = Math.min(settings.collectMs, leftMs);
  const latest = clock.now() + leftMs;
  let endsAt = clock.now() + idleMs;
  const tell = () => front.live({ secondsLeft: Math.max(0, Math.ceil((endsAt - clock.now()) / 1_000)) });
  const asked = front.ask<'collected' | 'STOPPED'>({
    screen: { kind: 'receive-file', address },
    idleMs,
    maxMs: leftMs,
    onTouch: (touch) => {
      endsAt = Math.min(clock.now() + idleMs, latest);
      tell();
      return touch.kind === 'stop' ? 'STOPPED' : undefined;
    },
    also: (answer) => {
      let cancel: () => void = () => undefined;
      let isOver = false;
      const later = () => {
        if (isOver) return;
        tell();
        cancel = clock.setTimer(settings.collectPollMs, look);
      };
      // What goes wrong here only means that nobody knows yet: asked for again, and at the end in earnest.
      const look = () =>
        void handOver.state(of).then((said) => {
          if (!isOver && said.ok && said.value === 'collected') answer('collected');
          else later();
        }, later);
      look();
      return () => {
        isOver = true;
        cancel();
      };
    },
  });
  tell();
  return asked;
}
