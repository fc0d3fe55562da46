/** Whoever goes away in the middle leaves nothing open: a warning, then the end, with the money back and the card asked
 *  for, from every screen that waits for a resident. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { secondPin, World } from './testing/world.ts';

type Way = {
  readonly screen: World['screen']['kind'];
  readonly walk: (world: World) => Promise<unknown>;
  /** What the center hears of the end; else TIMED_OUT. */
  readonly reason?: string;
};

async function toNotice(world: World): Promise<void> {
  await world.until('welcome');
  await world.touch({ kind: 'start', language: 'ja' });
  await world.until('notice');
}

async function toMembers(world: World): Promise<void> {
  await world.toMenu();
  await world.touch({ kind: 'chosen', questionId: '@kind', optionIds: ['residence'] });
  await world.until('choose');
}

async function toCopies(world: World): Promise<void> {
  await toMembers(world);
  await world.touch({ kind: 'chosen', questionId: 'members', optionIds: ['m1'] });
  await world.until('copies');
}

async function toSecondCard(world: World): Promise<void> {
  await world.toMenu();
  await world.touch({ kind: 'chosen', questionId: '@kind', optionIds: ['family'] });
  await world.until('present-card');
}

async function toSecondPin(world: World): Promise<void> {
  await toSecondCard(world);
  world.reader.insert(world.cards[0]?.card ?? assert.fail());
  await world.until('enter-pin');
}

const ways: readonly Way[] = [
  { screen: 'notice', walk: toNotice },
  {
    screen: 'present-card',
    walk: async (world) => {
      await toNotice(world);
      await world.touch({ kind: 'agree' });
    },
  },
  { screen: 'enter-pin', walk: (world) => world.toPin() },
  {
    screen: 'enter-pin',
    walk: async (world) => {
      await world.toPin();
      await world.touch({ kind: 'pin-key', key: '1' });
      await world.touch({ kind: 'pin-key', key: '2' });
    },
  },
  {
    screen: 'remove-card',
    walk: async (world) => {
      await world.toPin();
      await world.enter('1234');
    },
  },
  { screen: 'choose', walk: (world) => world.toMenu() },
  { screen: 'choose', walk: toMembers },
  { screen: 'present-card', walk: toSecondCard },
  { screen: 'enter-pin', walk: toSecondPin },
  {
    screen: 'remove-card',
    walk: async (world) => {
      await toSecondPin(world);
      await world.enter(secondPin);
    },
  },
  { screen: 'copies', walk: toCopies },
  {
    screen: 'confirm',
    walk: async (world) => {
      await toCopies(world);
      await world.touch({ kind: 'copies', copies: 1 });
    },
  },
  { screen: 'pay', walk: (world) => world.toPay() },
  {
    screen: 'pay',
    walk: async (world) => {
      await world.toPay();
      world.money.insert(100);
      world.money.insert(50);
    },
  },
  {
    screen: 'take',
    walk: async (world) => {
      await world.toPay();
      await world.pay();
    },
  },
  {
    screen: 'another',
    walk: async (world) => {
      await world.toPay();
      await world.pay();
      await world.until('take');
      await world.touch({ kind: 'taken' });
    },
  },
  {
    screen: 'refunded',
    walk: async (world) => {
      await world.toPay();
      world.money.insert(100);
      await world.touch({ kind: 'stop' });
    },
    reason: 'STOPPED',
  },
];

for (const [i, { screen, walk, reason = 'TIMED_OUT' }] of ways.entries()) {
  test(`${i + 1}: nobody touches ${screen} any more: a warning, then the end, and the next one is served`, async () => {
    const world = await World.open();
    await walk(world);
    await world.until(screen);
    const insertedYen = (await world.money.escrow()).insertedYen;
    const from = world.states.length;
    // Longer than the longest screen waits, and its farewell.
    const over = () => world.kiosk.journalLines().some(({ text }) => text.startsWith('お取り扱い終了'));
    await world.time.pass(240_000, () => over() && world.screen.kind === 'remove-card');
    const passed = world.states.slice(from);
    assert.ok(
      passed.some((state) => state.screen.kind === screen && state.idleSecondsLeft !== undefined),
      'no warning',
    );
    if (world.reader.state() === 'card') {
      // Nobody has taken it yet: the kiosk asks for it, whatever the session has come to.
      await world.time.pass(30_000);
      assert.equal(world.screen.kind, 'remove-card');
      world.reader.remove();
    }
    await world.until('welcome', 400_000);
    assert.deepEqual(world.center.impossible, []);
    const last = world.center.facts.findLast(({ fact }) => fact.kind === 'session-ended')?.fact;
    assert.ok(last?.kind === 'session-ended');
    assert.equal(last.reason, reason);
    // No coin stays between: it is captured for paper that is out, or in the tray.
    const { returnedYen, vaultYen, slotsOpen } = world.money.picture();
    assert.deepEqual([(await world.money.escrow()).insertedYen, slotsOpen], [0, false]);
    assert.equal(vaultYen, world.printer.tray().length * 300);
    if (insertedYen > 0 && vaultYen === 0) assert.equal(returnedYen, insertedYen);
    for (const { applicationId } of world.center.bindings) {
      assert.ok(['voided', 'captured'].includes(world.center.stateOf(applicationId) ?? ''));
    }
    // And whoever comes next begins anew, in the first language.
    assert.equal(world.kiosk.state().pinDigits, 0);
    await world.toMenu(world.cards[1]);
  });
}

test('whoever touches the screen in the warning stays; but nobody holds it for longer than the center waits', async () => {
  const world = await World.open();
  await world.toMenu();
  const began = world.time.now();
  const warned = () => world.kiosk.state().idleSecondsLeft !== undefined;
  for (let times = 0; times < 20 && world.screen.kind === 'choose'; times++) {
    await world.time.pass(100_000, () => warned() || world.screen.kind !== 'choose');
    if (!warned()) break;
    await world.touch({ kind: 'still-here' });
    if (times === 0) assert.equal(warned(), false);
  }
  await world.until('end', 120_000);
  assert.ok(world.time.now() - began > 600_000, 'ten touches have kept it open');
  assert.ok(world.time.now() - began <= 1_000_000, 'and not for ever');
});

test('a card that is not taken is noted, and the kiosk does not wait for it for ever', async () => {
  const world = await World.open();
  await world.toPin();
  await world.time.pass(400_000, () => world.screen.kind === 'welcome');
  assert.equal(world.screen.kind, 'welcome');
  assert.ok(world.notes.some(({ what }) => what === 'card-left'));
});
