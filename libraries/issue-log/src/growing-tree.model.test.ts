import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { emptyTree, grownBy, leafHash, readTree, rootOfHashes, rootOfTree, treeOf } from './index.ts';

const leaves = Array.from({ length: 700 }, (_, i) => leafHash(new TextEncoder().encode(`entry ${i}`)));
const size = fc.integer({ min: 0, max: leaves.length });

test('a tree that grew in any two steps has the root of all its leaves, and the peaks that its nodes say', async () => {
  await fc.assert(
    fc.asyncProperty(size, size, async (a, b) => {
      const [from, to] = a < b ? [a, b] : [b, a];
      const old = grownBy(emptyTree, leaves.slice(0, from));
      const tree = grownBy(old, leaves.slice(from, to));
      assert.deepEqual(rootOfTree(tree), rootOfHashes(leaves.slice(0, to)));
      const read = async (nodes: readonly { level: number; index: number }[]) =>
        nodes.map(({ level, index }) => rootOfHashes(leaves.slice(index * 2 ** level, (index + 1) * 2 ** level)));
      assert.deepEqual(await readTree(read, to), tree);
      assert.deepEqual(treeOf(to, tree.peaks), tree);
      if (to > 0) assert.equal(treeOf(to, tree.peaks.slice(1)), undefined);
    }),
    { numRuns: 150 },
  );
});
