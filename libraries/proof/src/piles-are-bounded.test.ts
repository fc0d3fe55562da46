/** A pile of backs and codes costs what it may and no more, and true piles open with few trials, however they lie. */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { gcm } from '@noble/ciphers/aes.js';
import { encode, Tagged } from 'cborg';
import { openBacks } from './open-backs.ts';
import { makeCheckCode } from './seal/check-code.ts';
import { additionalOf, algorithms, header, tags } from './seal/cose.ts';
import { derivationCost } from './seal/open-back.ts';
import { type BackSigner, makeBackKey, sealBack } from './seal/seal-back.ts';
import { type TestAuthority, testAuthority } from './testing/authority.ts';
import { chanceOf } from './testing/chance.ts';
import { entropyOf, factsOf } from './testing/facts.ts';
import { pageLike } from './testing/page-like.ts';

const count = 40;

/** No code opens it, and each trial costs as much as a verifier lets one cost. */
function dearBack(seed: number): Uint8Array {
  const derivation = [8_192, 8, 1, chanceOf(seed).bytes(16)];
  const own = encode(new Map<number, unknown>([[header.algorithm, algorithms.a256gcm], [header.derivation, derivation]])); // biome-ignore format: one line
  const nonce = new Uint8Array(12);
  const body = gcm(chanceOf(seed).bytes(32), nonce, additionalOf(own)).encrypt(new Uint8Array(40));
  return encode(new Tagged(tags.encrypt0, [own, new Map([[header.nonce, nonce]]), body]));
}

describe('a pile of papers', () => {
  let authority: TestAuthority;
  let signer: BackSigner;
  let papers: readonly { readonly code: string; readonly message: Uint8Array }[];
  before(async () => {
    authority = await testAuthority();
    signer = await authority.signerOf('482013');
    papers = Array.from({ length: count }, (_, i) => {
      const entropy = entropyOf(i + 1);
      const code = makeCheckCode(entropy.bytes(15));
      return { code, message: sealBack(factsOf({ picture: pageLike(1, 60, 85) }), signer, makeBackKey(code, entropy), entropy) }; // biome-ignore format: one thought
    });
  });

  const orders = {
    'front, back, front, back': (i: number) => [2 * i, 2 * i + 1],
    'all fronts, then all backs': (i: number) => [i, count + i],
    'all fronts, then all backs in the other order': (i: number) => [i, 2 * count - 1 - i],
  } as const;
  for (const [name, places] of Object.entries(orders)) {
    test(`${name}: each back opens with its own code`, () => {
      const codes = papers.map(({ code }, i) => ({ code, at: places(i)[0] as number }));
      const backs = papers.map(({ message }, i) => ({ message, at: places(i)[1] as number })).toSorted((p, q) => p.at - q.at); // biome-ignore format: one thought
      const tried = openBacks(backs, codes, authority.trust);
      for (const [i, { opened, code, untried }] of tried.entries()) {
        assert.ok(opened?.opened === true && untried === 0, `${i}`);
        assert.equal(code, papers.find(({ message }) => message === backs[i]?.message)?.code);
      }
    });
  }

  test('dear backs and many codes: what was not tried is said, and the true back among them opens', () => {
    const most = 320;
    const [own] = papers;
    assert.ok(own !== undefined);
    const codes = Array.from({ length: 30 }, (_, i) => ({ code: i === 20 ? own.code : makeCheckCode(chanceOf(900 + i).bytes(15)), at: i })); // biome-ignore format: one thought
    const backs = Array.from({ length: 30 }, (_, i) => ({
      message: i === 20 ? own.message : dearBack(i),
      at: 100 + i,
    }));
    assert.equal(derivationCost(backs[0]?.message ?? new Uint8Array(0)), 8_192);
    const tried = openBacks(backs, codes, authority.trust, undefined, most);
    assert.equal(tried[20]?.opened?.opened, true);
    const trials = tried.filter((_, i) => i !== 20).reduce((sum, { untried }) => sum + 30 - untried, 0);
    assert.ok(trials * 8 <= most, `${trials}`);
    assert.ok(tried.some(({ untried }) => untried > 28));
  });
});
