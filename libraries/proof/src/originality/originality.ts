/** Is this the paper itself? From a scan of its front only the contrary can be shown: the word that appears on copies. */
import { type KeptFront, lightSmaller } from '../read/front-scan.ts';
import type { GrayImage } from '../read/gray-image.ts';
import { laidStraight, type Overlay, perMm } from '../read/lay-over.ts';
import { isFalse, type Reply, unproven } from '../reasons.ts';
import { measureWord, type WordMeasure } from './measure-word.ts';
import { groundMask, groundPerMm, printedMask } from './word-mask.ts';
import { wordPicture } from './word-picture.ts';

/** Measured over simulated printers, copiers and scanners (docs/proof.md): originals show the word by 0.6 at most where
 *  their profile suits their printer, copies by 1.8 or more. */
const showsFrom = 1.6;
const sureBy = 4;
/** Below this neither dots nor tones are what they were. */
const fewestDpi = 140;
/** A scanner that makes paper white loses the fine dots just as a copier does, and so does one that knows only black
 *  and white: then an original shows the word too. */
const mostClipped = 0.2;
const darkestPaper = 120;
/** The front must lie well: share of the blocks that were found. */
const enoughFound = 0.6;

export type Originality = {
  readonly reply: Reply;
  readonly measure?: WordMeasure;
  /** In which a person sees the word, if it is there; 2 pixels a millimetre. */
  readonly word?: GrayImage;
};

const rounded = (value: number) => Math.round(value * 10) / 10;

export function judgeOriginality(overlay: Overlay, { light }: Pick<KeptFront, 'light'>): Originality {
  const cannotTell = { reply: unproven('cannot-tell-the-word') };
  if (overlay.found < enoughFound || light.dpi < fewestDpi) return cannotTell;
  const straight = laidStraight(overlay, light.picture, lightSmaller, groundPerMm);
  const { width, height } = straight;
  const printed = printedMask(overlay.asSigned, perMm, width, height);
  const measure = measureWord(straight, groundMask(printed, width, height));
  if (measure === undefined) return cannotTell;
  const seen = { measure, word: wordPicture(straight, printed) };
  if (light.clipped > mostClipped || light.paper < darkestPaper) return { ...cannotTell, ...seen };
  const { deltaL, error } = measure;
  if (sureBy * error > showsFrom) return { ...cannotTell, ...seen };
  const values = { deltaL: rounded(deltaL) };
  return {
    reply: deltaL > showsFrom ? isFalse('word-shows', values) : unproven('word-does-not-show', values),
    ...seen,
  };
}
