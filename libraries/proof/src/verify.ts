/**
 * Four answers about a paper, one by one: is it what was issued (integrity), who issued it (issuer), does it still count
 * (status), is it the paper itself (originality). Each holds, is false, or was not proven, and says why.
 */
import { compare, type Difference } from './read/compare.ts';
import type { GrayImage } from './read/gray-image.ts';
import { layOver } from './read/lay-over.ts';
import type { ReadCodes } from './read/read-codes.ts';
import { readPaper, type SeenMark } from './read/read-paper.ts';
import type { BackFacts } from './seal/back-facts.ts';
import { type OpenedBack, openBack } from './seal/seal-back.ts';
import type { TrustBundle } from './seal/trust.ts';
import { sha256 } from './sha256.ts';

export type Reply = { readonly answer: 'holds' | 'false' | 'unproven'; readonly why: string };

export type Verdict = {
  readonly integrity: Reply & { readonly differences?: readonly Difference[] };
  readonly issuer: Reply;
  readonly status: Reply;
  readonly originality: Reply;
  readonly facts?: Omit<BackFacts, 'picture' | 'fronts'>;
};

export type Verification =
  | { readonly readable: true; readonly sheets: readonly Verdict[] }
  | { readonly readable: false; readonly why: string };

/** A page of what is to be checked: a picture of paper, or a page of a file that was never paper. */
export type Page = {
  readonly picture: GrayImage;
  /** SHA-256 of the front's file, where the page is byte for byte one of the house's files. */
  readonly exactFront?: Uint8Array;
  /** The page comes from a file with text and lines, not from a scan. */
  readonly isFile?: boolean;
};

export type VerifyOptions = {
  readonly trust: TrustBundle;
  readonly readCodes: ReadCodes;
  /** Typed by a person, where no mark can be read. */
  readonly checkCode?: string;
};

const holds = (why: string): Reply => ({ answer: 'holds', why });
const isFalse = (why: string): Reply => ({ answer: 'false', why });
const unproven = (why: string): Reply => ({ answer: 'unproven', why });

type Front = { readonly page: Page; readonly mark: SeenMark };

export async function verifyPages(pages: readonly Page[], options: VerifyOptions): Promise<Verification> {
  const fronts: Front[] = [];
  const messages = new Map<string, Uint8Array>();
  let short = '';
  for (const page of pages) {
    const { backs, marks } = await readPaper(page.picture, options.readCodes, sha256);
    for (const mark of marks) fronts.push({ page, mark });
    for (const { id, message, read, needed, count } of backs) {
      if (message !== undefined) messages.set(id, message);
      else short = `${read} of ${count} codes of a back could be read, ${needed} are needed`;
    }
  }
  if (messages.size === 0) return { readable: false, why: short || 'no coded back was found' };
  const sheets = [...messages.values()].map((message) => verifySheet(message, fronts, options));
  return { readable: true, sheets };
}

function verifySheet(message: Uint8Array, fronts: readonly Front[], { trust, checkCode }: VerifyOptions): Verdict {
  const codes = [...(checkCode === undefined ? [] : [checkCode]), ...fronts.map(({ mark }) => mark.code)];
  let opened: OpenedBack | undefined;
  let used: string | undefined;
  for (const code of codes) {
    opened = openBack(message, code, trust);
    used = code;
    if (opened.opened) break;
  }
  const nothing = { status: unproven('nothing is known of this paper'), originality: unproven('not looked at') };
  if (opened === undefined) {
    const why = 'the check code of the front is needed: add a picture of the front, or type it';
    return { integrity: unproven(why), issuer: unproven(why), ...nothing };
  }
  if (!opened.opened) {
    const why = {
      'other-code': 'the front’s check code does not open this back: they do not belong together',
      'mistyped-code': 'this is no check code: one of its symbols is wrong',
      'not-a-back': 'what the code opens is not a back of this kind',
    }[opened.why];
    const reply = opened.why === 'other-code' && checkCode === undefined ? isFalse(why) : unproven(why);
    return { integrity: reply, issuer: unproven('nothing could be opened'), ...nothing };
  }
  const { facts } = opened;
  const front = fronts.find(({ mark, page }) => mark.code === used && isThisSheet(page, facts, fronts.length));
  const issuer = issuerReply(opened);
  const { picture: _, fronts: __, ...told } = facts;
  const integrity =
    issuer.answer === 'holds' ? integrityOf(facts, front) : unproven('what the back says is not vouched for');
  return {
    integrity,
    issuer,
    status: unproven('not asked: the issuer’s records know whether it was voided'),
    originality:
      front?.page.isFile === true
        ? unproven('a file is not the paper')
        : unproven('look for the word 複写 on the front'),
    facts: told,
  };
}

/** Of several sheets with one code, the one whose file this is; of pictures any may be meant. */
function isThisSheet({ exactFront }: Page, facts: BackFacts, count: number): boolean {
  if (exactFront === undefined || count === 1) return true;
  return Buffer.compare(exactFront, facts.fronts[facts.sheet - 1] as Uint8Array) === 0;
}

function issuerReply({ signature, signer, facts }: Extract<OpenedBack, { opened: true }>): Reply {
  if (!signature) return isFalse('the signature does not hold');
  if (signer.trusted) return holds(`${facts.issuerName} (${facts.issuer}) signed it on ${facts.issuedAt.slice(0, 10)}`);
  const why = {
    unreadable: 'the signer’s certificate cannot be read',
    'unknown-authority': 'no authority of the trust bundle vouches for the signer',
    'other-municipality': `the signer may not sign for ${facts.issuer}`,
    'not-in-force': 'the signer’s certificate was not in force on that day',
    revoked: 'the signer’s key had been taken back by that day',
  }[signer.why];
  return isFalse(why);
}

const enoughFound = 0.6;

function integrityOf(facts: BackFacts, front: Front | undefined): Verdict['integrity'] {
  if (front === undefined) return unproven('without the front only the back is known');
  const { page, mark } = front;
  if (page.exactFront !== undefined) {
    return Buffer.compare(page.exactFront, facts.fronts[facts.sheet - 1] as Uint8Array) === 0
      ? holds('byte for byte the file that was issued')
      : isFalse('the front is not the file that was issued');
  }
  const { differences, found } = compare(layOver(facts.picture, facts.pictureDpi, page.picture, mark.corners));
  if (found < enoughFound)
    return isFalse(
      `only ${Math.round(found * 100)} % of the front lies as it was issued: another front, or a bad picture`,
    );
  if (differences.length > 0)
    return { ...isFalse(`${differences.length} places differ from what was issued`), differences };
  return page.isFile === true
    ? unproven('it looks as issued, but is not byte for byte the file: print it and scan it, or use the file itself')
    : holds('the front looks as it was issued');
}
