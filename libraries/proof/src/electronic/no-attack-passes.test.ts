/** What is known of attacks on signed PDFs, and chance: nothing but what was signed is believed, and nothing crashes. */
import assert from 'node:assert/strict';
import { createHash, sign } from 'node:crypto';
import { before, describe, test } from 'node:test';
import { p256 } from '@noble/curves/nist.js';
import { bytesOf, textOf } from '../files/byte-text.ts';
import type { BackSigner } from '../seal/seal-back.ts';
import { attacked, attacks } from '../testing/attacks.ts';
import { type TestAuthority, testAuthority } from '../testing/authority.ts';
import { type Chance, chanceOf } from '../testing/chance.ts';
import { copyFactsOf, openEngine, sheetsOf, signedCopy } from '../testing/electronic-copies.ts';
import { checkSignedPdf } from './check-signed-pdf.ts';
import { writeCms } from './cms.ts';
import { copyMaxBytes } from './copy-facts.ts';
import { joinBytes } from './house-file.ts';
import { draftCopy } from './sign-pdf.ts';
import { verifyCopy } from './verify-copy.ts';

let authority: TestAuthority;
let signer: BackSigner;
let sheets: readonly Uint8Array[];
let copy: Uint8Array;
let other: Uint8Array;
before(async () => {
  authority = await testAuthority();
  signer = await authority.signerOf('482013');
  const all = sheetsOf('residence', openEngine());
  sheets = all[0] ?? [];
  copy = signedCopy(sheets, copyFactsOf(sheets.length), signer, authority.pem);
  const facts = copyFactsOf(all[1]?.length ?? 0, { documentNumber: '20261123-482013-0000043' });
  other = signedCopy(all[1] ?? [], facts, signer, authority.pem);
});

const said = (pdf: Uint8Array) => {
  const found = checkSignedPdf(pdf, authority.trust);
  return found.kind === 'refused' || found.kind === 'not-vouched' ? found.code : found.kind;
};

describe('published attacks', () => {
  test('what is attacked holds without an attack', () => assert.equal(said(attacked('none', copy)), 'signed'));
  for (const name of Object.keys(attacks)) {
    test(`${name}: refused`, () => {
      const forged = attacked(name, copy);
      assert.notEqual(textOf(forged), textOf(copy));
      assert.equal(checkSignedPdf(forged, authority.trust).kind, 'refused');
    });
  }

  test('each is refused for what it is, where that can be told', () => {
    const reasons = Object.fromEntries(Object.keys(attacks).map((name) => [name, said(attacked(name, copy))]));
    assert.equal(reasons['incremental saving: another page content'], 'appended');
    assert.equal(reasons['shadow, hide: an overlay taken away by an update'], 'appended');
    assert.equal(reasons['certification: an evil annotation'], 'appended');
    assert.equal(reasons['certification: a sneaky signature'], 'several-signatures');
    assert.equal(reasons['an object that nothing uses'], 'other-form');
    assert.equal(reasons['a script when it is opened'], 'other-form');
    assert.equal(reasons['the document number changed'], 'digest');
  });
});

describe('messages', () => {
  const draft = () => {
    const certificates = { certificate: signer.certificate, authority: authorityDer() };
    return draftCopy(sheets, copyFactsOf(sheets.length), certificates);
  };
  const authorityDer = () => Buffer.from(authority.pem.replaceAll(/-----[A-Z ]+-----|\s/g, ''), 'base64');
  const put = (file: Uint8Array, before: number, message: Uint8Array) => {
    const forged = file.slice();
    forged.set(bytesOf(Buffer.from(message).toString('hex')), before + 1);
    return forged;
  };

  test('with the other of two numbers that both fit the signature: refused, so that a file has one form', () => {
    const { statement, file, range, ...parts } = draft();
    const der = sign('sha256', statement, { key: signer.key, dsaEncoding: 'ieee-p1363' });
    const { r, s } = p256.Signature.fromBytes(new Uint8Array(der), 'compact');
    const order = p256.Point.Fn.ORDER;
    const [low, high] = [s, order - s]
      .sort((a, b) => (a < b ? -1 : 1))
      .map((it) => new p256.Signature(r, it).toBytes('der'));
    assert.equal(said(put(file, range.before, writeCms({ ...parts, signature: low as Uint8Array }))), 'signed');
    assert.equal(said(put(file, range.before, writeCms({ ...parts, signature: high as Uint8Array }))), 'signature');
  });

  test('with SHA-1, SHA-512 or an algorithm that nobody knows: refused', () => {
    const text = textOf(copy);
    const sha256 = '0609608648016503040201';
    assert.ok(text.includes(sha256));
    for (const oid of ['0609608648016503040203', '0609608648016503040299', '06052b0e03021a00000000']) {
      assert.equal(said(bytesOf(text.replaceAll(sha256, oid))), 'message');
      assert.equal(said(bytesOf(text.replace(sha256, oid))), 'message');
    }
  });

  test('signed over another file’s digest, or with another’s message: refused', () => {
    const contents = /\/Contents<([0-9a-f]+)>/;
    const foreign = contents.exec(textOf(other))?.[0] ?? '';
    assert.equal(said(bytesOf(textOf(copy).replace(contents, foreign))), 'digest');
  });

  test('without the attributes, signed over the bytes themselves: refused', () => {
    const { file, range, digest, certificate, authority: by } = draft();
    const content = joinBytes([file.subarray(0, range.before), file.subarray(range.from)]);
    assert.deepEqual(Buffer.from(digest), createHash('sha256').update(content).digest());
    const der = sign('sha256', content, { key: signer.key, dsaEncoding: 'der' });
    const message = writeCms({ certificate, authority: by, digest, signature: new Uint8Array(der) });
    assert.equal(said(put(file, range.before, message)), 'signature');
  });
});

describe('signers', () => {
  const verdictOf = async (by: BackSigner, pem = authority.pem) => {
    const pdf = signedCopy(sheets, copyFactsOf(sheets.length), by, pem);
    const verdict = await verifyCopy(pdf, { trust: authority.trust });
    assert.equal(verdict?.integrity.code, 'not-vouched-for');
    assert.equal(verdict?.issuer.answer, 'false');
    return verdict?.issuer.code;
  };

  test('of another municipality, another use, out of time, or of an authority that nobody knows: the issuer is false', async () => {
    const stranger = await testAuthority();
    assert.equal(await verdictOf(await authority.signerOf('482021')), 'other-municipality');
    assert.equal(await verdictOf(await authority.signerOf('482013', { use: 'kiosk' })), 'other-municipality');
    assert.equal(await verdictOf(await stranger.signerOf('482013'), stranger.pem), 'unknown-authority');
    assert.equal(await verdictOf(await stranger.signerOf('482013')), 'unknown-authority');
    assert.equal(await verdictOf(signer, stranger.pem), 'unknown-authority');
    const old = await authority.signerOf('482013', { notAfter: new Date('2026-11-22') });
    assert.equal(await verdictOf(old), 'signer-not-in-force');
  });

  test('taken back before that day: false; taken back later: it holds', () => {
    const since = (from: string) => ({ ...authority.trust, revoked: [{ serial: '4A01', from }] });
    const before = checkSignedPdf(copy, since('2026-11-22T00:00:00Z'));
    assert.equal(before.kind === 'not-vouched' && before.code, 'signer-revoked');
    assert.equal(checkSignedPdf(copy, since('2026-12-01T00:00:00Z')).kind, 'signed');
  });
});

test('what was signed: integrity and issuer hold, and it has no original', async () => {
  const verdict = await verifyCopy(copy, { trust: authority.trust });
  assert.deepEqual(
    [verdict?.integrity.code, verdict?.issuer.code, verdict?.status.code, verdict?.originality.code],
    ['byte-for-byte', 'signed-by', 'not-asked-offline', 'copy-has-no-original'],
  );
  assert.equal(verdict?.facts?.documentNumber, copyFactsOf(1).documentNumber);
  let asked: { documentNumber: string; code: string } | undefined;
  const ask = async (of: { documentNumber: string; code: string }) => {
    asked = of;
    return { answer: 'false', code: 'void' } as const;
  };
  assert.equal((await verifyCopy(copy, { trust: authority.trust, ask }))?.status.code, 'void');
  assert.deepEqual([asked?.documentNumber, asked?.code], [copyFactsOf(1).documentNumber, copyFactsOf(1).checkCode]);
  assert.equal(await verifyCopy(sheets[0] as Uint8Array, { trust: authority.trust }), undefined);
});

test('what nobody would believe is not signed', () => {
  const certificates = { certificate: signer.certificate, authority: new Uint8Array(0) };
  const tooMany = Array.from({ length: 101 }, () => sheets[0] as Uint8Array);
  assert.throws(() => draftCopy(tooMany, copyFactsOf(101), certificates), RangeError);
  assert.throws(() => draftCopy(sheets, copyFactsOf(7), certificates), RangeError);
  assert.throws(() => draftCopy(sheets, copyFactsOf(1, { issuer: '482021' }), certificates), RangeError);
  assert.throws(() => draftCopy([copy], copyFactsOf(1), certificates), RangeError);
});

test('more bytes than a copy can have are not looked at', () => {
  assert.equal(said(joinBytes([copy, new Uint8Array(copyMaxBytes)])), 'too-large');
});

const mutations: readonly ((chance: Chance) => Uint8Array)[] = [
  (chance) => {
    const changed = copy.slice();
    for (let i = chance.between(1, 6); i > 0; i--) {
      const at = Math.floor(chance.between(0, changed.length));
      changed[at] = (changed[at] as number) ^ Math.floor(chance.between(1, 256));
    }
    return changed;
  },
  (chance) => copy.subarray(0, Math.floor(chance.between(0, copy.length))),
  (chance) => joinBytes([copy, chance.bytes(Math.floor(chance.between(1, 400)))]),
  (chance) => joinBytes([copy, other.subarray(Math.floor(chance.between(0, other.length - 1)))]),
  (chance) => {
    const at = Math.floor(chance.between(1, Math.min(copy.length, other.length) - 1));
    return joinBytes([copy.subarray(0, at), other.subarray(at)]);
  },
  (chance) => {
    // An object of the other person's file in the place of one of this.
    const piecesOf = (pdf: Uint8Array) => textOf(pdf).split(/(?<=\nendobj\n)/);
    const [own, foreign] = [piecesOf(copy), piecesOf(other)];
    const at = Math.floor(chance.between(0, Math.min(own.length, foreign.length)));
    return bytesOf(own.with(at, `${foreign[Math.floor(chance.between(0, foreign.length))]}`).join(''));
  },
  (chance) => {
    const [from, to, length] = [chance.next(), chance.next(), chance.between(1, 5_000)];
    const start = Math.floor(from * copy.length);
    const piece = copy.slice(start, start + length);
    const changed = copy.slice();
    changed.set(piece.subarray(0, changed.length - Math.floor(to * copy.length)), Math.floor(to * copy.length));
    return changed;
  },
];

test('4,550 files made by chance from two people’s copies: none is believed, none is too much', () => {
  const chance = chanceOf(20261123);
  const isOriginal = (pdf: Uint8Array) => [copy, other].some((it) => Buffer.compare(it, pdf) === 0);
  let tried = 0;
  for (let i = 0; i < 650; i++) {
    for (const mutation of mutations) {
      const changed = mutation(chance);
      if (isOriginal(changed)) continue;
      const found = checkSignedPdf(changed, authority.trust);
      assert.notEqual(found.kind, 'signed', `${tried}`);
      tried++;
    }
  }
  assert.ok(tried > 4_450, `${tried}`);
});

test('single bytes of the message, of the facts and of the file’s ends count', () => {
  const text = textOf(copy);
  const places: number[] = [];
  const add = (from: number, length: number, step: number) => {
    for (let at = from; at < Math.min(from + length, copy.length); at += step) places.push(at);
  };
  add(text.indexOf('/Contents<3082') + 10, 8_192, 7);
  add(text.indexOf('{"format"'), 300, 1);
  add(text.lastIndexOf('trailer'), 1_000, 2);
  add(0, 1_200, 3);
  for (const at of places) {
    const changed = copy.slice();
    changed[at] = (changed[at] as number) ^ 1;
    // The authority's certificate is not signed by anybody here: it is compared with those of the bundle.
    const found = checkSignedPdf(changed, authority.trust);
    const isDoubted = found.kind === 'not-vouched' && found.code === 'unknown-authority';
    assert.ok(found.kind === 'refused' || isDoubted, `byte ${at}`);
  }
});
