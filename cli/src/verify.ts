/** `dokodemo verify`: is a certificate what was issued, by whom, and what was not proven? Works without a network. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { defaultTownRoot } from '@dokodemo/demo';
import {
  type FaultCode,
  type FilesVerification,
  type GivenFile,
  openToolsInNode,
  type Progress,
  type Reply,
  readTrustBundle,
  saidInEnglish,
  type TrustBundle,
  type Verdict,
  verifyFiles,
} from '@dokodemo/proof';
import { CommandError } from './command-error.ts';

export type VerifyOptions = {
  readonly trust?: string;
  readonly code?: string;
  readonly offline?: boolean;
  readonly json?: boolean;
};

function trustOf(file: string | undefined): TrustBundle {
  const place = file ?? path.join(defaultTownRoot(), 'trust', 'bundle.json');
  if (!existsSync(place)) {
    throw new CommandError(
      file === undefined
        ? 'Whom to believe? --trust FILE names a trust bundle (the demo town makes one when it is opened: npm start).'
        : `--trust ${file}: there is no such file`,
    );
  }
  try {
    return readTrustBundle(readFileSync(place, 'utf8'));
  } catch (error) {
    throw new CommandError(`${place}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Larger files are not taken into memory; the verifier has its own bound below this. */
const mostBytes = 200_000_000;

function given(name: string): GivenFile {
  try {
    if (statSync(name).size > mostBytes) throw new CommandError(`${name}: ${faults['file-too-large']}`);
    return { name, bytes: new Uint8Array(readFileSync(name)) };
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw new CommandError(`${name} cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
}

const faults: Readonly<Record<FaultCode, string>> = {
  'empty-file': 'there is nothing in it',
  'file-too-large': 'larger than any scan',
  'unknown-kind': 'no PDF, PNG, JPEG or TIFF',
  'damaged-file': 'damaged, or cut off',
  'locked-with-a-password': 'locked with a password: save it without one',
  'no-pages': 'it has no pages',
  'too-many-pages': 'too many pages',
  'picture-too-large': 'a picture larger than any scan',
};

const questions = ['integrity', 'issuer', 'status', 'originality'] as const;
const signs = { holds: '✔', false: '✘', unproven: '?' } as const;
const asked = {
  integrity: 'Is it as it was issued?',
  issuer: 'Who issued it?',
  status: 'Does it still count?',
  originality: 'Is it the paper itself?',
} as const;

function which({ facts, originality }: Verdict): string {
  const isElectronic = originality.code === 'copy-has-no-original';
  return isElectronic ? `an electronic copy (sheets: ${facts?.sheets})` : `sheet ${facts?.sheet} of ${facts?.sheets}`;
}

function linesOf(verdict: Verdict): readonly string[] {
  const { facts } = verdict;
  const head =
    facts === undefined
      ? []
      : [
          `${facts.documentNumber}, ${which(verdict)}: ${facts.kindId}, issued ${facts.issuedAt.slice(0, 10)} by ${facts.issuerName}${facts.specimen ? ' (見本: a specimen, of no effect)' : ''}`,
        ];
  const replies = questions.map((name) => {
    const reply: Reply = verdict[name];
    return `  ${signs[reply.answer]} ${asked[name].padEnd(25)}${reply.answer.padEnd(10)}${saidInEnglish(reply)}`;
  });
  const places = (verdict.integrity.differences ?? []).map(
    ({ leftMm, topMm, widthMm, heightMm }) =>
      `      ${leftMm.toFixed(0)} mm from the left, ${topMm.toFixed(0)} mm from the top, ${widthMm.toFixed(0)} × ${heightMm.toFixed(0)} mm`,
  );
  return [...head, ...replies, ...places];
}

const isFalse = (verdict: Verdict) => questions.some((name) => verdict[name].answer === 'false');

/** 0: all that could be proven holds. 3: something is false. 1: nothing could be read, or not all of it. */
function statusOf(verification: FilesVerification): 0 | 1 | 3 {
  if (!verification.readable) return 1;
  if (verification.sheets.some(isFalse)) return 3;
  return verification.faults.length > 0 ? 1 : 0;
}

/** One line on a terminal that is written over. */
function progressLine({ done, of, doing, name }: Progress): void {
  process.stderr.write(`\r\u001b[K${doing === 'comparing' ? 'comparing …' : `page ${done + 1} of ${of} (${name}) …`}`);
}

function print(files: readonly string[], verification: FilesVerification, json: boolean): void {
  if (json) {
    // Pictures are for eyes.
    console.log(JSON.stringify({ files, ...verification }, (key, value) => (key === 'pictures' ? undefined : value)));
    return;
  }
  for (const { name, code } of verification.faults) console.error(`${name}: ${faults[code]}`);
  if (verification.readable) console.log(verification.sheets.map((it) => linesOf(it).join('\n')).join('\n\n'));
  else console.error(`Not readable: ${saidInEnglish(verification)}. Scan both sides at 300 dpi in gray and try again.`);
}

export async function verifyCommand(names: readonly string[], options: VerifyOptions): Promise<void> {
  const trust = trustOf(options.trust);
  const files = names.map(given);
  const shows = process.stderr.isTTY && options.json !== true;
  const verification = await verifyFiles(files, await openToolsInNode(), {
    trust,
    ...(options.code === undefined ? {} : { checkCode: options.code }),
    ...(shows ? { onProgress: progressLine } : {}),
  });
  if (shows) process.stderr.write('\r\u001b[K');
  print(names, verification, options.json === true);
  process.exitCode = statusOf(verification);
}
