/**
 * A money unit without hardware: coins of 10, 50, 100 and 500 yen, the 1000-yen note, IC money. Every operation is one
 * step: it has happened whole, and is kept, or it has not happened. So it lives through power cuts as a real one does.
 */
import type { PaymentMethod } from '@dokodemo/protocol';
import type { Escrow, MoneyUnit } from '../ports.ts';
import { add, canAlwaysGiveChange, changeOf, isPiece, type Piece, type Stock, yenOf } from './change.ts';
import { memoryStateStore, type StateStore } from './state-store.ts';

type Ended =
  | { readonly how: 'captured'; readonly feeYen: number; readonly changeYen: number }
  | { readonly how: 'given-back'; readonly returnedYen: number };

type Kept = {
  /** Everything inside that belongs to the store: float and takings. */
  stock: Stock;
  icTakingsYen: number;
  takingsYen: number;
  escrow: { applicationId: string; cash: readonly Piece[]; icYen: number } | null;
  /** Money lying in the tray for the resident. */
  returnedYen: number;
  changeYen: number;
  ended: readonly (readonly [applicationId: string, ended: Ended])[];
};

export type MoneyPicture = {
  readonly insertedYen: number;
  readonly returnedYen: number;
  readonly changeYen: number;
  /** Fees captured so far. */
  readonly vaultYen: number;
  /** Everything inside: float and takings, in cash. */
  readonly cashYen: number;
  readonly slotsOpen: boolean;
};

export type SimulatedMoneyUnit = MoneyUnit & {
  /** A hand puts in a coin or note. 'returned': the slots are closed, or there would be no change. */
  insert(yen: number): 'taken' | 'returned';
  /** A card or telephone with money on it: pays the whole fee, or nothing. */
  touchIcMoney(): 'taken' | 'returned';
  /** A hand takes what lies in the tray; answers how much it was. */
  takeMoney(): number;
  picture(): MoneyPicture;
  /** How each application ended, as the unit has it: for checks of a whole day. */
  ended(applicationId: string): Ended | undefined;
  onChange(listener: () => void): () => void;
  /** The power goes: slots close, whoever waited never hears; what is kept is kept. */
  powerCut(): void;
};

const usualFloat: Stock = { 10: 50, 50: 20, 100: 50, 500: 20, 1000: 0 };
const methods: readonly PaymentMethod[] = ['cash', 'ic-money'];
const rememberedApplications = 200;

export function simulatedMoneyUnit(
  options: { readonly store?: StateStore; readonly float?: Stock } = {},
): SimulatedMoneyUnit {
  const store = options.store ?? memoryStateStore();
  const kept = load(store, options.float ?? usualFloat);
  const listeners = new Set<() => void>();
  let slots: { applicationId: string; feeYen: number; onInserted: (escrow: Escrow) => void; done: () => void } | null =
    null;

  function commit(change: Partial<Kept>): void {
    Object.assign(kept, change);
    store.write(JSON.stringify(kept));
    for (const listener of [...listeners]) listener();
  }

  function insertedYen(): number {
    const { escrow } = kept;
    return escrow === null ? 0 : escrow.cash.reduce((sum, piece) => sum + piece, 0) + escrow.icYen;
  }

  function escrowNow(): Escrow {
    const method = kept.escrow === null || insertedYen() === 0 ? null : kept.escrow.icYen > 0 ? 'ic-money' : 'cash';
    return { insertedYen: insertedYen(), method };
  }

  function endedAs(applicationId: string): Ended | undefined {
    return kept.ended.find(([id]) => id === applicationId)?.[1];
  }

  function withEnded(applicationId: string, ended: Ended): Kept['ended'] {
    return [...kept.ended, [applicationId, ended] as const].slice(-rememberedApplications);
  }

  function closeSlots(): void {
    const was = slots;
    slots = null;
    was?.done();
    for (const listener of [...listeners]) listener();
  }

  function inserted(): void {
    slots?.onInserted(escrowNow());
    if (slots !== null && insertedYen() >= slots.feeYen) closeSlots();
  }

  function escrowOf(applicationId: string): NonNullable<Kept['escrow']> {
    if (kept.escrow?.applicationId !== applicationId) throw new Error(`no money of ${applicationId} is in escrow`);
    return kept.escrow;
  }

  return {
    methods,
    escrow: async () => escrowNow(),
    canGiveChange: async (feeYen) => canAlwaysGiveChange(kept.stock, feeYen),

    async accept(applicationId, feeYen, onInserted) {
      if (slots !== null) throw new Error('the slots are open already');
      if (endedAs(applicationId) !== undefined) throw new Error(`${applicationId} has ended`);
      if (kept.escrow !== null && kept.escrow.applicationId !== applicationId) {
        throw new Error(`money of ${kept.escrow.applicationId} is in escrow`);
      }
      if (insertedYen() >= feeYen) return;
      if (kept.escrow === null) commit({ escrow: { applicationId, cash: [], icYen: 0 } });
      await new Promise<void>((done) => {
        slots = { applicationId, feeYen, onInserted, done };
        for (const listener of [...listeners]) listener();
      });
    },

    close: async () => closeSlots(),

    async capture(applicationId, feeYen) {
      const before = endedAs(applicationId);
      if (before?.how === 'given-back') throw new Error(`the money of ${applicationId} was given back`);
      if (before !== undefined) return { changeYen: before.changeYen };
      const { cash, icYen } = escrowOf(applicationId);
      const changeYen = insertedYen() - feeYen;
      const inside = add(kept.stock, cash);
      const change = changeOf(inside, changeYen);
      if (change === undefined) throw new Error(`no change of ${changeYen} yen`);
      commit({
        stock: add(inside, change, -1),
        icTakingsYen: kept.icTakingsYen + icYen,
        takingsYen: kept.takingsYen + feeYen,
        changeYen: kept.changeYen + changeYen,
        escrow: null,
        ended: withEnded(applicationId, { how: 'captured', feeYen, changeYen }),
      });
      return { changeYen };
    },

    async giveBack(applicationId) {
      const before = endedAs(applicationId);
      if (before?.how === 'captured') throw new Error(`the fee of ${applicationId} was captured`);
      if (before !== undefined) return { returnedYen: before.returnedYen };
      if (kept.escrow?.applicationId !== applicationId) return { returnedYen: 0 };
      if (slots !== null) closeSlots();
      const { icYen } = escrowOf(applicationId);
      const returnedYen = insertedYen();
      commit({
        // IC money goes back to where it came from; only cash falls into the tray.
        returnedYen: kept.returnedYen + returnedYen - icYen,
        escrow: null,
        ended: withEnded(applicationId, { how: 'given-back', returnedYen }),
      });
      return { returnedYen };
    },

    async recall(applicationId) {
      const ended = endedAs(applicationId);
      if (ended !== undefined) return ended.how;
      return kept.escrow?.applicationId === applicationId && insertedYen() > 0 ? 'in-escrow' : 'nothing';
    },

    insert(yen) {
      const { escrow } = kept;
      if (slots === null || escrow === null || escrow.icYen > 0 || !isPiece(yen)) return 'returned';
      const over = insertedYen() + yen - slots.feeYen;
      const cash = [...escrow.cash, yen];
      if (over > 0 && changeOf(add(kept.stock, cash), over) === undefined) return 'returned';
      commit({ escrow: { ...escrow, cash } });
      inserted();
      return 'taken';
    },

    touchIcMoney() {
      const { escrow } = kept;
      if (slots === null || escrow === null || insertedYen() > 0) return 'returned';
      commit({ escrow: { ...escrow, icYen: slots.feeYen } });
      inserted();
      return 'taken';
    },

    takeMoney() {
      const taken = kept.returnedYen + kept.changeYen;
      commit({ returnedYen: 0, changeYen: 0 });
      return taken;
    },

    picture: () => ({
      insertedYen: insertedYen(),
      returnedYen: kept.returnedYen,
      changeYen: kept.changeYen,
      vaultYen: kept.takingsYen,
      cashYen: yenOf(kept.stock),
      slotsOpen: slots !== null,
    }),

    ended: endedAs,

    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },

    powerCut() {
      slots = null;
    },
  };
}

function load(store: StateStore, float: Stock): Kept {
  const text = store.read();
  if (text !== undefined) return JSON.parse(text) as Kept;
  return {
    stock: float,
    icTakingsYen: 0,
    takingsYen: 0,
    escrow: null,
    returnedYen: 0,
    changeYen: 0,
    ended: [],
  };
}
