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

/** A process as the network sees it: what it serves while it lives. */
export type Host = { readonly services: readonly Service[]; readonly life: Life };

/** A request that reached a process, and what the process answered; whether anybody hears it is another matter. */
export type Exchange = {
  readonly from: Peer;
  readonly to: string;
  readonly endpoint: string;
  readonly request: WireRequest;
  readonly reply: WireReply;
  readonly askedAt: number;
};

export type Mishap = 'lost' | 'doubled' | 'reply-lost' | 'very-late' | 'reordered' | 'nobody-there';

/** Sees what the network does. */
export type Wiretap = {
  mishap(kind: Mishap, from: Peer, to: string, request: WireRequest): void;
  exchange(exchange: Exchange): void;
  noted(noted: Noted): void;
};

export class Network {
  readonly #time: VirtualTime;
  readonly #chance: Chance;
  readonly #hosts = new Map<string, Host[]>();
  readonly #tap: Wiretap;
  readonly #cut = new Set<string>();
  /** By line: the number of the newest message that has come over it. */
  readonly #newest = new Map<string, number>();
  #sent = 0;
  faults: Faults;

  constructor(time: VirtualTime, chance: Chance, faults: Faults, tap: Wiretap) {
    this.#time = time;
    this.#chance = chance;
    this.faults = faults;
    this.#tap = tap;
  }

  /** Several processes may answer to one name, as behind a load balancer. */
  plug(name: string, host: Host): void {
    this.#hosts.set(name, [...(this.#hosts.get(name) ?? []), host]);
  }

  unplug(name: string, host: Host): void {
    const left = (this.#hosts.get(name) ?? []).filter((other) => other !== host);
    this.#hosts.set(name, left);
  }

  /** The line of a peer is dead: nothing goes out, nothing comes in. */
  disconnect(peerId: string): void {
    this.#cut.add(peerId);
  }

  reconnect(peerId: string): void {
    this.#cut.delete(peerId);
  }

  reconnectAll(): void {
    this.#cut.clear();
  }

  /** What `from` uses to call `to`. */
  carrier(from: Peer, life: Life, to: string): Carry {
    return (request) =>
      new Promise((resolve) => {
        if (!life.alive) return;
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
        if (this.#pick(to) === undefined) {
          this.#tap.mishap('nobody-there', from, to, request);
          this.#time.setTimer(1, () => settle({ failure: { code: 'UPSTREAM_DOWN', detail: 'simulated' } }));
          return;
        }
        const doubled = this.#chance.happens(this.faults.doubled);
        if (doubled) this.#tap.mishap('doubled', from, to, request);
        for (let i = 0; i < (doubled ? 2 : 1); i++) this.#deliver(from, to, request, settle);
      });
  }

  #pick(name: string): Host | undefined {
    const alive = (this.#hosts.get(name) ?? []).filter(({ life }) => life.alive);
    return alive.length < 2 ? alive[0] : this.#chance.pick(alive);
  }

  #delay(from: Peer, to: string, request: WireRequest): number {
    const { minDelayMs, maxDelayMs, veryLate } = this.faults;
    if (!this.#chance.happens(veryLate)) return this.#chance.between(minDelayMs, maxDelayMs);
    this.#tap.mishap('very-late', from, to, request);
    return this.#chance.between(10_000, 90_000);
  }

  #deliver(from: Peer, to: string, request: WireRequest, settle: (reply: WireReply) => void): void {
    if (this.#cut.has(from.id) || this.#chance.happens(this.faults.lost)) {
      this.#tap.mishap('lost', from, to, request);
      return;
    }
    const number = ++this.#sent;
    this.#time.setTimer(this.#delay(from, to, request), async () => {
      this.#came(number, from, to, request);
      const host = this.#pick(to);
      if (host === undefined) return;
      const reply = await this.#answer(host, from, to, request);
      if (!host.life.alive) return;
      if (this.#chance.happens(this.faults.replyLost)) return this.#tap.mishap('reply-lost', from, to, request);
      this.#time.setTimer(this.#delay(from, to, request), () => {
        if (this.#cut.has(from.id)) this.#tap.mishap('reply-lost', from, to, request);
        else settle(reply);
      });
    });
  }

  #came(number: number, from: Peer, to: string, request: WireRequest): void {
    const line = `${from.id}>${to}`;
    const newest = this.#newest.get(line) ?? 0;
    if (number < newest) this.#tap.mishap('reordered', from, to, request);
    this.#newest.set(line, Math.max(number, newest));
  }

  async #answer(host: Host, peer: Peer, to: string, request: WireRequest): Promise<WireReply> {
    for (const { endpoints, handlers } of host.services) {
      const found = findEndpoint(endpoints as Endpoints, request.method, decodeURI(request.path));
      if (found === undefined) continue;
      // Bytes go over, never objects: nothing is shared between two systems by accident.
      const body = request.body === null ? null : Uint8Array.from(request.body);
      const asked = { peer, params: found.params, body };
      const askedAt = this.#time.now();
      const reply = await answerRequest(endpoints, handlers as never, found.name, asked, (it) => this.#tap.noted(it));
      if (host.life.alive) {
        this.#tap.exchange({ from: peer, to, endpoint: found.name, request, reply, askedAt });
      }
      return reply;
    }
    return { status: 404, body: Buffer.from('{"code":"UNKNOWN"}') };
  }
}
