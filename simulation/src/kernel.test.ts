import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Chance } from './chance.ts';
import { Life, mortal } from './mortal.ts';
import { VirtualTime } from './virtual-time.ts';

test('time passes from timer to timer, in order, and cancelled ones never fire', async () => {
  const time = new VirtualTime(1_000);
  const fired: string[] = [];
  time.setTimer(20, () => fired.push(`late at ${time.now()}`));
  const cancel = time.setTimer(15, () => fired.push('never'));
  time.setTimer(10, () => {
    fired.push(`early at ${time.now()}`);
    cancel();
    void Promise.resolve().then(() => time.setTimer(5, () => fired.push(`chained at ${time.now()}`)));
  });
  time.setTimer(10, () => fired.push('same moment, set later'));
  assert.equal(
    await time.run(
      2_000,
      100,
      () => false,
      () => undefined,
    ),
    4,
  );
  assert.deepEqual(fired, ['early at 1010', 'same moment, set later', 'chained at 1015', 'late at 1020']);
  assert.equal(time.now(), 2_000);
});

test('thousands of timers come in order', async () => {
  const time = new VirtualTime(0);
  const chance = Chance.stream(1, 'test');
  const seen: number[] = [];
  for (let i = 0; i < 3_000; i++) time.setTimer(chance.between(0, 10_000), () => seen.push(time.now()));
  await time.run(
    20_000,
    10_000,
    () => false,
    () => undefined,
  );
  assert.equal(seen.length, 3_000);
  assert.deepEqual(
    seen,
    [...seen].sort((a, b) => a - b),
  );
});

test('one seed, one luck; another part, another luck', () => {
  const draw = (chance: Chance) => Array.from({ length: 5 }, () => chance.between(0, 1_000_000));
  assert.deepEqual(draw(Chance.stream(7, 'network')), draw(Chance.stream(7, 'network')));
  assert.notDeepEqual(draw(Chance.stream(7, 'network')), draw(Chance.stream(7, 'kiosk')));
  assert.notDeepEqual(draw(Chance.stream(7, 'network')), draw(Chance.stream(8, 'network')));
  const many = Chance.stream(3, 'mean');
  const mean = Array.from({ length: 20_000 }, () => many.fraction()).reduce((a, b) => a + b) / 20_000;
  assert.ok(Math.abs(mean - 0.5) < 0.01);
});

test('what a dead process began may take effect; it never hears of it and begins nothing more', async () => {
  const written: string[] = [];
  const disk = {
    async write(text: string) {
      await Promise.resolve();
      written.push(text);
    },
  };
  const life = new Life();
  const seen = mortal(disk, life);
  let heard = false;
  void seen.write('begun').then(() => {
    heard = true;
  });
  life.end();
  void seen.write('after death');
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(written, ['begun']);
  assert.equal(heard, false);
});
