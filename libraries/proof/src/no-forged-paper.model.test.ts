/**
 * Thousands of forged backs: none is vouched for that says anything else than what was issued, and nothing fails but in
 * the ways that are defined. The forger here knows everything but the municipality's key: the code,
 * the derivation, every checksum. PROOF_ATTACKS multiplies how many are tried.
 */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { gcm } from '@noble/ciphers/aes.js';
import { scrypt } from '@noble/hashes/scrypt.js';
import { encode, Tagged } from 'cborg';
import { mostDataTiles, tileBytes, tileCount } from './back/back-page.ts';
import { crc32, cutIntoTiles, joinTiles, readTile, type Tile } from './back/tile.ts';
import { codePicture } from './seal/back-facts.ts';
import { makeCheckCode } from './seal/check-code.ts';
import { additionalOf, algorithms, header, labelsOf, tags } from './seal/cose.ts';
import { openBack } from './seal/open-back.ts';
import { type BackSigner, draftBack, makeBackKey, sealBack, signStatement } from './seal/seal-back.ts';
import { sha256 } from './sha256.ts';
import { type TestAuthority, testAuthority } from './testing/authority.ts';
import { type Chance, chanceOf } from './testing/chance.ts';
import { entropyOf, factsOf } from './testing/facts.ts';
import { pageLike } from './testing/page-like.ts';

const times = Math.max(1, Number(process.env.PROOF_ATTACKS ?? 1));
const code = makeCheckCode(chanceOf(1).bytes(15));
const salt = new Uint8Array(16);
const nonce = new Uint8Array(12);
/** The cheapest derivation that a verifier takes: a forger chooses it, and may seal as often as a machine can. */
const cheap = { N: 2, r: 8, p: 1 } as const;
const cheapKey = scrypt(code, salt, { ...cheap, dkLen: 32 });

function sealed(signed: Uint8Array, derivation: readonly unknown[] = [cheap.N, cheap.r, cheap.p, salt]): Uint8Array {
  const own = encode(
    new Map<number, unknown>([
      [header.algorithm, algorithms.a256gcm],
      [header.derivation, derivation],
    ]),
  );
  const body = gcm(cheapKey, nonce, additionalOf(own)).encrypt(signed);
  return encode(new Tagged(tags.encrypt0, [own, new Map([[header.nonce, nonce]]), body]));
}

const below = (chance: Chance, count: number) => Math.floor(chance.next() * count);

/** Some bytes changed, cut off, doubled, or taken from elsewhere. */
function mutated(bytes: Uint8Array, chance: Chance, donor: Uint8Array = bytes): Uint8Array {
  const at = below(chance, bytes.length);
  const length = 1 + below(chance, 40);
  switch (below(chance, 6)) {
    case 0:
      return bytes.slice(0, at);
    case 1:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(Math.max(0, at - length))]);
    case 2:
      return Buffer.concat([bytes.subarray(0, at), donor.subarray(at, at + length), bytes.subarray(at + length)]);
    case 3:
      return Buffer.concat([bytes.subarray(0, at), chance.bytes(length), bytes.subarray(at + length)]);
    case 4:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)]);
    default: {
      const other = bytes.slice();
      for (let i = 0; i <= below(chance, 3); i++) {
        const place = below(chance, bytes.length);
        other[place] = (other[place] as number) ^ (1 << below(chance, 8));
      }
      return other;
    }
  }
}

describe('a forger who knows the code', () => {
  let authority: TestAuthority;
  let signer: BackSigner;
  const facts = factsOf({ picture: pageLike(1, 120, 170) });
  const others = factsOf({
    picture: pageLike(2, 120, 170),
    documentNumber: '20261123-482013-0000043',
    words: ['別人'],
  });
  const draftFor = (it: typeof facts, by: BackSigner) =>
    draftBack({ ...it, picture: codePicture(it.picture) }, by.certificate);
  const signedParts = (it: typeof facts, by: BackSigner) => {
    const draft = draftFor(it, by);
    return [draft.signedHeader, new Map(), draft.payload, signStatement(draft.statement, by.key)] as const;
  };
  const sign1 = (parts: readonly unknown[]) => encode(new Tagged(tags.sign1, [...parts]));
  before(async () => {
    authority = await testAuthority();
    signer = await authority.signerOf('482013');
  });

  /** Vouched for means: the very facts of one of the two papers that were issued. */
  const isIssuedOrNothing = (message: Uint8Array, what: string): boolean => {
    const opened = openBack(message, code, authority.trust);
    if (!opened.opened || !opened.signature || !opened.signer.trusted) return false;
    const same = [facts, others].some((it) => it.documentNumber === opened.facts.documentNumber && encodeWhole(it).equals(encodeWhole(opened.facts))); // biome-ignore format: one thought
    assert.ok(same, `${what}: vouched for ${JSON.stringify(opened.facts.documentNumber)}`);
    return true;
  };
  const encodeWhole = (it: object) => Buffer.from(encode(it));

  test('who changes nothing opens what was issued', () => {
    assert.ok(isIssuedOrNothing(sealed(sign1(signedParts(facts, signer))), 'as issued'));
  });

  test(`changes what was signed: ${2_000 * times} times nothing else is vouched for`, () => {
    const [own, foreign] = [sign1(signedParts(facts, signer)), sign1(signedParts(others, signer))];
    for (let seed = 1; seed <= 2_000 * times; seed++)
      isIssuedOrNothing(sealed(mutated(own, chanceOf(seed), foreign)), `seed ${seed}`);
  });

  test('puts parts of two papers, or a stranger’s signature, together', async () => {
    const stranger = await (await testAuthority()).signerOf('482013');
    const neighbour = await authority.signerOf('483028');
    const [a, b, c, d] = [signedParts(facts, signer), signedParts(others, signer), signedParts(others, stranger), signedParts(facts, neighbour)]; // biome-ignore format: one thought
    const all = [a, b, c, d];
    // Which paper's content each of them has: a signature of it by the town's own key is no forgery.
    const contents = [0, 1, 1, 0];
    for (const [i, h] of all.entries())
      for (const [j, p] of all.entries())
        for (const [k, s] of all.entries()) {
          const vouched = isIssuedOrNothing(sealed(sign1([h[0], h[1], p[2], s[3]])), `${i} ${j} ${k}`);
          assert.equal(vouched, i < 2 && k < 2 && contents[j] === k);
        }
  });

  test('writes bombs: numbers, depths and lengths without end are refused at once', () => {
    const deep = Buffer.concat([Buffer.alloc(200_000, 0x81), Buffer.of(0)]);
    const long = Buffer.concat([Buffer.of(0x9b, 0, 0, 0, 0x7f, 0xff, 0xff, 0xff, 0xff)]);
    for (const bomb of [
      deep,
      long,
      Buffer.concat([Buffer.of(0xd2), deep]),
      Buffer.concat([Buffer.of(0xd2, 0x84), long]),
    ]) {
      assert.equal(openBack(bomb, code, authority.trust).opened, false);
      assert.equal(isIssuedOrNothing(sealed(bomb), 'bomb'), false);
      assert.equal(labelsOf(bomb), undefined);
    }
    const body = sign1(signedParts(facts, signer));
    for (const derivation of [[2 ** 31, 8, 1, salt], [1_024, 2 ** 20, 1, salt], [1_024, 8, 2 ** 20, salt], [0, 8, 1, salt], [-2, 8, 1, salt], [3, 8, 1, salt], [1e300, 8, 1, salt], ['2', 8, 1, salt], [2, 8, 1, 'salt']]) // biome-ignore format: a list
      assert.equal(openBack(sealed(body, derivation), code, authority.trust).opened, false);
  });

  test(`writes tiles that lie: ${2_400 * times} times the message is one that was issued, or none is vouched for`, () => {
    const key = makeBackKey(code, entropyOf(2));
    const messages = [facts, others].map((it) =>
      sealBack({ ...it, picture: pageLike(3, 1_240, 1_754) }, signer, key, entropyOf(3)),
    );
    const room = { tileBytes, count: tileCount, mostData: mostDataTiles };
    const sets = messages.map((it) => cutIntoTiles(it, room, sha256) ?? []);
    const issued = new Set(messages.map((it) => Buffer.from(it).toString('base64')));
    for (let seed = 1; seed <= 2_400 * times; seed++) {
      const chance = chanceOf(seed);
      const [own = [], foreign = []] = sets;
      const tiles = own.filter(() => chance.next() > 0.15).map((it) => it.slice());
      for (let n = 0; n < 1 + below(chance, 4); n++) {
        const tile =
          (chance.next() < 0.5 ? foreign : own)[below(chance, tileCount)]?.slice() ?? new Uint8Array(tileBytes);
        // Header: index, k, count, id, length; or content. Then the checksum is made right again.
        const at = chance.next() < 0.6 ? 4 + below(chance, 10) : 18 + below(chance, tileBytes - 18);
        tile[at] = below(chance, 256);
        if (chance.next() < 0.3) tile.set((tiles[0] ?? tile).subarray(4, 14), 4);
        new DataView(tile.buffer, tile.byteOffset).setUint32(14, crc32(tile.subarray(0, 14), tile.subarray(18)));
        if (chance.next() < 0.5) tiles.push(tile);
        else tiles.unshift(tile);
      }
      const read = tiles.map((it) => readTile(it)).filter((it): it is Tile => it !== undefined);
      for (const { message } of joinTiles(read, sha256)) {
        if (message === undefined || issued.has(Buffer.from(message).toString('base64'))) continue;
        assert.equal(openBack(message, code, authority.trust).opened, false, `seed ${seed}`);
      }
    }
  });
});
