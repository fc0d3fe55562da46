/**
 * Which code opens which back of a pile, within bounds. Each trial is a derivation that is meant to cost something, and
 * a stranger’s file may hold a hundred backs, each of which names its price, and a hundred codes: the likely ones come
 * first, and when the work for all of them is used up, what was not tried is said.
 */
import { readCheckCode } from './seal/check-code.ts';
import { derivationCost, type OpenedBack, openBack } from './seal/open-back.ts';
import type { TrustBundle } from './seal/trust.ts';

/** Where it was, counted in pages of all files. */
export type FoundBack = { readonly message: Uint8Array; readonly at: number };
export type FoundCode = { readonly code: string; readonly at: number };

export type Tried = {
  /** Undefined: there was no code to try. */
  readonly opened: OpenedBack | undefined;
  /** The one that opened it, or the last. */
  readonly code: string;
  /** Codes that it was not tried with. */
  readonly untried: number;
  readonly at: number;
};

/** In derivations of 1 MiB, some milliseconds each. */
export const mostWork = 1_000;
/** For each of a hundred backs before any other gets more. */
const workAtFirst = 8;
const usualCost = 1_024;

/**
 * Likely codes first: those typed; of the page before and after; of the same place among fronts as the back has among
 * backs, from either end, as of a pile that was scanned side by side; then by how far away.
 */
function likelyFirst(codes: readonly FoundCode[], { at }: FoundBack, rank: number): readonly string[] {
  const near = codes.filter((it) => Math.abs(it.at - at) <= 1);
  const same = [codes[rank], codes[codes.length - 1 - rank]].filter((it) => it !== undefined);
  const rest = codes.toSorted((p, q) => Math.abs(p.at - at) - Math.abs(q.at - at));
  return [...new Set([...near, ...same, ...rest].map(({ code }) => code))];
}

/** `typed`: by a person, tried before all others. */
export function openBacks(
  backs: readonly FoundBack[],
  codes: readonly FoundCode[],
  trust: TrustBundle,
  typed?: string,
  most = mostWork,
): readonly Tried[] {
  let work = 0;
  const begun = backs.map((back, rank) => ({
    back,
    opened: undefined as OpenedBack | undefined,
    code: '',
    left: [...new Set([...(typed === undefined ? [] : [readCheckCode(typed) ?? typed]), ...likelyFirst(codes, back, rank)])], // biome-ignore format: one thought
  }));
  const tryOn = (it: (typeof begun)[number], share: number) => {
    const cost = (derivationCost(it.back.message) ?? 0) / usualCost;
    const until = Math.min(most, work + share);
    while (it.left.length > 0 && it.opened?.opened !== true && work + cost <= until) {
      const code = it.left.shift() as string;
      work += cost;
      [it.opened, it.code] = [openBack(it.back.message, code, trust), code];
    }
  };
  for (const it of begun) tryOn(it, workAtFirst);
  for (const it of begun) tryOn(it, most);
  return begun.map(({ back, opened, code, left }) => ({
    opened,
    code,
    untried: opened?.opened === true ? 0 : left.length,
    at: back.at,
  }));
}
