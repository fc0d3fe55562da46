/**
 * An electronic copy: all sheets of one copy in one file of one revision, with a signature of the form PAdES B-B over
 * everything but the signature itself. Whoever holds the key need not be here: a draft says what is to be signed.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesOf } from '../files/byte-text.ts';
import { signatureDer, statementOf, writeCms } from './cms.ts';
import { type CopyFacts, copyMaxBytes, decodeCopyFacts, encodeCopyFacts, pdfTime } from './copy-facts.ts';
import { readCopyForm } from './copy-form.ts';
import { joinBytes, readHouseFile, writeHouseFile } from './house-file.ts';
import { joinSheets } from './join-sheets.ts';
import { contentsDigits, type Range, rangeOf, signatureValue } from './signature-value.ts';

export type CopyDraft = {
  /** What the key signs: ECDSA on P-256 with SHA-256. */
  readonly statement: Uint8Array;
  readonly file: Uint8Array;
  readonly range: Range;
  readonly digest: Uint8Array;
  readonly certificate: Uint8Array;
  readonly authority: Uint8Array;
};

export type CopyCertificates = {
  /** DER, of the municipality's document-signing key. */
  readonly certificate: Uint8Array;
  /** DER, of the authority that certified it. */
  readonly authority: Uint8Array;
};

/** `sheets`: as the house draws them, without backs. Throws RangeError when they are not of that form. */
export function draftCopy(
  sheets: readonly Uint8Array[],
  facts: CopyFacts,
  { certificate, authority }: CopyCertificates,
): CopyDraft {
  const time = pdfTime(facts.issuedAt);
  const empty = '0'.repeat(contentsDigits);
  const file = joinSheets(sheets, facts, signatureValue(time, { before: 0, from: 0, after: 0 }, empty));
  const form = readCopyForm(file);
  if (typeof form === 'string') throw new RangeError(`sheets of another form: ${form}`);
  const unsigned = writeHouseFile(file);
  const range = rangeOf(unsigned.offsets.at(-1) ?? 0, file.objects.length, time, unsigned.bytes.length);
  const value = signatureValue(time, range, empty);
  const { bytes } = writeHouseFile({ ...file, objects: [...file.objects.slice(0, -1), { value }] });
  // What verifiers would refuse is not issued.
  if (bytes.length > copyMaxBytes || readHouseFile(bytes) === undefined)
    throw new RangeError('more than a copy may be');
  if (decodeCopyFacts(encodeCopyFacts(facts)) === undefined || facts.sheets !== form.pages)
    throw new RangeError('facts that nobody would believe');
  const digest = sha256(joinBytes([bytes.subarray(0, range.before), bytes.subarray(range.from)]));
  return { statement: statementOf(certificate, digest), file: bytes, range, digest, certificate, authority };
}

/** `signature`: of the draft's statement, 64 bytes (IEEE P1363). */
export function signDraft(
  { file, range, digest, certificate, authority }: CopyDraft,
  signature: Uint8Array,
): Uint8Array {
  const cms = writeCms({ certificate, authority, digest, signature: signatureDer(signature) });
  if (cms.length * 2 > contentsDigits) throw new RangeError(`a signature of ${cms.length} bytes has no room`);
  const signed = file.slice();
  const hex = Array.from(cms, (byte) => byte.toString(16).padStart(2, '0')).join('');
  signed.set(bytesOf(hex), range.before + 1);
  return signed;
}
