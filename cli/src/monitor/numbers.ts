/** Which document numbers a log has had. Serials of a day are dense: ranges keep millions of them in little room. */
import type { LogEntry } from '@dokodemo/issue-log';

export type Ranges = (readonly [from: number, to: number])[];

/** The place of the first range that ends at or behind this serial, or just before it. */
function placeOf(ranges: Ranges, serial: number): number {
  let [low, high] = [0, ranges.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ranges[middle]?.[1] ?? 0) < serial - 1) low = middle + 1;
    else high = middle;
  }
  return low;
}

function has(ranges: Ranges, serial: number): boolean {
  const at = placeOf(ranges, serial);
  return [ranges[at], ranges[at + 1]].some((it) => it !== undefined && it[0] <= serial && serial <= it[1]);
}

/** False when it was there already. */
function add(ranges: Ranges, serial: number): boolean {
  if (has(ranges, serial)) return false;
  const at = placeOf(ranges, serial);
  const [left, right] = [ranges[at], ranges[at + 1]];
  if (left === undefined || left[0] > serial + 1) ranges.splice(at, 0, [serial, serial]);
  else if (left[0] === serial + 1) ranges[at] = [serial, left[1]];
  else if (right?.[0] === serial + 1) ranges.splice(at, 2, [left[0], right[1]]);
  else ranges[at] = [left[0], serial];
  return true;
}

const writeRanges = (ranges: Ranges) => ranges.map(([from, to]) => (from === to ? from : `${from}-${to}`)).join(',');

function readRanges(text: unknown): Ranges | undefined {
  if (typeof text !== 'string' || !/^(\d{1,7}(-\d{1,7})?(,|$))*$/.test(text)) return undefined;
  const ranges = text.split(',').flatMap((it): Ranges => {
    const [from, to = from] = it.split('-').map(Number);
    return it === '' || from === undefined || to === undefined ? [] : [[from, to]];
  });
  return ranges.every(([from, to], i) => from <= to && from > (ranges[i - 1]?.[1] ?? -1)) ? ranges : undefined;
}

/** 発行番号: day, municipality, serial. */
const numberForm = /^(\d{8}-(\d{6}))-(\d{7})$/;

export type NumberFault = 'number-malformed' | 'issued-twice' | 'void-without-issue';
export type Counted = { readonly municipality: string; readonly kind: LogEntry['kind'] };
/** By day and municipality: ranges of what was issued, and of what became void. */
export type WrittenNumbers = Readonly<Record<string, readonly [issued: string, gone: string]>>;

export class Numbers {
  readonly #days = new Map<string, { issued: Ranges; void: Ranges }>();
  readonly #isWhole: boolean;

  /** `isWhole`: from the log's first entry on; otherwise what became void may have been issued before. */
  constructor(isWhole: boolean) {
    this.#isWhole = isWhole;
  }

  take({ kind, number }: LogEntry): Counted | NumberFault {
    const [, day = '', municipality = '', serial = ''] = numberForm.exec(number) ?? [];
    if (day === '') return 'number-malformed';
    const known = this.#days.get(day) ?? { issued: [], void: [] };
    if (kind === 'void' && this.#isWhole && !has(known.issued, Number(serial))) return 'void-without-issue';
    // That a number became void may be said twice.
    if (!add(known[kind], Number(serial)) && kind === 'issued') return 'issued-twice';
    this.#days.set(day, known);
    return { municipality, kind };
  }

  write(): WrittenNumbers {
    const days = [...this.#days].toSorted(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(days.map(([day, it]) => [day, [writeRanges(it.issued), writeRanges(it.void)] as const]));
  }

  static read(value: unknown, isWhole: boolean): Numbers | undefined {
    if (typeof value !== 'object' || value === null) return undefined;
    const numbers = new Numbers(isWhole);
    for (const [day, pair] of Object.entries(value)) {
      const [issued, gone] = Array.isArray(pair) ? pair.map(readRanges) : [];
      if (!/^\d{8}-\d{6}$/.test(day) || issued === undefined || gone === undefined) return undefined;
      numbers.#days.set(day, { issued, void: gone });
    }
    return numbers;
  }
}
