/** What opens is what the municipality signed, or nothing is said for it. */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import fc from 'fast-check';
import { type TestAuthority, testAuthority } from '../testing/authority.ts';
import { chanceOf } from '../testing/chance.ts';
import { entropyOf, factsOf } from '../testing/facts.ts';
import { pageLike } from '../testing/page-like.ts';
import { makeCheckCode, printedCheckCode, readCheckCode } from './check-code.ts';
import { openBack } from './open-back.ts';
import { type BackSigner, makeBackKey, sealBack } from './seal-back.ts';
import { readTrustBundle } from './trust.ts';

const entropy = entropyOf(1);
const code = makeCheckCode(entropy.bytes(15));
const key = makeBackKey(code, entropy);
const facts = factsOf({ picture: pageLike(1, 300, 424) });

describe('a sealed back', () => {
  let authority: TestAuthority;
  let signer: BackSigner;
  let message: Uint8Array;
  before(async () => {
    authority = await testAuthority();
    signer = await authority.signerOf('482013');
    message = sealBack(facts, signer, key, entropy);
  });

  test('opens with the printed code to what was sealed, signed by who may', () => {
    const opened = openBack(message, printedCheckCode(code).toLowerCase(), authority.trust);
    assert.ok(opened.opened);
    assert.deepEqual(opened.facts, facts);
    assert.equal(opened.signature, true);
    assert.deepEqual(opened.signer, { trusted: true, municipality: '482013', serial: '4a01' });
  });

  test('says nothing without its code', () => {
    const other = makeCheckCode(chanceOf(9).bytes(15));
    assert.deepEqual(openBack(message, other, authority.trust), { opened: false, why: 'other-code' });
    assert.deepEqual(openBack(message, 'ABCD', authority.trust), { opened: false, why: 'mistyped-code' });
    assert.ok(!Buffer.from(message).includes('482013'));
  });

  test('does not open with any byte changed', () => {
    fc.assert(
      fc.property(fc.nat(message.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const other = message.slice();
        other[at] = (other[at] as number) ^ change;
        const opened = openBack(other, code, authority.trust);
        assert.equal(opened.opened, false);
      }),
      { numRuns: 60 },
    );
    assert.equal(openBack(message.subarray(0, 40), code, authority.trust).opened, false);
  });

  test('of a stranger’s key, or a key for something else or of somewhere else, is known as such', async () => {
    const stranger = await testAuthority();
    const why = (it: BackSigner, trust = authority.trust, change = {}) => {
      const opened = openBack(sealBack({ ...facts, ...change }, it, key, entropy), code, trust);
      return opened.opened && !opened.signer.trusted ? opened.signer.why : 'trusted';
    };
    assert.equal(why(await stranger.signerOf('482013')), 'unknown-authority');
    assert.equal(why(await authority.signerOf('483028')), 'other-municipality');
    assert.equal(why(await authority.signerOf('482013', { use: 'kiosk' })), 'other-municipality');
    assert.equal(why(await authority.signerOf('482013', { notAfter: new Date('2026-11-01') })), 'signer-not-in-force');
    const revoked = { ...authority.trust, revoked: [{ serial: '4A01', from: '2026-11-01T00:00:00Z' }] };
    assert.equal(why(signer, revoked), 'signer-revoked');
    assert.equal(why(signer, revoked, { issuedAt: '2026-10-31T10:00:00.000+09:00' }), 'trusted');
    const mixed = { key: signer.key, certificate: (await authority.signerOf('482013')).certificate };
    const opened = openBack(sealBack(facts, mixed, key, entropy), code, authority.trust);
    assert.equal(opened.opened && opened.signature, false);
  });
});

test('a check code: one wrong symbol or two neighbours exchanged are found', () => {
  const bytes = fc.uint8Array({ minLength: 15, maxLength: 15 });
  fc.assert(
    fc.property(bytes, fc.nat(15), fc.constantFrom(...'0123456789ABCDEFGHJKMNPQRSTVWXYZ'), (chance, at, symbol) => {
      const made = makeCheckCode(chance);
      assert.equal(readCheckCode(printedCheckCode(made)), made);
      if (made[at] !== symbol) assert.equal(readCheckCode(made.slice(0, at) + symbol + made.slice(at + 1)), undefined);
      const [a = '', b = ''] = [made[at], made[at + 1]];
      if (b !== '' && a !== b) assert.equal(readCheckCode(made.slice(0, at) + b + a + made.slice(at + 2)), undefined);
    }),
  );
  assert.equal(readCheckCode('o0il 1111-1111 1111'), readCheckCode('0011111111111111'));
});

test('a trust bundle is of its form, or not read', async () => {
  const { trust } = await testAuthority();
  assert.deepEqual(readTrustBundle(JSON.stringify(trust)), trust);
  for (const change of [{ format: 'x' }, { authorities: [] }, { authorities: ['x'] }, { revoked: [{}] }])
    assert.throws(() => readTrustBundle(JSON.stringify({ ...trust, ...change })));
  assert.throws(() => readTrustBundle('{'), RangeError);
});
