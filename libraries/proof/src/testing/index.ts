/** For tests of other parts: certificates as an issuer makes them, and an authority that vouches for them. */
export { inWord, usualProfile } from '../background/ground.ts';
export { calibrationLayout, fieldDots } from '../calibration/sheet-layout.ts';
export { copiedFrom } from '../copier/copier.ts';
export { type TestAuthority, testAuthority } from './authority.ts';
export { changedFront, differencesIn, type FrontChange } from './changed-front.ts';
export { type LitSheet, litSheets, type Shot, shotOf } from './devices.ts';
export { copyFactsOf, openEngine, sheetsOf, signedCopy } from './electronic-copies.ts';
export { missing, zbarReads, zxingReads } from './foreign-reader.ts';
export { type GridCell, gridCells } from './grid-cells.ts';
export { type GridTrial, tryCell } from './grid-trial.ts';
export { type IssuedCopy, issueCopy } from './issued.ts';
export { arriving, type SheetScanner, scannedSheet } from './printed-sheet.ts';
export { type Scan, scanned } from './scan.ts';
