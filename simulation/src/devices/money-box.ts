/** A cash and IC-money unit that counts every coin. Keeps escrow, vault and its own record through a power cut. */
import type { Escrow, MoneyUnit } from '@dokodemo/kiosk';
import type { PaymentMethod } from '@dokodemo/protocol';
import type { MoneyCount, MoneyMove } from '../witness.ts';
import type { Power } from './power.ts';

type Open = {
  readonly applicationId: string;
  readonly feeYen: number;
  readonly onInserted: (escrow: Escrow) => void;
  readonly done: () => void;
};
type Settled = { readonly as: 'captured' | 'given-back'; readonly changeYen: number; readonly returnedYen: number };

/** Money that lies in the slot until somebody takes it. */
export type InSlot = { readonly yen: number; readonly applicationId: string };

export class MoneyBox {
  readonly terminalId: string;
  readonly #power: Power;
  readonly #told: (move: MoneyMove) => void;
  readonly #settled = new Map<string, Settled>();
  readonly #hasChange: boolean;
  #open: Open | undefined;
  #escrow: { yen: number; applicationId: string; method: PaymentMethod | null } = {
    yen: 0,
    applicationId: '',
    method: null,
  };
  #count = { insertedYen: 0, vaultYen: 0, changeYen: 0, returnedYen: 0 };
  #slot: InSlot[] = [];
  /** It takes no commands: stuck, or its cable is loose. Coins fall through. */
  refuses = false;

  constructor(terminalId: string, power: Power, hasChange: boolean, told: (move: MoneyMove) => void) {
    this.terminalId = terminalId;
    this.#power = power;
    this.#hasChange = hasChange;
    this.#told = told;
  }

  count(): MoneyCount {
    return { terminalId: this.terminalId, ...this.#count, escrowYen: this.#escrow.yen };
  }

  get slot(): readonly InSlot[] {
    return this.#slot;
  }

  /** Somebody empties the slot. */
  emptySlot(): readonly InSlot[] {
    const taken = this.#slot;
    this.#slot = [];
    return taken;
  }

  cutPower(): void {
    this.#open = undefined;
  }

  /** A coin or a touch of IC money. What the slots do not want comes back at once and was never in. Answers for which
   *  application it was taken. */
  insert(yen: number, method: PaymentMethod): string | undefined {
    const open = this.#open;
    if (!this.#power.on || this.refuses || open === undefined || this.#escrow.yen >= open.feeYen) return undefined;
    if (!this.#hasChange && this.#escrow.yen + yen > open.feeYen) return undefined;
    if (this.#escrow.method !== null && this.#escrow.method !== method) return undefined;
    const { applicationId } = open;
    this.#escrow = { yen: this.#escrow.yen + yen, applicationId, method };
    this.#count.insertedYen += yen;
    this.#tell(applicationId, 'inserted', yen);
    open.onInserted(this.#inEscrow());
    if (this.#escrow.yen >= open.feeYen) {
      this.#open = undefined;
      open.done();
    }
    return applicationId;
  }

  #inEscrow(): Escrow {
    return { insertedYen: this.#escrow.yen, method: this.#escrow.method };
  }

  #tell(applicationId: string, kind: MoneyMove['kind'], yen: number): void {
    this.#told({ at: this.#power.now(), terminalId: this.terminalId, applicationId, kind, yen });
  }

  #pay(applicationId: string, yen: number): void {
    if (yen > 0) this.#slot = [...this.#slot, { yen, applicationId }];
  }

  #settle(applicationId: string, as: Settled['as'], feeYen: number): Settled {
    const before = this.#settled.get(applicationId);
    if (before !== undefined) {
      if (before.as !== as) throw new Error(`the money unit has ${before.as} this application`);
      return before;
    }
    const { yen } = this.#escrow;
    if (as === 'captured' && (this.#escrow.applicationId !== applicationId || yen < feeYen)) {
      throw new Error(`the money unit has ${yen} yen in escrow, not the fee of this application`);
    }
    const mine = this.#escrow.applicationId === applicationId ? yen : 0;
    const rest = as === 'captured' ? mine - feeYen : mine;
    if (mine > 0) this.#escrow = { yen: 0, applicationId: '', method: null };
    this.#pay(applicationId, rest);
    const settled: Settled =
      as === 'captured' ? { as, changeYen: rest, returnedYen: 0 } : { as, changeYen: 0, returnedYen: rest };
    this.#settled.set(applicationId, settled);
    this.#count.vaultYen += as === 'captured' ? feeYen : 0;
    this.#count.changeYen += settled.changeYen;
    this.#count.returnedYen += settled.returnedYen;
    if (as === 'captured') {
      this.#tell(applicationId, 'captured', feeYen);
      if (rest > 0) this.#tell(applicationId, 'change', rest);
    } else if (rest > 0) this.#tell(applicationId, 'returned', rest);
    return settled;
  }

  /** The unit as an agent drives it. */
  get port(): MoneyUnit {
    const power = this.#power;
    const took = <T>(work: () => T): Promise<T> =>
      new Promise((resolve, reject) => {
        // The lock moves at one moment; the answer comes a little later.
        power.after(20, 400, () => {
          try {
            if (this.refuses) throw new Error('simulated: the money unit does not answer');
            const value = work();
            power.after(1, 60, () => resolve(value));
          } catch (error) {
            reject(error instanceof Error ? error : new Error(String(error)));
          }
        });
      });
    return {
      methods: ['cash', 'ic-money'],
      escrow: () => took(() => this.#inEscrow()),
      canGiveChange: () => took(() => this.#hasChange),
      accept: (applicationId, feeYen, onInserted) =>
        new Promise((resolve, reject) => {
          if (this.refuses) return reject(new Error('simulated: the money unit does not answer'));
          if (this.#settled.has(applicationId)) return reject(new Error('this application is settled'));
          const foreign = this.#escrow.yen > 0 && this.#escrow.applicationId !== applicationId;
          if (foreign) return reject(new Error('somebody else’s money is in escrow'));
          this.#open?.done();
          if (this.#escrow.yen >= feeYen) return resolve();
          this.#open = { applicationId, feeYen, onInserted, done: resolve };
        }),
      close: () =>
        took(() => {
          this.#open?.done();
          this.#open = undefined;
        }),
      capture: (applicationId, feeYen) =>
        took(() => ({ changeYen: this.#settle(applicationId, 'captured', feeYen).changeYen })),
      giveBack: (applicationId) =>
        took(() => {
          this.#open?.done();
          this.#open = undefined;
          return { returnedYen: this.#settle(applicationId, 'given-back', 0).returnedYen };
        }),
      recall: (applicationId) =>
        took(() => {
          const settled = this.#settled.get(applicationId);
          if (settled !== undefined) return settled.as;
          return this.#escrow.yen > 0 && this.#escrow.applicationId === applicationId ? 'in-escrow' : 'nothing';
        }),
    };
  }
}
