/** The values of PDF as they are written (ISO 32000-1, 7.2 and 7.3). */

export type Name = { readonly name: string };
export type Reference = { readonly ref: number };
export type Operator = { readonly operator: string };
export type Dictionary = ReadonlyMap<string, Value>;
export type Value = number | boolean | null | Name | Reference | Uint8Array | readonly Value[] | Dictionary;

export class NotPdf extends Error {}

const kinds = { regular: 0, white: 1, delimiter: 2 } as const;
/** What kind of character each byte is (7.2.2). */
const kindOf = new Uint8Array(256);
for (const byte of [0, 9, 10, 12, 13, 32]) kindOf[byte] = kinds.white;
for (const sign of '()<>[]{}/%') kindOf[sign.charCodeAt(0)] = kinds.delimiter;
const isWhite = (byte: number) => kindOf[byte] === kinds.white;
/** Digits that a double holds without a doubt. */
const mostDigits = 15;
const powersOfTen = Array.from({ length: mostDigits + 1 }, (_, i) => 10 ** i);
const mostDepth = 50;

const latin1 = ({ buffer, byteOffset }: Uint8Array, from: number, to: number) =>
  Buffer.from(buffer, byteOffset + from, to - from).toString('latin1');

/** Reads one value after the other. `at` is where it stands. */
export class Reader {
  readonly bytes: Uint8Array;
  at: number;

  constructor(bytes: Uint8Array, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  #byte(): number {
    return this.bytes[this.at] ?? -1;
  }

  skipWhite(): void {
    for (;;) {
      const byte = this.#byte();
      if (isWhite(byte)) this.at++;
      else if (byte === 0x25)
        while (this.at < this.bytes.length && this.#byte() !== 10 && this.#byte() !== 13) this.at++;
      else return;
    }
  }

  isAtEnd(): boolean {
    this.skipWhite();
    return this.at >= this.bytes.length;
  }

  /** A run of regular characters. */
  word(): string {
    const from = this.at;
    const { bytes } = this;
    let at = from;
    while (at < bytes.length && kindOf[bytes[at] as number] === kinds.regular) at++;
    if (from === at) throw new NotPdf(`nothing to read at ${from}`);
    this.at = at;
    return latin1(bytes, from, at);
  }

  /** A number of at most fifteen digits, as pages are full of; undefined: something else, and nothing was read. */
  #number(): number | undefined {
    const { bytes } = this;
    let at = this.at;
    const isNegative = bytes[at] === 0x2d;
    if (isNegative || bytes[at] === 0x2b) at++;
    let value = 0;
    let digits = 0;
    let decimals = -1;
    for (; at < bytes.length && kindOf[bytes[at] as number] === kinds.regular; at++) {
      const digit = (bytes[at] as number) - 0x30;
      if (digit === -2 && decimals < 0) decimals = 0;
      else if (digit >= 0 && digit <= 9 && digits < mostDigits) {
        value = value * 10 + digit;
        digits++;
        if (decimals >= 0) decimals++;
      } else return undefined;
    }
    if (digits === 0) return undefined;
    this.at = at;
    if (decimals > 0) value /= powersOfTen[decimals] as number;
    return isNegative ? -value : value;
  }

  /** A value, or the operator that stands in its place. */
  next(depth = 0): Value | Operator {
    if (depth > mostDepth) throw new NotPdf('nested too deeply');
    this.skipWhite();
    const byte = this.#byte();
    if (byte === 0x2f) return this.#name();
    if (byte === 0x28) return this.#text();
    if (byte === 0x5b) return this.#list(depth);
    if (byte === 0x3c) return this.bytes[this.at + 1] === 0x3c ? this.#dictionary(depth) : this.#hex();
    const number = this.#number();
    if (number !== undefined) return number;
    const word = this.word();
    if (/^[+-]?(\d+\.?\d*|\.\d+)$/.test(word)) return Number(word);
    if (word === 'true' || word === 'false') return word === 'true';
    return word === 'null' ? null : { operator: word };
  }

  /** A value in which `1 0 R` is a reference. */
  value(depth = 0): Value {
    const value = this.next(depth);
    if (isOperator(value)) throw new NotPdf(`“${value.operator}” is no value`);
    if (!Number.isInteger(value)) return value;
    const back = this.at;
    const rest = /^\s+\d+\s+R(?![A-Za-z])/.exec(
      Buffer.from(this.bytes.subarray(this.at, this.at + 16)).toString('latin1'),
    );
    this.at = rest === null ? back : this.at + rest[0].length;
    return rest === null ? value : { ref: value as number };
  }

  #name(): Name {
    this.at++;
    if (this.at >= this.bytes.length || kindOf[this.#byte()] !== kinds.regular) return { name: '' };
    return {
      name: this.word().replace(/#([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    };
  }

  #hex(): Uint8Array {
    const end = this.bytes.indexOf(0x3e, this.at);
    if (end < 0) throw new NotPdf('a string without an end');
    const digits = latin1(this.bytes, this.at + 1, end).replaceAll(/\s/g, '');
    this.at = end + 1;
    return Buffer.from(digits.length % 2 === 0 ? digits : `${digits}0`, 'hex');
  }

  /** Escapes keep what follows them: no text that we read is written this way. */
  #text(): Uint8Array {
    const out: number[] = [];
    let open = 0;
    do {
      const byte = this.#byte();
      if (byte < 0) throw new NotPdf('a string without an end');
      this.at++;
      if (byte === 0x5c) {
        out.push(this.#byte());
        this.at++;
        continue;
      }
      if (byte === 0x28) open++;
      if (byte === 0x29) open--;
      out.push(byte);
    } while (open > 0);
    return Uint8Array.from(out.slice(1, -1));
  }

  #list(depth: number): readonly Value[] {
    this.at++;
    const list: Value[] = [];
    for (;;) {
      this.skipWhite();
      if (this.#byte() === 0x5d) break;
      list.push(this.value(depth + 1));
    }
    this.at++;
    return list;
  }

  #dictionary(depth: number): Dictionary {
    this.at += 2;
    const entries = new Map<string, Value>();
    for (;;) {
      this.skipWhite();
      if (this.#byte() === 0x3e && this.bytes[this.at + 1] === 0x3e) break;
      if (this.#byte() !== 0x2f) throw new NotPdf('an entry without a name');
      const { name } = this.#name();
      entries.set(name, this.value(depth + 1));
    }
    this.at += 2;
    return entries;
  }
}

export const isOperator = (value: Value | Operator | undefined): value is Operator =>
  typeof value === 'object' && value !== null && 'operator' in value;
export const isReference = (value: Value | undefined): value is Reference =>
  typeof value === 'object' && value !== null && 'ref' in value;
export const nameOf = (value: Value | undefined): string | undefined =>
  typeof value === 'object' && value !== null && 'name' in value ? value.name : undefined;
export const dictionaryOf = (value: Value | undefined): Dictionary | undefined =>
  value instanceof Map ? value : undefined;
export const listOf = (value: Value | undefined): readonly Value[] | undefined =>
  Array.isArray(value) ? (value as readonly Value[]) : undefined;
export const numberOf = (value: Value | undefined): number | undefined =>
  typeof value === 'number' ? value : undefined;
