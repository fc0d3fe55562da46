import assert from 'node:assert/strict';
import { randomBytes, sign } from 'node:crypto';
import { before, test } from 'node:test';
import { encode } from 'cborg';
import {
  type Authority,
  type CertifiedUse,
  certificateDer,
  certify,
  createAuthority,
  privateKeyOf,
} from './authority.ts';
import { sha256Hex } from './binding.ts';
import { hpkeSeal, x25519PrivateKey, x25519PublicBytes } from './hpke.ts';
import {
  type ChosenHere,
  canonicalAnswers,
  type DocumentBinding,
  type DocumentSigner,
  decodeBinding,
  type Expectation,
  encodeBinding,
  openDocument,
  openLabels,
  sealDocument,
  sealLabels,
} from './sealed-document.ts';

const now = Date.UTC(2026, 10, 23, 1, 0, 0);
const day = 86_400_000;
const kiosk = x25519PrivateKey(randomBytes(32));
const sheets = [Buffer.from('%PDF sheet one'), Buffer.from('%PDF sheet two')];

const binding: DocumentBinding = {
  sessionId: '019aaf00-0000-7000-8000-000000000001',
  visitId: '019aaf00-0000-7000-8000-000000000002',
  applicationId: '019aaf00-0000-7000-8000-000000000003',
  municipality: '482013',
  terminalId: 'DEMO-0001',
  holder: 'a'.repeat(64),
  kindId: 'residence',
  answers: canonicalAnswers({ scope: ['some'], members: ['m2', 'm1'], year: ['y2026'] }),
  copies: 2,
  feeYen: 400,
  documentNumbers: ['20261123-482013-0000001', '20261123-482013-0000002'],
  sheetDigests: sheets.map(sha256Hex),
  snapshot: 'b'.repeat(64),
  snapshotAt: '2026-11-23T10:00:00.000+09:00',
  preparedAt: '2026-11-23T10:00:00.000+09:00',
  expiresAt: '2026-11-23T10:05:00.000+09:00',
};

/** What the resident did at this kiosk; nobody asked for the year, it had one answer. */
const chosen: ChosenHere = {
  answers: { scope: ['some'], members: ['m1', 'm2'] },
  put: new Set(['scope', 'members']),
  confirmed: ['scope', 'members'],
};

let authority: Authority;
let expected: Expectation;
let signer: DocumentSigner;

async function signerFor(
  id: string,
  use: CertifiedUse = 'document-signing',
  by = authority,
  days = 1,
): Promise<DocumentSigner> {
  const certified = await certify(by, {
    use,
    id,
    notBefore: new Date(now - 2 * day),
    notAfter: new Date(now + days * day),
  });
  return { key: privateKeyOf(certified.key), certificate: certificateDer(certified.certificate) };
}

before(async () => {
  authority = await createAuthority('documents', new Date(now - 2 * day), new Date(now + 30 * day));
  signer = await signerFor('482013');
  const { sessionId, visitId, applicationId, terminalId, holder, municipality, kindId, copies, feeYen } = binding;
  expected = {
    sessionId,
    visitId,
    applicationId,
    terminalId,
    holder,
    municipality,
    kindId,
    copies,
    feeYen,
    chosen,
    nowMs: now,
    documentAuthority: certificateDer(authority.certificate),
  };
});

function sealedFor(changes: Partial<DocumentBinding> = {}, by = signer, to = x25519PublicBytes(kiosk)) {
  return sealDocument({ ...binding, ...changes }, sheets, to, by, randomBytes(32));
}

test('the kiosk that asked opens it and finds its sheets', () => {
  const opened = openDocument(kiosk, sealedFor(), expected);
  assert.ok(opened.ok);
  assert.deepEqual(
    opened.value.sheets.map((sheet) => Buffer.from(sheet).toString()),
    ['%PDF sheet one', '%PDF sheet two'],
  );
});

test('S1: a document of any other session, visit, application, holder, terminal, municipality, kind, fee or number of copies is refused', () => {
  const others: Partial<DocumentBinding>[] = [
    { sessionId: '019aaf00-0000-7000-8000-00000000000f' },
    { visitId: '019aaf00-0000-7000-8000-00000000000f' },
    { applicationId: '019aaf00-0000-7000-8000-00000000000f' },
    { terminalId: 'DEMO-0002' },
    { holder: 'c'.repeat(64) },
    { municipality: '483028' },
    { kindId: 'seal' },
    { copies: 1 },
    { feeYen: 300 },
  ];
  for (const other of others) {
    const opened = openDocument(kiosk, sealedFor(other), expected);
    assert.ok(!opened.ok, JSON.stringify(other));
    assert.equal(opened.failure.code, 'MISMATCH_STOP');
  }
});

test('S1: sealed to another kiosk’s key, it stays shut', () => {
  const opened = openDocument(
    kiosk,
    sealedFor({}, signer, x25519PublicBytes(x25519PrivateKey(randomBytes(32)))),
    expected,
  );
  assert.ok(!opened.ok && opened.failure.code === 'MISMATCH_STOP');
});

test('S1: associated data of one document with the seal of another stays shut', () => {
  const opened = openDocument(kiosk, { aad: sealedFor().aad, sealed: sealedFor({ feeYen: 1 }).sealed }, expected);
  assert.ok(!opened.ok && opened.failure.code === 'MISMATCH_STOP');
});

test('signed by another municipality, for another use, by a foreign authority or out of its time: refused', async () => {
  const foreign = await createAuthority('documents', new Date(now - 2 * day), new Date(now + 30 * day));
  for (const wrong of [
    await signerFor('483028'),
    await signerFor('482013', 'issuer'),
    await signerFor('482013', 'document-signing', foreign),
    await signerFor('482013', 'document-signing', authority, -1),
  ]) {
    const opened = openDocument(kiosk, sealedFor({}, wrong), expected);
    assert.ok(!opened.ok && opened.failure.code === 'MISMATCH_STOP');
  }
  // The right certificate with a signature of another key.
  const stranger = await signerFor('482013');
  const opened = openDocument(kiosk, sealedFor({}, { key: stranger.key, certificate: signer.certificate }), expected);
  assert.ok(!opened.ok && opened.failure.code === 'MISMATCH_STOP');
});

test('past its time it is refused as expired', () => {
  const opened = openDocument(kiosk, sealedFor(), { ...expected, nowMs: Date.parse(binding.expiresAt) });
  assert.ok(!opened.ok && opened.failure.code === 'DOCUMENT_EXPIRED');
});

test('an issuer cannot seal a sheet under the digest of another', () => {
  assert.throws(
    () => sealDocument(binding, [...sheets].reverse(), x25519PublicBytes(kiosk), signer, randomBytes(32)),
    RangeError,
  );
});

test('S1: sheets that an issuer has sealed by other means, of other digests or in other number, are refused', () => {
  const aad = encodeBinding(binding);
  const signature = new Uint8Array(sign('sha256', aad, signer.key));
  const seal = (bytes: readonly Uint8Array[]) =>
    hpkeSeal(
      x25519PublicBytes(kiosk),
      encode({ certificate: signer.certificate, sheets: bytes, signature }),
      randomBytes(32),
      { info: Buffer.from('dokodemo/document/v1'), aad },
    );
  assert.ok(openDocument(kiosk, { aad, sealed: seal(sheets) }, expected).ok, 'so far it is a document as any other');
  const others = [[...sheets].reverse(), sheets.slice(0, 1), [...sheets, Buffer.from('%PDF sheet three')]];
  for (const bytes of others) {
    const opened = openDocument(kiosk, { aad, sealed: seal(bytes) }, expected);
    assert.ok(!opened.ok && opened.failure.code === 'MISMATCH_STOP');
  }
});

test('the binding has one encoding only; unknown, missing or otherwise typed fields are no binding', () => {
  const bytes = encodeBinding(binding);
  assert.deepEqual(decodeBinding(bytes), binding);
  const { feeYen: _, ...without } = binding;
  for (const wrong of [
    { ...binding, extra: 1 },
    without,
    { ...binding, feeYen: '400' },
    { ...binding, sheetDigests: [] },
    7,
    null,
  ]) {
    assert.equal(decodeBinding(encode(wrong)), undefined);
  }
  assert.equal(decodeBinding(Buffer.from('not cbor')), undefined);
  assert.equal(decodeBinding(Buffer.concat([bytes, Buffer.of(0)])), undefined);
});

test('S1: a document of other answers than those given at this kiosk is refused', () => {
  const open = (answers: DocumentBinding['answers'], here: Partial<ChosenHere> = {}) => {
    const opened = openDocument(kiosk, sealedFor({ answers: canonicalAnswers(answers) }), {
      ...expected,
      chosen: { ...chosen, ...here },
    });
    return opened.ok ? 'opened' : opened.failure.code;
  };
  const given = { scope: ['some'], members: ['m1', 'm2'] };
  assert.equal(open(given), 'opened');
  // Another option, one more, one less, a question of the confirmed screen left out.
  assert.equal(open({ ...given, scope: ['all'] }), 'MISMATCH_STOP');
  assert.equal(open({ ...given, members: ['m1', 'm2', 'm3'] }), 'MISMATCH_STOP');
  assert.equal(open({ ...given, members: ['m1'] }), 'MISMATCH_STOP');
  assert.equal(open({ scope: ['some'] }), 'MISMATCH_STOP');
  assert.equal(open({}), 'MISMATCH_STOP');
  // What was never asked may be answered for the resident; what was asked and not answered may not.
  assert.equal(open({ ...given, year: ['y2026'] }), 'opened');
  assert.equal(open({ ...given, year: ['y2026'] }, { put: new Set(['scope', 'members', 'year']) }), 'MISMATCH_STOP');
  // The members chosen before the resident changed to everybody have lost their ground, and are missed by nobody.
  const changed = { answers: { scope: ['all'], members: ['m1'] }, confirmed: ['scope'] };
  assert.equal(open({ scope: ['all'] }, changed), 'opened');
  assert.equal(open({ scope: ['all'], members: ['m2'] }, changed), 'MISMATCH_STOP');
});

test('answers have one form whatever their order, and any other form is no binding', () => {
  const one = encodeBinding({ ...binding, answers: canonicalAnswers({ a: ['x', 'y'], b: [] }) });
  const other = encodeBinding({ ...binding, answers: canonicalAnswers({ b: [], a: ['y', 'x', 'y'] }) });
  assert.deepEqual(one, other);
  for (const answers of [{ a: ['y', 'x'] }, { a: ['x', 'x'] }, { a: 'x' }, { a: [1] }, ['x'], 'x']) {
    assert.equal(decodeBinding(encode({ ...binding, answers })), undefined, JSON.stringify(answers));
  }
});

test('personal labels open with the session’s key and visit only', () => {
  const sealed = sealLabels(['見本 太郎', '見本 花子'], x25519PublicBytes(kiosk), binding.visitId, randomBytes(32));
  assert.deepEqual(openLabels(kiosk, sealed, binding.visitId), ['見本 太郎', '見本 花子']);
  assert.equal(openLabels(kiosk, sealed, 'another visit'), undefined);
  assert.equal(openLabels(x25519PrivateKey(randomBytes(32)), sealed, binding.visitId), undefined);
  assert.ok(!Buffer.from(sealed).includes(Buffer.from('見本')));
});
