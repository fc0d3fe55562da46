/**
 * Four answers about a paper, one by one: is it what was issued (integrity), who issued it (issuer), does it still count
 * (status), is it the paper itself (originality). Each holds, is false, or was not proven, and says why by a code.
 */

import { openBacks, type Tried } from './open-backs.ts';
import { judgeOriginality, type Originality } from './originality/originality.ts';
import { compare, type Difference } from './read/compare.ts';
import { type KeptFront, keepFront } from './read/front-scan.ts';
import type { GrayImage } from './read/gray-image.ts';
import { layOver, type Overlay } from './read/lay-over.ts';
import type { ReadCodes } from './read/read-codes.ts';
import { readPaper } from './read/read-paper.ts';
import { picturesOf, uprightByMark } from './read/shown.ts';
import { holds, isFalse, type ReasonValues, type Reply, type UnreadableCode, unproven } from './reasons.ts';
import type { BackFacts } from './seal/back-facts.ts';
import type { OpenedBack } from './seal/open-back.ts';
import type { TrustBundle } from './seal/trust.ts';
import { sha256 } from './sha256.ts';
import type { AskStatus } from './status/ask-status.ts';

type OnPaper = 'words' | 'pictureDpi';

export type Verdict = {
  readonly integrity: Reply & { readonly differences?: readonly Difference[] };
  readonly issuer: Reply;
  readonly status: Reply;
  readonly originality: Reply;
  /** Words and picture stand on the backs of papers only. */
  readonly facts?: Omit<BackFacts, 'picture' | 'fronts' | OnPaper> & Partial<Pick<BackFacts, OnPaper>>;
  /** Where a front was laid over the signed picture: both, upright and of one size, 6 pixels a millimetre. */
  readonly pictures?: {
    readonly signed: GrayImage;
    readonly seen: GrayImage;
    /** Of a scan: the ground alone, in which a person sees 複写 where it is; 2 pixels a millimetre. */
    readonly word?: GrayImage;
  };
  /** A front that is not this back's, which stays shut: upright as far as its mark tells, 6 pixels a millimetre. */
  readonly otherFront?: GrayImage;
};

export type Verification =
  | { readonly readable: true; readonly sheets: readonly Verdict[] }
  | { readonly readable: false; readonly code: UnreadableCode; readonly values?: ReasonValues };

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
  /** Absent: offline, nobody is asked. */
  readonly ask?: AskStatus;
  /** Messages of backs that are together already: a camera collects them over frames. */
  readonly backs?: readonly Uint8Array[];
};

type Front = {
  readonly page: Omit<Page, 'picture'>;
  readonly code: string;
  readonly scan: KeptFront;
  /** Which page of all. */
  readonly at: number;
};

/** Of a pile of scans no more fronts are kept than this; a copy has a hundred sheets at most. */
const mostFronts = 100;
const mostBacks = 100;

export type Pages = Iterable<Page> | AsyncIterable<Page>;

/** As tiles name the message that they are of. */
const idOf = (message: Uint8Array) =>
  Array.from(sha256(message).subarray(0, 4), (byte) => byte.toString(16).padStart(2, '0')).join('');

/** Pages are looked at one by one; of each only what is needed later is kept. */
export async function verifyPages(pages: Pages, options: VerifyOptions): Promise<Verification> {
  const fronts: Front[] = [];
  const found = new Map(
    (options.backs ?? []).slice(0, mostBacks).map((message) => [idOf(message), { message, at: 0 }]),
  );
  let short: ReasonValues | undefined;
  let at = 0;
  for await (const { picture, ...page } of pages) {
    at++;
    const { backs, marks } = await readPaper(picture, options.readCodes, sha256);
    for (const { code, corners } of marks) {
      if (fronts.length < mostFronts) fronts.push({ page, code, scan: keepFront(picture, corners), at });
    }
    for (const { id, message, read, needed, count } of backs) {
      if (message === undefined) short = { read, count, needed };
      else if (found.size < mostBacks && !found.has(id)) found.set(id, { message, at });
    }
  }
  if (found.size === 0)
    return short === undefined
      ? { readable: false, code: 'no-back-found' }
      : { readable: false, code: 'too-few-codes', values: short };
  const asked = askedOnce(options.ask);
  const tried = openBacks([...found.values()], fronts, options.trust, options.checkCode);
  const used = new Set(tried.flatMap(({ opened, code }) => (opened?.opened === true ? [code] : [])));
  const strangers = fronts.filter(({ code }) => !used.has(code));
  const pile = { fronts, strangers, taken: new Set<Front>(), room: { left: mostLaid } };
  const sheets: Verdict[] = [];
  for (const it of tried) sheets.push(await verifySheet(it, pile, { ...options, ...asked }));
  // Once more, now that it is known which fronts are other sheets': those are no bad fronts of this one.
  for (const [i, it] of tried.entries())
    if (pile.taken.size > 0 && mayBeAnothers.has(sheets[i]?.integrity.code ?? ''))
      sheets[i] = await verifySheet(it, pile, { ...options, ...asked });
  return { readable: true, sheets };
}

/** The sheets of a copy have one number: one question is enough. */
function askedOnce(ask: AskStatus | undefined): { readonly ask?: AskStatus } {
  if (ask === undefined) return {};
  const known = new Map<string, ReturnType<AskStatus>>();
  return {
    ask(of) {
      const key = `${of.documentNumber} ${of.code}`;
      const answer = known.get(key) ?? ask(of);
      known.set(key, answer);
      return answer;
    },
  };
}

const unopened = { status: unproven('nothing-known'), originality: unproven('not-looked-at') } as const;

/** `strangers`: fronts whose code opens none of the backs. */
type Fronts = {
  readonly fronts: readonly Front[];
  readonly strangers: readonly Front[];
  /** Those that were found to be of a sheet. */
  readonly taken: Set<Front>;
  /** How many may still be laid over a signed picture, of all. */
  readonly room: { left: number };
};

async function verifySheet(
  { opened, code, untried, at }: Tried,
  { fronts, strangers, taken, room }: Fronts,
  { checkCode, ask }: VerifyOptions,
): Promise<Verdict> {
  if (untried > 0 && (opened === undefined || !opened.opened)) {
    const issuer = unproven('nothing-opened');
    return { integrity: unproven('not-all-tried', { count: untried }), issuer, ...unopened };
  }
  if (opened === undefined) return { integrity: unproven('code-needed'), issuer: unproven('code-needed'), ...unopened };
  if (!opened.opened) {
    const issuer = unproven('nothing-opened');
    if (opened.why !== 'other-code') return { integrity: unproven(opened.why), issuer, ...unopened };
    const [stranger] = strangers;
    if (stranger !== undefined)
      return { integrity: isFalse('other-code'), issuer, ...unopened, otherFront: uprightByMark(stranger.scan) };
    // Every front that is here belongs to another back that is here too: of this one nothing is known.
    return { integrity: unproven(checkCode === undefined ? 'code-needed' : 'other-code-typed'), issuer, ...unopened };
  }
  const { facts } = opened;
  const issuer = issuerReply(opened);
  const { picture: _, fronts: __, ...told } = facts;
  const isVouchedFor = issuer.answer === 'holds';
  const own = fronts.filter((front) => front.code === code);
  const { originality, pictures, ...integrity } = !isVouchedFor
    ? { ...unproven('not-vouched-for'), originality: unproven('not-looked-at'), pictures: undefined }
    : own.length === 0 && strangers.length > 0
      ? mixedUp(facts, strangers)
      : integrityOf(facts, likelyFronts(facts, own, at), taken, room);
  return {
    integrity,
    issuer,
    status:
      ask === undefined || !isVouchedFor
        ? unproven(isVouchedFor ? 'not-asked-offline' : 'nothing-known')
        : await ask({ documentNumber: facts.documentNumber, code, fronts: facts.fronts }),
    originality,
    facts: told,
    ...(pictures === undefined ? {} : { pictures }),
  };
}

function issuerReply({ signature, signer, facts }: Extract<OpenedBack, { opened: true }>): Reply {
  if (!signature) return isFalse('signature-broken');
  if (signer.trusted)
    return holds('signed-by', { name: facts.issuerName, code: facts.issuer, day: facts.issuedAt.slice(0, 10) });
  return signer.why === 'other-municipality' ? isFalse(signer.why, { code: facts.issuer }) : isFalse(signer.why);
}

/** What is said of a front that is not this back's. */
const mayBeAnothers: ReadonlySet<string> = new Set(['other-front', 'places-differ', 'not-all-tried', 'not-all-seen']);
const enoughFound = 0.6;
/** Share of what is printed that may be missing in the picture: a corner that was turned out of it. */
const mostUnseen = 0.02;
/** Sheets of one copy have one code: which of the fronts is this back's is known by laying them over. */
const mostTried = 12;
/** Of a whole pile; each takes some tenths of a second. */
const mostLaid = 400;

/** The page before or after; the one of the sheet's number, when all are there; the others by how far away they are. */
function likelyFronts({ sheet, sheets }: BackFacts, own: readonly Front[], at: number): readonly Front[] {
  const near = own.filter((it) => Math.abs(it.at - at) <= 1);
  const numbered = own.length === sheets ? own.slice(sheet - 1, sheet) : [];
  return [...new Set([...near, ...numbered, ...own.toSorted((p, q) => Math.abs(p.at - at) - Math.abs(q.at - at))])];
}

const noPaper = unproven('a-file-is-no-paper');

type Matter = Verdict['integrity'] & { readonly originality: Reply; readonly pictures?: Verdict['pictures'] };
const isSame = (a: Uint8Array, b: Uint8Array | undefined) =>
  a.length === b?.length && a.every((byte, i) => byte === b[i]);

function integrityOf(facts: BackFacts, fronts: readonly Front[], taken: Set<Front>, room: { left: number }): Matter {
  const own = facts.fronts[facts.sheet - 1];
  const exact = fronts.find(({ page }) => page.exactFront !== undefined && isSame(page.exactFront, own));
  if (exact !== undefined) {
    const { signed, seen } = picturesOf(layOver(facts.picture, facts.pictureDpi, exact.scan));
    taken.add(exact);
    return { ...holds('byte-for-byte'), originality: noPaper, pictures: { signed, seen } };
  }
  // A file that is the front of another sheet is not a bad front of this one.
  const mayBe = fronts.filter((front) => {
    const { exactFront } = front.page;
    return !taken.has(front) && (exactFront === undefined || !facts.fronts.some((it) => isSame(exactFront, it)));
  });
  let best: Matter | undefined;
  let bestFound = -1;
  let laid = 0;
  for (const front of mayBe) {
    if (laid >= mostTried || room.left <= 0) break;
    laid++;
    room.left--;
    const overlay = layOver(facts.picture, facts.pictureDpi, front.scan);
    const matter = compared(overlay, front);
    if (matter.answer === 'holds') {
      taken.add(front);
      return matter;
    }
    if (overlay.found > bestFound) [best, bestFound] = [matter, overlay.found];
  }
  // One that is nearly all there is this back's, and another that was not looked at may be.
  if (laid < mayBe.length && bestFound < enoughFound)
    return { ...unproven('not-all-tried', { count: mayBe.length - laid }), originality: unproven('not-looked-at') };
  return best ?? { ...unproven('front-needed'), originality: unproven('not-looked-at') };
}

/** The back's own code was typed, and the front that is here has another: it is not its front, however like it looks. */
function mixedUp(facts: BackFacts, strangers: readonly Front[]): Matter {
  const overlays = strangers.slice(0, mostTried).map(({ scan }) => layOver(facts.picture, facts.pictureDpi, scan));
  const best = overlays.reduce((a, b) => (b.found > a.found ? b : a));
  const { differences, found } = compare(best);
  return {
    ...isFalse('other-code'),
    ...(found < enoughFound ? {} : { differences }),
    originality: unproven('not-looked-at'),
    pictures: picturesOf(best),
  };
}

/**
 * A page of a file is judged as a scan is: by the picture that this program draws of it, which stands beside the signed
 * one for people to see. Nothing is claimed of the file: another program may draw it otherwise, and hidden in it may be
 * anything. A file that claims to be one of ours and has another front than the signed one is false whatever it shows.
 */
function compared(overlay: Overlay, { page: { exactFront, isFile = false }, scan }: Front): Matter {
  const { reply: originality, word }: Originality = isFile ? { reply: noPaper } : judgeOriginality(overlay, scan);
  const rest = { originality, pictures: { ...picturesOf(overlay), ...(word === undefined ? {} : { word }) } };
  if (exactFront !== undefined) return { ...isFalse('not-the-issued-file'), ...rest };
  const { differences, found, unseen } = compare(overlay);
  if (found < enoughFound) return { ...isFalse('other-front', { percent: Math.round(found * 100) }), ...rest };
  if (differences.length > 0)
    return { ...isFalse('places-differ', { count: differences.length }), differences, ...rest };
  if (unseen > mostUnseen) return { ...unproven('not-all-seen', { percent: Math.ceil(unseen * 100) }), ...rest };
  return { ...holds(isFile ? 'looks-as-issued-in-a-file' : 'looks-as-issued'), ...rest };
}
