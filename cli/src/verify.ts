/** `dokodemo verify`: is a certificate what was issued, by whom, and what was not proven? Works without a network. */
import {
  askPortal,
  type FilesVerification,
  openToolsInNode,
  type Progress,
  type Reply,
  saidInEnglish,
  type Verdict,
  verifyFiles,
} from '@dokodemo/proof';
import { fileFaults, givenFiles } from './given-files.ts';
import { portalFor, trustOf } from './trust-of.ts';

export type VerifyOptions = {
  readonly trust?: string;
  readonly code?: string;
  readonly portal?: string;
  readonly offline?: boolean;
  readonly json?: boolean;
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

type Printed = {
  readonly files: readonly string[];
  /** Who was asked about the status. */
  readonly portal: string | undefined;
  readonly verification: FilesVerification;
  readonly json: boolean;
};

function print({ files, portal, verification, json }: Printed): void {
  if (json) {
    // Pictures are for eyes.
    const all = { files, portal: portal ?? null, ...verification };
    console.log(JSON.stringify(all, (key, value) => (key === 'pictures' || key === 'otherFront' ? undefined : value)));
    return;
  }
  for (const { name, code } of verification.faults) console.error(`${name}: ${fileFaults[code]}`);
  if (verification.readable) console.log(verification.sheets.map((it) => linesOf(it).join('\n')).join('\n\n'));
  else console.error(`Not readable: ${saidInEnglish(verification)}. Scan both sides at 300 dpi in gray and try again.`);
}

export async function verifyCommand(names: readonly string[], options: VerifyOptions): Promise<void> {
  const trust = trustOf(options.trust);
  const portal = options.offline === true ? undefined : portalFor(options);
  const files = givenFiles(names);
  const shows = process.stderr.isTTY && options.json !== true;
  const verification = await verifyFiles(files, await openToolsInNode(), {
    trust,
    ...(portal === undefined ? {} : { ask: askPortal({ portal, logs: trust.logs ?? [], fetch: globalThis.fetch }) }),
    ...(options.code === undefined ? {} : { checkCode: options.code }),
    ...(shows ? { onProgress: progressLine } : {}),
  });
  if (shows) process.stderr.write('\r\u001b[K');
  print({ files: names, portal, verification, json: options.json === true });
  process.exitCode = statusOf(verification);
}
