/** Sheets as they come from a printer, at 300 dpi, made without the form engine. */
import { drawBack } from '../back/back-page.ts';
import { type BitImage, isBlack } from '../bit-image.ts';
import { drawMark, markPlace } from '../front-mark.ts';
import type { GrayImage } from '../read/gray-image.ts';
import type { BackFacts } from '../seal/back-facts.ts';
import { makeCheckCode } from '../seal/check-code.ts';
import { type BackSigner, makeBackKey, sealBack } from '../seal/seal-back.ts';
import { sha256 } from '../sha256.ts';
import { entropyOf, factsOf } from './facts.ts';
import { pageLike } from './page-like.ts';

export const [paperWidth, paperHeight] = [2_480, 3_508];
const perMm = 300 / 25.4;

function stamp(paper: GrayImage, image: BitImage, leftMm: number, topMm: number, dotsPerPixel: number): void {
  const [left, top] = [Math.round(leftMm * perMm), Math.round(topMm * perMm)];
  for (let y = 0; y < image.height * dotsPerPixel; y++) {
    for (let x = 0; x < image.width * dotsPerPixel; x++) {
      if (isBlack(image, Math.floor(x / dotsPerPixel), Math.floor(y / dotsPerPixel)))
        paper.pixels[(top + y) * paper.width + left + x] = 0;
    }
  }
}

export type MadeSheet = {
  readonly facts: BackFacts;
  readonly code: string;
  readonly message: Uint8Array;
  readonly front: GrayImage;
  readonly back: GrayImage;
};

const blank = (): GrayImage => ({
  width: paperWidth,
  height: paperHeight,
  pixels: new Uint8Array(paperWidth * paperHeight).fill(255),
});

export function makeFront(picture: BitImage, code: string): GrayImage {
  const front = blank();
  const scale = picture.width / paperWidth;
  for (let y = 0; y < paperHeight; y++) {
    for (let x = 0; x < paperWidth; x++) {
      const [u, v] = [Math.floor(x * scale), Math.floor(y * scale)];
      if (v < picture.height && isBlack(picture, u, v)) front.pixels[y * paperWidth + x] = 0;
    }
  }
  stamp(front, drawMark(code), markPlace.leftMm, markPlace.topMm, 6);
  return front;
}

export function makeBack(message: Uint8Array): GrayImage {
  const back = blank();
  const field = drawBack(message, sha256);
  if (field === undefined) throw new RangeError('too much for a back');
  stamp(back, field, 12.5, 38, 4);
  return back;
}

export function makeSheet(signer: BackSigner, seed: number, change: Partial<BackFacts> = {}): MadeSheet {
  const entropy = entropyOf(seed);
  const code = makeCheckCode(entropy.bytes(15));
  const facts = factsOf({ picture: pageLike(seed, 1_240, 1_754), ...change });
  const message = sealBack(facts, signer, makeBackKey(code, entropy), entropy);
  return { facts, code, message, front: makeFront(facts.picture, code), back: makeBack(message) };
}
