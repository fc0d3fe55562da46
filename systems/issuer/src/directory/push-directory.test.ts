import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { answer, refuse } from '@dokodemo/domain';
import { directoryDigest } from '@dokodemo/protocol';
import { town } from '../testing/people.ts';
import { cardOf, createWorld, type Keys, makeKeys } from '../testing/world.ts';
import type { CenterClient } from './push-directory.ts';

let keys: Keys;
before(async () => {
  keys = await makeKeys();
});

function createDirectory() {
  const directory = { down: false, calls: 0, digests: new Set<string>() };
  const center: CenterClient = {
    async putDirectory({ municipality }, { added, removed }) {
      directory.calls++;
      if (directory.down) return refuse('UPSTREAM_DOWN');
      assert.equal(municipality, town);
      for (const digest of added) directory.digests.add(digest);
      for (const digest of removed) directory.digests.delete(digest);
      return answer({ size: directory.digests.size });
    },
  };
  return { directory, center };
}

test('at start everything, then only what changed; what was not acknowledged is told again', async () => {
  const { directory, center } = createDirectory();
  const world = createWorld(keys, { center });
  directory.down = true;
  await world.issuer.tick();
  assert.deepEqual([directory.digests.size, world.notes[0]?.what], [0, 'directory-not-pushed']);
  directory.down = false;
  world.clock.advance(60_000);
  assert.equal((await world.issuer.tick()).directoryChanges, 2);
  assert.ok(directory.digests.has(directoryDigest(cardOf(keys, 0).serialHex)));

  world.register.holders.delete(cardOf(keys, 0).serialHex);
  world.register.holders.set('0c', '201');
  world.clock.advance(60_000);
  await world.issuer.tick();
  assert.deepEqual(directory.digests, new Set([cardOf(keys, 1).serialHex, '0c'].map(directoryDigest)));

  const { calls } = directory;
  world.clock.advance(59_999);
  await world.issuer.tick();
  world.clock.advance(1);
  await world.issuer.tick();
  assert.equal(directory.calls, calls, 'nothing changed: nothing is sent');
});

test('twelve thousand go in parts of five thousand', async () => {
  const { directory, center } = createDirectory();
  const world = createWorld(keys, { center });
  for (let i = 0; i < 12_000; i++) world.register.holders.set(i.toString(16).padStart(8, '0'), '101');
  await world.issuer.tick();
  assert.deepEqual([directory.digests.size, directory.calls], [12_002, 3]);
});
