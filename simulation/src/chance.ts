/** All chance of a simulated world comes from one seed. Each part draws from a stream of its own, so that a change in
 *  what one part does leaves the luck of the others as it was. */
import { createHash } from 'node:crypto';
import type { Entropy } from '@dokodemo/domain';

export class Chance implements Entropy {
  readonly #state: Uint32Array;

  constructor(seed: string) {
    const digest = createHash('sha256').update(seed).digest();
    this.#state = Uint32Array.from([0, 4, 8, 12], (offset) => digest.readUInt32LE(offset));
  }

  /** A stream of its own for a named part. */
  static stream(seed: number, part: string): Chance {
    return new Chance(`dokodemo/simulation/v1 ${seed} ${part}`);
  }

  /** sfc32: 32 bits a step, period 2^128 on average; good enough for luck, never for keys that leave this process. */
  #next(): number {
    const s = this.#state;
    const a = s[0] as number;
    const b = s[1] as number;
    const c = s[2] as number;
    const counter = s[3] as number;
    const sum = (a + b + counter) >>> 0;
    s[3] = counter + 1;
    s[0] = b ^ (b >>> 9);
    s[1] = c + (c << 3);
    s[2] = ((c << 21) | (c >>> 11)) + sum;
    return sum;
  }

  /** 0 ≤ x < 1. */
  fraction(): number {
    return this.#next() / 2 ** 32;
  }

  /** min ≤ n ≤ max, whole numbers. */
  between(min: number, max: number): number {
    return min + Math.floor(this.fraction() * (max - min + 1));
  }

  /** True once in `1 / probability` times. */
  happens(probability: number): boolean {
    return this.fraction() < probability;
  }

  pick<T>(items: readonly T[]): T {
    const item = items[Math.floor(this.fraction() * items.length)];
    if (item === undefined) throw new RangeError('nothing to pick from');
    return item;
  }

  bytes(length: number): Uint8Array {
    return Uint8Array.from({ length }, () => this.#next() & 0xff);
  }
}
