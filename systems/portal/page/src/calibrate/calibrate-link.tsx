import { useCalibrateWords } from '../words/calibrate/index.ts';
import { calibrateHash } from './address.ts';

/** Small, in the foot: it is for few. */
export function CalibrateLink() {
  return <a href={calibrateHash}>{useCalibrateWords()('link')}</a>;
}
