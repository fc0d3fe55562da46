/** `dokodemo monitor` as a process, over a log that is served: it sees growth, and whatever is no growth. */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { leafHash, rootOfHashes } from '@dokodemo/issue-log';
import { testAuthority } from '@dokodemo/proof/testing';
import { type Done, dokodemoIn } from './testing/by-command.ts';
import { makeLogKey } from './testing/log-key.ts';
import { gone, issued, type ServedLog, serveLog } from './testing/served-log.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'monitor-'));
const place = (name: string) => path.join(folder, name);
const dokodemo = dokodemoIn(folder);
const key = makeLogKey('log.example');
let log: ServedLog;

before(async () => {
  const { trust } = await testAuthority();
  writeFileSync(place('bundle.json'), JSON.stringify({ ...trust, logs: [key.verifier] }));
  writeFileSync(place('other.json'), JSON.stringify({ ...trust, logs: [makeLogKey('log.example').verifier] }));
  writeFileSync(place('no-log.json'), JSON.stringify(trust));
  log = await serveLog(key);
});
after(async () => {
  await log.close();
  rmSync(folder, { recursive: true, force: true });
});

const look = (state: string, ...more: string[]): Promise<Done> =>
  dokodemo('monitor', '--portal', log.url, '--trust', 'bundle.json', '--state', state, '--json', ...more);
const said = ({ out }: Done) => JSON.parse(out);

/** The log as it is, once it has been seen with these entries. */
async function seen(state: string, entries: readonly Uint8Array[]): Promise<void> {
  Object.assign(log, { entries: [...entries], note: undefined, status: undefined, forgetsPartial: false });
  log.bent.clear();
  const done = await look(state);
  assert.equal(done.status, 0, done.err);
}

/** Not believed: status 3, nothing learned, both checkpoints kept. */
async function refuses(state: string, code: string): Promise<{ entry?: number; text?: string }> {
  const before = readFileSync(place(state), 'utf8');
  const done = await look(state);
  const answer = said(done);
  assert.deepEqual([done.status, answer.outcome, answer.code], [3, 'changed', code], done.err);
  assert.equal(readFileSync(place(state), 'utf8'), before);
  const evidence = JSON.parse(readFileSync(place(answer.evidence), 'utf8'));
  assert.deepEqual([evidence.code, evidence.before], [code, JSON.parse(before).note]);
  assert.match(evidence.now, /^log\.example\n\d+\n/);
  return answer;
}

const some = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => issued(from + i));

describe('a log that only grows', () => {
  test('from nothing over several sizes: what grew is counted by municipality, old bundles are not read again', async () => {
    await seen('grow.json', []);
    log.entries.push(...some(1, 4), issued(1, '482021'), gone(2));
    const first = said(await look('grow.json'));
    assert.deepEqual([first.outcome, first.from, first.to, first.issued, first.void], ['grew', 0, 5, 4, 1]);
    assert.deepEqual(first.municipalities, { 482013: { issued: 3, void: 1 }, 482021: { issued: 1, void: 0 } });
    log.entries.push(...some(4, 600));
    const second = said(await look('grow.json'));
    assert.deepEqual([second.outcome, second.from, second.to, second.issued], ['grew', 5, 601, 596]);
    log.asked.length = 0;
    assert.equal(said(await look('grow.json')).outcome, 'unchanged');
    assert.deepEqual(log.asked, ['GET /log/checkpoint']);
    log.asked.length = 0;
    log.entries.push(gone(599));
    const people = await dokodemo('monitor', '--portal', log.url, '--trust', 'bundle.json', '--state', 'grow.json');
    assert.equal(people.status, 0, people.err);
    assert.match(people.out, /only grew, from 601 to 602 entries\.\n {2}new: issued 0, void 1\n {4}482013 {2}issued 0/);
    assert.deepEqual(
      log.asked.filter((it) => it.includes('entries')),
      ['GET /log/tile/entries/002.p/90'],
    );
  });

  test('begun in the middle it says what it cannot know; a tile that has become full stands for its part', async () => {
    Object.assign(log, { entries: some(1, 301), note: undefined });
    const began = said(await look('middle.json', '--from-now'));
    assert.deepEqual([began.outcome, began.to, began.since], ['began', 300, 300]);
    assert.ok(!log.asked.slice(-4).some((it) => it.includes('entries')));
    log.note = key.note({ size: 400, root: rootOfHashesOf([...log.entries, ...some(301, 400), gone(7)]) });
    log.entries.push(...some(301, 400), gone(7), ...some(400, 700));
    log.forgetsPartial = true;
    const grew = said(await look('middle.json'));
    assert.deepEqual([grew.outcome, grew.to, grew.void, grew.since], ['grew', 400, 1, 300]);
    log.forgetsPartial = false;
  });
});

function rootOfHashesOf(entries: readonly Uint8Array[]): Uint8Array {
  return rootOfHashes(entries.map(leafHash));
}

describe('a log that was changed: status 3, and evidence', () => {
  test('an old entry was changed and the log went on: forked; and so at the same size', async () => {
    await seen('fork.json', some(1, 300));
    log.entries[17] = issued(900);
    await refuses('fork.json', 'forked');
    log.entries.push(...some(300, 310));
    await refuses('fork.json', 'forked');
  });

  test('it has fewer entries than it had', async () => {
    await seen('shrink.json', some(1, 20));
    log.entries.pop();
    await refuses('shrink.json', 'shrunken');
  });

  test('an entry is not the one that was hashed', async () => {
    await seen('entry.json', some(1, 20));
    log.entries.push(...some(20, 300));
    log.bent.set(270, issued(999));
    const { entry, text } = await refuses('entry.json', 'entry-wrong');
    assert.deepEqual([entry, text], [270, Buffer.from(issued(999)).toString()]);
  });

  test('a number issued twice, a void of what was never issued, no entry at all', async () => {
    await seen('twice.json', some(1, 4));
    const old = [...log.entries];
    for (const [entry, code] of [
      [issued(2), 'issued-twice'],
      [gone(4), 'void-without-issue'],
      [new TextEncoder().encode('{}'), 'entry-malformed'],
    ] as const) {
      log.entries = [...old, issued(50), entry];
      assert.equal((await refuses('twice.json', code)).entry, 4);
    }
  });

  test('its entries are right, and its tiles are of another tree', async () => {
    await seen('tiles.json', some(1, 4));
    log.entries.push(...some(4, 9));
    log.bendsTiles = true;
    await refuses('tiles.json', 'tiles-wrong');
    log.bendsTiles = false;
  });

  test('its checkpoint says another size than was signed', async () => {
    await seen('signature.json', some(1, 4));
    log.note = key.note({ size: 3, root: new Uint8Array(32) }).replace('\n3\n', '\n4\n');
    await refuses('signature.json', 'signature-wrong');
  });
});

describe('nothing can be said: status 1, and what was seen stays', () => {
  test('unreachable, another key, no checkpoint, no log in the bundle', async () => {
    await seen('away.json', some(1, 4));
    const known = readFileSync(place('away.json'), 'utf8');
    log.status = 503;
    const away = await look('away.json');
    assert.deepEqual([away.status, said(away).code], [1, 'unreachable']);
    assert.match(said(away).why, /checkpoint: it answered 503/);
    log.status = undefined;
    log.note = makeLogKey('log.example').note({ size: 9, root: new Uint8Array(32) });
    assert.equal(said(await look('away.json')).code, 'no-log-key');
    log.note = '<html>Sign in to the hotel’s network</html>';
    assert.equal(said(await look('away.json')).code, 'no-checkpoint');
    log.note = undefined;
    const without = await dokodemo('monitor', '--portal', log.url, '--trust', 'no-log.json', '--state', 'away.json');
    assert.deepEqual([without.status, without.out], [1, '']);
    assert.match(without.err, /names no log/);
    assert.equal(readFileSync(place('away.json'), 'utf8'), known);
  });

  test('a memory that is damaged, or of a log that the bundle does not name; more entries than are read', async () => {
    await seen('memory.json', some(1, 4));
    const text = readFileSync(place('memory.json'), 'utf8');
    const { peaks, ...rest } = JSON.parse(text);
    writeFileSync(place('memory.json'), JSON.stringify({ ...rest, peaks: [...peaks].reverse() }));
    const damaged = await look('memory.json');
    assert.equal(damaged.status, 1);
    assert.match(damaged.err, /memory\.json: damaged/);
    writeFileSync(place('memory.json'), text);
    const other = await dokodemo('monitor', '--portal', log.url, '--trust', 'other.json', '--state', 'memory.json');
    assert.equal(other.status, 1);
    assert.match(other.err, /not signed by a log of the trust bundle/);
    log.entries.push(...some(4, 30));
    const many = await look('memory.json', '--most-entries', '10');
    assert.deepEqual([many.status, said(many).code], [1, 'too-many-entries']);
  });

  test('without a place for what was seen, it is in the user’s state folder', async () => {
    const done = await dokodemo('monitor', '--portal', log.url, '--trust', 'bundle.json', '--json');
    assert.equal(done.status, 0, done.err);
    assert.ok(said(done).state.startsWith(place('state')) && existsSync(said(done).state));
  });
});
