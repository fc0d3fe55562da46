import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  encodeEntry,
  inclusionProof,
  leafHash,
  nodesFromTiles,
  paperDigest,
  rootOf,
  signCheckpoint,
  toBase64,
  verifierKey,
  writeProof,
} from '@dokodemo/issue-log';
import { ed25519 } from '@noble/curves/ed25519.js';
import { paperKeys } from '../seal/inquiry-key.ts';
import { askPortal } from './ask-portal.ts';

const code = '0123456789ABCDEF';
const documentNumber = '20261123-482013-0000042';
const fronts = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)];
const secret = new Uint8Array(32).fill(9);
const publicKey = ed25519.getPublicKey(secret);
const log = verifierKey('log.example', publicKey);
const keys = paperKeys(code, documentNumber);

/** A log of five entries with this one in the middle, and what the portal says of it. */
async function reply(
  state: string,
  entry = encodeEntry({ kind: 'issued', number: documentNumber, digest: paperDigest(keys.logSalt, fronts) }),
) {
  const others = [1, 2, 3, 4].map((i) => encodeEntry({ kind: 'void', number: String(i) }));
  const leaves = [...others.slice(0, 2), entry, ...others.slice(2)].map(leafHash);
  const read = nodesFromTiles(async ({ level }) => (level === 0 ? leaves : []), leaves.length);
  const checkpoint = { origin: 'log.example', size: leaves.length, root: await rootOf(read, leaves.length) };
  const note = signCheckpoint(checkpoint, publicKey, (text) => ed25519.sign(text, secret));
  const proof = writeProof(2, await inclusionProof(read, 2, leaves.length), note);
  return { state, at: '2026-11-23T10:00:00+09:00', entry: new TextDecoder().decode(entry), proof };
}

const asked: { documentNumber: string; inquiry: string }[] = [];
function portal(body: unknown, status = 200): typeof globalThis.fetch {
  return async (_url, init) => {
    asked.push(JSON.parse(String(init?.body)) as { documentNumber: string; inquiry: string });
    return new Response(typeof body === 'string' ? body : JSON.stringify(body), { status });
  };
}

const ask = async (fetch: typeof globalThis.fetch, logs = [log], of = { documentNumber, code, fronts }) =>
  askPortal({ portal: 'https://portal.example/', logs, fetch })(of);

test('what was handed over and stands in a log that is known holds; the check code is not sent', async () => {
  const said = await ask(portal(await reply('handed-over')));
  assert.deepEqual(said, { answer: 'holds', code: 'handed-over', values: { log: 'included', day: '2026-11-23' } });
  const sent = asked.at(-1);
  assert.deepEqual(sent, { documentNumber, inquiry: toBase64(keys.inquiry) });
  assert.ok(!JSON.stringify(sent).includes(code));
});

test('a number that is not known, a void one, other fronts, another number, another log: false', async () => {
  assert.equal((await ask(portal({ state: 'unknown' }))).code, 'unknown-document');
  assert.deepEqual((await ask(portal({ state: 'unknown' }))).answer, 'false');
  assert.equal((await ask(portal(await reply('void')))).answer, 'false');
  const good = await reply('handed-over');
  const wrongFronts = await ask(portal(good), [log], { documentNumber, code, fronts: [...fronts].reverse() });
  assert.deepEqual([wrongFronts.answer, wrongFronts.values?.why], ['false', 'other-fronts']);
  const digest = paperDigest(keys.logSalt, fronts);
  const other = await reply('handed-over', encodeEntry({ kind: 'issued', number: 'another', digest }));
  assert.equal((await ask(portal(other))).values?.why, 'other-number');
  const foreign = verifierKey('log.example', ed25519.getPublicKey(new Uint8Array(32).fill(8)));
  assert.equal((await ask(portal(good), [foreign])).values?.why, 'not-signed-by-a-known-log');
  assert.equal(
    (await ask(portal({ ...good, proof: good.proof.replace('index 2', 'index 3') }))).values?.why,
    'proof-wrong',
  );
});

test('no proof, no log that is known, no answer, nonsense, too much, too often: not proven, and never holds', async () => {
  const { entry: _, ...bare } = await reply('handed-over');
  assert.deepEqual((await ask(portal(bare))).code, 'not-in-the-log');
  assert.equal((await ask(portal(bare))).answer, 'unproven');
  assert.equal((await ask(portal(await reply('handed-over')), [])).values?.log, 'not-proven');
  for (const state of ['prepared', 'unresolved']) {
    const said = await ask(portal(await reply(state)));
    assert.deepEqual([said.answer, said.code], ['unproven', state]);
  }
  assert.equal((await ask(portal({}, 429))).code, 'too-many-questions');
  for (const [body, status] of [
    ['{', 200],
    ['null', 200],
    [{ state: 'fine' }, 200],
    [{}, 503],
    [`"${'x'.repeat(70_000)}"`, 200],
  ] as const)
    assert.deepEqual(await ask(portal(body, status)), { answer: 'unproven', code: 'portal-no-answer' });
  const dead = () => Promise.reject(new TypeError('no network'));
  assert.equal((await ask(dead)).code, 'portal-no-answer');
});

test('keys differ by code, by number and by use', () => {
  const all = [keys, paperKeys('1123456789ABCDEF', documentNumber), paperKeys(code, '20261123-482013-0000043')];
  assert.equal(new Set(all.flatMap(({ inquiry, logSalt }) => [toBase64(inquiry), toBase64(logSalt)])).size, 6);
  assert.deepEqual(paperKeys(code, documentNumber), keys);
});
