/** Power of a device: while it is on, things take their time; when it goes, what was under way never comes. */
import type { Chance } from '../chance.ts';
import type { VirtualTime } from '../virtual-time.ts';

export class Power {
  readonly #time: VirtualTime;
  readonly chance: Chance;
  #cycle = 0;
  #on = true;

  constructor(time: VirtualTime, chance: Chance) {
    this.#time = time;
    this.chance = chance;
  }

  get on(): boolean {
    return this.#on;
  }

  now(): number {
    return this.#time.now();
  }

  /** Calls back after some time between the two, unless the power has gone in between. */
  after(minMs: number, maxMs: number, callback: () => void): void {
    const cycle = this.#cycle;
    this.#time.setTimer(this.chance.between(minMs, maxMs), () => {
      if (this.#on && cycle === this.#cycle) callback();
    });
  }

  pause(minMs: number, maxMs: number): Promise<void> {
    return new Promise((resolve) => this.after(minMs, maxMs, resolve));
  }

  cut(): void {
    this.#on = false;
    this.#cycle++;
  }

  restore(): void {
    this.#on = true;
  }
}
