/**
 * S2 under power cuts: wherever the plug is pulled, a fee is captured exactly when all of its sheets are in the tray;
 * everything else is given back, or is an open case until somebody has looked. Nothing happens twice.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { caseNumberOf } from './journal-state.ts';
import { type Cut, Saboteur } from './testing/saboteur.ts';
import { World, type WorldOptions } from './testing/world.ts';

type Story = {
  readonly copies: number;
  readonly note: boolean;
  /** The resident stops after so many coins; undefined: pays. */
  readonly stopsAfter?: number;
  /** The printer stands still when so many sheets are out, and is given up by staff. */
  readonly jamAfter?: number;
  readonly paperComesOut: boolean;
  /** Printer and money unit have power of their own. */
  readonly onlyTheComputer?: boolean;
};

async function tell(story: Story, cuts: readonly Cut[], seed: string): Promise<{ world: World; steps: number }> {
  const saboteur = new Saboteur();
  const options: WorldOptions = { seed, around: saboteur.around };
  const world = await World.open(options);
  const pull = (keepBytes: number) =>
    story.onlyTheComputer === true ? world.crash(keepBytes) : world.cut(keepBytes, story.paperComesOut);
  saboteur.pull = pull;
  const waiting = [...cuts];
  const arm = async () => {
    saboteur.steps = 0;
    saboteur.cut = waiting.shift();
    const { cut } = saboteur;
    if (cut?.at === 'time') {
      world.time.setTimer(cut.ms, () => {
        if (world.power.on && saboteur.cut === cut) pull(cut.keepBytes);
      });
    }
  };
  await arm();
  await live(world, story);
  const { steps } = saboteur;
  for (let round = 0; round < 3; round++) {
    for (let outages = 0; !world.power.on; outages++) {
      assert.ok(outages <= cuts.length);
      await world.time.pass(10_000);
      world.printer.setCondition('jam', false);
      await arm();
      await world.powerOn();
      await world.time.pass(400_000, () => !world.power.on);
    }
    await staffLooks(world);
    await world.time.pass(120_000, () => !world.power.on);
  }
  saboteur.cut = undefined;
  assert.ok(world.power.on);
  return { world, steps };
}

/** Somebody of the store opens the lid and says what there is to see. */
async function staffLooks(world: World): Promise<void> {
  for (const { applicationId, sheetDigests } of world.center.bindings) {
    if (world.center.stateOf(applicationId) !== 'unresolved') continue;
    assert.equal(await world.money.recall(applicationId), 'in-escrow', 'nobody has looked yet');
    assert.equal(world.screen.kind, 'out-of-service');
    const caseNumber = caseNumberOf(world.terminalId, applicationId);
    const paper = sheetsOut(world, applicationId) === sheetDigests.length ? 'all-came-out' : 'not-all-came-out';
    assert.ok(world.kiosk.staff({ kind: 'settle-case', caseNumber, paper }));
  }
}

function sheetsOut(world: World, applicationId: string): number {
  const found = world.center.bindings.find((binding) => binding.applicationId === applicationId);
  return world.printer.tray().filter(({ name }) => name.startsWith(`${found?.documentNumbers[0]} `)).length;
}

/** A resident with a will, as long as there is power. */
async function live(world: World, story: Story): Promise<void> {
  const on = () => world.power.on;
  const step = async (act: () => Promise<unknown>) => {
    if (!on()) return;
    await act().catch((error: unknown) => {
      if (on()) throw error;
    });
  };
  await step(() => world.toPay(story.copies));
  await step(() => payFor(world, story));
  if (story.stopsAfter !== undefined) await step(() => world.touch({ kind: 'stop' }));
  for (let second = 0; second < 60 && on(); second++) {
    await world.time.pass(1_000, () => !on());
    if (world.screen.kind === 'take' || world.screen.kind === 'refunded') break;
    if (story.jamAfter !== undefined && world.printer.tray().length === story.jamAfter) {
      world.printer.setCondition('jam', true);
      if (second > 20) world.kiosk.staff({ kind: 'give-up-printing' });
    }
  }
  await step(() => world.touch({ kind: 'taken' }));
  await world.time.pass(200_000, () => !on());
}

async function payFor(world: World, story: Story): Promise<void> {
  const { screen } = world;
  if (screen.kind !== 'pay') return;
  if (story.note && story.stopsAfter === undefined) world.money.insert(1000);
  else {
    const coins = story.stopsAfter ?? screen.feeYen / 100;
    for (let i = 0; i < coins && world.power.on; i++) {
      world.money.insert(100);
      await world.time.pass(200, () => !world.power.on);
    }
  }
}

/** What must be true whatever happened. */
function check(world: World, about: string): void {
  assert.deepEqual(world.center.impossible, [], about);
  const tray = world.printer.tray().map(({ name }) => name);
  assert.equal(new Set(tray).size, tray.length, `${about}: a sheet came out twice`);
  for (const { applicationId, sheetDigests, feeYen } of world.center.bindings) {
    const all = sheetsOut(world, applicationId) === sheetDigests.length;
    const ended = world.money.ended(applicationId);
    const state = world.center.stateOf(applicationId);
    if (all) {
      assert.deepEqual([ended?.how, state], ['captured', 'captured'], `${about}: paper without its fee`);
      assert.equal(world.money.picture().vaultYen, feeYen, about);
    } else {
      assert.notEqual(ended?.how, 'captured', `${about}: a fee without its paper`);
      assert.ok(state === 'voided' || state === 'refunded', `${about}: ${state}`);
    }
  }
  const { insertedYen, slotsOpen } = world.money.picture();
  assert.deepEqual([insertedYen, slotsOpen], [0, false], `${about}: money hangs`);
  assert.equal(world.screen.kind, 'welcome', `${about}: ${JSON.stringify(world.screen)}`);
}

const oneStory: Story = { copies: 2, note: true, paperComesOut: false };

test('the plug is pulled at every single step, before and after it, with paper coming out or not', async () => {
  const { steps } = await tell(oneStory, [], 'whole');
  assert.ok(steps > 40, `${steps} steps`);
  for (let step = 1; step <= steps; step++) {
    for (const when of ['before', 'after'] as const) {
      for (const how of [{ paperComesOut: false }, { paperComesOut: true }, { onlyTheComputer: true }]) {
        const { world } = await tell(
          { ...oneStory, ...how },
          [{ at: 'step', step, when, keepBytes: step % 40 }],
          `${step}`,
        );
        check(world, `step ${step} ${when} ${JSON.stringify(how)}`);
      }
    }
  }
});

const cut = fc.oneof(
  fc.record({
    at: fc.constant('step' as const),
    step: fc.integer({ min: 1, max: 70 }),
    when: fc.constantFrom('before' as const, 'after' as const),
    keepBytes: fc.integer({ min: 0, max: 400 }),
  }),
  fc.record({
    at: fc.constant('time' as const),
    ms: fc.integer({ min: 0, max: 40_000 }),
    keepBytes: fc.integer({ min: 0, max: 400 }),
  }),
);
const story = fc.record(
  {
    copies: fc.integer({ min: 1, max: 3 }),
    note: fc.boolean(),
    stopsAfter: fc.integer({ min: 0, max: 2 }),
    jamAfter: fc.integer({ min: 0, max: 2 }),
    paperComesOut: fc.boolean(),
    onlyTheComputer: fc.boolean(),
  },
  { requiredKeys: ['copies', 'note', 'paperComesOut'] },
);

test('any resident, any printer, one cut after the other, also while the last one is being settled', async () => {
  await fc.assert(
    fc.asyncProperty(story, fc.array(cut, { minLength: 1, maxLength: 3 }), async (told, cuts) => {
      const { world } = await tell(told as Story, cuts, JSON.stringify(cuts));
      check(world, JSON.stringify({ told, cuts }));
    }),
    { numRuns: 120 },
  );
});
