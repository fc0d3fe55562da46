/**
 * What makes a copy's paper checkable by anybody: on the fronts a check code and a background that shows copies, on each
 * back what its front says, signed with the municipality's document key. It is made from the very bytes that are
 * printed.
 */
import { type BackMaker, type FrontProof, readPages } from '@dokodemo/documents';
import { type Answer, answer, type DocumentNumber, type Entropy, isoJapan, refuse } from '@dokodemo/domain';
import {
  type BackKey,
  type BitImage,
  drawBack,
  drawGround,
  drawMark,
  headerBytes,
  makeBackKey,
  makeCheckCode,
  markPlace,
  messageMaxBytes,
  packed,
  printedCheckCode,
  sealBack,
  sha256,
  tileBytes,
} from '@dokodemo/proof';
import type { MunicipalityProfile } from '../municipality.ts';

export type ProvenOf = {
  readonly profile: MunicipalityProfile;
  readonly kindId: string;
  readonly documentNumber: DocumentNumber;
  readonly specimen: boolean;
  readonly issuedAtMs: number;
};

export type PaperProver = {
  /** For one copy: a code of its own. */
  begin(entropy: Entropy): {
    readonly front: FrontProof;
    /** The copy's sheets, each with its back. */
    finish(sheets: readonly Uint8Array[], of: ProvenOf): Answer<readonly Uint8Array[]>;
  };
};

/** Resolutions of the picture on the back: the finest that leaves seven of twelve codes as parity, else the coarsest
 *  that fits at all. 150 dpi is where thin strokes can be read. */
const pictureDpis = [150, 120, 100] as const;
const wantedBytes = 5 * (tileBytes - headerBytes);
/** A pixel that is this black, of 255, is black: hair lines stay whole. */
const blackFrom = 96;

export function paperProver(backs: BackMaker): PaperProver {
  // Made once, when the first paper needs it.
  let ground: BitImage | undefined;
  return {
    begin(entropy) {
      const code = makeCheckCode(entropy.bytes(15));
      const key = makeBackKey(code, entropy);
      ground ??= drawGround();
      const { leftMm, topMm, sideMm } = markPlace;
      const mark = { image: drawMark(code), leftMm, topMm, sideMm };
      return {
        front: { checkCode: printedCheckCode(code), mark, ground },
        finish: (sheets, of) => withBacks(backs, sheets, of, key, entropy),
      };
    },
  };
}

function withBacks(
  backs: BackMaker,
  sheets: readonly Uint8Array[],
  of: ProvenOf,
  key: BackKey,
  entropy: Entropy,
): Answer<readonly Uint8Array[]> {
  const fronts = sheets.map((sheet) => sha256(sheet));
  const done: Uint8Array[] = [];
  for (const [i, sheet] of sheets.entries()) {
    const message = messageOf(sheet, i + 1, fronts, of, key, entropy);
    const field = message === undefined ? undefined : drawBack(message, sha256);
    if (field === undefined) return refuse('PAGE_LIMIT', `the back of sheet ${i + 1} has no room for its front`);
    done.push(backs.addBack(sheet, field));
  }
  return answer(done);
}

function messageOf(
  sheet: Uint8Array,
  number: number,
  fronts: readonly Uint8Array[],
  { profile, kindId, documentNumber, specimen, issuedAtMs }: ProvenOf,
  key: BackKey,
  entropy: Entropy,
): Uint8Array | undefined {
  const [page] = readPages(sheet);
  if (page === undefined) return undefined;
  let fits: Uint8Array | undefined;
  for (const pictureDpi of pictureDpis) {
    const { width, height, ink } = page.draw(pictureDpi);
    const picture = packed(
      width,
      height,
      ink.map((it) => (it >= blackFrom ? 1 : 0)),
    );
    const message = sealBack(
      {
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
        picture,
        pictureDpi,
      },
      profile.signer,
      key,
      entropy,
    );
    if (message.length <= wantedBytes) return message;
    if (message.length <= messageMaxBytes) fits = message;
  }
  return fits;
}
