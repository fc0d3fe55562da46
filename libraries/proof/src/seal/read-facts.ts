/** The facts of a back from what a signature has vouched for. */
import { decode } from 'cborg';
import { inflateSync } from 'fflate';
import { decodeBilevel } from '../image/bilevel.ts';
import type { BackFacts } from './back-facts.ts';

const mostWordBytes = 200_000;
const edition = 1;

const text = (value: unknown, most = 300): value is string => typeof value === 'string' && value.length <= most;
const count = (value: unknown, most: number): value is number =>
  Number.isInteger(value) && (value as number) >= 1 && (value as number) <= most;

/** What comes after the bound is not kept; a full buffer is too much. */
function wordsOf(deflated: unknown): readonly string[] | undefined {
  if (!(deflated instanceof Uint8Array)) return undefined;
  const bytes = inflateSync(deflated, { out: new Uint8Array(mostWordBytes + 1) });
  if (bytes.length > mostWordBytes) return undefined;
  return new TextDecoder('utf-8', { fatal: true }).decode(bytes).split('\n');
}

/** Undefined: not what this edition writes. */
export function decodeFacts(bytes: Uint8Array): BackFacts | undefined {
  try {
    const value = decode(bytes, { strict: true, rejectDuplicateMapKeys: true }) as Record<string, unknown>;
    const { issuer, issuerName, kindId, documentNumber, issuedAt, specimen, sheet, sheets, fronts, pictureDpi } = value;
    const { width, height, coded } = value.picture as Record<string, unknown>;
    if (value.edition !== edition || typeof specimen !== 'boolean') return undefined;
    if (![issuer, issuerName, kindId, documentNumber, issuedAt].every((it) => text(it))) return undefined;
    if (!count(sheets, 100) || !count(sheet, sheets) || !count(pictureDpi, 600)) return undefined;
    if (!Array.isArray(fronts) || fronts.length !== sheets) return undefined;
    if (!fronts.every((it) => it instanceof Uint8Array && it.length === 32)) return undefined;
    if (!count(width, 4_960) || !count(height, 7_016) || !(coded instanceof Uint8Array)) return undefined;
    const words = wordsOf(value.words);
    if (words === undefined) return undefined;
    return {
      ...({ issuer, issuerName, kindId, documentNumber, issuedAt } as Record<string, string>),
      ...{ specimen, sheet, sheets, fronts, pictureDpi, words },
      picture: decodeBilevel(width, height, coded),
    } as unknown as BackFacts;
  } catch {
    return undefined; // whatever else it may be
  }
}
