/** What a calibration came to, as codes: a page says them in the reader's language, a program compares them. */
import type { FaultCode } from '../files/fault.ts';
import type { ReasonValues } from '../reasons.ts';

/** Of one profile. */
export const fitCodes = [
  'suits',
  /** The word is darker than its field on the paper itself: the printer prints thinner than the profile is for. */
  'shows-on-paper',
  /** It is lighter: the printer prints fatter. */
  'pale-on-paper',
  'hidden-on-copies',
] as const;
export type FitCode = (typeof fitCodes)[number];

/** Of all of them. */
export const calibrationCodes = [
  'fits',
  /** Without copies: which one is hidden best on the paper is known, and nothing else. */
  'fits-on-paper',
  'none-hides-on-paper',
  'none-shows-on-copies',
] as const;
export type CalibrationCode = (typeof calibrationCodes)[number];

/** Why a picture is not measured. */
export const scanFaultCodes = [
  'no-sheet-found',
  'sheet-not-whole',
  'sheet-of-another-version',
  'a-file-is-no-scan',
  'too-coarse',
  'black-and-white',
  'whitened',
  'too-dark',
  'not-flat',
  'printed-at-another-size',
  'too-uneven',
  'looks-like-a-copy',
  'looks-like-the-original',
  'too-many-copies',
] as const;
export type ScanFaultCode = (typeof scanFaultCodes)[number];

export type ScanFault = {
  /** Of the file, as it was given. */
  readonly name: string;
  readonly role: 'scan' | 'copy';
  readonly code: ScanFaultCode | FaultCode;
  readonly values?: ReasonValues;
};
