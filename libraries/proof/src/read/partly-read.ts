/**
 * Tiles of which a stain or a fold leaves only a part. What is lost of one is not lost of the others at the same place:
 * byte by byte, any k of the twelve give the rest (the outer code), and with that, the codes’ own check bytes put right
 * what was misread (the inner one). Both in turn, as product codes are decoded (P. Elias, Error-free Coding, 1954).
 */

import { parityOf, recover } from '../back/erasure-code.ts';
import { headerBytes, readTile, type Tile } from '../back/tile.ts';
import type { Codewords, SoftSymbol } from '../qr/soft-symbol.ts';

export type PartlyRead = { readonly index: number; readonly codewords: Codewords };

/** Of what is about one where nothing is in doubt. */
const sureEnough = 0.35;
/** In turn, of the tiles that are not whole. */
const mostRounds = 6;
/** Sets of tiles that give a byte; each needs an inversion. */
const mostSets = 3_000;

/** Bytes of tiles that came out whole, which their checksum says. `whole`: those of one back that were read. */
export function mendTogether(
  whole: readonly Tile[],
  partly: readonly PartlyRead[],
  soft: SoftSymbol,
): readonly Uint8Array[] {
  const [first] = whole;
  if (first === undefined || whole.length >= first.k) return [];
  const { k, count, id } = first;
  const pieces = new Map(whole.map(({ index, piece }) => [index, piece]));
  const given: Uint8Array[] = [];
  const left = new Map(partly.filter(({ index }) => index < count && !pieces.has(index)).map((it) => [it.index, it]));
  for (let round = 0; round < mostRounds && pieces.size < k && left.size > 0; round++) {
    const guessed = guessedFrom(pieces, left, soft, { k, count, length: first.piece.length });
    if (guessed === undefined) return given;
    let isBetter = false;
    for (const [index, { codewords }] of left) {
      const guess = filled(codewords, soft, guessed, index);
      const bytes = soft.mend(guess);
      const tile = bytes && readTile(bytes);
      if (bytes === undefined || tile?.index !== index || tile.id !== id) {
        // Blocks that came out whole help the others in the next round.
        isBetter = learnt(codewords, guess) || isBetter;
        continue;
      }
      pieces.set(index, tile.piece);
      given.push(bytes);
      left.delete(index);
      isBetter = true;
    }
    if (!isBetter) return given;
  }
  return given;
}

function learnt({ bytes, sure }: Codewords, from: Codewords): boolean {
  let isNew = false;
  for (const [i, value] of from.bytes.entries()) {
    if (from.sure[i] !== Number.POSITIVE_INFINITY || sure[i] === Number.POSITIVE_INFINITY) continue;
    [bytes[i], sure[i], isNew] = [value, Number.POSITIVE_INFINITY, true];
  }
  return isNew;
}

type Code = { readonly k: number; readonly count: number; readonly length: number };
/** Of each tile its piece as it should be, and which of its bytes are known. */
type Guessed = { readonly pieces: readonly Uint8Array[]; readonly isKnown: Uint8Array };

/** Position by position: from the k tiles that are surest there, all of them. */
function guessedFrom(
  pieces: ReadonlyMap<number, Uint8Array>,
  left: ReadonlyMap<number, PartlyRead>,
  soft: SoftSymbol,
  { k, count, length }: Code,
): Guessed | undefined {
  const read = new Map([...left].map(([index, { codewords }]) => [index, payloadOf(codewords, soft, length)]));
  const bySet = new Map<number, number[]>();
  for (let j = 0; j < length; j++) {
    const surest = [...read].filter(([, { sure }]) => (sure[j] as number) > sureEnough).toSorted(([, a], [, b]) => Math.min(9, b.sure[j] as number) - Math.min(9, a.sure[j] as number)); // biome-ignore format: one thought
    if (pieces.size + surest.length < k) continue;
    let set = 0;
    for (const index of pieces.keys()) set |= 1 << index;
    for (const [index] of surest.slice(0, k - pieces.size)) set |= 1 << index;
    const same = bySet.get(set);
    if (same === undefined) bySet.set(set, [j]);
    else same.push(j);
  }
  if (bySet.size === 0 || bySet.size > mostSets) return undefined;
  const all = Array.from({ length: count }, () => new Uint8Array(length));
  const isKnown = new Uint8Array(length);
  for (const [set, places] of bySet) {
    const given = all.map((_, index) => {
      if (((set >> index) & 1) === 0) return undefined;
      const from = pieces.get(index) ?? read.get(index)?.bytes;
      return from && Uint8Array.from(places, (j) => from[j] as number);
    });
    const data = recover(given, k);
    if (data === undefined) continue;
    for (const [index, piece] of [...data, ...parityOf(data, count - k)].entries())
      for (const [i, j] of places.entries()) (all[index] as Uint8Array)[j] = piece[i] as number;
    for (const j of places) isKnown[j] = 1;
  }
  return { pieces: all, isKnown };
}

/** The piece as the codewords say it, not put right; each byte lies in two of them, half in each. */
function payloadOf({ bytes, sure }: Codewords, soft: SoftSymbol, length: number): Codewords {
  const out = { bytes: new Uint8Array(length), sure: new Float32Array(length) };
  for (let j = 0; j < length; j++) {
    const [a, b] = soft.placesOf(headerBytes + j);
    out.bytes[j] = ((bytes[a] as number) << 4) | ((bytes[b] as number) >> 4);
    out.sure[j] = Math.min(sure[a] as number, sure[b] as number);
  }
  return out;
}

/** What is in doubt is taken from the guess. */
function filled({ bytes, sure }: Codewords, soft: SoftSymbol, { pieces, isKnown }: Guessed, index: number): Codewords {
  const out = { bytes: bytes.slice(), sure: sure.slice() };
  const piece = pieces[index] as Uint8Array;
  const halves = new Uint8Array(bytes.length);
  const put = (at: number, mask: number, value: number) => {
    if ((sure[at] as number) > sureEnough) return;
    out.bytes[at] = ((out.bytes[at] as number) & ~mask) | value;
    halves[at] = (halves[at] as number) | mask;
    if (halves[at] === 0xff) out.sure[at] = sureEnough;
  };
  for (const [j, value] of piece.entries()) {
    if (isKnown[j] === 0) continue;
    const [a, b] = soft.placesOf(headerBytes + j);
    put(a, 0x0f, value >> 4);
    put(b, 0xf0, (value & 15) << 4);
  }
  return out;
}
