/** The network between systems: every message may be late, lost, doubled or answered to nobody. */
import {
  answerRequest,
  type Carry,
  type Endpoints,
  findEndpoint,
  type Noted,
  type Peer,
  type Service,
  type WireReply,
  type WireRequest,
} from '@dokodemo/protocol';
import type { Chance } from './chance.ts';
import type { Life } from './mortal.ts';
import type { VirtualTime } from './virtual-time.ts';

export type Faults = {
  /** Probabilities per message. */
  readonly lost: number;
  readonly doubled: number;
  readonly replyLost: number;
  /** A message that is very late: past its caller's patience. */
  readonly veryLate: number;
  readonly minDelayMs: number;
  readonly maxDelayMs: number;
};

export const noFaults: Faults = { lost: 0, doubled: 0, replyLost: 0, veryLate: 0, minDelayMs: 1, maxDelayMs: 5 };

/** A system as the network sees it: what it serves while it lives. */
export type Host = { readonly services: readonly Service[]; readonly life: Life };

export class Network {
  readonly #time: VirtualTime;
  readonly #chance: Chance;
  readonly #hosts = new Map<string, Host>();
  readonly #note: (noted: Noted) => void;
  faults: Faults;

  constructor(time: VirtualTime, chance: Chance, faults: Faults, note: (noted: Noted) => void) {
    this.#time = time;
    this.#chance = chance;
    this.faults = faults;
    this.#note = note;
  }

  plug(name: string, host: Host): void {
    this.#hosts.set(name, host);
  }

  unplug(name: string): void {
    this.#hosts.delete(name);
  }

  /** What `from` uses to call `to`. */
  carrier(from: Peer, life: Life, to: string): Carry {
    return (request) =>
      new Promise((resolve) => {
        let settled = false;
        const settle = (value: Awaited<ReturnType<Carry>>) => {
          if (settled || !life.alive) return;
          settled = true;
          stopWaiting();
          resolve(value);
        };
        const stopWaiting = this.#time.setTimer(request.timeoutMs, () =>
          settle({ failure: { code: 'NO_ANSWER', detail: 'simulated' } }),
        );
        if (!this.#hosts.has(to)) {
          this.#time.setTimer(1, () => settle({ failure: { code: 'UPSTREAM_DOWN', detail: 'simulated' } }));
          return;
        }
        const times = this.#chance.happens(this.faults.doubled) ? 2 : 1;
        for (let i = 0; i < times; i++) this.#deliver(from, to, request, settle);
      });
  }

  #delay(): number {
    const { minDelayMs, maxDelayMs, veryLate } = this.faults;
    return this.#chance.happens(veryLate)
      ? this.#chance.between(10_000, 90_000)
      : this.#chance.between(minDelayMs, maxDelayMs);
  }

  #deliver(from: Peer, to: string, request: WireRequest, settle: (reply: WireReply) => void): void {
    if (this.#chance.happens(this.faults.lost)) return;
    this.#time.setTimer(this.#delay(), async () => {
      const host = this.#hosts.get(to);
      if (host === undefined || !host.life.alive) return;
      const reply = await this.#answer(host, from, request);
      if (!host.life.alive || this.#chance.happens(this.faults.replyLost)) return;
      this.#time.setTimer(this.#delay(), () => settle(reply));
    });
  }

  async #answer(host: Host, peer: Peer, request: WireRequest): Promise<WireReply> {
    for (const { endpoints, handlers } of host.services) {
      const found = findEndpoint(endpoints as Endpoints, request.method, decodeURI(request.path));
      if (found === undefined) continue;
      // Bytes go over, never objects: nothing is shared between two systems by accident.
      const body = request.body === null ? null : Uint8Array.from(request.body);
      return answerRequest(endpoints, handlers as never, found.name, { peer, params: found.params, body }, this.#note);
    }
    return { status: 404, body: Buffer.from('{"code":"UNKNOWN"}') };
  }
}
