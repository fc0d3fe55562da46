/** Who holds a paper learns what it is worth; who guesses learns nothing. */
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import {
  checkProof,
  consistencyProof,
  decodeBundle,
  decodeTile,
  leafHash,
  nodesFromTiles,
  openCheckpoint,
  rootOf,
} from '@dokodemo/issue-log';
import { createMemoryJournal } from '@dokodemo/journal';
import type { InquiryReply } from '@dokodemo/protocol';
import { type LogKey, logVerifierKey } from './issue-log/log-signer.ts';
import { memoryIssueLog } from './issue-log/memory-issue-log.ts';
import { scriptedInquiry } from './testing/scripted-issuer.ts';
import { makeWorld, TestKiosk, type World } from './testing/world.ts';

const logKey: LogKey = { origin: 'log.example', key: generateKeyPairSync('ed25519').privateKey };
const logs = [logVerifierKey(logKey)];
const peer = { role: 'portal', id: 'portal' } as const;
const secret = (number: string) => scriptedInquiry(number).toString('base64');

async function asked(world: World, documentNumber: string, inquiry = secret(documentNumber)): Promise<InquiryReply> {
  const reply = await world.center.inquiryHandlers.inquire({ peer, params: {}, body: { documentNumber, inquiry } });
  assert.ok(reply.ok, JSON.stringify(reply));
  return reply.value;
}

/** A paper of two that waits for its fee; its number. */
async function toPaper(world: World): Promise<{ kiosk: TestKiosk; applicationId: string; number: string }> {
  const kiosk = new TestKiosk(world);
  await kiosk.toMenu();
  const applicationId = await kiosk.toPay('seal');
  const number = world.issuer.prepared.get(applicationId)?.documentNumbers[0] ?? '';
  return { kiosk, applicationId, number };
}

function included(reply: InquiryReply): boolean {
  const entry = new TextEncoder().encode(reply.entry ?? '');
  return reply.proof !== undefined && checkProof(reply.proof, entry, logs).included;
}

test('a paper from prepared to handed over, with its place in the log; another is void', async () => {
  const world = await makeWorld({ logKey });
  await world.center.logRound();
  const { kiosk, applicationId, number } = await toPaper(world);
  await world.center.logRound();
  const before = await asked(world, number);
  assert.deepEqual([before.state, before.issuer, before.issuerName], ['prepared', '482013', '見本県どこでも市']);
  assert.equal(before.kindId, 'seal');
  assert.ok(included(before));
  await kiosk.report(...kiosk.wellDelivered(applicationId));
  await world.center.logRound();
  assert.equal((await asked(world, number)).state, 'handed-over');
  assert.ok(included(await asked(world, number)));

  const stopped = await toPaper(world);
  await stopped.kiosk.give({ kind: 'document-refused', applicationId: stopped.applicationId, code: 'MISMATCH_STOP' });
  await world.center.logRound();
  assert.equal((await asked(world, stopped.number)).state, 'void');
});

test('a number that is not there and a key that is not this paper’s are answered alike', async () => {
  const world = await makeWorld({ logKey });
  const { number } = await toPaper(world);
  await world.center.logRound();
  const unknown = { state: 'unknown' };
  assert.deepEqual(await asked(world, '20991231-482013-0000001'), unknown);
  assert.deepEqual(await asked(world, number, secret('another')), unknown);
  assert.deepEqual(await asked(world, number, Buffer.alloc(32).toString('base64')), unknown);
  assert.equal((await asked(world, number)).state, 'prepared');
});

test('a paper without a check code answers nobody, whatever is sent', async () => {
  const world = await makeWorld({ logKey });
  world.issuer.twistPapers = (papers) => papers.map(({ number, digest }) => ({ number, digest }));
  const { number } = await toPaper(world);
  await world.center.logRound();
  for (const inquiry of [secret(number), Buffer.alloc(32).toString('base64')])
    assert.deepEqual(await asked(world, number, inquiry), { state: 'unknown' });
});

test('what no checkpoint covers yet comes without a proof; without a key, so does everything', async () => {
  const journal = createMemoryJournal();
  const issueLog = memoryIssueLog(journal);
  const world = await makeWorld({ journal, issueLog, logKey });
  await world.center.logRound();
  const { number } = await toPaper(world);
  await issueLog.advance();
  const early = await asked(world, number);
  assert.deepEqual([early.state, early.entry, early.proof], ['prepared', undefined, undefined]);

  const unsigned = await makeWorld();
  const paper = await toPaper(unsigned);
  await unsigned.center.logRound();
  const bare = await asked(unsigned, paper.number);
  assert.deepEqual([bare.state, bare.entry, bare.proof], ['prepared', undefined, undefined]);
  const { logCheckpoint, logTile } = unsigned.center.inquiryHandlers;
  const tile = await logTile({ peer, params: { level: '0', index: '0', width: '1' }, body: null });
  for (const it of [await logCheckpoint({ peer, params: {}, body: null }), tile])
    assert.ok(!it.ok && it.failure.code === 'UNKNOWN');
});

test('the whole log can be read as tiles and entries, up to what is signed, and nothing beyond', async () => {
  const world = await makeWorld({ logKey });
  for (let i = 0; i < 5; i++) await toPaper(world);
  await world.center.logRound();
  const { logCheckpoint, logTile, logEntries } = world.center.inquiryHandlers;
  const said = await logCheckpoint({ peer, params: {}, body: null });
  assert.ok(said.ok);
  const checkpoint = openCheckpoint(said.value.note, logs);
  assert.equal(checkpoint?.size, 5);
  const params = { index: '0', width: '5' };
  const tile = await logTile({ peer, params: { level: '0', ...params }, body: null });
  const bundle = await logEntries({ peer, params, body: null });
  assert.ok(tile.ok && bundle.ok);
  const hashes = decodeTile(new Uint8Array(Buffer.from(tile.value.hashes, 'base64')), 5) ?? [];
  assert.deepEqual(hashes, decodeBundle(Buffer.from(bundle.value.bundle, 'base64'), 5)?.map(leafHash));
  const read = nodesFromTiles(async () => hashes, 5);
  assert.deepEqual(await rootOf(read, 5), checkpoint?.root);
  assert.ok((await consistencyProof(read, 3, 5)).length > 0);
  await toPaper(world);
  for (const more of [
    await logTile({ peer, params: { level: '0', index: '0', width: '6' }, body: null }),
    await logTile({ peer, params: { level: '1', index: '0', width: '1' }, body: null }),
    await logTile({ peer, params: { level: '5', index: '999999999999', width: '256' }, body: null }),
    await logEntries({ peer, params: { index: '0', width: '6' }, body: null }),
    await logEntries({ peer, params: { index: '0', width: '999' }, body: null }),
  ])
    assert.ok(!more.ok && more.failure.code === 'UNKNOWN');
});

test('a log that is not the one that was signed answers nothing', async () => {
  const journal = createMemoryJournal();
  const log = memoryIssueLog(journal);
  let isWhole = true;
  const issueLog = {
    ...log,
    hashes: async (nodes: Parameters<typeof log.hashes>[0]) =>
      (await log.hashes(nodes)).map((hash) => (isWhole ? hash : hash?.map((byte) => byte ^ 1))),
  };
  const world = await makeWorld({ journal, issueLog, logKey });
  const { number } = await toPaper(world);
  await toPaper(world);
  const { inquire, logCheckpoint } = world.center.inquiryHandlers;
  const body = { documentNumber: number, inquiry: secret(number) };
  const codes = async () => {
    const all = [await inquire({ peer, params: {}, body }), await logCheckpoint({ peer, params: {}, body: null })];
    return all.map((it) => (it.ok ? 'answered' : it.failure.code));
  };
  // Before it was looked at, nobody knows.
  assert.deepEqual(await codes(), ['UPSTREAM_DOWN', 'UPSTREAM_DOWN']);
  await world.center.logRound();
  assert.deepEqual(await codes(), ['answered', 'answered']);
  isWhole = false;
  // Found when asked, before the next round has looked; and from then on.
  assert.deepEqual(await codes(), ['UPSTREAM_DOWN', 'answered']);
  await world.center.logRound();
  assert.deepEqual(await codes(), ['UPSTREAM_DOWN', 'UPSTREAM_DOWN']);
  isWhole = true;
  await world.center.logRound();
  assert.deepEqual(await codes(), ['answered', 'answered']);
});
