/**
 * The outer code: `k` pieces of data and as many of parity as there is room for; any `k` of them give the data back.
 * Reed–Solomon over GF(2^8) with a Cauchy matrix, systematic: pieces of data are carried as they are.
 */
import { inverse, multiplesOf, multiply } from '../qr/galois.ts';

function cauchyRow(k: number, row: number): Uint8Array {
  return Uint8Array.from({ length: k }, (_, column) => inverse((k + row) ^ column));
}

function addMultiple(target: Uint8Array, source: Uint8Array, factor: number): void {
  if (factor === 0) return;
  const multiples = multiplesOf(factor);
  for (let i = 0; i < target.length; i++)
    target[i] = (target[i] as number) ^ (multiples[source[i] as number] as number);
}

/** `pieces` of equal length; their count and `count` together at most 256. */
export function parityOf(pieces: readonly Uint8Array[], count: number): readonly Uint8Array[] {
  const k = pieces.length;
  if (k === 0 || k + count > 256) throw new RangeError(`no code of ${k} and ${count}`);
  return Array.from({ length: count }, (_, row) => {
    const factors = cauchyRow(k, row);
    const parity = new Uint8Array((pieces[0] as Uint8Array).length);
    for (const [column, piece] of pieces.entries()) addMultiple(parity, piece, factors[column] as number);
    return parity;
  });
}

/** The data's pieces from any `k` of all (data first, then parity; undefined: lost). Undefined: too many are lost. */
export function recover(pieces: readonly (Uint8Array | undefined)[], k: number): readonly Uint8Array[] | undefined {
  const rows: { factors: Uint8Array; piece: Uint8Array }[] = [];
  for (const [i, piece] of pieces.entries()) {
    if (piece === undefined || rows.length === k) continue;
    const factors = i < k ? new Uint8Array(k) : cauchyRow(k, i - k);
    if (i < k) factors[i] = 1;
    rows.push({ factors, piece: piece.slice() });
  }
  if (rows.length < k) return undefined;
  for (let column = 0; column < k; column++) {
    const pivot = rows.findIndex(({ factors }, i) => i >= column && factors[column] !== 0);
    if (pivot < 0) return undefined; // cannot be: every square part of a Cauchy matrix has an inverse
    [rows[column], rows[pivot]] = [rows[pivot] as Row, rows[column] as Row];
    clear(rows, column);
  }
  return rows.map(({ piece }) => piece);
}

type Row = { factors: Uint8Array; piece: Uint8Array };

/** Makes the pivot one, and everything else in its column zero. */
function clear(rows: readonly Row[], column: number): void {
  const pivot = rows[column] as Row;
  const scale = inverse(pivot.factors[column] as number);
  for (const part of [pivot.factors, pivot.piece])
    for (let i = 0; i < part.length; i++) part[i] = multiply(part[i] as number, scale);
  for (const [i, row] of rows.entries()) {
    const factor = row.factors[column] as number;
    if (i === column || factor === 0) continue;
    addMultiple(row.factors, pivot.factors, factor);
    addMultiple(row.piece, pivot.piece, factor);
  }
}
