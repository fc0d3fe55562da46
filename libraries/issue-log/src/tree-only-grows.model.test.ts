import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ed25519 } from '@noble/curves/ed25519.js';
import fc from 'fast-check';
import {
  bundlePath,
  checkProof,
  consistencyProof,
  decodeBundle,
  decodeEntry,
  emptyRoot,
  encodeBundle,
  encodeEntry,
  fromBase64,
  type Hash,
  hashesOnLevel,
  inclusionProof,
  leafHash,
  nodeHash,
  nodesFromTiles,
  openCheckpoint,
  openNote,
  type ReadNodes,
  readTileIndex,
  readVerifierKey,
  rootOf,
  rootOfHashes,
  signCheckpoint,
  tileIn,
  tilePath,
  verifierKey,
  verifyConsistency,
  verifyInclusion,
  writeProof,
} from './index.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const entryOf = (i: number) => new TextEncoder().encode(`entry ${i}`);

/** Tiles of a tree, as a log serves them. */
function tiles(leaves: readonly Hash[], size: number): ReadNodes {
  const level = (n: number): readonly Hash[] => {
    if (n === 0) return leaves.slice(0, size);
    const below = level(n - 1);
    return Array.from({ length: hashesOnLevel(size, n) }, (_, i) => rootOfHashes(below.slice(i * 256, (i + 1) * 256)));
  };
  return nodesFromTiles(async (tile) => level(tile.level).slice(tile.index * 256, tile.index * 256 + tile.width), size);
}

const leaves = Array.from({ length: 1_400 }, (_, i) => leafHash(entryOf(i)));
const bent = (hash: Hash, bit: number) => hash.map((byte, i) => (i === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
const size = fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: leaves.length }));
const bit = fc.integer({ min: 0, max: 255 });

describe('vectors of others', () => {
  // Certificate Transparency's merkle_tree_test: eight leaves and the root of each prefix.
  const inputs = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
  const roots = [
    '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
    'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
    'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
    '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
    'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
    '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
  ];
  const given = inputs.map((it) => leafHash(Buffer.from(it, 'hex')));
  test('roots of RFC 6962 trees', async () => {
    assert.equal(hex(emptyRoot()), 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    for (const [i, root] of roots.entries()) {
      assert.equal(hex(rootOfHashes(given.slice(0, i + 1))), root);
      assert.equal(hex(await rootOf(tiles(given, i + 1), i + 1)), root);
    }
  });
  test('a path and a consistency proof of the same trees', async () => {
    assert.deepEqual((await inclusionProof(tiles(given, 8), 5, 8)).map(hex), [
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ]);
    assert.deepEqual((await consistencyProof(tiles(given, 8), 6, 8)).map(hex), [
      '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ]);
  });
  test('the example of c2sp.org/signed-note', () => {
    const key = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k';
    const note =
      'This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n';
    assert.equal(openNote(note, [key])?.text, 'This is an example message.\n');
    assert.equal(openNote(note.replace('example message', 'exemple message'), [key]), undefined);
    assert.equal(openNote(note, []), undefined);
    const read = readVerifierKey(key);
    assert.ok(read);
    assert.equal(verifierKey('example.com/foo', read.publicKey), key);
  });
  test('the paths of c2sp.org/tlog-tiles', () => {
    assert.equal(bundlePath(1_234_067, 256), 'tile/entries/x001/x234/067');
    assert.equal(tilePath({ level: 0, index: 273, width: 112 }), 'tile/0/273.p/112');
    const widths = [tileIn(70_000, 0, 272), tileIn(70_000, 0, 273), tileIn(70_000, 1, 1), tileIn(70_000, 2, 0)];
    assert.deepEqual(
      widths.map((it) => it.width),
      [256, 112, 17, 1],
    );
    for (const wrong of ['1', '0000', 'x001', 'x000/001', '001.p/256', '001.p/0', '../001', '001.p/01'])
      assert.equal(readTileIndex(wrong), undefined, wrong);
    assert.deepEqual(readTileIndex('x001/x234/067.p/9'), { index: 1_234_067, width: 9 });
  });
});

test('each leaf of any tree is proven in it, and nothing that was changed is', async () => {
  await fc.assert(
    fc.asyncProperty(size, fc.nat(), bit, fc.nat(), async (n, at, flipped, which) => {
      const index = at % n;
      const read = tiles(leaves, n);
      const root = await rootOf(read, n);
      const proof = await inclusionProof(read, index, n);
      const leaf = leaves[index] as Hash;
      assert.ok(verifyInclusion(index, n, leaf, proof, root));
      assert.ok(!verifyInclusion(index, n, bent(leaf, flipped), proof, root));
      assert.ok(!verifyInclusion(index, n, leaf, proof, bent(root, flipped)));
      assert.ok(!verifyInclusion(index, n, leaf, [...proof, leaf], root));
      if (n > 1) {
        const wrong = proof.map((it, i) => (i === which % proof.length ? bent(it, flipped) : it));
        assert.ok(!verifyInclusion(index, n, leaf, wrong, root));
        assert.ok(!verifyInclusion(index, n, leaf, proof.slice(1), root));
        assert.ok(!verifyInclusion((index + 1) % n, n, leaf, proof, root));
      }
    }),
    { numRuns: 150 },
  );
});

test('any tree follows any smaller one of the same leaves, and none follows a changed one', async () => {
  await fc.assert(
    fc.asyncProperty(size, size, bit, fc.nat(), async (a, b, flipped, which) => {
      const [from, to] = a < b ? [a, b] : [b, a];
      const [old, root] = [await rootOf(tiles(leaves, from), from), await rootOf(tiles(leaves, to), to)];
      const proof = await consistencyProof(tiles(leaves, to), from, to);
      assert.ok(verifyConsistency(from, to, old, root, proof));
      assert.ok(!verifyConsistency(from, to, bent(old, flipped), root, proof));
      assert.ok(!verifyConsistency(from, to, old, bent(root, flipped), proof));
      const wrong = proof.map((it, i) => (i === which % proof.length ? bent(it, flipped) : it));
      if (proof.length > 0) assert.ok(!verifyConsistency(from, to, old, root, wrong));
      assert.ok(!verifyConsistency(from, to, old, root, [...proof, old]));
      assert.ok(from === to || !verifyConsistency(to, from, root, old, proof));
      // Another leaf in the part that is old already: no proof made of the changed tree leads back.
      const index = which % from;
      const changed = leaves.map((it, i) => (i === index ? bent(it, flipped) : it));
      const forged = await consistencyProof(tiles(changed, to), from, to);
      assert.ok(!verifyConsistency(from, to, old, await rootOf(tiles(changed, to), to), forged));
    }),
    { numRuns: 150 },
  );
});

const secret = ed25519.utils.randomSecretKey();
const publicKey = ed25519.getPublicKey(secret);
const sign = (text: Uint8Array) => ed25519.sign(text, secret);
const key = verifierKey('log.example', publicKey);

test('a checkpoint or a written proof in which one character was changed is not believed', async () => {
  const n = 300;
  const read = tiles(leaves, n);
  const checkpoint = { origin: 'log.example', size: n, root: await rootOf(read, n) };
  const note = signCheckpoint(checkpoint, publicKey, sign);
  assert.deepEqual(openCheckpoint(note, [key]), checkpoint);
  const other = verifierKey('log.example', ed25519.getPublicKey(ed25519.utils.randomSecretKey()));
  assert.equal(openCheckpoint(note, [other]), undefined);
  const text = writeProof(77, await inclusionProof(read, 77, n), note);
  const verdict = checkProof(text, entryOf(77), [key]);
  assert.ok(verdict.included && verdict.index === 77);
  assert.deepEqual(checkProof(text, entryOf(78), [key]), { included: false, why: 'proof-wrong' });
  assert.deepEqual(checkProof(text, entryOf(77), [other]), { included: false, why: 'not-signed-by-a-known-log' });
  fc.assert(
    fc.property(fc.nat(), fc.constantFrom('A', '0', '7', '\n', ' ', '+', '='), (at, symbol) => {
      const spoil = (given: string) => {
        const place = at % given.length;
        return given[place] === symbol ? undefined : given.slice(0, place) + symbol + given.slice(place + 1);
      };
      const spoiltNote = spoil(note);
      const spoiltProof = spoil(text);
      if (spoiltNote !== undefined) assert.equal(openCheckpoint(spoiltNote, [key]), undefined);
      if (spoiltProof !== undefined) assert.equal(checkProof(spoiltProof, entryOf(77), [key]).included, false);
    }),
    { numRuns: 2_000 },
  );
});

test('entries and bundles are read only as they are written', () => {
  const issued = { kind: 'issued', number: '20261123-482013-0000042', digest: new Uint8Array(32).fill(7) } as const;
  const gone = { kind: 'void', number: '20261123-482013-0000042' } as const;
  for (const entry of [issued, gone]) assert.deepEqual(decodeEntry(encodeEntry(entry)), entry);
  const line = new TextDecoder().decode(encodeEntry(gone));
  const others = [
    line.replace(':', ': '),
    line.replace('void', 'gone'),
    `${line}\n`,
    '{}',
    'null',
    '[',
    line.replace('}', ',"x":1}'),
  ];
  for (const other of others) assert.equal(decodeEntry(new TextEncoder().encode(other)), undefined, other);
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 256 }), (entries) => {
      const bundle = encodeBundle(entries);
      assert.deepEqual(decodeBundle(bundle, entries.length)?.map(hex), entries.map(hex));
      assert.equal(decodeBundle(bundle, entries.length + 1), undefined);
      assert.equal(decodeBundle(Uint8Array.of(...bundle, 0), entries.length), undefined);
      if (bundle.length > 0) assert.equal(decodeBundle(bundle.slice(0, -1), entries.length), undefined);
    }),
  );
  assert.equal(fromBase64('AB=='), undefined, 'bits beyond the last byte');
  assert.ok(hex(nodeHash(emptyRoot(), emptyRoot())) !== hex(nodeHash(emptyRoot(), leafHash(new Uint8Array(0)))));
});
