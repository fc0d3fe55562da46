/** The physical world around a kiosk with simulated devices, for one pair of hands: cards, money, paper, the printer's
 *  troubles, the plug. */
import { type Answer, answer, type Clock, refuse } from '@dokodemo/domain';
import type { InProcessReader } from '@dokodemo/ic-card';
import type { BenchAct, BenchState, PowerFails } from '../panel-contract.ts';
import type { Bench } from '../panel-server/serve-panel.ts';
import type { Printer, PrinterCondition } from '../ports.ts';
import type { SimulatedMoneyUnit, SimulatedPrinter } from '../simulated/index.ts';
import type { PaperTray } from './paper-tray.ts';
import type { PoweredKiosk } from './powered-kiosk.ts';
import type { WalletCard } from './wallet.ts';

export type BenchOptions = {
  readonly wallet: readonly WalletCard[];
  readonly reader: InProcessReader;
  readonly money: SimulatedMoneyUnit;
  readonly printer: Printer;
  /** The same printer, when it is simulated: its troubles are made here. */
  readonly simulatedPrinter?: SimulatedPrinter;
  readonly tray: PaperTray;
  readonly kiosk: PoweredKiosk;
  readonly clock: Clock;
};

/** Changes within this time are shown together. */
const togetherMs = 30;
const mostJournalLines = 200;

export function openBench(options: BenchOptions): Bench {
  const { wallet, reader, money, printer, simulatedPrinter, tray, kiosk, clock } = options;
  const listeners = new Set<() => void>();
  const onReader = new Set<string>();
  let conditions: readonly PrinterCondition[] = [];
  let asking = false;
  let telling = false;
  let powerFails: PowerFails = 'never';

  function changed(): void {
    void askConditions();
    if (telling) return;
    telling = true;
    clock.setTimer(togetherMs, () => {
      telling = false;
      for (const listener of [...listeners]) listener();
    });
  }

  /** A printer elsewhere answers when it can: what it said last is shown meanwhile. */
  async function askConditions(): Promise<void> {
    if (asking) return;
    asking = true;
    const before = conditions.join();
    conditions = await printer.conditions().catch((): readonly PrinterCondition[] => ['offline']);
    asking = false;
    if (conditions.join() !== before) changed();
  }

  function collectPaper(): void {
    for (const { name, at, pdf } of simulatedPrinter?.takePaper() ?? []) tray.put({ name, at, pdf });
  }

  kiosk.subscribe(changed);
  money.onChange(() => {
    const { insertedYen, slotsOpen } = money.picture();
    if (powerFails === 'paid' && insertedYen > 0 && !slotsOpen) pullPlug();
    changed();
  });
  simulatedPrinter?.onChange(() => {
    if (simulatedPrinter.tray().length > 0) {
      collectPaper();
      if (powerFails === 'sheet-out') pullPlug();
    }
    changed();
  });
  void askConditions();

  function putCard(cardId: string): Answer<null> {
    const found = wallet.find((card) => card.cardId === cardId);
    if (found === undefined) return refuse('UNKNOWN', 'no such card');
    if (onReader.has(cardId)) return refuse('OUT_OF_STEP', 'this card lies on the reader already');
    if (onReader.size >= 2) return refuse('OUT_OF_STEP', 'two cards lie on the reader already');
    onReader.add(cardId);
    reader.insert(found.card);
    return answer(null);
  }

  function takeCard(): Answer<null> {
    if (onReader.size === 0) return refuse('OUT_OF_STEP', 'no card lies on the reader');
    onReader.clear();
    reader.remove();
    return answer(null);
  }

  function paid(outcome: 'taken' | 'returned', wasOpen: boolean): Answer<null> {
    if (outcome === 'taken') return answer(null);
    return wasOpen ? refuse('NO_CHANGE', 'it came back') : refuse('OUT_OF_STEP', 'the slots are closed');
  }

  function pullPlug(): void {
    powerFails = 'never';
    kiosk.off();
    money.powerCut();
    // Without power the motor stands: a sheet in motion stays inside.
    simulatedPrinter?.powerCut(false);
  }

  async function act(given: BenchAct): Promise<Answer<null>> {
    const { slotsOpen } = money.picture();
    switch (given.act) {
      case 'put-card':
        return putCard(given.cardId);
      case 'take-card':
        return takeCard();
      case 'insert-cash':
        return paid(money.insert(given.yen), slotsOpen);
      case 'touch-ic-money':
        return paid(money.touchIcMoney(), slotsOpen);
      case 'take-returned-money':
        money.takeMoney();
        return answer(null);
      case 'take-paper':
        return tray.take(given.sheetId) ? answer(null) : refuse('UNKNOWN', 'no such sheet lies in the tray');
      case 'printer':
        if (simulatedPrinter === undefined) return refuse('OUT_OF_STEP', 'this printer is not simulated');
        simulatedPrinter.setCondition(given.condition, given.on);
        return answer(null);
      case 'staff':
        return kiosk.kiosk()?.staff(given.does) === true
          ? answer(null)
          : refuse('OUT_OF_STEP', 'there is nothing of the kind to do');
      case 'power':
        if (given.on) await kiosk.on();
        else pullPlug();
        return answer(null);
      case 'power-fails':
        powerFails = given.when;
        return answer(null);
    }
  }

  return {
    state: (): BenchState => {
      const { insertedYen, returnedYen, changeYen, vaultYen, slotsOpen } = money.picture();
      const screen = kiosk.state()?.screen;
      return {
        cards: wallet.map(({ cardId, label, note, pin, secondPin }) => ({
          cardId,
          label,
          note,
          pin,
          ...(secondPin === undefined ? {} : { secondPin }),
          onReader: onReader.has(cardId),
        })),
        money: { insertedYen, returnedYen, changeYen, vaultYen, slotsOpen },
        printer: { name: printer.name, conditions, tray: tray.sheets() },
        ...(screen?.kind === 'receive-file' ? { address: screen.address } : {}),
        power: kiosk.kiosk() === undefined ? 'off' : 'on',
        powerFails,
        journal: kiosk.lines().slice(-mostJournalLines),
      };
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async act(given) {
      const done = await act(given);
      changed();
      return done;
    },
    sheet: (sheetId) => tray.pdf(sheetId),
  };
}
