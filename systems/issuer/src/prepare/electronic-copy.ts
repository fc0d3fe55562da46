/** A copy that is a file: all its sheets in one, signed with the municipality's document key (PAdES). */
import { type Answer, answer, isoJapan, refuse } from '@dokodemo/domain';
import { type CopyDraft, draftCopy, makeCheckCode, printedCheckCode, sha256, signDraft } from '@dokodemo/proof';
import { signerInForce, softwareSigner } from './paper-signer.ts';
import type { PaperProver, ProvenOf } from './prove-paper.ts';

/** `authority`: DER, of the one that certified the municipality's document-signing keys. */
export function electronicProver(authority: Uint8Array): PaperProver {
  return {
    begin(entropy) {
      const checkCode = makeCheckCode(entropy.bytes(15));
      return {
        front: { checkCode: printedCheckCode(checkCode), electronic: true },
        finish: (sheets, of) => signed(sheets, of, checkCode, authority),
        // The file is its only front, to the last byte.
        coded: (_drawn, files) => ({ code: checkCode, fronts: files.map((file) => sha256(file)) }),
      };
    },
  };
}

async function signed(
  sheets: readonly Uint8Array[],
  { profile, kindId, documentNumber, specimen, issuedAtMs }: ProvenOf,
  checkCode: string,
  authority: Uint8Array,
): Promise<Answer<readonly Uint8Array[]>> {
  const { signer, paperSigners = [softwareSigner(signer.key, signer.certificate)] } = profile;
  const inForce = signerInForce(paperSigners, issuedAtMs);
  if (inForce === undefined) return refuse('DEFECT', 'no document-signing certificate of paperSigners is in force');
  const facts = {
    issuer: profile.code,
    issuerName: profile.name,
    kindId,
    documentNumber,
    checkCode,
    issuedAt: isoJapan(issuedAtMs),
    sheets: sheets.length,
    specimen,
  };
  let draft: CopyDraft;
  try {
    draft = draftCopy(sheets, facts, { certificate: inForce.certificate, authority });
  } catch (error) {
    if (error instanceof RangeError) return refuse('DEFECT', error.message);
    throw error;
  }
  try {
    return answer([signDraft(draft, await inForce.sign(draft.statement))]);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return refuse('UPSTREAM_DOWN', `the document-signing key: ${detail}`);
  }
}
