/** The MQ arithmetic coder of JBIG2 (ITU-T T.88, annex E): adaptive bits in contexts. */

/** Probability of the less probable symbol, next state after the more and the less probable one, and whether the sense
 *  is switched (table E.1). */
const table = [
  0x5601, 1, 1, 1, 0x3401, 2, 6, 0, 0x1801, 3, 9, 0, 0x0ac1, 4, 12, 0, 0x0521, 5, 29, 0, 0x0221, 38, 33, 0,
  0x5601, 7, 6, 1, 0x5401, 8, 14, 0, 0x4801, 9, 14, 0, 0x3801, 10, 14, 0, 0x3001, 11, 17, 0, 0x2401, 12, 18, 0,
  0x1c01, 13, 20, 0, 0x1601, 29, 21, 0, 0x5601, 15, 14, 1, 0x5401, 16, 14, 0, 0x5101, 17, 15, 0, 0x4801, 18, 16, 0,
  0x3801, 19, 17, 0, 0x3401, 20, 18, 0, 0x3001, 21, 19, 0, 0x2801, 22, 19, 0, 0x2401, 23, 20, 0, 0x2201, 24, 21, 0,
  0x1c01, 25, 22, 0, 0x1801, 26, 23, 0, 0x1601, 27, 24, 0, 0x1401, 28, 25, 0, 0x1201, 29, 26, 0, 0x1101, 30, 27, 0,
  0x0ac1, 31, 28, 0, 0x09c1, 32, 29, 0, 0x08a1, 33, 30, 0, 0x0521, 34, 31, 0, 0x0441, 35, 32, 0, 0x02a1, 36, 33, 0,
  0x0221, 37, 34, 0, 0x0141, 38, 35, 0, 0x0111, 39, 36, 0, 0x0085, 40, 37, 0, 0x0049, 41, 38, 0, 0x0025, 42, 39, 0,
  0x0015, 43, 40, 0, 0x0009, 44, 41, 0, 0x0005, 45, 42, 0, 0x0001, 45, 43, 0, 0x5601, 46, 46, 0,
] as const; // biome-ignore format: the table as the standard has it

// A state here is twice its number in the table, plus the more probable symbol.
const states = (table.length / 4) * 2;
const probability = new Int32Array(states);
const afterMore = new Uint8Array(states);
const afterLess = new Uint8Array(states);
for (let i = 0; i < states / 2; i++) {
  const [value, more, less, switched] = table.slice(i * 4, i * 4 + 4) as unknown as [number, number, number, number];
  for (const sense of [0, 1]) {
    probability[i * 2 + sense] = value;
    afterMore[i * 2 + sense] = more * 2 + sense;
    afterLess[i * 2 + sense] = less * 2 + (switched === 1 ? 1 - sense : sense);
  }
}

export class MqEncoder {
  readonly #states: Uint8Array;
  #bytes = new Uint8Array(16_384);
  #last = -1;
  #interval = 0x8000;
  #code = 0;
  #countdown = 12;

  constructor(contexts: number) {
    this.#states = new Uint8Array(contexts);
  }

  #push(value: number): void {
    this.#last++;
    if (this.#last === this.#bytes.length) {
      const larger = new Uint8Array(this.#bytes.length * 2);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#bytes[this.#last] = value;
  }

  #stuffed(): void {
    this.#push(this.#code >>> 20);
    this.#code &= 0xfffff;
    this.#countdown = 7;
  }

  #byteOut(): void {
    if (this.#last >= 0 && this.#bytes[this.#last] === 0xff) {
      this.#stuffed();
      return;
    }
    if (this.#code >= 0x8000000) {
      if (this.#last >= 0) this.#bytes[this.#last] = (this.#bytes[this.#last] as number) + 1;
      this.#code &= 0x7ffffff;
      if (this.#last >= 0 && this.#bytes[this.#last] === 0xff) {
        this.#stuffed();
        return;
      }
    }
    this.#push(this.#code >>> 19);
    this.#code &= 0x7ffff;
    this.#countdown = 8;
  }

  encode(context: number, bit: number): void {
    const state = this.#states[context] as number;
    const less = probability[state] as number;
    this.#interval -= less;
    if (bit === (state & 1)) {
      if (this.#interval & 0x8000) {
        this.#code += less;
        return;
      }
      if (this.#interval < less) this.#interval = less;
      else this.#code += less;
      this.#states[context] = afterMore[state] as number;
    } else {
      if (this.#interval < less) this.#code += less;
      else this.#interval = less;
      this.#states[context] = afterLess[state] as number;
    }
    do {
      this.#interval = (this.#interval << 1) & 0xffff;
      this.#code *= 2;
      if (--this.#countdown === 0) this.#byteOut();
    } while ((this.#interval & 0x8000) === 0);
  }

  /** As `encode`, `times` over: what a run of likely bits needs, a step for each change of state instead of each bit. */
  encodeRun(context: number, bit: number, times: number): void {
    let left = times;
    while (left > 0) {
      const state = this.#states[context] as number;
      const less = probability[state] as number;
      // So often the interval stays long enough that nothing but two sums changes.
      const quiet = bit === (state & 1) ? Math.min(left, Math.floor((this.#interval - 0x8000) / less)) : 0;
      this.#interval -= quiet * less;
      this.#code += quiet * less;
      left -= quiet;
      if (left > 0) {
        this.encode(context, bit);
        left--;
      }
    }
  }

  /** Call once, at the end. */
  finish(): Uint8Array {
    const most = this.#code + this.#interval;
    this.#code |= 0xffff;
    if (this.#code >= most) this.#code -= 0x8000;
    for (let i = 0; i < 2; i++) {
      this.#code *= 2 ** this.#countdown;
      this.#byteOut();
    }
    return this.#bytes.slice(0, this.#last + 1);
  }
}

export class MqDecoder {
  readonly #states: Uint8Array;
  readonly #bytes: Uint8Array;
  #at = 0;
  #interval = 0x8000;
  #code: number;
  #countdown = 0;

  constructor(contexts: number, bytes: Uint8Array) {
    this.#states = new Uint8Array(contexts);
    this.#bytes = bytes;
    this.#code = this.#byte(0) << 16;
    this.#byteIn();
    this.#code <<= 7;
    this.#countdown -= 7;
  }

  /** Past the end stand the ones of a marker. */
  #byte(at: number): number {
    return this.#bytes[at] ?? 0xff;
  }

  #byteIn(): void {
    if (this.#byte(this.#at) !== 0xff) {
      this.#at++;
      this.#code += this.#byte(this.#at) << 8;
      this.#countdown = 8;
    } else if (this.#byte(this.#at + 1) > 0x8f) {
      this.#code += 0xff00;
      this.#countdown = 8;
    } else {
      this.#at++;
      this.#code += this.#byte(this.#at) << 9;
      this.#countdown = 7;
    }
  }

  decode(context: number): number {
    const state = this.#states[context] as number;
    const less = probability[state] as number;
    this.#interval -= less;
    let bit = state & 1;
    if (this.#code >>> 16 < less) {
      if (this.#interval < less) this.#states[context] = afterMore[state] as number;
      else {
        bit = 1 - bit;
        this.#states[context] = afterLess[state] as number;
      }
      this.#interval = less;
    } else {
      this.#code -= less << 16;
      if (this.#interval & 0x8000) return bit;
      if (this.#interval < less) {
        bit = 1 - bit;
        this.#states[context] = afterLess[state] as number;
      } else this.#states[context] = afterMore[state] as number;
    }
    do {
      if (this.#countdown === 0) this.#byteIn();
      this.#interval <<= 1;
      this.#code = (this.#code << 1) >>> 0;
      this.#countdown--;
    } while ((this.#interval & 0x8000) === 0);
    return bit;
  }
  /** How many of at most `times` bits are `bit` before one that is not, which is taken, too; `times`: all of them. */
  decodeRun(context: number, bit: number, times: number): number {
    let done = 0;
    while (done < times) {
      const state = this.#states[context] as number;
      const less = probability[state] as number;
      if (bit === (state & 1)) {
        const long = Math.floor((this.#interval - 0x8000) / less);
        const quiet = Math.min(times - done, long, Math.floor((this.#code >>> 16) / less));
        this.#interval -= quiet * less;
        this.#code -= (quiet * less) << 16;
        done += quiet;
        if (done === times) break;
      }
      if (this.decode(context) !== bit) return done;
      done++;
    }
    return done;
  }
}
