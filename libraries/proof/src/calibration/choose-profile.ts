/** Which profile of the ground suits a printer: hidden on its paper, legible on every copy of it. */
import type { FieldReading } from './measure-fields.ts';
import type { CalibrationCode, FitCode } from './reasons.ts';

/** CIE L*; 1 is what an eye just sees, darker or lighter. */
export const mostOnPaper = 1;
/** A verifier takes a paper for a copy from 1.6 on (originality.ts). */
export const leastOnCopies = 1.8;
/** More than this helps nobody: the word is plain. */
const plainOnCopies = 4;
/** Two that are so near are as good on the copies: then what shows on the paper decides. */
const asGood = 0.15;

export type ProfileResult = {
  readonly profile: string;
  readonly paper: FieldReading;
  /** In the order of the copies. */
  readonly copies: readonly FieldReading[];
  readonly fit: FitCode;
};

export type Verdict = { readonly code: CalibrationCode; readonly profile?: string };

function fitOf({ deltaL }: FieldReading, copies: readonly FieldReading[]): FitCode {
  if (deltaL > mostOnPaper) return 'shows-on-paper';
  if (deltaL < -mostOnPaper) return 'pale-on-paper';
  return copies.some((copy) => copy.deltaL < leastOnCopies) ? 'hidden-on-copies' : 'suits';
}

const worth = ({ paper, copies }: ProfileResult) =>
  Math.min(plainOnCopies, ...copies.map(({ deltaL }) => deltaL)) - Math.abs(paper.deltaL);

/** `paper`: from thin to fat; `copies`: of each copy, in the same order. */
export function chooseProfile(
  paper: readonly FieldReading[],
  copies: readonly (readonly FieldReading[])[],
): { readonly profiles: readonly ProfileResult[]; readonly verdict: Verdict } {
  const profiles = paper.map((reading, i) => {
    const onCopies = copies.map((copy) => copy[i]).filter((it) => it !== undefined);
    return { profile: reading.profile, paper: reading, copies: onCopies, fit: fitOf(reading, onCopies) };
  });
  const suits = profiles.filter(({ fit }) => fit === 'suits');
  if (suits.length === 0) {
    const isHidden = profiles.some(({ fit }) => fit === 'hidden-on-copies');
    return { profiles, verdict: { code: isHidden ? 'none-shows-on-copies' : 'none-hides-on-paper' } };
  }
  const least = (of: readonly ProfileResult[]) =>
    of.reduce((best, it) => (Math.abs(it.paper.deltaL) < Math.abs(best.paper.deltaL) ? it : best));
  if (copies.length === 0) return { profiles, verdict: { code: 'fits-on-paper', profile: least(suits).profile } };
  const most = Math.max(...suits.map(worth));
  const { profile } = least(suits.filter((it) => worth(it) >= most - asGood));
  return { profiles, verdict: { code: 'fits', profile } };
}
