/**
 * S2 for a file: wherever the plug is pulled, and whenever a telephone comes, the fee is kept exactly when the file was
 * collected, and once the money has gone back nobody can collect it.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Cut, Saboteur } from './testing/saboteur.ts';
import { World } from './testing/world.ts';

type Story = {
  /** The telephone tries so many seconds after the address was first shown; undefined: it never comes. */
  readonly comesAfter: number | undefined;
  /** The resident stops after so many seconds of it. */
  readonly stopsAfter: number | undefined;
  readonly centerAway: boolean;
};

async function tell(story: Story, cuts: readonly Cut[]): Promise<{ world: World; steps: number; gotIt: boolean }> {
  const saboteur = new Saboteur();
  const world = await World.open({ around: saboteur.around });
  saboteur.pull = (keepBytes) => world.cut(keepBytes);
  let [cut, ...waiting] = cuts;
  saboteur.cut = cut;
  let address: string | undefined;
  let gotIt = false;
  let isAway = false;
  world.center.script.fate = ({ name }) => (isAway && name === 'withdrawFile' ? 'NO_ANSWER' : 'arrives');
  const collect = () => {
    if (address !== undefined) gotIt = world.center.files.collect(address) !== undefined || gotIt;
  };
  const live = async (act: () => Promise<unknown>) => {
    if (world.power.on) await act().catch((error: unknown) => assert.ok(!world.power.on, String(error)));
  };
  await live(() => world.toPayForFile());
  await live(() => world.pay());
  await live(() => world.until('receive-file'));
  // What has been on the glass has been read, also if it goes dark in the same instant.
  for (const { screen } of world.states) if (screen.kind === 'receive-file') address = screen.address;
  isAway = story.centerAway;
  for (let second = 0; second < 40; second++) {
    if (second === story.comesAfter) collect();
    if (second === story.stopsAfter) await live(() => world.touch({ kind: 'stop' }));
    if (second === 30) isAway = false;
    if (!world.power.on && second % 10 === 9) {
      cut = waiting.shift();
      saboteur.steps = 0;
      saboteur.cut = cut;
      await world.powerOn();
    }
    await world.time.pass(1_000);
  }
  const { steps } = saboteur;
  isAway = false;
  saboteur.cut = undefined;
  waiting = [];
  if (!world.power.on) await world.powerOn();
  await world.until('welcome', 3_600_000);
  await world.time.pass(60_000);
  collect();
  return { world, steps, gotIt };
}

function check({ world, gotIt }: { world: World; gotIt: boolean }, about: string): void {
  assert.deepEqual(world.center.impossible, [], about);
  assert.deepEqual(world.printer.tray(), [], about);
  for (const { applicationId } of world.center.bindings) {
    const ended = world.money.ended(applicationId)?.how;
    const state = world.center.stateOf(applicationId);
    if (gotIt) assert.deepEqual([ended, state], ['captured', 'captured'], `${about}: a file without its fee`);
    else assert.notEqual(ended, 'captured', `${about}: a fee without its file`);
    if (!gotIt) assert.ok(state === 'voided' || state === 'refunded', `${about}: ${state}`);
  }
  const { insertedYen, slotsOpen } = world.money.picture();
  assert.deepEqual([insertedYen, slotsOpen], [0, false], `${about}: money hangs`);
}

const stories: readonly Story[] = [
  { comesAfter: 1, stopsAfter: undefined, centerAway: false },
  { comesAfter: undefined, stopsAfter: 3, centerAway: false },
  { comesAfter: 12, stopsAfter: 3, centerAway: true },
];

test('the plug is pulled at every single step, before and after it, with a telephone that comes or not', async () => {
  for (const story of stories) {
    const whole = await tell(story, []);
    check(whole, JSON.stringify(story));
    assert.ok(whole.steps > 30, `${whole.steps} steps`);
    for (let step = 1; step <= whole.steps; step++) {
      for (const when of ['before', 'after'] as const) {
        const cut: Cut = { at: 'step', step, when, keepBytes: step % 40 };
        check(await tell(story, [cut]), `step ${step} ${when} ${JSON.stringify(story)}`);
      }
    }
  }
});

test('any number of cuts, any moment of the telephone', async () => {
  const second = fc.option(fc.nat(39), { nil: undefined });
  const cut = fc.record({
    at: fc.constant('step' as const),
    step: fc.integer({ min: 1, max: 90 }),
    when: fc.constantFrom('before' as const, 'after' as const),
    keepBytes: fc.nat(60),
  });
  const story = fc.record({ comesAfter: second, stopsAfter: second, centerAway: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(story, fc.array(cut, { maxLength: 3 }), async (told, cuts) => check(await tell(told, cuts), '')),
    { numRuns: 60 },
  );
});
