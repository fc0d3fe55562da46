/**
 * What happened in a simulated world, line after line, and one digest of it all: the same on every run and every
 * machine. A line holds times, names, ids, kinds, codes and amounts. Nothing that keys or a compressor have made goes
 * in: those bytes differ from run to run, or from processor to processor.
 */
import { createHash } from 'node:crypto';
import { isoJapan } from '@dokodemo/domain';

export type Line = {
  readonly at: number;
  readonly who: string;
  readonly what: string;
  /** For people only: may hold what differs between machines (a stack, a path). */
  readonly aside?: string;
};

/** As people read it: the time of day in Japan, who, what. */
export function readable({ at, who, what, aside = '' }: Line): string {
  return `${isoJapan(at).slice(11, 23)}  ${who.padEnd(15)} ${what}${aside === '' ? '' : `  (${aside})`}`;
}

export class History {
  readonly #hash = createHash('sha256');
  readonly #lines: Line[] = [];
  readonly #now: () => number;
  readonly #keep: number;
  #length = 0;

  /** Keeps the last `keep` lines for people; the digest is over all of them. */
  constructor(now: () => number, keep: number) {
    this.#now = now;
    this.#keep = keep;
  }

  say(who: string, what: string, aside = ''): void {
    const line = { at: this.#now(), who, what, aside };
    this.#hash.update(`${line.at} ${who} ${what}\n`);
    this.#length++;
    this.#lines.push(line);
    // Cut now and then, not at every line.
    if (this.#lines.length > 2 * this.#keep) this.#lines.splice(0, this.#lines.length - this.#keep);
  }

  get length(): number {
    return this.#length;
  }

  /** The newest lines, newest last. */
  last(count: number): readonly Line[] {
    return this.#lines.slice(-Math.min(count, this.#keep));
  }

  /** SHA-256 over every line so far, hex. */
  digest(): string {
    return this.#hash.copy().digest('hex');
  }
}
