/** A tree that grows leaf by leaf, of which only the roots of its complete subtrees are kept: at most forty hashes. */
import { emptyRoot, type Hash, hashBytes, maxTreeSize, type NodeAt, nodeHash, type ReadNodes } from './merkle.ts';

/** `peaks`: roots of the complete subtrees, from left to right, the largest first. */
export type GrowingTree = { readonly size: number; readonly peaks: readonly Hash[] };

export const emptyTree: GrowingTree = { size: 0, peaks: [] };

function peaksOf(size: number): readonly NodeAt[] {
  const nodes: NodeAt[] = [];
  let at = 0;
  while (at < size) {
    let level = 0;
    while (at + 2 ** (level + 1) <= size) level++;
    nodes.push({ level, index: at / 2 ** level });
    at += 2 ** level;
  }
  return nodes;
}

/** Undefined: these are not as many hashes as a tree of this size has peaks. */
export function treeOf(size: number, peaks: readonly Hash[]): GrowingTree | undefined {
  if (!Number.isSafeInteger(size) || size < 0 || size > maxTreeSize) return undefined;
  return peaks.length === peaksOf(size).length && peaks.every((it) => it.length === hashBytes)
    ? { size, peaks }
    : undefined;
}

/** The tree of this size as its stored nodes say; whether it is the right one its root tells. */
export async function readTree(read: ReadNodes, size: number): Promise<GrowingTree> {
  return { size, peaks: await read(peaksOf(size)) };
}

/** With these leaves behind those that it has. */
export function grownBy({ size, peaks }: GrowingTree, leaves: readonly Hash[]): GrowingTree {
  const stack = [...peaks];
  let count = size;
  for (const leaf of leaves) {
    let hash = leaf;
    // As in adding one to a binary number: each one at the end is carried.
    for (let rest = count; rest % 2 === 1; rest = Math.floor(rest / 2)) hash = nodeHash(stack.pop() ?? hash, hash);
    stack.push(hash);
    count++;
  }
  return { size: count, peaks: stack };
}

export function rootOfTree({ peaks }: GrowingTree): Hash {
  return peaks.length === 0 ? emptyRoot() : peaks.reduceRight((right, left) => nodeHash(left, right));
}
