/** S9: above its capacity the issuer refuses politely, and recovers by itself. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { type Answer, answer } from '@dokodemo/domain';
import { createGate } from './prepare/gate.ts';
import { createManualClock } from './testing/manual-clock.ts';
import {
  beginning,
  createWorld,
  enter,
  type Keys,
  makeKeys,
  prepare,
  refusedAs,
  value,
  wishBody,
} from './testing/world.ts';

let keys: Keys;
before(async () => {
  keys = await makeKeys();
});

test('ten at once where two fit and three may wait: five are made, five are told so and may ask again', async () => {
  const limits = { documentsAtOnce: 2, documentsWaiting: 3 };
  const world = createWorld(keys, { limits });
  const { session } = await enter(world);
  const wishes = Array.from({ length: 10 }, () => wishBody(world));
  let inside = 0;
  let most = 0;
  world.register.beforeSnapshot = async () => {
    most = Math.max(most, ++inside);
    await new Promise(setImmediate);
    inside--;
  };
  const replies = await Promise.all(wishes.map((wish) => prepare(world, session, wish)));
  const busy = wishes.filter((_, i) => !replies[i]?.ok);
  assert.equal(busy.length, 5);
  assert.equal(most, 2);
  for (const reply of replies) if (!reply.ok) refusedAs(reply, 'BUSY');
  for (const wish of busy) value(await prepare(world, session, wish));
});

test('whoever waited too long is not served late, and hands the place on', async () => {
  const clock = createManualClock(beginning);
  const gate = createGate({ atOnce: 1, waiting: 5, waitMs: 1_000 }, clock);
  let leave = () => {};
  const first = gate.pass(
    () =>
      new Promise<Answer<string>>((resolve) => {
        leave = () => resolve(answer('first'));
      }),
  );
  const late = gate.pass(async () => answer('late'));
  clock.advance(1_001);
  const fresh = gate.pass(async () => answer('fresh'));
  leave();
  assert.equal(value(await first), 'first');
  refusedAs(await late, 'BUSY');
  assert.equal(value(await fresh), 'fresh');
  assert.equal(value(await gate.pass(async () => answer('after'))), 'after');
});

test('work that throws gives its place back', async () => {
  const gate = createGate({ atOnce: 1, waiting: 0, waitMs: 1_000 }, createManualClock(beginning));
  await assert.rejects(gate.pass(async () => Promise.reject(new Error('broken'))));
  assert.equal(value(await gate.pass(async () => answer('next'))), 'next');
});
