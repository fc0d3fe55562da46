/** A resident touches, shows the card, enters the PIN, chooses, pays and takes the paper. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { World } from './testing/world.ts';

test('from the first touch to paper and change: money captured once, everything told, in order', async () => {
  const world = await World.open();
  const pay = await world.toPay(2);
  assert.equal(pay.feeYen, 600);
  world.money.insert(1000);
  const take = await world.until('take');
  assert.deepEqual([take.sheets, take.feeYen, take.changeYen, take.documentNumbers.length], [2, 600, 400, 2]);
  assert.equal(world.printer.tray().length, 2);
  await world.leave();
  await world.time.pass(5_000);
  assert.deepEqual(world.facts(), [
    'card-put-down',
    'card-removed',
    'fee-reserved',
    'printing-started',
    'sheet-printed',
    'sheet-printed',
    'handed-over',
    'fee-captured',
    'paper-taken',
    'session-ended',
  ]);
  assert.deepEqual(world.center.impossible, []);
  const { vaultYen, changeYen, insertedYen } = world.money.picture();
  assert.deepEqual([vaultYen, changeYen, insertedYen], [600, 400, 0]);
});
