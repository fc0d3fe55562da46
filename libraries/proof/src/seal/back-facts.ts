/** What the back says of the front, as canonical CBOR (RFC 8949, 4.2.1). */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { decode, encode } from 'cborg';
import type { BitImage } from '../bit-image.ts';
import { decodeBilevel, encodeBilevel } from '../image/bilevel.ts';

export type BackFacts = {
  /** Municipality code of the issuer, and its name with the prefecture. */
  readonly issuer: string;
  readonly issuerName: string;
  readonly kindId: string;
  readonly documentNumber: string;
  /** ISO 8601 with offset. */
  readonly issuedAt: string;
  /** Which sheet of how many, from 1. */
  readonly sheet: number;
  readonly sheets: number;
  /** A specimen proves nothing to anybody. */
  readonly specimen: boolean;
  /** SHA-256 of each sheet's front, as the file that it was before its back was made. */
  readonly fronts: readonly Uint8Array[];
  /** What the front says, piece by piece. */
  readonly words: readonly string[];
  /** How the front looks, without its background. */
  readonly picture: BitImage;
  readonly pictureDpi: number;
};

/** A picture as it stands in the message. */
export type CodedPicture = { readonly width: number; readonly height: number; readonly coded: Uint8Array };

export function codePicture(picture: BitImage): CodedPicture {
  return { width: picture.width, height: picture.height, coded: encodeBilevel(picture) };
}

/** Facts before they are signed. */
export type GivenFacts = Omit<BackFacts, 'picture'> & { readonly picture: CodedPicture };

const mostWordBytes = 200_000;
const edition = 1;

export function encodeFacts({ words, picture, ...facts }: GivenFacts): Uint8Array {
  return encode({
    ...facts,
    edition,
    fronts: [...facts.fronts],
    words: new Uint8Array(deflateRawSync(words.join('\n'), { level: 9 })),
    picture,
  });
}

const text = (value: unknown, most = 300): value is string => typeof value === 'string' && value.length <= most;
const count = (value: unknown, most: number): value is number =>
  Number.isInteger(value) && (value as number) >= 1 && (value as number) <= most;

/** Undefined: not what this edition writes. Call it on what a signature has vouched for. */
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
    const words = inflateRawSync(value.words as Uint8Array, { maxOutputLength: mostWordBytes }).toString('utf8');
    return {
      ...({ issuer, issuerName, kindId, documentNumber, issuedAt } as Record<string, string>),
      ...{ specimen, sheet, sheets, fronts, pictureDpi },
      words: words.split('\n'),
      picture: decodeBilevel(width, height, coded),
    } as unknown as BackFacts;
  } catch {
    return undefined; // whatever else it may be
  }
}
