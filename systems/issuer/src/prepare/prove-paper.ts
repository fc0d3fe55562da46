/**
 * What makes a copy's paper checkable by anybody: on the fronts a check code and a background that shows copies, on each
 * back what its front says, signed with the municipality's document key. It is made from the very bytes that are
 * printed.
 */
import { setImmediate } from 'node:timers/promises';
import { type BackMaker, type FrontProof, readPages } from '@dokodemo/documents';
import { type Answer, answer, type DocumentNumber, type Entropy, isoJapan, refuse } from '@dokodemo/domain';
import {
  type BackDraft,
  type BackKey,
  type BitImage,
  codePicture,
  draftBack,
  drawBack,
  drawGround,
  drawMark,
  groundProfiles,
  headerBytes,
  makeBackKey,
  makeCheckCode,
  markPlace,
  messageMaxBytes,
  printedCheckCode,
  sealDraft,
  sha256,
  tileBytes,
} from '@dokodemo/proof';
import type { GroundName, MunicipalityProfile } from '../municipality.ts';
import type { CodedFronts } from './logged-paper.ts';
import { type PaperSigner, signerInForce, softwareSigner } from './paper-signer.ts';

export type ProvenOf = {
  readonly profile: Pick<MunicipalityProfile, 'code' | 'name' | 'signer' | 'paperSigners'>;
  readonly kindId: string;
  readonly documentNumber: DocumentNumber;
  readonly specimen: boolean;
  readonly issuedAtMs: number;
};

export type PaperProver = {
  /** For one copy: a code of its own. `ground`: the profile that suits the printer; absent: the usual one. */
  begin(
    entropy: Entropy,
    ground?: GroundName,
  ): {
    readonly front: FrontProof;
    /** The copy's sheets, each with its back. */
    finish(sheets: readonly Uint8Array[], of: ProvenOf): Promise<Answer<readonly Uint8Array[]>>;
    /** What a checker will find: out of what was drawn, and what became of it. */
    coded(drawn: readonly Uint8Array[], finished: readonly Uint8Array[]): CodedFronts;
  };
};

/** Resolutions of the picture on the back: the finest that leaves seven of twelve codes as parity, else the coarsest
 *  that fits at all. 150 dpi is where thin strokes can be read. */
const pictureDpis = [150, 120, 100] as const;
const wantedBytes = 5 * (tileBytes - headerBytes);
/** A pixel that is this black, of 255, is black; and from the second on where it is of a hair line, without which a 日
 *  that lies between two rows would be signed as a 口 or an H. */
const blackFrom = 96;
const hairFrom = 40;

/** Which ground the printer of a terminal needs. */
export function groundAt({ grounds }: Pick<MunicipalityProfile, 'grounds'>, terminalId: string): GroundName {
  const own = grounds?.terminals !== undefined && Object.hasOwn(grounds.terminals, terminalId);
  return (own ? grounds.terminals?.[terminalId] : undefined) ?? grounds?.default ?? 'usual';
}

export function paperProver(backs: BackMaker): PaperProver {
  // Each made once, when the first paper needs it.
  const grounds = new Map<GroundName, BitImage>();
  const groundOf = (name: GroundName): BitImage => {
    const ground = grounds.get(name) ?? drawGround(groundProfiles.find((it) => it.name === name));
    grounds.set(name, ground);
    return ground;
  };
  return {
    begin(entropy, ground = 'usual') {
      const code = makeCheckCode(entropy.bytes(15));
      const key = makeBackKey(code, entropy);
      const { leftMm, topMm, sideMm } = markPlace;
      const mark = { image: drawMark(code), leftMm, topMm, sideMm };
      return {
        front: { checkCode: printedCheckCode(code), mark, ground: groundOf(ground) },
        finish: (sheets, of) => withBacks(backs, sheets, of, key, entropy),
        coded: (drawn) => ({ code, fronts: drawn.map((sheet) => sha256(sheet)) }),
      };
    },
  };
}

async function withBacks(
  backs: BackMaker,
  sheets: readonly Uint8Array[],
  of: ProvenOf,
  key: BackKey,
  entropy: Entropy,
): Promise<Answer<readonly Uint8Array[]>> {
  const { signer, paperSigners = [softwareSigner(signer.key, signer.certificate)] } = of.profile;
  const inForce = signerInForce(paperSigners, of.issuedAtMs);
  if (inForce === undefined) return refuse('DEFECT', 'no document-signing certificate of paperSigners is in force');
  const fronts = sheets.map((sheet) => sha256(sheet));
  const done: Uint8Array[] = [];
  for (const [i, sheet] of sheets.entries()) {
    // Drawing and coding take some hundredths of a second: others have their turn between two sheets.
    if (i > 0) await setImmediate();
    const draft = draftOf(sheet, i + 1, fronts, of, inForce);
    if (draft === undefined) return refuse('PAGE_LIMIT', `the back of sheet ${i + 1} has no room for its front`);
    let signature: Uint8Array;
    try {
      signature = await inForce.sign(draft.statement);
    } catch (error) {
      return refuse(
        'UPSTREAM_DOWN',
        `the document-signing key: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
    const field = drawBack(sealDraft(draft, signature, key, entropy), sha256);
    if (field === undefined) return refuse('PAGE_LIMIT', `the back of sheet ${i + 1} has no room for its front`);
    done.push(backs.addBack(sheet, field));
  }
  return answer(done);
}

/** With the finest picture that fits. Undefined: none does. */
function draftOf(
  sheet: Uint8Array,
  number: number,
  fronts: readonly Uint8Array[],
  { profile, kindId, documentNumber, specimen, issuedAtMs }: ProvenOf,
  { certificate }: PaperSigner,
): BackDraft | undefined {
  const [page] = readPages(sheet);
  if (page === undefined) return undefined;
  const facts = {
    issuer: profile.code,
    issuerName: profile.name,
    kindId,
    documentNumber,
    issuedAt: isoJapan(issuedAtMs),
    sheet: number,
    sheets: fronts.length,
    specimen,
    fronts,
    words: page.words(),
  };
  let fits: BackDraft | undefined;
  for (const pictureDpi of pictureDpis) {
    const picture = codePicture(page.draw(pictureDpi).blackerThan(blackFrom, hairFrom));
    const draft = draftBack({ ...facts, picture, pictureDpi }, certificate);
    if (draft.messageBytes <= wantedBytes) return draft;
    if (draft.messageBytes <= messageMaxBytes) fits = draft;
  }
  return fits;
}
