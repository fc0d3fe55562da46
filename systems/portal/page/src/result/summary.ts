/** One sentence above the four answers. It never says more than what was proven. */
import type { Verdict } from '@dokodemo/proof/verify';
import type { WordId } from '../words/words.tsx';

export type Tone = 'holds' | 'false' | 'unproven';
export type Summary = { readonly tone: Tone; readonly word: WordId };

export function summaryOf({ integrity, issuer, status, originality }: Verdict): Summary {
  // Whoever nobody vouches for may say of the front what he likes.
  if (issuer.answer === 'false') return { tone: 'false', word: 'summary.issuer' };
  if (integrity.code === 'other-code') return { tone: 'false', word: 'summary.mixed' };
  if (integrity.answer === 'false') return { tone: 'false', word: 'summary.integrity' };
  if (status.answer === 'false') return { tone: 'false', word: 'summary.status' };
  if (originality.answer === 'false') return { tone: 'false', word: 'summary.copy' };
  if (issuer.answer !== 'holds') return { tone: 'unproven', word: 'summary.nothing' };
  if (integrity.answer !== 'holds') return { tone: 'unproven', word: 'summary.back-only' };
  if (status.answer !== 'holds') return { tone: 'unproven', word: 'summary.not-asked' };
  return { tone: 'holds', word: 'summary.all' };
}
