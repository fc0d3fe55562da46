import { timingSafeEqual } from 'node:crypto';
import { type PinShape, pinFits } from '../jpki-profile.ts';
import { SW } from '../status-word.ts';
import type { CardState, CardStateStore } from './card-state.ts';

export type PinRule = {
  /** What the card is given at the factory. */
  readonly initial: string;
  readonly tries: number;
  readonly shape: PinShape;
};

/** Throws when the power has gone: nothing after a cut may happen. */
export type PowerCheck = () => void;

/** The PINs of one application: counters in lasting memory, "verified" only under power. */
export class PinKeeper {
  readonly #rules: ReadonlyMap<string, PinRule>;
  readonly #store: CardStateStore;
  readonly #verified = new Set<string>();
  #state: CardState | undefined;

  constructor(rules: ReadonlyMap<string, PinRule>, store: CardStateStore) {
    this.#rules = rules;
    this.#store = store;
  }

  isVerified(pinId: string): boolean {
    return this.#verified.has(pinId);
  }

  /** Power gone: everything volatile is forgotten and memory will be read anew. */
  forget(): void {
    this.#verified.clear();
    this.#state = undefined;
  }

  async triesLeft(pinId: string, power: PowerCheck): Promise<number> {
    return (await this.#pin(pinId, power)).triesLeft;
  }

  /** The status word of VERIFY. */
  async verify(pinId: string, candidate: Uint8Array, power: PowerCheck): Promise<number> {
    const pin = await this.#pin(pinId, power);
    const { tries } = this.#rule(pinId);
    this.#verified.delete(pinId);
    if (pin.triesLeft <= 0) return SW.PIN_BLOCKED;
    // The try is spent in lasting memory before the PIN is compared. Whoever cuts the power at the right moment
    // has lost it, and so cannot guess without end.
    await this.#write(pinId, { ...pin, triesLeft: pin.triesLeft - 1 }, power);
    if (!sameBytes(candidate, pin.value)) return SW.PIN_WRONG | (pin.triesLeft - 1);
    await this.#write(pinId, { ...pin, triesLeft: tries }, power);
    this.#verified.add(pinId);
    return SW.OK;
  }

  /** The status word of CHANGE REFERENCE DATA: the old PIN must be verified already. */
  async change(pinId: string, fresh: Uint8Array, power: PowerCheck): Promise<number> {
    if (!this.isVerified(pinId)) return SW.SECURITY_NOT_SATISFIED;
    if (!pinFits(fresh, this.#rule(pinId).shape)) return SW.WRONG_DATA;
    const value = Buffer.from(fresh).toString('latin1');
    const pin = await this.#pin(pinId, power);
    await this.#write(pinId, { ...pin, value }, power);
    return SW.OK;
  }

  async #pin(pinId: string, power: PowerCheck): Promise<CardState['pins'][string]> {
    this.#state ??= (await this.#store.load()) ?? this.#factoryState();
    power();
    const pin = this.#state.pins[pinId];
    if (pin === undefined || pin.triesLeft > this.#rule(pinId).tries) throw new Error('the card’s memory is damaged');
    return pin;
  }

  async #write(pinId: string, pin: CardState['pins'][string], power: PowerCheck): Promise<void> {
    const state: CardState = { version: 1, pins: { ...this.#state?.pins, [pinId]: pin } };
    await this.#store.save(state);
    power();
    this.#state = state;
  }

  #factoryState(): CardState {
    const pins = [...this.#rules].map(([id, rule]) => [id, { value: rule.initial, triesLeft: rule.tries }] as const);
    return { version: 1, pins: Object.fromEntries(pins) };
  }

  #rule(pinId: string): PinRule {
    const rule = this.#rules.get(pinId);
    if (rule === undefined) throw new Error(`the card has no PIN ${pinId}`);
    return rule;
  }
}

/** In a time that does not tell how many characters were right. */
function sameBytes(candidate: Uint8Array, value: string): boolean {
  const wanted = Buffer.from(value, 'latin1');
  const padded = Buffer.alloc(wanted.length);
  padded.set(candidate.subarray(0, wanted.length));
  return timingSafeEqual(padded, wanted) && candidate.length === wanted.length;
}
