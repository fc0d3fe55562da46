/** 第二暗証番号: asked for when a chosen kind demands it, once in a visit, with the same card; whatever goes wrong with it,
 *  every other certificate can still be had. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Input, Screen, Turn } from '@dokodemo/protocol';
import { createCenter } from './center.ts';
import { eventsOf, makeWorld, TestKiosk } from './testing/world.ts';

const own = { kind: 'jpki' as const, certificate: Buffer.from('a certificate').toString('base64') };
const another = { kind: 'jpki' as const, certificate: Buffer.from('another one').toString('base64') };
const presented: Input = { kind: 'credential', credential: own, triesLeft: 3 };
const proof = (signature = 'AAAA'): Input => ({ kind: 'second-proof', certificate: 'BBBB', signature });
const kindChosen = (kindId: string): Input => ({ kind: 'chosen', questionId: '@kind', optionIds: [kindId] });
const removed: Input = { kind: 'card-removed' };

async function kioskAtMenu(): Promise<TestKiosk> {
  const kiosk = new TestKiosk(await makeWorld());
  await kiosk.toMenu();
  return kiosk;
}

async function kioskAtSecondPin(): Promise<TestKiosk> {
  const kiosk = await kioskAtMenu();
  await kiosk.give(kindChosen('family'));
  await kiosk.give(presented);
  return kiosk;
}

/** What of a screen tells where one stands. */
function place({ screen }: Turn): unknown {
  switch (screen.kind) {
    case 'choose':
      return screen.questionId;
    case 'notice':
      return [screen.lines[0], screen.button];
    case 'present-card':
    case 'enter-pin':
      return `${screen.kind} ${screen.which ?? 'holder'}`;
    default:
      return screen.kind;
  }
}
const notice = (code: string, button: string) => [{ text: `refusal.${code}` }, { text: `center.notice.${button}` }];
const closed = (screen: Screen) =>
  screen.kind === 'choose'
    ? screen.options.flatMap((it) => (it.closed === undefined ? [] : [`${it.id} ${it.closed}`]))
    : [];
const asked = (kiosk: TestKiosk) => kiosk.world.issuer.calls.filter(({ name }) => name === 'proveSecondPin');

test('card, second PIN, card away, then the questions; the issuer is asked before the first of them', async () => {
  const kiosk = await kioskAtMenu();
  const way: readonly Input[] = [
    kindChosen('family'),
    presented,
    proof(),
    removed,
    { kind: 'chosen', questionId: 'range', optionIds: ['one'] },
    { kind: 'copies', copies: 2 },
  ];
  const places: unknown[] = [];
  for (const input of way) {
    places.push(place(await kiosk.give(input)));
  }
  assert.deepEqual(places, ['present-card second', 'enter-pin second', 'remove-card', 'range', 'copies', 'confirm']);
  const [call, ...more] = asked(kiosk);
  assert.deepEqual([call?.body, more], [{ certificate: 'BBBB', signature: 'AAAA' }, []]);
  const pay = await kiosk.give({ kind: 'confirmed', feeYen: 900 });
  assert.equal(pay.screen.kind, 'pay');
});

test('the second PIN is for the visit and challenge of the first, and its screen counts its own tries', async () => {
  const world = await makeWorld();
  const kiosk = new TestKiosk(world);
  await kiosk.open();
  await kiosk.give({ kind: 'agree' });
  const { screen: first } = await kiosk.give({ kind: 'credential', credential: own, triesLeft: 1 });
  await kiosk.give({ kind: 'proof', signature: 'AAAA' });
  await kiosk.give(removed);
  await kiosk.give(kindChosen('family'));
  const { screen: second } = await kiosk.give({ ...presented, triesLeft: 2 });
  assert.ok(first.kind === 'enter-pin' && second.kind === 'enter-pin');
  assert.deepEqual([first.triesLeft, second.triesLeft, second.help], [1, 2, { text: 'center.second-pin.help' }]);
  assert.deepEqual(
    [second.visitId, second.issuerNonce, second.municipality],
    [first.visitId, first.issuerNonce, first.municipality],
  );
});

test('proven once, it is not asked for again in this visit', async () => {
  const kiosk = await kioskAtSecondPin();
  await kiosk.give(proof());
  await kiosk.give(removed);
  await kiosk.give({ kind: 'back' });
  assert.equal(place(await kiosk.give(kindChosen('family'))), 'range');
  await kiosk.give({ kind: 'back' });
  const confirm = await kiosk.give(kindChosen('abstract'));
  assert.ok(confirm.screen.kind === 'confirm');
  const pay = await kiosk.give({ kind: 'confirmed', feeYen: 300 });
  assert.ok(pay.screen.kind === 'pay');
  const { applicationId } = pay.screen;
  await kiosk.report(...kiosk.wellDelivered(applicationId, 300, 1));
  await kiosk.give({ kind: 'delivered', applicationId, outcome: 'captured' });
  await kiosk.give({ kind: 'another' });
  assert.equal(place(await kiosk.give(kindChosen('family'))), 'range');
  assert.equal(asked(kiosk).length, 1);
});

test('who takes the card away is told beforehand that it may be wanted again, where it may', async () => {
  const helps: unknown[] = [];
  for (const secondPin of [true, false]) {
    const world = await makeWorld();
    const { client } = world.issuer;
    const issuers = () => ({
      ...client,
      proveVisit: async (...args: Parameters<typeof client.proveVisit>) => {
        const given = await client.proveVisit(...args);
        if (!given.ok || secondPin) return given;
        const kinds = given.value.menu.kinds.filter((kind) => !kind.secondPin);
        return { ...given, value: { ...given.value, menu: { kinds } } };
      },
    });
    const kiosk = new TestKiosk({ ...world, center: createCenter({ ...world.options, issuers }) });
    await kiosk.open();
    await kiosk.give({ kind: 'agree' });
    await kiosk.give(presented);
    helps.push((await kiosk.give({ kind: 'proof', signature: 'AAAA' })).screen.help);
  }
  assert.deepEqual(helps, [{ text: 'center.remove-card.help-again' }, { text: 'center.remove-card.help' }]);
});

test('another card is not asked for its PIN', async () => {
  const kiosk = await kioskAtMenu();
  await kiosk.give(kindChosen('family'));
  const papers = kiosk.world.store.papers.size;
  for (let i = 0; i < 4; i++) {
    const told = await kiosk.give({ kind: 'credential', credential: another, triesLeft: 3 });
    assert.deepEqual(place(told), notice('CARD_OTHER', 'card'));
    assert.equal(place(await kiosk.give({ kind: 'agree' })), 'present-card second');
  }
  // Nor is a stranger's certificate kept.
  assert.equal(kiosk.world.store.papers.size, papers);
  assert.equal(asked(kiosk).length, 0);
  // Not for ever.
  await kiosk.give({ kind: 'credential', credential: another, triesLeft: 3 });
  assert.equal(place(await kiosk.give({ kind: 'agree' })), 'end');
});

test('a card without the municipality’s application: said once, the card is given back, the rest stays open', async () => {
  const kiosk = await kioskAtMenu();
  const before = kiosk.turn?.screen;
  assert.ok(before?.kind === 'choose' && before.options.some(({ note }) => note !== undefined));
  await kiosk.give(kindChosen('family'));
  const told = await kiosk.give({ kind: 'card-problem', code: 'SECOND_PIN_NOT_SET' });
  assert.deepEqual(place(told), notice('SECOND_PIN_NOT_SET', 'take-card'));
  assert.equal(place(await kiosk.give({ kind: 'agree' })), 'remove-card');
  const menu = await kiosk.give(removed);
  assert.equal(place(menu), '@kind');
  const both = ['family SECOND_PIN_NOT_SET', 'abstract SECOND_PIN_NOT_SET', 'old HOURS'];
  assert.deepEqual(closed(menu.screen), both);
  assert.ok(menu.screen.kind === 'choose' && menu.screen.options.every(({ note }) => note === undefined));
  const refused = await kiosk.ask(kindChosen('abstract'));
  assert.ok(!refused.ok && refused.failure.code === 'ANSWERS_WRONG');
  assert.ok(await kiosk.toPay('seal'));
  assert.equal(asked(kiosk).length, 0);
});

test('a wrong second PIN is asked again, with a warning before the last try; then it is locked, and nothing else is', async () => {
  const kiosk = await kioskAtSecondPin();
  const helps: unknown[] = [];
  for (const triesLeft of [2, 9]) {
    const { screen } = await kiosk.give({ kind: 'pin-wrong', triesLeft });
    assert.ok(screen.kind === 'enter-pin' && screen.which === 'second');
    helps.push([screen.triesLeft, screen.help]);
  }
  assert.deepEqual(helps, [
    [2, { text: 'center.second-pin.help' }],
    [1, { text: 'center.second-pin.last-try' }],
  ]);
  const told = await kiosk.give({ kind: 'pin-wrong', triesLeft: 0 });
  assert.deepEqual(place(told), notice('SECOND_PIN_LOCKED', 'take-card'));
  await kiosk.give({ kind: 'agree' });
  const menu = await kiosk.give(removed);
  assert.deepEqual(closed(menu.screen).slice(0, 2), ['family SECOND_PIN_LOCKED', 'abstract SECOND_PIN_LOCKED']);
  assert.ok(await kiosk.toPay('residence'));
});

test('one that is locked already is not asked for', async () => {
  const kiosk = await kioskAtMenu();
  await kiosk.give(kindChosen('family'));
  const told = await kiosk.give({ ...presented, triesLeft: 0 });
  assert.deepEqual(place(told), notice('SECOND_PIN_LOCKED', 'take-card'));
});

test('who does not remember it goes back, takes the card, and may choose anything, also the same again', async () => {
  const kiosk = await kioskAtMenu();
  await kiosk.give(kindChosen('family'));
  assert.equal(place(await kiosk.give({ kind: 'back' })), '@kind');
  await kiosk.give(kindChosen('family'));
  await kiosk.give(presented);
  await kiosk.give({ kind: 'pin-wrong', triesLeft: 2 });
  const away = await kiosk.give({ kind: 'back' });
  assert.deepEqual([place(away), away.screen.help], ['remove-card', { text: 'center.remove-second-card.help-only' }]);
  const menu = await kiosk.give(removed);
  assert.deepEqual([place(menu), closed(menu.screen)], ['@kind', ['old HOURS']]);
  await kiosk.give(kindChosen('abstract'));
  const pin = await kiosk.give({ ...presented, triesLeft: 2 });
  assert.ok(pin.screen.kind === 'enter-pin' && pin.screen.triesLeft === 2);
});

test('a card that is pulled or swapped in the middle of it is asked for again', async () => {
  for (const code of ['CARD_REMOVED', 'CARD_TWO', 'CARD_OTHER']) {
    const kiosk = await kioskAtSecondPin();
    assert.deepEqual(place(await kiosk.give({ kind: 'card-problem', code })), notice(code, 'card'));
    assert.equal(place(await kiosk.give({ kind: 'agree' })), 'present-card second');
    assert.equal(place(await kiosk.give(presented)), 'enter-pin second');
  }
});

test('a first proof is none of the second PIN, nor the other way round', async () => {
  const kiosk = await kioskAtSecondPin();
  const first = await kiosk.ask({ kind: 'proof', signature: 'AAAA' });
  assert.ok(!first.ok && first.failure.code === 'OUT_OF_STEP');
  const fresh = new TestKiosk(kiosk.world);
  await fresh.open();
  await fresh.give({ kind: 'agree' });
  await fresh.give(presented);
  const second = await fresh.ask(proof());
  assert.ok(!second.ok && second.failure.code === 'OUT_OF_STEP');
});

test('what the issuer does not believe closes what demands it, and only that', async () => {
  const kiosk = await kioskAtSecondPin();
  kiosk.world.issuer.script = (name) => (name === 'proveSecondPin' ? 'SECOND_PIN_NOT_SET' : undefined);
  assert.equal(place(await kiosk.give(proof())), 'remove-card');
  assert.deepEqual(place(await kiosk.give(removed)), notice('SECOND_PIN_NOT_SET', 'kind'));
  const menu = await kiosk.give({ kind: 'agree' });
  assert.deepEqual(closed(menu.screen).slice(0, 2), ['family SECOND_PIN_NOT_SET', 'abstract SECOND_PIN_NOT_SET']);
  assert.ok(await kiosk.toPay('seal'));
});

test('an issuer that could not be reached is asked the same again, without troubling card or resident', async () => {
  for (const code of ['NO_ANSWER', 'UPSTREAM_DOWN', 'BUSY', 'DEFECT'] as const) {
    const kiosk = await kioskAtSecondPin();
    kiosk.world.issuer.script = (name) => (name === 'proveSecondPin' ? code : undefined);
    await kiosk.give(proof());
    assert.deepEqual(place(await kiosk.give(removed)), notice(code, 'kind'));
    const menu = await kiosk.give({ kind: 'agree' });
    assert.deepEqual(closed(menu.screen), ['old HOURS']);
    kiosk.world.issuer.script = () => undefined;
    assert.equal(place(await kiosk.give(kindChosen('abstract'))), 'confirm');
    assert.equal(new Set(asked(kiosk).map(({ body }) => JSON.stringify(body))).size, 1);
  }
});

test('a visit that is over ends the session', async () => {
  const kiosk = await kioskAtSecondPin();
  kiosk.world.issuer.script = (name) => (name === 'proveSecondPin' ? 'ENDED' : undefined);
  await kiosk.give(proof());
  assert.deepEqual(place(await kiosk.give(removed)), notice('ENDED', 'end'));
  assert.equal(place(await kiosk.give({ kind: 'agree' })), 'end');
});

test('a demand that came up after the menu is said, and the resident chooses again', async () => {
  const kiosk = await kioskAtMenu();
  kiosk.world.issuer.script = (name) => (name === 'prepareDocument' ? 'SECOND_PIN_NEEDED' : undefined);
  await kiosk.give(kindChosen('seal'));
  assert.deepEqual(place(await kiosk.give({ kind: 'confirmed', feeYen: 200 })), notice('SECOND_PIN_NEEDED', 'kind'));
});

test('the journal knows that it was given, never what; what the card gave goes with the session', async () => {
  const kiosk = await kioskAtSecondPin();
  await kiosk.give(proof('U0lHTkFUVVJF'));
  await kiosk.give(removed);
  const { journal, store } = kiosk.world;
  const kept = () => [...store.papers.keys()].filter((name) => name.includes('second-proof-'));
  assert.equal(kept().length, 1);
  const kinds = (await eventsOf(journal)).map(({ body }) => body.kind).filter((kind) => kind.startsWith('Second'));
  assert.deepEqual(kinds, [
    'SecondPinAsked',
    'SecondCardPresented',
    'SecondProofGiven',
    'SecondCardRemoved',
    'SecondPinProved',
  ]);
  const text = JSON.stringify(await eventsOf(journal));
  for (const secret of ['U0lHTkFUVVJF', 'BBBB']) assert.ok(!text.includes(secret));
  await kiosk.give({ kind: 'stop' });
  assert.deepEqual(kept(), []);
});
