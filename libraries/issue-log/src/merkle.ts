/**
 * Merkle trees of RFC 6962, section 2.1 (RFC 9162 keeps them): hashes, proofs made from stored nodes, proofs checked.
 * Sizes and indices are whole numbers below 2^40.
 */
import { sha256 } from '@noble/hashes/sha2.js';

export type Hash = Uint8Array;
/** A complete subtree: the `index`-th of 2^level leaves. */
export type NodeAt = { readonly level: number; readonly index: number };
/** Answers the hashes of these nodes, in their order. */
export type ReadNodes = (nodes: readonly NodeAt[]) => Promise<readonly Hash[]>;

export const maxTreeSize = 2 ** 40;
export const hashBytes = 32;

export function leafHash(entry: Uint8Array): Hash {
  const bytes = new Uint8Array(1 + entry.length);
  bytes.set(entry, 1);
  return sha256(bytes);
}

export function nodeHash(left: Hash, right: Hash): Hash {
  const bytes = new Uint8Array(1 + 2 * hashBytes);
  bytes[0] = 1;
  bytes.set(left, 1);
  bytes.set(right, 1 + hashBytes);
  return sha256(bytes);
}

export const emptyRoot = (): Hash => sha256(new Uint8Array(0));

/** Not in constant time: nothing here is secret. */
export function sameHash(a: Hash, b: Hash | undefined): boolean {
  return b !== undefined && a.length === b.length && a.every((byte, i) => byte === b[i]);
}

/** Root of a complete or incomplete tree whose hashes of one level are all given. */
export function rootOfHashes(hashes: readonly Hash[]): Hash {
  const [first, ...more] = hashes;
  if (first === undefined) return emptyRoot();
  if (more.length === 0) return first;
  const left = powerBelow(hashes.length);
  return nodeHash(rootOfHashes(hashes.slice(0, left)), rootOfHashes(hashes.slice(left)));
}

/** The largest power of two that is less than `n`, of two or more. */
function powerBelow(n: number): number {
  let power = 1;
  while (power * 2 < n) power *= 2;
  return power;
}

type Range = readonly [start: number, end: number];

/** The complete subtrees that make up a range which begins where a subtree of its size may, from left to right. */
function nodesOf([start, end]: Range): readonly NodeAt[] {
  const nodes: NodeAt[] = [];
  for (let at = start; at < end; ) {
    let level = 0;
    while (at + 2 ** (level + 1) <= end && at % 2 ** (level + 1) === 0) level++;
    nodes.push({ level, index: at / 2 ** level });
    at += 2 ** level;
  }
  return nodes;
}

function joined(hashes: readonly Hash[]): Hash {
  return hashes.reduceRight((right, left) => nodeHash(left, right));
}

async function hashesOf(read: ReadNodes, ranges: readonly Range[]): Promise<readonly Hash[]> {
  const wanted = ranges.map(nodesOf);
  const found = await read(wanted.flat());
  let from = 0;
  return wanted.map((nodes) => {
    from += nodes.length;
    return joined(found.slice(from - nodes.length, from));
  });
}

function assertSize(size: number): void {
  if (!Number.isSafeInteger(size) || size < 0 || size > maxTreeSize) throw new RangeError(`a tree of ${size} leaves`);
}

export async function rootOf(read: ReadNodes, size: number): Promise<Hash> {
  assertSize(size);
  if (size === 0) return emptyRoot();
  const [root] = await hashesOf(read, [[0, size]]);
  return root ?? emptyRoot();
}

/** From the leaf's sibling to the root's child. */
export async function inclusionProof(read: ReadNodes, index: number, size: number): Promise<readonly Hash[]> {
  assertSize(size);
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) throw new RangeError(`leaf ${index} of ${size}`);
  const ranges: Range[] = [];
  for (let [start, end] = [0, size]; end - start > 1; ) {
    const middle = start + powerBelow(end - start);
    if (index < middle) {
      ranges.unshift([middle, end]);
      end = middle;
    } else {
      ranges.unshift([start, middle]);
      start = middle;
    }
  }
  return hashesOf(read, ranges);
}

/** That the tree of `to` leaves begins with the one of `from` leaves, from 1. */
export async function consistencyProof(read: ReadNodes, from: number, to: number): Promise<readonly Hash[]> {
  assertSize(to);
  if (!Number.isSafeInteger(from) || from < 1 || from > to) throw new RangeError(`from ${from} to ${to} leaves`);
  const ranges: Range[] = [];
  let [start, end] = [0, to];
  while (from < end) {
    const middle = start + powerBelow(end - start);
    if (from <= middle) {
      ranges.unshift([middle, end]);
      end = middle;
    } else {
      ranges.unshift([start, middle]);
      start = middle;
    }
  }
  // The verifier has the hash of this subtree when it is the whole old tree.
  if (start > 0) ranges.unshift([start, end]);
  return hashesOf(read, ranges);
}

/** RFC 9162, section 2.1.3.2. */
export function verifyInclusion(index: number, size: number, leaf: Hash, proof: readonly Hash[], root: Hash): boolean {
  if (!isIndexOf(index, size) || proof.length > 60 || !proof.every((it) => it.length === hashBytes)) return false;
  let [at, last, hash] = [index, size - 1, leaf];
  for (const sibling of proof) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      hash = nodeHash(sibling, hash);
      while (at % 2 === 0 && at !== 0) [at, last] = [at / 2, Math.floor(last / 2)];
    } else hash = nodeHash(hash, sibling);
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  return last === 0 && sameHash(hash, root);
}

/** RFC 9162, section 2.1.4.2. Anything follows the empty tree; nothing but itself follows a tree of the same size. */
export function verifyConsistency(from: number, to: number, old: Hash, root: Hash, proof: readonly Hash[]): boolean {
  if (!Number.isSafeInteger(from) || from < 0 || !Number.isSafeInteger(to) || from > to || to > maxTreeSize)
    return false;
  if (proof.length > 60 || !proof.every((it) => it.length === hashBytes)) return false;
  if (from === 0) return proof.length === 0 && sameHash(old, emptyRoot());
  if (from === to) return proof.length === 0 && sameHash(old, root);
  const path = Number.isInteger(Math.log2(from)) ? [old, ...proof] : [...proof];
  let [at, last] = [from - 1, to - 1];
  while (at % 2 === 1) [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  const first = path.shift();
  if (first === undefined) return false;
  let [ours, theirs] = [first, first];
  for (const hash of path) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      [ours, theirs] = [nodeHash(hash, ours), nodeHash(hash, theirs)];
      while (at % 2 === 0 && at !== 0) [at, last] = [at / 2, Math.floor(last / 2)];
    } else theirs = nodeHash(theirs, hash);
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  return last === 0 && sameHash(ours, old) && sameHash(theirs, root);
}

function isIndexOf(index: number, size: number): boolean {
  return Number.isSafeInteger(index) && Number.isSafeInteger(size) && index >= 0 && index < size && size <= maxTreeSize;
}
