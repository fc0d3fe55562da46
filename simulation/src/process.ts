/** A system's process: started, killed, started again. What it kept in memory is gone each time. */
import type { Clock } from '@dokodemo/domain';
import type { Service } from '@dokodemo/protocol';
import { Life } from './mortal.ts';
import type { Host, Network } from './network.ts';

export type Begin = (life: Life, boot: string) => readonly Service[];

export class Process {
  readonly name: string;
  readonly #address: string;
  readonly #network: Network;
  readonly #begin: Begin;
  #host: Host | undefined;
  #boots = 0;

  /** `address`: the name under which others reach it; several processes may share one. */
  constructor(name: string, address: string, network: Network, begin: Begin) {
    this.name = name;
    this.#address = address;
    this.#network = network;
    this.#begin = begin;
  }

  get running(): boolean {
    return this.#host !== undefined;
  }

  start(): void {
    if (this.#host !== undefined) return;
    const life = new Life();
    const services = this.#begin(life, `${this.name}/${++this.#boots}`);
    this.#host = { services, life };
    this.#network.plug(this.#address, this.#host);
  }

  kill(): void {
    if (this.#host === undefined) return;
    this.#host.life.end();
    this.#network.unplug(this.#address, this.#host);
    this.#host = undefined;
  }
}

/** Round after round, never two at once, until the clock's owner dies. */
export function everyRound(clock: Clock, pauseMs: number, work: () => Promise<unknown>, failed: (e: unknown) => void) {
  const next = () => {
    void work()
      .catch(failed)
      .then(() => clock.setTimer(pauseMs, next));
  };
  clock.setTimer(0, next);
}
