/** What the center's log of issues is told of a copy: a digest that only whoever holds the paper can recompute. */
import type { DocumentNumber, Entropy } from '@dokodemo/domain';
import { paperDigest } from '@dokodemo/issue-log';
import { paperKeys, sha256 } from '@dokodemo/proof';
import { type LoggedPaper, sha256Hex } from '@dokodemo/protocol';

/** The check code, and SHA-256 of each front as whoever checks the copy finds it. */
export type CodedFronts = { readonly code: string; readonly fronts: readonly Uint8Array[] };

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

export function loggedPaper(number: DocumentNumber, { code, fronts }: CodedFronts): LoggedPaper {
  const { inquiry, logSalt } = paperKeys(code, number);
  return { number, digest: hex(paperDigest(logSalt, fronts)), inquiry: sha256Hex(inquiry) };
}

/** Without a check code nobody can ask for it or recompute its digest: it stands in the log all the same. */
export function loggedWithoutCode(
  number: DocumentNumber,
  sheets: readonly Uint8Array[],
  entropy: Entropy,
): LoggedPaper {
  const fronts = sheets.map((sheet) => sha256(sheet));
  return { number, digest: hex(paperDigest(entropy.bytes(32), fronts)) };
}
