/** `dokodemo calibrate`: which copy-evident ground suits the printer of a kiosk? A sheet to print, and its reader. */
import { writeFileSync } from 'node:fs';
import { openFormEngine } from '@dokodemo/documents';
import {
  type Calibration,
  calibrateFiles,
  calibrationInEnglish,
  drawCalibrationSheet,
  type FieldReading,
  groundsLine,
  leastOnCopies,
  mostOnPaper,
  openToolsInNode,
  type ScanFault,
} from '@dokodemo/proof';
import { CommandError } from './command-error.ts';
import { fileFaults, givenFiles } from './given-files.ts';
import { readConfig, startedOrSaid } from './serve.ts';

const said = (error: unknown) => (error instanceof Error ? error.message : String(error));

export function sheetCommand({ out }: { readonly out: string }): void {
  if (!/\.pdf$/i.test(out)) throw new CommandError(`--out ${out}: a name that ends in .pdf is expected`);
  const pdf = drawCalibrationSheet(openFormEngine());
  try {
    writeFileSync(out, pdf);
  } catch (error) {
    throw new CommandError(`${out}: cannot be written (${said(error)})`);
  }
  console.log(out);
}

/** What a person can do about it. */
const whyRefused = {
  'journal-unsettled':
    'a resident’s paper or money is not settled in the journal of this kiosk: start the kiosk, let it settle that, and stop it again',
  'journal-damaged': 'the journal of this kiosk is torn or damaged: start the kiosk, which says what is to be done',
} as const;

/** 0: the printer says that it is printed. 2: nothing was sent. 1: it was not printed, or nobody knows. */
export async function printCommand({ config }: { readonly config: string }): Promise<void> {
  const { printAside } = await import('@dokodemo/kiosk/serve');
  const sheet = drawCalibrationSheet(openFormEngine());
  const done = await startedOrSaid(
    printAside(readConfig(config), sheet, {
      name: 'calibration-sheet',
      onCondition: (conditions) =>
        conditions.length > 0 && console.error(`the printer waits: ${conditions.join(', ')}`),
    }),
  );
  if (done.outcome === 'printed') return console.log('printed: the calibration sheet lies in the printer’s tray');
  if (done.outcome !== 'refused') throw new CommandError(`${done.outcome}: ${done.condition} (${done.detail})`);
  throw new CommandError(
    done.why === 'printer-not-ready' ? `the printer is not ready: ${done.conditions.join(', ')}` : whyRefused[done.why],
    2,
  );
}

export type ReadOptions = {
  readonly copy?: readonly string[];
  readonly terminal?: string;
  readonly json?: boolean;
};

function faultLine({ name, role, code, values }: ScanFault): string {
  const why = code in fileFaults ? fileFaults[code as keyof typeof fileFaults] : undefined;
  return `${name}${role === 'copy' ? ' (as a copy)' : ''}: ${why ?? calibrationInEnglish(code as never, values)}`;
}

const column = 13;
const deltaL = ({ deltaL }: FieldReading) => deltaL.toFixed(1).replace('-', '−').padStart(column);

function table({ copies, dpi, profiles, verdict }: Extract<Calibration, { readable: true }>, scan: string): string {
  const heads = ['on the paper', ...copies.map((_, i) => `on copy ${i + 1}`)];
  const rows = profiles.map(({ profile, paper, copies: on, fit }, i) => {
    const chosen = profile === verdict.profile ? '→' : ' ';
    const values = [paper, ...on].map(deltaL).join('');
    return `${chosen} ${'ABCDEFGH'[i]} ${profile.padEnd(8)}${values}   ${calibrationInEnglish(fit)}`;
  });
  return [
    `${scan}: ${Math.round(dpi)} dpi`,
    ...copies.map(({ name, dpi: of }, i) => `copy ${i + 1}: ${name}, ${Math.round(of)} dpi`),
    '',
    `How much darker the word 複写 is than its field (ΔL*; at most ${mostOnPaper} on the paper, at least ${leastOnCopies} on copies):`,
    '',
    `${' '.repeat(12)}${heads.map((it) => it.padStart(column)).join('')}`,
    ...rows,
    '',
    calibrationInEnglish(verdict.code, { profile: verdict.profile ?? '' }),
  ].join('\n');
}

/** 0: a profile fits. 3: none does. 1: something cannot be measured. */
export async function readCommand(scan: string, { copy = [], terminal, json }: ReadOptions): Promise<void> {
  if (terminal !== undefined && !/^[A-Z0-9][A-Z0-9-]{2,31}$/.test(terminal))
    throw new CommandError(`--terminal ${terminal}: a terminal's id is expected, such as KIOSK-0012`);
  const [first, ...copies] = givenFiles([scan, ...copy]);
  if (first === undefined) throw new CommandError('a scan of the calibration sheet is expected');
  const calibration = await calibrateFiles({ scan: first, copies }, await openToolsInNode());
  const profile = calibration.readable ? calibration.verdict.profile : undefined;
  const line = profile === undefined ? undefined : groundsLine(profile, terminal ?? 'KIOSK-0012');
  if (json === true) {
    // Pictures are for eyes.
    const all = { scan, ...calibration, limits: { mostOnPaper, leastOnCopies }, configuration: line ?? null };
    console.log(JSON.stringify(all, (key, value) => (key === 'picture' ? undefined : value)));
  } else if (calibration.readable) {
    console.log(table(calibration, scan));
    if (line !== undefined)
      console.log(
        `\nFor the issuer's configuration, in the municipality's entry${terminal === undefined ? ', with the id of your terminal' : ''}:\n  ${line}`,
      );
  } else for (const fault of calibration.faults) console.error(faultLine(fault));
  process.exitCode = !calibration.readable ? 1 : profile === undefined ? 3 : 0;
}
