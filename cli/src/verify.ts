/** `dokodemo verify`: is a certificate what was issued, by whom, and what was not proven? Works without a network. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { defaultTownRoot } from '@dokodemo/demo';
import { openFormEngine, readPages, type SheetPage } from '@dokodemo/documents';
import {
  decodeJpeg,
  decodePng,
  type GrayImage,
  grayFromSamples,
  isJpeg,
  isPng,
  openCodeReader,
  type Page,
  type Reply,
  readTrustBundle,
  saidInEnglish,
  sha256,
  type TrustBundle,
  type Verdict,
  type Verification,
  verifyPages,
} from '@dokodemo/proof';
import { CommandError } from './command-error.ts';

export type VerifyOptions = {
  readonly trust?: string;
  readonly code?: string;
  readonly offline?: boolean;
  readonly json?: boolean;
};

/** Dots of the picture that a file's page is read from. */
const fileDpi = 300;

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

function pictureOf(page: SheetPage): Page {
  const image = page.image();
  if (image !== undefined) {
    return { picture: image.kind === 'jpeg' ? decodeJpeg(image.bytes) : grayFromSamples(image) };
  }
  const { width, height, ink } = page.draw(fileDpi);
  return { picture: { width, height, pixels: ink.map((it) => 255 - it) }, isFile: true };
}

/** A file of one sheet that is ours to the last byte says so; its front is then what was signed, or is not. */
function pagesOfPdf(bytes: Uint8Array): readonly Page[] {
  const pages = readPages(bytes).map(pictureOf);
  const [front, ...others] = pages;
  if (front?.isFile !== true || pages.length !== 2) return pages;
  const apart = openFormEngine().backs.takeApart(bytes);
  return apart === undefined ? pages : [{ ...front, exactFront: sha256(apart.front) }, ...others];
}

function pagesOf(file: string): readonly Page[] {
  let bytes: Uint8Array;
  try {
    bytes = new Uint8Array(readFileSync(file));
  } catch (error) {
    throw new CommandError(`${file} cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
  const one = (picture: GrayImage): readonly Page[] => [{ picture }];
  try {
    if (isPng(bytes)) return one(decodePng(bytes));
    if (isJpeg(bytes)) return one(decodeJpeg(bytes));
    return pagesOfPdf(bytes);
  } catch (error) {
    throw new CommandError(
      `${file}: no PDF, PNG or JPEG that can be read (${error instanceof Error ? error.message : ''})`,
    );
  }
}

const questions = ['integrity', 'issuer', 'status', 'originality'] as const;
const signs = { holds: '✔', false: '✘', unproven: '?' } as const;
const asked = {
  integrity: 'Is it as it was issued?',
  issuer: 'Who issued it?',
  status: 'Does it still count?',
  originality: 'Is it the paper itself?',
} as const;

function linesOf(verdict: Verdict): readonly string[] {
  const { facts } = verdict;
  const head =
    facts === undefined
      ? []
      : [
          `${facts.documentNumber}, sheet ${facts.sheet} of ${facts.sheets}: ${facts.kindId}, issued ${facts.issuedAt.slice(0, 10)} by ${facts.issuerName}${facts.specimen ? ' (見本: a specimen, of no effect)' : ''}`,
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

/** 0: all that could be proven holds. 3: something is false. 1: nothing could be read. */
function statusOf(verification: Verification): 0 | 1 | 3 {
  if (!verification.readable) return 1;
  return verification.sheets.some(isFalse) ? 3 : 0;
}

export async function verifyCommand(files: readonly string[], options: VerifyOptions): Promise<void> {
  const trust = trustOf(options.trust);
  const pages = files.flatMap(pagesOf);
  const verification = await verifyPages(pages, {
    trust,
    readCodes: await openCodeReader(),
    ...(options.code === undefined ? {} : { checkCode: options.code }),
  });
  if (options.json === true) console.log(JSON.stringify({ files, ...verification }));
  else if (verification.readable) console.log(verification.sheets.map((it) => linesOf(it).join('\n')).join('\n\n'));
  else console.error(`Not readable: ${saidInEnglish(verification)}. Scan both sides at 300 dpi in gray and try again.`);
  process.exitCode = statusOf(verification);
}
