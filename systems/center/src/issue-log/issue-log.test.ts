import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { openDatabase } from '@dokodemo/database';
import { type TestDatabase, testDatabase } from '@dokodemo/database/testing';
import {
  consistencyProof,
  decodeEntry,
  leafHash,
  openCheckpoint,
  rootOf,
  rootOfHashes,
  verifyConsistency,
} from '@dokodemo/issue-log';
import { createMemoryJournal } from '@dokodemo/journal';
import type pg from 'pg';
import type { CenterNote } from '../center-options.ts';
import { centerDatabase } from '../serve.ts';
import type { SessionEvent } from '../session/events.ts';
import { type EventToRecord, sessionStream } from '../session/stream.ts';
import type { IssueLog, KeptCheckpoint } from './issue-log.ts';
import { type LogKey, logSigner, logVerifierKey, readNodes } from './log-signer.ts';
import { memoryIssueLog } from './memory-issue-log.ts';
import { postgresIssueLog } from './postgres-issue-log.ts';

const key: LogKey = { origin: 'log.example', key: generateKeyPairSync('ed25519').privateKey };
const id = (n: number) => `019283aa-0000-7000-8000-${String(n).padStart(12, '0')}`;
const said = '2026-11-23T10:00:00+09:00';
const digest = (n: number) => n.toString(16).padStart(64, '0');
const numberOf = (n: number, copy = 1) => `20261123-482013-${String(10 * n + copy).padStart(7, '0')}`;

function prepared(n: number, copies = 1): SessionEvent {
  const documentNumbers = Array.from({ length: copies }, (_, i) => numberOf(n, i + 1));
  return {
    kind: 'ApplicationPrepared',
    applicationId: id(n),
    documentNumbers,
    papers: documentNumbers.map((number) => ({ number, digest: digest(n), inquiry: digest(n + 1) })),
    kindId: 'seal',
    sheets: copies,
    feeYen: 200,
    expiresAt: said,
    aadDigest: '',
    sealedDigest: '',
    sheetDigests: [],
  };
}

const voided = (n: number): SessionEvent => ({
  kind: 'ApplicationVoided',
  applicationId: id(n),
  reason: 'X',
  at: said,
});
const lost = (n: number): SessionEvent => ({ kind: 'TrackLost', applicationId: id(n), reason: 'X', at: said });
const returned = (n: number): SessionEvent => ({
  kind: 'FeeReturned',
  applicationId: id(n),
  kindId: 'seal',
  copies: 1,
  feeYen: 200,
  day: '2026-11-23',
  hour: 10,
  reason: 'X',
  at: said,
  evidence: { operator: 'o', caseId: id(0) },
});
const handedOver = (n: number): SessionEvent => {
  const { kind: _, reason: __, ...money } = returned(n) as Extract<SessionEvent, { kind: 'FeeReturned' }>;
  return { kind: 'HandedOver', ...money };
};

/** A journal, each session with these events. */
function journalOf() {
  const journal = createMemoryJournal();
  const stream = sessionStream(journal);
  const lengths = new Map<number, number>();
  return {
    journal,
    async add(n: number, ...bodies: SessionEvent[]) {
      const at = lengths.get(n) ?? 0;
      const events = bodies.map(
        (body): EventToRecord => ({ at: Date.parse(said), terminal: 'DEMO-0001', municipality: '482013', body }),
      );
      assert.equal(await stream.append(id(n), at, events), 'appended');
      lengths.set(n, at + bodies.length);
    },
  };
}

async function drawAll(log: IssueLog): Promise<void> {
  while ((await log.advance()) > 0);
}

async function entriesOf(log: IssueLog): Promise<readonly string[]> {
  const kept = await log.entries(0, 10_000);
  return kept.map(({ entry, leaf }) => {
    assert.deepEqual(leaf, leafHash(entry));
    const read = decodeEntry(entry);
    return `${read?.kind} ${read?.number}`;
  });
}

async function rootNow(log: IssueLog): Promise<Uint8Array> {
  const root = await rootOf(readNodes(log), await log.size());
  // What is kept of it leads to the same root as the whole.
  assert.deepEqual(root, rootOfHashes((await log.entries(0, 10_000)).map(({ leaf }) => leaf)));
  return root;
}

type Journalled = ReturnType<typeof journalOf>;

/** What both logs have to do alike. */
function contract(open: (journal: Journalled['journal']) => Promise<IssueLog>): void {
  test('issued when prepared, void when it does not count, and drawn anew the same tree', async () => {
    const { journal, add } = journalOf();
    const log = await open(journal);
    await add(1, prepared(1, 2), handedOver(1));
    await add(2, prepared(2), lost(2));
    await add(3, prepared(3), voided(3));
    await add(4, prepared(4), lost(4), returned(4));
    // Given up before it was there, and one of before the log: neither is a paper of it.
    await add(5, { kind: 'ApplicationGivenUp', applicationId: id(5), by: 'expire', at: said });
    const { papers: _, ...old } = prepared(6) as Extract<SessionEvent, { kind: 'ApplicationPrepared' }>;
    await add(6, old, voided(6));
    await drawAll(log);
    const expected = [
      `issued ${numberOf(1)}`,
      `issued ${numberOf(1, 2)}`,
      `issued ${numberOf(2)}`,
      `issued ${numberOf(3)}`,
      `void ${numberOf(3)}`,
      `issued ${numberOf(4)}`,
      `void ${numberOf(4)}`,
    ];
    assert.deepEqual(await entriesOf(log), expected);
    const states = async () =>
      Promise.all([1, 2, 3, 4, 6].map(async (n) => (await log.paper(numberOf(n)))?.state ?? 'unknown'));
    assert.deepEqual(await states(), ['handed-over', 'unresolved', 'void', 'void', 'unknown']);
    const paper = await log.paper(numberOf(1, 2));
    assert.deepEqual(paper, {
      number: numberOf(1, 2),
      applicationId: id(1),
      inquiry: digest(2),
      entryIndex: 1,
      state: 'handed-over',
      at: said,
      municipality: '482013',
      kindId: 'seal',
    });
    const root = await rootNow(log);
    await log.rebuild();
    assert.deepEqual(await entriesOf(log), expected);
    assert.deepEqual(await states(), ['handed-over', 'unresolved', 'void', 'void', 'unknown']);
    assert.deepEqual(await rootNow(log), root);
  });

  test('a number stands for its first paper; what is void stays so', async () => {
    const { journal, add } = journalOf();
    const log = await open(journal);
    await add(1, prepared(1), voided(1), handedOver(1), voided(1));
    const again = prepared(2) as Extract<SessionEvent, { kind: 'ApplicationPrepared' }>;
    await add(2, { ...again, papers: [{ number: numberOf(1), digest: digest(9) }] });
    await drawAll(log);
    assert.deepEqual(await entriesOf(log), [`issued ${numberOf(1)}`, `void ${numberOf(1)}`]);
    assert.deepEqual(
      [(await log.paper(numberOf(1)))?.state, (await log.paper(numberOf(1)))?.applicationId],
      ['void', id(1)],
    );
  });

  test('checkpoints stay when all else is drawn anew; each begins with the one before', async () => {
    const { journal, add } = journalOf();
    const log = await open(journal);
    const notes: CenterNote[] = [];
    const signer = logSigner(log, key, (note) => notes.push(note));
    assert.notEqual(signer.fault(), undefined);
    await signer.round();
    let last: KeptCheckpoint | undefined = await log.newestCheckpoint();
    assert.equal(last?.size, 0);
    for (let n = 1; n <= 600; n += 150) {
      for (let i = n; i < n + 150; i++) await add(i, prepared(i));
      await signer.round();
      const next = await log.newestCheckpoint();
      assert.ok(last !== undefined && next !== undefined);
      const opened = openCheckpoint(next.note, [logVerifierKey(key)]);
      assert.deepEqual(opened, { origin: 'log.example', size: n + 149, root: next.root });
      const proof: readonly Uint8Array[] =
        last.size === 0 ? [] : await consistencyProof(readNodes(log), last.size, next.size);
      assert.ok(verifyConsistency(last.size, next.size, last.root, next.root, proof));
      last = next;
    }
    await log.rebuild();
    assert.deepEqual(await log.newestCheckpoint(), last);
    await signer.round();
    assert.deepEqual([await log.newestCheckpoint(), signer.fault(), notes], [last, undefined, []]);
  });
}

describe('in memory', () => contract(async (journal) => memoryIssueLog(journal)));

describe('in PostgreSQL', () => {
  let database: TestDatabase;
  let pool: pg.Pool;
  beforeEach(async () => {
    database = await testDatabase(centerDatabase);
    pool = openDatabase(database.address, { applicationName: 'issue-log-test', connections: 4 });
  });
  afterEach(async () => {
    await pool.end();
    await database.drop();
  });
  contract(async (journal) => postgresIssueLog(pool, journal));

  /** Ten papers are signed; then somebody is in the database, and five more come. */
  async function changed(work: () => Promise<unknown>) {
    const { journal, add } = journalOf();
    const log = postgresIssueLog(pool, journal);
    for (let n = 1; n <= 10; n++) await add(n, prepared(n));
    const notes: CenterNote[] = [];
    const signer = logSigner(log, key, (note) => notes.push(note));
    await signer.round();
    const before = await log.newestCheckpoint();
    assert.deepEqual([before?.size, signer.fault()], [10, undefined]);
    await work();
    for (let n = 11; n <= 15; n++) await add(n, prepared(n));
    await signer.round();
    await signer.round();
    return { log, before, signer, notes };
  }

  for (const [what, sql] of [
    ['an entry', `update issue_log_entry set entry = '{"kind":"void","number":"1"}' where index = 3`],
    ['an entry and its leaf', `update issue_log_entry set leaf = sha256(leaf), entry = 'x' where index = 3`],
    ['a hash', 'update issue_log_hash set hash = sha256(hash) where level = 2 and index = 1'],
    ['a hash that the root needs', 'update issue_log_hash set hash = sha256(hash) where level = 3'],
    ['nothing but what is left', 'delete from issue_log_hash where level = 1 and index = 4'],
  ] as const) {
    test(`${what} was changed: nothing is signed, it is said once, and the log as drawn from the journal is back`, async () => {
      const { log, before, signer, notes } = await changed(() => pool.query(sql));
      assert.notEqual(signer.fault(), undefined);
      assert.deepEqual(await log.newestCheckpoint(), before);
      assert.deepEqual(
        notes.map((note) => note.what),
        ['defect'],
      );
      await log.rebuild();
      await signer.round();
      assert.equal(signer.fault(), undefined);
      const after = await log.newestCheckpoint();
      assert.ok(before !== undefined && after?.size === 15);
      const proof = await consistencyProof(readNodes(log), 10, 15);
      assert.ok(verifyConsistency(10, 15, before.root, after.root, proof));
    });
  }

  test('shorter than what is signed: nothing is signed', async () => {
    const { journal, add } = journalOf();
    await add(1, prepared(1));
    await add(2, prepared(2));
    const notes: CenterNote[] = [];
    await logSigner(postgresIssueLog(pool, journal), key, (note) => notes.push(note)).round();
    const other = journalOf();
    await other.add(1, prepared(1));
    const shorter = postgresIssueLog(pool, other.journal);
    await shorter.rebuild();
    const signer = logSigner(shorter, key, (note) => notes.push(note));
    await signer.round();
    assert.match(signer.fault() ?? '', /1 entries, and 2 are signed/);
    assert.equal((await shorter.newestCheckpoint())?.size, 2);
  });

  test('what is signed cannot be changed or deleted by the application', async () => {
    const { journal } = journalOf();
    const log = postgresIssueLog(pool, journal);
    await logSigner(log, key, () => undefined).round();
    await assert.rejects(pool.query('delete from issue_log_checkpoint'), /permission denied/);
    await assert.rejects(pool.query('update issue_log_checkpoint set size = 1'), /permission denied/);
  });

  test('two processes draw and sign at once: one log', async () => {
    const { journal, add } = journalOf();
    const notes: CenterNote[] = [];
    const logs = [postgresIssueLog(pool, journal), postgresIssueLog(pool, journal)];
    const signers = logs.map((log) => logSigner(log, key, (note) => notes.push(note)));
    for (let n = 1; n <= 40; n++) {
      await add(n, prepared(n));
      await Promise.all(signers.map((it) => it.round()));
    }
    const alone = memoryIssueLog(journal);
    await drawAll(alone);
    const [log] = logs;
    assert.ok(log);
    assert.deepEqual(await entriesOf(log), await entriesOf(alone));
    assert.deepEqual((await log.newestCheckpoint())?.root, await rootNow(alone));
    assert.deepEqual(notes, []);
  });
});
