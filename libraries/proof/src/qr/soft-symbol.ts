/** What a QR code of one kind says, from how dark each module is and how surely: the doubtful ones count as lost. */

import { blocksOf, dataModules, drawFixed, type SymbolKind } from './qr-symbol.ts';
import { corrected, syndromesOf } from './reed-solomon.ts';

/** Codewords as they stand in the symbol, and how sure the least sure bit of each is. */
export type Codewords = { readonly bytes: Uint8Array; readonly sure: Float32Array };

export type SoftSymbol = {
  readonly size: number;
  /** 1 dark, 0 light, where every symbol of the kind is the same; 2 elsewhere. */
  readonly fixed: Uint8Array;
  /** `modules`: above zero dark, below light, the nearer to zero the less sure. */
  look(modules: Float32Array): Codewords;
  /** What it says; of blocks that come out whole the codewords are put right, also when others do not. */
  mend(codewords: Codewords): Uint8Array | undefined;
  read(modules: Float32Array): Uint8Array | undefined;
  /** The two codewords that a byte of what it says lies in. */
  placesOf(byte: number): readonly [number, number];
};

/** With more lost than this, what comes out may be another block than it was. */
const safeShare = 0.67;
/** How many bytes of a block are taken for lost, in turn, of 30 check bytes; fewer leave more room for errors. */
const lostShares = [0, 0.2, 0.4, 0.53, 0.67, 0.8, 0.93];

export function softSymbol(kind: SymbolKind): SoftSymbol {
  const grid = drawFixed(kind);
  const fixed = grid.dark.map((dark, i) => (grid.taken[i] === 1 ? dark : 2));
  const order = dataModules(grid);
  const rawBytes = order.length >> 3;
  const { lengths, at } = blocksOf(kind, rawBytes);

  /** Where the codewords of the message are among all. */
  const places = lengths.flatMap((length, block) => Array.from({ length }, (_, i) => at(block, i)));

  const look = (modules: Float32Array): Codewords => {
    const [bytes, sure] = [new Uint8Array(rawBytes), new Float32Array(rawBytes).fill(Number.POSITIVE_INFINITY)];
    for (let i = 0; i < rawBytes * 8; i++) {
      const module = order[i] as number;
      const value = modules[module] as number;
      const bit = (value > 0 ? 1 : 0) ^ (grid.dark[module] as number);
      bytes[i >> 3] = (bytes[i >> 3] as number) | (bit << (7 - (i & 7)));
      sure[i >> 3] = Math.min(sure[i >> 3] as number, Math.abs(value));
    }
    return { bytes, sure };
  };

  const mend = ({ bytes, sure }: Codewords): Uint8Array | undefined => {
    const all = bytes.slice();
    let isWhole = true;
    for (const [block, length] of lengths.entries()) {
      const own = Array.from({ length: length + kind.checkBytes }, (_, i) => at(block, i));
      const received = Uint8Array.from(own, (place) => bytes[place] as number);
      const whole = mended(received, kind.checkBytes, (i) => sure[own[i] as number] as number);
      if (whole === undefined) isWhole = false;
      else
        for (const [i, place] of own.entries()) {
          all[place] = whole.block[i] as number;
          if (!whole.isSafe) continue;
          [bytes[place], sure[place]] = [whole.block[i] as number, Number.POSITIVE_INFINITY];
        }
    }
    return isWhole
      ? payloadOf(
          Uint8Array.from(places, (place) => all[place] as number),
          kind.version,
        )
      : undefined;
  };

  const first = kind.version < 10 ? 1 : 2;
  return {
    size: grid.size,
    fixed,
    look,
    mend,
    read: (modules) => mend(look(modules)),
    placesOf: (byte) => [places[byte + first] as number, places[byte + first + 1] as number],
  };
}

function mended(block: Uint8Array, checkBytes: number, sure: (i: number) => number) {
  const syndromes = syndromesOf(block, checkBytes);
  const doubtful = Array.from(block, (_, i) => i).sort((i, j) => sure(i) - sure(j));
  for (const share of lostShares) {
    const whole = corrected(block, syndromes, doubtful.slice(0, Math.round(share * checkBytes)));
    if (whole !== undefined) return { block: whole, isSafe: share <= safeShare };
  }
  return undefined;
}

/** Of one segment in byte mode. */
function payloadOf(codewords: Uint8Array, version: number): Uint8Array | undefined {
  const [first = 0, second = 0, third = 0] = codewords;
  if (first >> 4 !== 4) return undefined;
  const isShort = version < 10;
  const length = isShort ? ((first & 15) << 4) | (second >> 4) : ((first & 15) << 12) | (second << 4) | (third >> 4);
  const from = isShort ? 1 : 2;
  if (from + length >= codewords.length) return undefined;
  return Uint8Array.from(
    { length },
    (_, i) => ((codewords[from + i] as number) << 4) | ((codewords[from + i + 1] as number) >> 4),
  );
}
