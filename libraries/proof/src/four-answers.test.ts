/** What is said of a paper from pictures of it: true papers hold however they lie, and nothing forged does. */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { type BitImage, packed, unpacked } from './bit-image.ts';
import { openCodeReaderInNode as openCodeReader } from './files/in-node.ts';
import { cropped, type GrayImage } from './read/gray-image.ts';
import type { ReadCodes } from './read/read-codes.ts';
import type { BackSigner } from './seal/seal-back.ts';
import { type TestAuthority, testAuthority } from './testing/authority.ts';
import { type MadeSheet, makeFront, makeSheet } from './testing/paper.ts';
import { type Scan, scanned } from './testing/scan.ts';
import { type Verdict, verifyPages } from './verify.ts';

const perMm = 1_240 / 210;

/** The picture with a rectangle of it whitened, in millimetres. */
function without(picture: BitImage, leftMm: number, topMm: number, widthMm: number, heightMm: number): BitImage {
  const pixels = unpacked(picture);
  for (let y = Math.round(topMm * perMm); y < (topMm + heightMm) * perMm; y++) {
    const row = y * picture.width;
    pixels.fill(0, row + Math.round(leftMm * perMm), row + Math.round((leftMm + widthMm) * perMm));
  }
  return packed(picture.width, picture.height, pixels);
}

describe('a paper', () => {
  let authority: TestAuthority;
  let signer: BackSigner;
  let readCodes: ReadCodes;
  let sheet: MadeSheet;
  let other: MadeSheet;
  before(async () => {
    authority = await testAuthority();
    signer = await authority.signerOf('482013');
    readCodes = await openCodeReader();
    sheet = makeSheet(signer, 3);
    other = makeSheet(signer, 4, { documentNumber: '20261123-482013-0000043' });
  });

  const verdictOn = async (...pictures: readonly GrayImage[]): Promise<Verdict> => {
    const done = await verifyPages(pictures.map((picture) => ({ picture })), { trust: authority.trust, readCodes }); // biome-ignore format: one call
    assert.ok(done.readable, done.readable ? '' : done.code);
    assert.equal(done.sheets.length, 1);
    return done.sheets[0] as Verdict;
  };

  const ways: Readonly<Record<string, Scan>> = {
    'scanned askew at 300 dpi': { turnDegrees: 2, blur: 0.6, noise: 6 },
    'scanned at 200 dpi': { dpi: 200, turnDegrees: -1, blur: 0.5, noise: 6 },
    'photographed from the side, in uneven light': { askew: 0.01, turnDegrees: 2, blur: 0.9, noise: 8, shade: 0.25 },
    'lying upside down, with waves': { turnDegrees: 180, wavesMm: 0.3, blur: 0.6, noise: 6 },
  };
  for (const [way, scan] of Object.entries(ways)) {
    test(`as issued, ${way}: holds`, async () => {
      const verdict = await verdictOn(scanned(sheet.front, scan), scanned(sheet.back, scan));
      assert.deepEqual([verdict.integrity.answer, verdict.issuer.answer], ['holds', 'holds'], verdict.integrity.code);
      assert.deepEqual([verdict.status.answer, verdict.originality.answer], ['unproven', 'unproven']);
      assert.equal(verdict.facts?.documentNumber, sheet.facts.documentNumber);
    });
  }

  test('with a stain over 15 % of its back and creases across it: still read', async () => {
    const back = scanned(sheet.back, { stain: 0.15, foldMm: 0.6, turnDegrees: 1, blur: 0.7, noise: 8 });
    assert.equal((await verdictOn(sheet.front, back)).issuer.answer, 'holds');
  });

  test('with a word taken out: false, and where', async () => {
    const forged = makeFront(without(sheet.facts.picture, 25, 92, 12, 6), sheet.code);
    const verdict = await verdictOn(scanned(forged, { turnDegrees: 1, blur: 0.6, noise: 6 }), sheet.back);
    assert.equal(verdict.integrity.answer, 'false');
    const place = verdict.integrity.differences?.[0];
    assert.ok(
      place && place.leftMm < 37 && place.leftMm + place.widthMm > 25 && place.topMm < 98,
      JSON.stringify(place),
    );
  });

  test('with the lower third of its front outside the picture: not proven, and how much; false where it differs', async () => {
    const cut = (front: GrayImage) => cropped(scanned(front, { turnDegrees: 1, blur: 0.6 }), 0, 0, 2_480, 2_300);
    const { integrity } = await verdictOn(cut(sheet.front), sheet.back);
    assert.deepEqual([integrity.answer, integrity.code], ['unproven', 'not-all-seen']);
    const percent = Number(integrity.values?.percent);
    assert.ok(percent > 20 && percent < 50, String(percent));
    const forged = makeFront(without(sheet.facts.picture, 25, 92, 12, 6), sheet.code);
    assert.equal((await verdictOn(cut(forged), sheet.back)).integrity.code, 'places-differ');
  });

  test('with the front of one and the back of another: false', async () => {
    const verdict = await verdictOn(other.front, sheet.back);
    assert.equal(verdict.integrity.answer, 'false');
    assert.equal(verdict.integrity.code, 'other-code');
    assert.equal(verdict.facts, undefined);
  });

  test('with the other’s check code put on it: the back opens, and the front is not what it says', async () => {
    const verdict = await verdictOn(makeFront(other.facts.picture, sheet.code), sheet.back);
    assert.deepEqual([verdict.issuer.answer, verdict.integrity.answer], ['holds', 'false']);
  });

  test('by a stranger’s key: the issuer is false, and nothing else is vouched for', async () => {
    const forged = makeSheet(await (await testAuthority()).signerOf('482013'), 5);
    const verdict = await verdictOn(forged.front, forged.back);
    assert.deepEqual([verdict.issuer.answer, verdict.integrity.answer], ['false', 'unproven']);
  });

  test('without its front: asks for it; with the code typed: says who issued it', async () => {
    const back = scanned(sheet.back, { blur: 0.5 });
    assert.equal((await verdictOn(back)).integrity.code, 'code-needed');
    const done = await verifyPages([{ picture: back }], { trust: authority.trust, readCodes, checkCode: sheet.code });
    assert.ok(done.readable);
    assert.deepEqual([done.sheets[0]?.issuer.answer, done.sheets[0]?.integrity.answer], ['holds', 'unproven']);
  });

  test('of which nothing can be read: it is said so', async () => {
    const blank = { width: 400, height: 400, pixels: new Uint8Array(160_000).fill(255) };
    const done = await verifyPages([{ picture: blank }, { picture: sheet.front }], {
      trust: authority.trust,
      readCodes,
    });
    assert.deepEqual(done, { readable: false, code: 'no-back-found' });
  });
});
