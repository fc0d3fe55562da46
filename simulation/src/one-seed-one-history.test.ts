/** A seed is a history: the same to the byte, whatever keys were drawn for the run. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readable } from './history.ts';
import { simulate } from './simulation.ts';
import { openStage } from './stage.ts';

const seeds = [3, 8];
const everyLine = 1_000_000;

test('one seed, one history, also with other keys; another seed, another history', async () => {
  const [one, other] = [await openStage(), await openStage()];
  const digests: string[] = [];
  for (const seed of seeds) {
    const first = await simulate(one, { seed, minutes: 20, keepLines: everyLine });
    const second = await simulate(other, { seed, minutes: 20, keepLines: everyLine });
    const text = (lines: typeof first.lines) => lines.map((line) => readable({ ...line, aside: '' }));
    assert.deepEqual(text(second.lines), text(first.lines));
    assert.equal(second.digest, first.digest);
    digests.push(first.digest);
  }
  assert.equal(new Set(digests).size, seeds.length);
});
