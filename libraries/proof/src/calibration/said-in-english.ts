/** The codes of a calibration in English, for the command line. Pages have their own words for each language. */
import type { ReasonValues } from '../reasons.ts';
import { leastOnCopies, mostOnPaper } from './choose-profile.ts';
import type { CalibrationCode, FitCode, ScanFaultCode } from './reasons.ts';

const sentences: Readonly<Record<FitCode | CalibrationCode | ScanFaultCode, string>> = {
  suits: 'suits this printer',
  'shows-on-paper': `the word shows on the paper itself (above ${mostOnPaper})`,
  'pale-on-paper': `the word is seen on the paper, paler than its surroundings (below −${mostOnPaper})`,
  'hidden-on-copies': `the word is not plain on every copy (below ${leastOnCopies})`,
  fits: 'profile {profile} suits this printer',
  'fits-on-paper':
    'profile {profile} is hidden best on the paper. Whether it shows on copies is not known: photocopy the sheet, and give scans of the copies with --copy',
  'none-hides-on-paper': 'no profile suits: with each of them the word can be seen on the paper itself',
  'none-shows-on-copies':
    'no profile suits: those that are hidden on the paper do not stand out on every one of these copies',
  'no-sheet-found': 'no calibration sheet is in this picture',
  'sheet-not-whole': 'only {marks} of the four marks in the corners are in the picture; three are needed',
  'sheet-of-another-version': 'a calibration sheet of another version: print a new one',
  'a-file-is-no-scan': 'this is the sheet’s file, or another file with lines and words; print it and scan the paper',
  'too-coarse': '{dpi} dpi is too coarse: scan at 200 to 600 dpi',
  'black-and-white': 'this scan knows only black and white: scan in gray or colour',
  whitened:
    '{percent} % of this scan is as white as can be: switch off what makes paper white (text mode, enhancement, removal of the background)',
  'too-dark': 'too dark to be measured',
  'not-flat': 'the sheet does not lie flat in this picture: use a scanner, not a camera',
  'printed-at-another-size':
    'the sheet came out at {percent} % of its size: print it at 100 %, with no fitting to the page',
  'too-uneven': 'what was measured is too uneven: stains, folds, or a scan that is too noisy',
  'looks-like-a-copy': 'this looks like a copy: the fine dots are gone. Give the sheet as the printer printed it',
  'looks-like-the-original':
    'this looks as the printed sheet itself does: the word shows in no field more than there. Was the sheet scanned again, not its copy?',
  'too-many-copies': 'more than {most} copies',
};

export type SaidOfCalibration = keyof typeof sentences;

export function calibrationInEnglish(code: SaidOfCalibration, values: ReasonValues = {}): string {
  return sentences[code].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? '?'));
}
