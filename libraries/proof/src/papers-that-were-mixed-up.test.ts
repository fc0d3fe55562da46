/** Fronts and backs of two papers: what belongs together is found, and what does not is said and shown. */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { openCodeReaderInNode } from './files/in-node.ts';
import type { BackSigner } from './seal/seal-back.ts';
import { sha256 } from './sha256.ts';
import { testAuthority } from './testing/authority.ts';
import { pageLike } from './testing/page-like.ts';
import { type MadeSheet, makeSheet } from './testing/paper.ts';
import { scanned } from './testing/scan.ts';
import { type VerifyOptions, verifyPages } from './verify.ts';

describe('two papers that were mixed up', () => {
  let one: MadeSheet;
  let other: MadeSheet;
  let signer: BackSigner;
  let options: Pick<VerifyOptions, 'trust' | 'readCodes'>;
  before(async () => {
    const authority = await testAuthority();
    signer = await authority.signerOf('482013');
    [one, other] = [makeSheet(signer, 21), makeSheet(signer, 22)];
    options = { trust: authority.trust, readCodes: await openCodeReaderInNode() };
  });

  const judge = async (fronts: readonly MadeSheet[], more: Pick<VerifyOptions, 'backs' | 'checkCode'>) => {
    const pages = fronts.map(({ front }) => ({ picture: scanned(front, { dpi: 150 }) }));
    const verification = await verifyPages(pages, { ...options, ...more });
    assert.ok(verification.readable);
    return verification.sheets;
  };

  test('a back that the front does not open stays shut; the front is shown, and what was sealed is not', async () => {
    const [verdict] = await judge([one], { backs: [other.message] });
    assert.deepEqual([verdict?.integrity.answer, verdict?.integrity.code], ['false', 'other-code']);
    assert.equal(verdict?.facts, undefined);
    assert.equal(verdict?.pictures, undefined);
    const { otherFront } = verdict ?? {};
    assert.deepEqual([otherFront?.width, otherFront?.height], [1_260, 1_782]);
  });

  test('with the code of the back’s own front both stand side by side, and it is false however alike they are', async () => {
    const [verdict] = await judge([one], { backs: [other.message], checkCode: other.code });
    assert.deepEqual([verdict?.integrity.answer, verdict?.integrity.code], ['false', 'other-code']);
    assert.equal(verdict?.facts?.documentNumber, other.facts.documentNumber);
    assert.equal(verdict?.pictures?.signed.width, verdict?.pictures?.seen.width);
    assert.equal(verdict?.otherFront, undefined);
  });

  test('a front that has its own back here is not held against a back whose front is missing', async () => {
    const [first, second] = await judge([one], { backs: [one.message, other.message] });
    assert.equal(first?.integrity.code, 'looks-as-issued');
    assert.deepEqual([second?.integrity.answer, second?.integrity.code], ['unproven', 'code-needed']);
    const typed = await judge([one], { backs: [one.message, other.message], checkCode: other.code });
    assert.deepEqual(
      typed.map(({ integrity }) => integrity.code),
      ['looks-as-issued', 'front-needed'],
    );
  });

  test('the fronts of a copy’s other sheets are no bad fronts of the sheet whose own is missing', async () => {
    const copy = [1, 2, 3].map((sheet) =>
      makeSheet(signer, 23, {
        ...{ sheet, sheets: 3, fronts: [1, 2, 3].map((it) => sha256(Uint8Array.of(it))) },
        picture: pageLike(30 + sheet, 1_240, 1_754),
      }),
    );
    const [first, , third] = copy;
    assert.ok(first !== undefined && third !== undefined);
    const sheets = await judge([third, first], { backs: copy.map(({ message }) => message) });
    assert.deepEqual(
      sheets.map(({ integrity }) => integrity.code),
      ['looks-as-issued', 'front-needed', 'looks-as-issued'],
    );
  });
});
