/** Which ground suits a printer: from scans of a calibration sheet and of its copies. The same in Node.js and browsers. */
export * from './calibrate.ts';
export {
  leastOnCopies,
  mostOnPaper,
  type ProfileResult,
  type Verdict as CalibrationVerdict,
} from './choose-profile.ts';
export type { FieldReading } from './measure-fields.ts';
export * from './reasons.ts';
export { calibrationInEnglish } from './said-in-english.ts';
