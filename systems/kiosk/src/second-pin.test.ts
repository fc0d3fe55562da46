/** 第二暗証番号 at the kiosk: the same card, its other PIN, for the visit that the first one has opened, and for nothing
 *  else. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cardConversation, type MadeCard, withCard } from '@dokodemo/ic-card';
import type { Input } from '@dokodemo/protocol';
import { pin, secondPin, World } from './testing/world.ts';

function cardOf(world: World, i: number): MadeCard {
  return world.cards[i] ?? assert.fail('no such card');
}

/** From the menu to the screen that asks for the card once more. */
async function toSecondCard(): Promise<World> {
  const world = await World.open();
  await world.toMenu();
  await world.touch({ kind: 'chosen', questionId: '@kind', optionIds: ['family'] });
  const screen = await world.until('present-card');
  assert.equal(screen.which, 'second');
  return world;
}

async function toSecondPin(): Promise<World> {
  const world = await toSecondCard();
  world.reader.insert(cardOf(world, 0).card);
  const screen = await world.until('enter-pin');
  assert.equal(screen.which, 'second');
  return world;
}

function said(world: World): readonly Input[] {
  return world.center.messages.flatMap(({ name, body }) =>
    name === 'giveInput' ? [(body as { input: Input }).input] : [],
  );
}

/** Tries left, by asking the card itself; it is put aside for that. */
async function triesOf(world: World, { card }: MadeCard) {
  world.reader.remove();
  world.reader.insert(card);
  const tries = await withCard(world.reader, async (connection) => {
    const conversation = cardConversation(connection);
    const second = await conversation.pinTriesLeft('second');
    const holder = await conversation.pinTriesLeft('holder');
    return [holder.ok && holder.triesLeft, second.ok && second.triesLeft];
  });
  world.reader.remove();
  return tries;
}

test('the same card, the second PIN, the card away; and the document of this session opens as any other', async () => {
  const world = await toSecondPin();
  await world.enter(secondPin);
  await world.until('remove-card');
  world.reader.remove();
  await world.until('confirm');
  await world.touch({ kind: 'confirmed' });
  await world.until('pay');
  await world.pay();
  const take = await world.until('take');
  assert.equal(take.sheets, 1);
  assert.equal(world.center.bindings[0]?.kindId, 'family');
  assert.deepEqual(world.center.impossible, []);
  const proofs = said(world).flatMap((input) => (input.kind === 'second-proof' ? [input] : []));
  const certificate = Buffer.from(cardOf(world, 0).ordinanceCertificateDer ?? []).toString('base64');
  assert.deepEqual(
    proofs.map((it) => it.certificate),
    [certificate],
  );
  // Neither of the two PINs is in anything that was said, noted or shown.
  const everything = JSON.stringify([world.center.messages, world.notes, world.states.map(({ screen }) => screen)]);
  for (const digits of [pin, secondPin]) assert.ok(!everything.includes(`"${digits}"`));
});

test('another card is refused before its PIN is asked for, whether it has a second PIN or not', async () => {
  for (const other of [1, 2]) {
    const world = await toSecondCard();
    world.reader.insert(cardOf(world, other).card);
    await world.until('notice');
    assert.deepEqual(said(world).at(-1), { kind: 'card-problem', code: 'CARD_OTHER' });
    const certificate = Buffer.from(cardOf(world, other).certificateDer).toString('base64');
    assert.ok(!JSON.stringify(world.center.messages).includes(certificate));
    assert.deepEqual(world.center.impossible, []);
  }
});

test('a card on which the municipality has put nothing has no second PIN', async () => {
  const world = await World.open();
  await world.toMenu(cardOf(world, 1));
  await world.touch({ kind: 'chosen', questionId: '@kind', optionIds: ['family'] });
  await world.until('present-card');
  world.reader.insert(cardOf(world, 1).card);
  await world.until('notice');
  assert.deepEqual(said(world).at(-1), { kind: 'card-problem', code: 'SECOND_PIN_NOT_SET' });
});

test('a wrong second PIN costs a try of its own and none of the first; the right one gives them back', async () => {
  const world = await toSecondPin();
  await world.enter(pin);
  const { screen, message } = world.kiosk.state();
  assert.ok(screen.kind === 'enter-pin' && screen.which === 'second' && screen.triesLeft === 2);
  assert.deepEqual(message, { code: 'PIN_WRONG', args: { triesLeft: 2 } });
  assert.deepEqual(said(world).at(-1), { kind: 'pin-wrong', triesLeft: 2 });
  await world.enter(secondPin);
  await world.until('remove-card');
  assert.deepEqual(await triesOf(world, cardOf(world, 0)), [3, 3]);
});

test('a card that is swapped under the screen is not given the digits', async () => {
  const world = await toSecondPin();
  world.reader.remove();
  world.reader.insert(cardOf(world, 2).card);
  await world.until('notice');
  assert.deepEqual(said(world).at(-1), { kind: 'card-problem', code: 'CARD_REMOVED' });
  assert.deepEqual(await triesOf(world, cardOf(world, 2)), [3, 3]);
});

test('a second PIN for another visit than this card has opened is not asked for: nobody is served until a person has looked', async () => {
  for (const twist of [{ visitId: '019283aa-0000-7000-8000-000000000001' }, { municipality: '483028' }]) {
    const world = await toSecondCard();
    world.center.script.draw = (screen) => (screen.kind === 'enter-pin' ? { ...screen, ...twist } : screen);
    world.reader.insert(cardOf(world, 0).card);
    const closed = await world.until('out-of-service');
    assert.equal(closed.code, 'MISMATCH_STOP');
    assert.ok(!said(world).some(({ kind }) => kind === 'second-proof'));
  }
});

test('three wrong ones lock it for good, and the first PIN is as it was', async () => {
  const world = await toSecondCard();
  const { card } = cardOf(world, 0);
  world.reader.insert(card);
  await world.until('enter-pin');
  for (const left of [2, 1]) {
    await world.enter('0000');
    assert.ok(world.screen.kind === 'enter-pin' && world.screen.triesLeft === left);
  }
  // Before the last try the kiosk asks once more.
  await world.enter('0000');
  assert.equal(world.kiosk.state().message?.code, 'PIN_LAST_TRY');
  await world.touch({ kind: 'pin-key', key: 'enter' });
  await world.until('notice');
  assert.deepEqual(said(world).at(-1), { kind: 'pin-wrong', triesLeft: 0 });
  assert.deepEqual(await triesOf(world, cardOf(world, 0)), [3, 0]);
});
