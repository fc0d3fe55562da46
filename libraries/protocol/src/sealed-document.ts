/**
 * The sealed document: what an issuer makes at PREPARE and only one kiosk, in one session, can open and check.
 * Sealing and opening stand in one file because they are one promise (S1): every field that the issuer binds is a
 * field that the kiosk compares.
 */
import { type KeyObject, sign, verify, X509Certificate } from 'node:crypto';
import { type Answer, answer, refuse } from '@dokodemo/domain';
import { decode, encode } from 'cborg';
import { sha256Hex } from './binding.ts';
import { hpkeOpen, hpkeSeal } from './hpke.ts';
import type { Answers } from './menu.ts';

/** Everything the paper is bound to. Travels in the open as the associated data of the seal: no personal data. */
export type DocumentBinding = {
  readonly sessionId: string;
  readonly visitId: string;
  readonly applicationId: string;
  readonly municipality: string;
  readonly terminalId: string;
  /** `holderDigest` of the certificate whose card signed this visit's challenge. */
  readonly holder: string;
  readonly kindId: string;
  /** `canonicalAnswers` of what the resident chose: ids only, which say nothing without the issuer's menu. */
  readonly answers: Answers;
  readonly copies: number;
  readonly feeYen: number;
  readonly documentNumbers: readonly string[];
  /** SHA-256 of each sheet's bytes, copy after copy. */
  readonly sheetDigests: readonly string[];
  /** SHA-256 of the register snapshot that was rendered, and when it was read. */
  readonly snapshot: string;
  readonly snapshotAt: string;
  readonly preparedAt: string;
  readonly expiresAt: string;
};

const info = Buffer.from('dokodemo/document/v1');
const labelsInfo = Buffer.from('dokodemo/labels/v1');

/** Canonical CBOR (RFC 8949 §4.2.1): kiosk and auditor compute the same bytes. */
export function encodeBinding(binding: DocumentBinding): Uint8Array {
  return encode(binding);
}

const textFields = [
  'sessionId', 'visitId', 'applicationId', 'municipality', 'terminalId', 'holder', 'kindId', 'snapshot', 'snapshotAt',
  'preparedAt', 'expiresAt',
] as const; // biome-ignore format: one list
const allFields = [...textFields, 'answers', 'copies', 'feeYen', 'documentNumbers', 'sheetDigests'].sort();

/** In one form only: questions by their ids (canonical CBOR sorts them), each with its options in order, none twice. */
export function canonicalAnswers(answers: Answers): Answers {
  return Object.fromEntries(
    Object.keys(answers)
      .sort()
      .map((question) => [question, [...new Set(answers[question])].sort()]),
  );
}

const maxQuestions = 20;
const maxOptions = 50;

function isAnswers(value: unknown): value is Answers {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const given = Object.values(value);
  return (
    given.length <= maxQuestions &&
    given.every(
      (options) =>
        Array.isArray(options) &&
        options.length <= maxOptions &&
        options.every((option, i) => typeof option === 'string' && (i === 0 || options[i - 1] < option)),
    )
  );
}

function isTextList(value: unknown): value is string[] {
  return (
    Array.isArray(value) && value.length > 0 && value.length <= 400 && value.every((item) => typeof item === 'string')
  );
}

/** The binding in canonical bytes, or undefined: unknown or missing fields, other types, or another encoding of the
 *  same values. */
export function decodeBinding(aad: Uint8Array): DocumentBinding | undefined {
  let value: unknown;
  try {
    value = decode(aad, { strict: true, rejectDuplicateMapKeys: true });
  } catch {
    return undefined; // not CBOR at all: said by the caller as MISMATCH_STOP
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const fields = value as Record<string, unknown>;
  if (Object.keys(fields).sort().join() !== allFields.join()) return undefined;
  if (!textFields.every((name) => typeof fields[name] === 'string')) return undefined;
  const { answers, copies, feeYen, documentNumbers, sheetDigests } = fields;
  if (!isAnswers(answers)) return undefined;
  if (!Number.isSafeInteger(copies) || !Number.isSafeInteger(feeYen)) return undefined;
  if (!isTextList(documentNumbers) || !isTextList(sheetDigests)) return undefined;
  const binding = fields as unknown as DocumentBinding;
  return Buffer.compare(encodeBinding(binding), aad) === 0 ? binding : undefined;
}

export type DocumentSigner = {
  /** EC P-256 key of the municipality's document-signing certificate. */
  readonly key: KeyObject;
  /** DER. */
  readonly certificate: Uint8Array;
};

export type SealedDocument = { readonly aad: Uint8Array; readonly sealed: Uint8Array };

/** Signs the binding, seals sheets and signature to the kiosk's key. `ephemeral`: 32 fresh random bytes. */
export function sealDocument(
  binding: DocumentBinding,
  sheets: readonly Uint8Array[],
  kioskKey: Uint8Array,
  signer: DocumentSigner,
  ephemeral: Uint8Array,
): SealedDocument {
  if (sheets.length !== binding.sheetDigests.length) throw new RangeError('one digest for each sheet');
  sheets.forEach((sheet, i) => {
    if (sha256Hex(sheet) !== binding.sheetDigests[i])
      throw new RangeError(`sheet ${i + 1} is not the sheet of its digest`);
  });
  const aad = encodeBinding(binding);
  const signature = sign('sha256', aad, signer.key);
  const plaintext = encode({ certificate: signer.certificate, sheets, signature: new Uint8Array(signature) });
  return { aad, sealed: hpkeSeal(kioskKey, plaintext, ephemeral, { info, aad }) };
}

/** What the resident chose at this kiosk, as the kiosk itself has seen it. */
export type ChosenHere = {
  /** The last answer to every question that was put since the kind was chosen. A question that lost its ground when
   *  another was changed may be among them. */
  readonly answers: Answers;
  /** Every question that was put, answered or not. */
  readonly put: ReadonlySet<string>;
  /** Questions that stood, with a way back to them, on the screen that was confirmed: their answers count. */
  readonly confirmed: readonly string[];
};

/** What the kiosk itself knows of the document it asked for. Only ids of visit and application, and the municipality of a
 *  resident who was not asked for one, are the center's words: they are held against those it said before the PIN. */
export type Expectation = Pick<
  DocumentBinding,
  'sessionId' | 'visitId' | 'applicationId' | 'terminalId' | 'holder' | 'municipality' | 'kindId' | 'copies' | 'feeYen'
> & {
  readonly chosen: ChosenHere;
  readonly nowMs: number;
  /** The center's authority, which certifies the municipalities' document-signing keys (DER). */
  readonly documentAuthority: Uint8Array;
};

const compared = [
  'sessionId', 'visitId', 'applicationId', 'terminalId', 'holder', 'municipality', 'kindId', 'copies', 'feeYen',
] as const; // biome-ignore format: one list

/**
 * Is the document of what was chosen here? Each answer to a question that was put is the one that was given; every
 * question that was confirmed is answered; and what else is answered (a question with one option left is not put) is
 * something the resident was never asked. Answers which question differs, undefined: none.
 */
export function otherAnswer(bound: Answers, chosen: ChosenHere): string | undefined {
  const given = canonicalAnswers(chosen.answers);
  for (const question of chosen.confirmed) if (bound[question] === undefined) return question;
  return Object.keys(bound).find((question) => {
    const answer = given[question];
    if (answer === undefined) return chosen.put.has(question);
    return answer.join() !== bound[question]?.join();
  });
}

export type OpenedDocument = { readonly binding: DocumentBinding; readonly sheets: readonly Uint8Array[] };

/** Opens and checks everything: seal, binding against expectation, issuer's certificate and signature, each sheet's
 *  digest, time. Anything wrong is MISMATCH_STOP (with what), a late one DOCUMENT_EXPIRED. */
export function openDocument(
  kioskPrivateKey: KeyObject,
  document: SealedDocument,
  expected: Expectation,
): Answer<OpenedDocument> {
  const binding = decodeBinding(document.aad);
  if (binding === undefined) return refuse('MISMATCH_STOP', 'the associated data is not a binding');
  const plaintext = hpkeOpen(kioskPrivateKey, document.sealed, { info, aad: document.aad });
  if (plaintext === undefined) return refuse('MISMATCH_STOP', 'the seal does not open with this session’s key');
  for (const name of compared) {
    if (binding[name] !== expected[name]) return refuse('MISMATCH_STOP', `the document is bound to another ${name}`);
  }
  const other = otherAnswer(binding.answers, expected.chosen);
  if (other !== undefined) return refuse('MISMATCH_STOP', `the document is bound to another answer to ${other}`);
  if (binding.documentNumbers.length !== binding.copies) return refuse('MISMATCH_STOP', 'not one number for each copy');
  if (Date.parse(binding.expiresAt) <= expected.nowMs) return refuse('DOCUMENT_EXPIRED');
  const content = decodeContent(plaintext);
  plaintext.fill(0); // the sheets are copies: their opener can wipe them, and nothing else holds what they say
  if (content === undefined) return refuse('MISMATCH_STOP', 'the sealed content has another shape');
  const signed = signatureHolds(document.aad, content, binding.municipality, expected);
  if (!signed.ok) return signed;
  if (content.sheets.length !== binding.sheetDigests.length) return refuse('MISMATCH_STOP', 'another number of sheets');
  for (const [i, sheet] of content.sheets.entries()) {
    if (sha256Hex(sheet) !== binding.sheetDigests[i])
      return refuse('MISMATCH_STOP', `sheet ${i + 1} has another digest`);
  }
  return answer({ binding, sheets: content.sheets });
}

type Content = { certificate: Uint8Array; sheets: Uint8Array[]; signature: Uint8Array };

function decodeContent(plaintext: Uint8Array): Content | undefined {
  try {
    const value = decode(plaintext) as Partial<Content>;
    const { certificate, sheets, signature } = value;
    if (!(certificate instanceof Uint8Array) || !(signature instanceof Uint8Array)) return undefined;
    if (!Array.isArray(sheets) || !sheets.every((sheet) => sheet instanceof Uint8Array)) return undefined;
    return {
      certificate: Uint8Array.from(certificate),
      sheets: sheets.map((sheet) => Uint8Array.from(sheet)),
      signature: Uint8Array.from(signature),
    };
  } catch {
    return undefined; // said by the caller as MISMATCH_STOP
  }
}

function signatureHolds(aad: Uint8Array, content: Content, municipality: string, expected: Expectation): Answer<true> {
  let certificate: X509Certificate;
  let authority: X509Certificate;
  try {
    certificate = new X509Certificate(content.certificate);
    authority = new X509Certificate(expected.documentAuthority);
  } catch (error) {
    return refuse('MISMATCH_STOP', `the document-signing certificate cannot be read: ${String(error)}`);
  }
  if (!certificate.checkIssued(authority) || !certificate.verify(authority.publicKey)) {
    return refuse('MISMATCH_STOP', 'the document-signing certificate is not the authority’s');
  }
  if (expected.nowMs < certificate.validFromDate.getTime() || expected.nowMs > certificate.validToDate.getTime()) {
    return refuse('MISMATCH_STOP', 'the document-signing certificate is not in force');
  }
  // The subject names whose key it is: a municipality may sign its own documents and nobody else's.
  if (
    !certificate.subject.split('\n').includes(`OU=document-signing`) ||
    !certificate.subject.split('\n').includes(`CN=${municipality}`)
  ) {
    return refuse('MISMATCH_STOP', 'the document was signed by another municipality');
  }
  return verify('sha256', aad, certificate.publicKey, content.signature)
    ? answer(true)
    : refuse('MISMATCH_STOP', 'the issuer’s signature does not hold');
}

/** The dictionary of personal labels, sealed to the session's kiosk: the center carries it and cannot read it. */
export function sealLabels(
  labels: readonly string[],
  kioskKey: Uint8Array,
  visitId: string,
  ephemeral: Uint8Array,
): Uint8Array {
  return hpkeSeal(kioskKey, encode([...labels]), ephemeral, { info: labelsInfo, aad: Buffer.from(visitId) });
}

export function openLabels(
  kioskPrivateKey: KeyObject,
  sealed: Uint8Array,
  visitId: string,
): readonly string[] | undefined {
  const plaintext = hpkeOpen(kioskPrivateKey, sealed, { info: labelsInfo, aad: Buffer.from(visitId) });
  if (plaintext === undefined) return undefined;
  let value: unknown;
  try {
    value = decode(plaintext);
  } catch {
    return undefined; // whoever knows the kiosk's key can seal anything to it
  }
  return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : undefined;
}
