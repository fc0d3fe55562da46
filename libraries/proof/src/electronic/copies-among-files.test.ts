/** Electronic copies by the road that everybody's files take. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { bytesOf, textOf } from '../files/byte-text.ts';
import { openToolsInNode } from '../files/in-node.ts';
import { type VerifierTools, verifyFiles } from '../files/verify-files.ts';
import { type TestAuthority, testAuthority } from '../testing/authority.ts';
import { copyFactsOf, openEngine, sheetsOf, signedCopy } from '../testing/electronic-copies.ts';

let tools: VerifierTools;
let authority: TestAuthority;
let sheets: readonly Uint8Array[];
let copy: Uint8Array;
before(async () => {
  tools = await openToolsInNode();
  authority = await testAuthority();
  sheets = sheetsOf('tax-payment', openEngine())[0] ?? [];
  copy = signedCopy(sheets, copyFactsOf(sheets.length), await authority.signerOf('482013'), authority.pem);
});

const verify = (...files: readonly Uint8Array[]) =>
  verifyFiles(
    files.map((bytes, i) => ({ name: `${i}.pdf`, bytes })),
    tools,
    { trust: authority.trust },
  );

test('a copy is known among other files, and one that was changed is false beside one that holds', async () => {
  const changed = bytesOf(textOf(copy).replace('20261123-482013-0000042', '20261123-482013-0000043'));
  const done = await verify(copy, changed, sheets[0] as Uint8Array);
  assert.ok(done.readable);
  assert.deepEqual(
    done.sheets.map(({ integrity, issuer }) => [integrity.code, issuer.code]),
    [
      ['byte-for-byte', 'signed-by'],
      ['copy-changed', 'nothing-opened'],
    ],
  );
  assert.deepEqual(done.faults, []);
});

test('sheets before they are signed are nothing that could be believed', async () => {
  const done = await verify(sheets[0] as Uint8Array);
  assert.equal(done.readable, false);
});

test('a copy whose name for itself was taken out is no copy, and has no back either', async () => {
  const done = await verify(bytesOf(textOf(copy).replaceAll('DokodemoCopy', 'DokodemoXopy')));
  assert.equal(done.readable, false);
});
