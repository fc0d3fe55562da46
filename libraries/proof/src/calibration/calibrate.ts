/** From scans of a calibration sheet and of its copies to the profile that suits the printer. In Node.js and browsers. */
import { FileFault } from '../files/fault.ts';
import { type GivenFile, pagesOf, type VerifierTools } from '../files/verify-files.ts';
import type { GrayImage } from '../read/gray-image.ts';
import { chooseProfile, type ProfileResult, type Verdict } from './choose-profile.ts';
import type { NotSeen } from './find-sheet.ts';
import { looksLikeACopy, looksLikeTheOriginal, readSheet, type SheetReading } from './read-sheet.ts';
import type { ScanFault } from './reasons.ts';
import type { SheetLayout } from './sheet-layout.ts';

export const mostCopies = 12;

export type CalibrationFiles = {
  /** The sheet as the kiosk's printer printed it. */
  readonly scan: GivenFile;
  /** Its copies; each page of a file is one. */
  readonly copies: readonly GivenFile[];
};

export type CalibrationOptions = {
  readonly onProgress?: (progress: { readonly done: number; readonly of: number; readonly name: string }) => void;
  /** Another arrangement than the sheet's, for tests. */
  readonly layout?: SheetLayout;
};

export type CopyRead = { readonly name: string; readonly dpi: number };

export type Calibration =
  | {
      readonly readable: true;
      readonly dpi: number;
      readonly copies: readonly CopyRead[];
      /** From thin to fat. */
      readonly profiles: readonly ProfileResult[];
      readonly verdict: Verdict;
    }
  /** A file that cannot be measured is to be scanned again, or left out: nothing is said without it. */
  | { readonly readable: false; readonly faults: readonly ScanFault[] };

type Page = { readonly picture: GrayImage; readonly isFile?: boolean };

async function readPage({ picture, isFile }: Page, tools: VerifierTools, layout: SheetLayout | undefined) {
  return isFile === true ? ({ fault: 'a-file-is-no-scan' } as const) : readSheet(picture, tools.readCodes, layout);
}

/** Of the pages of a file those that show a sheet; `most`: so many are looked for. */
async function sheetsIn(
  file: GivenFile,
  role: ScanFault['role'],
  most: number,
  tools: VerifierTools,
  layout: SheetLayout | undefined,
): Promise<{ readonly sheets: readonly SheetReading[]; readonly faults: readonly ScanFault[] }> {
  const { name } = file;
  const sheets: SheetReading[] = [];
  const missed: NotSeen[] = [];
  try {
    for await (const page of pagesOf(file.bytes, tools)) {
      if (sheets.length + missed.length >= most) break;
      const read = await readPage(page, tools, layout);
      if ('fault' in read) missed.push(read);
      else sheets.push(read);
    }
  } catch (error) {
    // Whatever a decoder throws at a stranger’s file: the file is damaged.
    return { sheets: [], faults: [{ name, role, code: error instanceof FileFault ? error.code : 'damaged-file' }] };
  }
  // Beside a sheet, pages without one say nothing: a feeder scans backs too.
  const told = missed.filter(({ fault }) => sheets.length === 0 || fault !== 'no-sheet-found').slice(0, 1);
  return {
    sheets,
    faults: told.map(({ fault: code, values }) => ({ name, role, code, ...(values === undefined ? {} : { values }) })),
  };
}

export async function calibrateFiles(
  { scan, copies }: CalibrationFiles,
  tools: VerifierTools,
  { onProgress, layout }: CalibrationOptions = {},
): Promise<Calibration> {
  const of = copies.length + 1;
  if (copies.length > mostCopies)
    return {
      readable: false,
      faults: [{ name: scan.name, role: 'copy', code: 'too-many-copies', values: { most: mostCopies } }],
    };
  onProgress?.({ done: 0, of, name: scan.name });
  const { sheets, faults } = await sheetsIn(scan, 'scan', 1, tools, layout);
  const [original] = sheets;
  if (original === undefined || faults.length > 0) return { readable: false, faults };
  if (looksLikeACopy(original))
    return { readable: false, faults: [{ name: scan.name, role: 'scan', code: 'looks-like-a-copy' }] };
  const read: { readonly name: string; readonly sheet: SheetReading }[] = [];
  const wrong: ScanFault[] = [];
  for (const [i, copy] of copies.entries()) {
    onProgress?.({ done: i + 1, of, name: copy.name });
    const found = await sheetsIn(copy, 'copy', mostCopies - read.length, tools, layout);
    wrong.push(...found.faults);
    for (const sheet of found.sheets) {
      if (looksLikeTheOriginal(sheet, original))
        wrong.push({ name: copy.name, role: 'copy', code: 'looks-like-the-original' });
      else read.push({ name: copy.name, sheet });
    }
  }
  if (wrong.length > 0) return { readable: false, faults: wrong };
  return {
    readable: true,
    dpi: original.dpi,
    copies: read.map(({ name, sheet }) => ({ name, dpi: sheet.dpi })),
    ...chooseProfile(
      original.fields,
      read.map(({ sheet }) => sheet.fields),
    ),
  };
}

/** For the configuration of the issuer (`municipalities[]`). */
export const groundsLine = (profile: string, terminalId: string): string =>
  `"grounds": { "terminals": { "${terminalId}": "${profile}" } }`;
