/** What the back says of the front, as canonical CBOR (RFC 8949, 4.2.1). */
import { deflateRawSync } from 'node:zlib';
import { encode } from 'cborg';
import type { BitImage } from '../bit-image.ts';
import { encodeBilevel } from '../image/bilevel.ts';

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
