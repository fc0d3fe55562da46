/**
 * Is this file an electronic copy as it was signed? What is known of attacks on signed PDFs (universal forgery,
 * incremental saving, wrapping, shadow, evil annotation, sneaky signature: pdf-insecurity.org) needs a reader that makes
 * sense of odd files. This one makes no sense of any: a file is as the house writes it, to the last byte, or is refused.
 * Work and memory grow with the file's length alone, which has a bound. Runs in browsers too.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { textOf } from '../files/byte-text.ts';
import { certifies, derOfPem, isSame, readCertificate } from '../seal/certificate.ts';
import { type SignerVerdict, type TrustBundle, trustSigner } from '../seal/trust.ts';
import { type CmsParts, readCms, signatureHolds, statementOf } from './cms.ts';
import { type CopyFacts, copyMaxBytes, decodeCopyFacts, pdfTime } from './copy-facts.ts';
import { readCopyForm } from './copy-form.ts';
import { type HouseFile, joinBytes, readHouseFile, writeHouseFile } from './house-file.ts';
import { contentsDigits, rangeOf, signatureValue } from './signature-value.ts';

/** Why a file that says it is an electronic copy is not believed. */
export type SignedPdfFault =
  /** More bytes than any electronic copy has. */
  | 'too-large'
  /** Something was written behind what was signed. */
  | 'appended'
  | 'several-signatures'
  /** Not as the house writes electronic copies. */
  | 'other-form'
  /** The signature does not cover exactly the whole file. */
  | 'range'
  /** What it says to machines does not fit together. */
  | 'facts'
  /** The signature's message is not as the house writes it. */
  | 'message'
  /** The file is not what was signed. */
  | 'digest'
  | 'signature';

export type DoubtedSigner = Extract<SignerVerdict, { trusted: false }>['why'];

export type SignedPdf =
  /** Nothing in it says that it is an electronic copy; who else may have signed it is not looked at. */
  | { readonly kind: 'none' }
  /** `detail`: for the one who looks into it. */
  | { readonly kind: 'refused'; readonly code: SignedPdfFault; readonly detail?: string }
  /** Signed as it is, by somebody who may not sign for this municipality. */
  | { readonly kind: 'not-vouched'; readonly code: DoubtedSigner; readonly facts: CopyFacts }
  | { readonly kind: 'signed'; readonly facts: CopyFacts; readonly serial: string };

const refused = (code: SignedPdfFault, detail?: string): SignedPdf => ({
  kind: 'refused',
  code,
  ...(detail === undefined ? {} : { detail }),
});

function count(text: string, word: string): number {
  let found = 0;
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) found++;
  return found;
}

const claim = new TextEncoder().encode('DokodemoCopy');

/** The name stands in every copy twice, in plain bytes. */
function claims(bytes: Uint8Array): boolean {
  for (let at = bytes.indexOf(claim[0] as number); at >= 0; at = bytes.indexOf(claim[0] as number, at + 1)) {
    if (claim.every((byte, i) => bytes[at + i] === byte)) return true;
  }
  return false;
}

/** A file that is not of the house's form: what has most likely been done to it. */
function misformed(text: string): SignedPdf {
  if (count(text, '/ByteRange') > 1) return refused('several-signatures');
  if (count(text, 'startxref') > 1 || !text.endsWith('%%EOF\n')) return refused('appended');
  return refused('other-form', 'objects, table or trailer are not as the house writes them');
}

/** The signature's message and what it should have signed. */
type Found = { readonly message: Uint8Array; readonly digest: Uint8Array; readonly facts: CopyFacts };

const valuePattern = /\/M\((D:\d{14}\+09'00')\).*\/Contents<([0-9a-f]+)>>>$/;

function find(bytes: Uint8Array, file: HouseFile): Found | SignedPdf {
  const form = readCopyForm(file);
  if (typeof form === 'string') return refused('other-form', form);
  const told = file.objects[form.facts - 1]?.stream;
  const facts = told === undefined ? undefined : decodeCopyFacts(told);
  if (facts === undefined || facts.sheets !== form.pages) return refused('facts');
  const value = file.objects[form.signature - 1]?.value ?? '';
  const [, time, contents] = valuePattern.exec(value) ?? [];
  if (time !== pdfTime(facts.issuedAt)) return refused('facts', 'the signature says another time');
  if (contents?.length !== contentsDigits) return refused('message', 'the signature has another length');
  const offset = writeHouseFile(file).offsets[form.signature - 1] ?? 0;
  const range = rangeOf(offset, form.signature, time, bytes.length);
  if (value !== signatureValue(time, range, contents)) return refused('range');
  const length = Number.parseInt(contents.slice(4, 8), 16) + 4;
  const message = Uint8Array.from({ length: Math.min(length, contentsDigits / 2) }, (_, i) =>
    Number.parseInt(contents.slice(2 * i, 2 * i + 2), 16),
  );
  if (!contents.startsWith('3082') || /[^0]/.test(contents.slice(2 * message.length)))
    return refused('message', 'there is something behind the signature');
  return { message, facts, digest: sha256(joinBytes([bytes.subarray(0, range.before), bytes.subarray(range.from)])) };
}

export function checkSignedPdf(bytes: Uint8Array, trust: TrustBundle): SignedPdf {
  if (!claims(bytes)) return { kind: 'none' };
  if (bytes.length > copyMaxBytes) return refused('too-large');
  const file = readHouseFile(bytes);
  if (file === undefined) return misformed(textOf(bytes));
  const found = find(bytes, file);
  if ('kind' in found) return found;
  const { message, digest, facts } = found;
  const cms = readCms(message, digest);
  if (cms === 'other-form') return refused('message');
  if (cms === 'other-digest') return refused('digest');
  const signerKey = readCertificate(cms.certificate)?.publicKey;
  const { curve, point } = signerKey ?? {};
  if (curve !== 'P-256' || point === undefined) return refused('signature', 'the signer’s key is of another kind');
  if (!signatureHolds(cms.signature, statementOf(cms.certificate, digest), point)) return refused('signature');
  const signer = signerOf(cms, facts, trust);
  return signer.trusted
    ? { kind: 'signed', facts, serial: signer.serial }
    : { kind: 'not-vouched', code: signer.why, facts };
}

/** The authority's certificate that came along is one of the bundle's, to the last byte, and has certified this signer. */
function signerOf({ certificate, authority }: CmsParts, facts: CopyFacts, trust: TrustBundle): SignerVerdict {
  const verdict = trustSigner(certificate, facts, trust);
  const isKnown = trust.authorities.some((pem) => isSame(derOfPem(pem) ?? new Uint8Array(0), authority));
  const [by, of] = [readCertificate(authority), readCertificate(certificate)];
  const hasCertified = isKnown && by !== undefined && of !== undefined && certifies(by, of);
  return verdict.trusted && !hasCertified ? { trusted: false, why: 'unknown-authority' } : verdict;
}
