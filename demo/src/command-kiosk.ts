/**
 * A kiosk without a shop: the real agent with simulated devices, in this process, on the road of an open town. It has a
 * terminal's identity of its own and a journal on disk, like any other kiosk.
 */
import { type Clock, systemClock, systemEntropy } from '@dokodemo/domain';
import { InProcessReader, type VirtualCard } from '@dokodemo/ic-card';
import { type AppendOnlyFile, createKiosk, type Kiosk, type KioskNote } from '@dokodemo/kiosk';
import { FileLockedError, type OpenAppendOnlyFile, openAppendOnlyFile } from '@dokodemo/kiosk/disk';
import {
  fileStateStore,
  memoryFile,
  memoryStateStore,
  type SimulatedMoneyUnit,
  type SimulatedPrinter,
  screenPinPad,
  simulatedMoneyUnit,
  simulatedPrinter,
} from '@dokodemo/kiosk/simulated';
import { type Client, carryOverHttp, clientOver, conversationEndpoints } from '@dokodemo/protocol';
import { certificateDer, privateKeyOf } from '@dokodemo/protocol/authority';
import { commandHandOver } from './command-hand-over.ts';
import { TownError } from './town-error.ts';
import { openTownFolder, type TownFolder } from './town-folder.ts';
import { readTownNote } from './town-note.ts';
import { takeCard } from './town-people.ts';
import { commandTerminals, ids, type TownTerminal } from './town-plan.ts';
import { openTrust } from './trust.ts';
import type { Hands } from './walk.ts';
import { walkAway } from './walk-away.ts';

export { furtherTerminals } from './town-plan.ts';

export type PaperSheet = { readonly name: string; readonly pdf: Uint8Array };

export type CommandKiosk = {
  readonly kiosk: Kiosk;
  /** Hands of a person with this card. */
  hands(cardKey: string, payWith: 'cash' | 'ic-money'): Promise<Hands>;
  /** Everything that has come out of the printer, and files instead of paper. */
  takePaper(): readonly PaperSheet[];
  /** Waits until the center has heard of the session's end, and so of everything before it; then ends. */
  close(): Promise<void>;
};

export type CommandKioskOptions = {
  readonly root: string;
  readonly clock?: Clock;
  /** For operators: refusals, defects, facts that could not be told. */
  readonly note?: (note: KioskNote) => void;
  /** A terminal of its own, for benchmarks; what the kiosk and its cards keep is then kept in memory. */
  readonly terminal?: TownTerminal;
};

const pieces = [1_000, 500, 100, 50, 10] as const;
/** What the center has not heard by then it hears when this terminal is used again: it stands in the journal. */
const tellWithinMs = 5_000;

type Center = Client<typeof conversationEndpoints>;

/** The same center; `told` resolves when it has accepted the end of the session that was opened last. */
function listeningTo(center: Center, clock: Clock): { readonly center: Center; told(): Promise<void> } {
  let opened = '';
  let heardAll = () => {};
  const all = new Promise<void>((resolve) => {
    heardAll = resolve;
  });
  return {
    center: {
      ...center,
      openSession(params, body) {
        opened = body.sessionId;
        return center.openSession(params, body);
      },
      async reportFacts(params, body) {
        const reply = await center.reportFacts(params, body);
        const end = body.facts.find(({ sessionId, fact }) => sessionId === opened && fact.kind === 'session-ended');
        if (reply.ok && end !== undefined && reply.value.accepted.includes(end.factId)) heardAll();
        return reply;
      },
    },
    async told() {
      if (opened === '') return;
      let cancel = () => {};
      const enough = new Promise<void>((resolve) => {
        cancel = clock.setTimer(tellWithinMs, resolve);
      });
      await Promise.race([all, enough]);
      cancel();
    },
  };
}

/** The first of the command's terminals that nobody else is using. */
async function freeTerminal(
  folder: TownFolder,
): Promise<{ readonly terminal: TownTerminal; readonly journal: OpenAppendOnlyFile }> {
  for (const terminal of commandTerminals) {
    try {
      return { terminal, journal: await openAppendOnlyFile(folder.file('kiosk', terminal.terminalId, 'journal')) };
    } catch (error) {
      if (!(error instanceof FileLockedError)) throw error;
    }
  }
  throw new TownError(`All ${commandTerminals.length} terminals for commands are in use. Try again in a moment.`);
}

function forgetful(): AppendOnlyFile & Pick<OpenAppendOnlyFile, 'close'> {
  return { ...memoryFile(), close: async () => undefined };
}

export async function openCommandKiosk(options: CommandKioskOptions): Promise<CommandKiosk> {
  const { clock = systemClock, note = () => undefined } = options;
  const folder = openTownFolder(options.root);
  const open = readTownNote(folder);
  if (open?.state !== 'open') throw new TownError('No town is open. Run `npm start` in another terminal.');
  const trust = await openTrust(folder, clock);
  const inMemory = options.terminal !== undefined;
  const { terminal, journal } =
    options.terminal === undefined ? await freeTerminal(folder) : { terminal: options.terminal, journal: forgetful() };
  const tls = await trust.identity('kiosk', terminal.terminalId);
  const expect = { role: 'center' as const, id: ids.center };
  const carrier = carryOverHttp({ url: open.centerUrl, tls, expect, connections: 2 });
  const road = listeningTo(clientOver(conversationEndpoints, carrier.carry), clock);
  const reader = new InProcessReader();
  const money = simulatedMoneyUnit({
    store: inMemory ? memoryStateStore() : fileStateStore(folder.file('kiosk', terminal.terminalId, 'money.json')),
  });
  const printer = simulatedPrinter({ clock, sheetMs: 0 });
  const handOver = commandHandOver(clock.now);
  const kiosk = createKiosk({
    terminal: {
      terminalId: terminal.terminalId,
      store: terminal.store,
      certificate: certificateDer(tls.certificate),
      key: privateKeyOf(tls.key),
    },
    documentAuthority: certificateDer(trust.documents.certificate),
    center: road.center,
    reader,
    pinPad: screenPinPad(),
    money,
    printer,
    handOver,
    journal,
    clock,
    entropy: systemEntropy,
    note,
  });
  await kiosk.start();
  return {
    kiosk,
    hands: async (cardKey, payWith) => handsOf(reader, money, await takeCard(folder, cardKey, inMemory), payWith),
    takePaper: () => [...paperOf(printer), ...handOver.takeFiles()],
    async close() {
      await walkAway(kiosk, () => reader.remove(), clock);
      await road.told();
      await kiosk.stop();
      await carrier.close();
      await journal.close();
    },
  };
}

function handsOf(
  reader: InProcessReader,
  money: SimulatedMoneyUnit,
  card: VirtualCard,
  payWith: 'cash' | 'ic-money',
): Hands {
  return {
    putCard: () => reader.insert(card),
    takeCard: () => reader.remove(),
    pay(yen) {
      if (payWith === 'ic-money') return void money.touchIcMoney();
      let left = yen;
      for (const piece of pieces)
        for (; left >= piece; left -= piece)
          if (money.insert(piece) === 'returned') throw new TownError(`the slot has given ${piece} yen back`);
    },
    takeMoney: () => void money.takeMoney(),
  };
}

function paperOf(printer: SimulatedPrinter): readonly PaperSheet[] {
  return printer.takePaper().map(({ name, pdf }) => ({ name, pdf }));
}
