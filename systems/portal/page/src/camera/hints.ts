/** What a person who holds the camera is told, from what the last frame showed. */
import type { FrameLook } from '@dokodemo/proof/verify';
import type { WordId } from '../words/words.tsx';

export type Step = 'back' | 'front';

/** After so many frames without any code it is said what may help; at once of one that a person chose. */
export const framesOfNothing = 5;
/** A sheet that goes over so much of the picture cannot come much closer. */
const fillsEnough = 0.8;

/** `emptyFrames`: so many in a row showed nothing, this one counted. */
export function hintOf(step: Step, look: FrameLook | undefined, emptyFrames: number): WordId {
  if (look === undefined) return `live.hint.${step}`;
  const { codes, front } = look;
  if (look.isTooDark && codes.length === 0) return 'live.dark';
  const isTurned = codes.length > 0 && codes.every(({ kind }) => kind === (step === 'back' ? 'mark' : 'tile'));
  if (isTurned) return step === 'back' ? 'live.is-front' : 'live.is-back';
  if (codes.length === 0) return emptyFrames < framesOfNothing ? `live.hint.${step}` : 'live.nothing';
  if (step === 'back') return 'live.collecting';
  if (front === undefined || front.isGood) return 'live.hint.front';
  if (!front.isWhole) return 'live.cut';
  if (!front.isLarge) return front.fills < fillsEnough ? 'live.closer' : 'live.coarse';
  return 'live.still';
}
