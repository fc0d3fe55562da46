/** From the terms to the menu: cards, PINs, municipalities, and everything that can be refused on the way. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { usualBounds } from './session/expiry.ts';
import { eventsOf, makeWorld, TestKiosk, TestTime, trustingCredentials } from './testing/world.ts';

const credential = { kind: 'jpki' as const, certificate: Buffer.from('a certificate').toString('base64') };
const presented = { kind: 'credential' as const, credential, triesLeft: 3 };

async function atCard(overrides: Parameters<typeof makeWorld>[0] = {}): Promise<TestKiosk> {
  const kiosk = new TestKiosk(await makeWorld(overrides));
  await kiosk.open();
  await kiosk.give({ kind: 'agree' });
  return kiosk;
}

test('a wrong PIN is asked again with a warning before the last try; then the card is locked, and the session over', async () => {
  const kiosk = await atCard();
  await kiosk.give(presented);
  const helps: unknown[] = [];
  for (const triesLeft of [2, 1]) {
    const { screen } = await kiosk.give({ kind: 'pin-wrong', triesLeft });
    assert.ok(screen.kind === 'enter-pin');
    assert.equal(screen.triesLeft, triesLeft);
    helps.push(screen.help);
  }
  assert.deepEqual(helps, [{ text: 'center.pin.help' }, { text: 'center.pin.last-try' }]);
  const { screen } = await kiosk.give({ kind: 'pin-wrong', triesLeft: 0 });
  assert.ok(screen.kind === 'notice');
  assert.deepEqual(screen.lines, [{ text: 'refusal.PIN_LOCKED' }]);
  assert.equal((await kiosk.give({ kind: 'agree' })).screen.kind, 'end');
});

test('tries only ever go down, whatever a kiosk says', async () => {
  const kiosk = await atCard();
  await kiosk.give(presented);
  await kiosk.give({ kind: 'pin-wrong', triesLeft: 9 });
  await kiosk.give({ kind: 'pin-wrong', triesLeft: 9 });
  const { screen } = await kiosk.give({ kind: 'pin-wrong', triesLeft: 9 });
  assert.equal(screen.kind, 'notice');
});

test('a card that is locked already is refused before anybody is asked', async () => {
  const kiosk = await atCard();
  const { screen } = await kiosk.give({ ...presented, triesLeft: 0 });
  assert.ok(screen.kind === 'notice');
  assert.equal(kiosk.world.issuer.calls.length, 0);
});

test('a card that was pulled may be put down again, but not for ever', async () => {
  const kiosk = await atCard();
  for (let i = 0; i < 4; i++) {
    assert.equal((await kiosk.give({ kind: 'card-problem', code: 'CARD_REMOVED' })).screen.kind, 'notice');
    assert.equal((await kiosk.give({ kind: 'agree' })).screen.kind, 'present-card');
  }
  await kiosk.give({ kind: 'card-problem', code: 'CARD_REMOVED' });
  assert.equal((await kiosk.give({ kind: 'agree' })).screen.kind, 'end');
});

test('a proof that does not hold ends the session', async () => {
  const kiosk = await atCard();
  await kiosk.give(presented);
  kiosk.world.issuer.script = (name) => (name === 'proveVisit' ? 'PROOF_WRONG' : undefined);
  const { screen } = await kiosk.give({ kind: 'proof', signature: 'AAAA' });
  assert.ok(screen.kind === 'notice');
  assert.deepEqual(screen.lines, [{ text: 'refusal.PROOF_WRONG' }]);
  assert.equal((await kiosk.give({ kind: 'agree' })).screen.kind, 'end');
});

test('a card that two municipalities know is asked which; the other ones are not offered', async () => {
  const world = await makeWorld({
    municipalities: [
      { code: '482013', name: '市', issuerId: 'i' },
      { code: '483028', name: '町', issuerId: 'i' },
      { code: '131016', name: '区', issuerId: 'i' },
    ],
  });
  await world.store.changeDirectory('483028', ['a'.repeat(64)], []);
  const kiosk = new TestKiosk(world);
  await kiosk.open();
  await kiosk.give({ kind: 'agree' });
  const { screen } = await kiosk.give(presented);
  assert.ok(screen.kind === 'choose');
  assert.deepEqual(
    screen.options.map(({ id, label }) => [id, label]),
    [
      ['m-482013', { plain: '市' }],
      ['m-483028', { plain: '町' }],
    ],
  );
  const other = await kiosk.ask({ kind: 'chosen', questionId: '@municipality', optionIds: ['m-131016'] });
  assert.ok(!other.ok && other.failure.code === 'ANSWERS_WRONG');
  const pin = await kiosk.give({ kind: 'chosen', questionId: '@municipality', optionIds: ['m-482013'] });
  assert.ok(pin.screen.kind === 'enter-pin' && pin.screen.back);
  assert.equal((await kiosk.give({ kind: 'back' })).screen.kind, 'choose');
});

test('a municipality where nobody knows the holder: another one may be chosen, when there was a choice', async () => {
  const kiosk = await atCard({ listed: false });
  await kiosk.give(presented);
  kiosk.world.issuer.script = () => 'NOT_RESIDENT';
  const { screen } = await kiosk.give({ kind: 'chosen', questionId: '@municipality', optionIds: ['m-482013'] });
  assert.ok(screen.kind === 'notice');
  assert.deepEqual(screen.button, { text: 'center.notice.municipality' });
  assert.equal((await kiosk.give({ kind: 'agree' })).screen.kind, 'choose');
  // The second one has no issuer here at all.
  const none = await kiosk.give({ kind: 'chosen', questionId: '@municipality', optionIds: ['m-483028'] });
  assert.ok(none.screen.kind === 'notice');
  assert.deepEqual(none.screen.lines, [{ text: 'refusal.NOT_PARTICIPATING' }]);
});

test('a conversation that never ends is ended', async () => {
  const kiosk = await atCard();
  for (;;) {
    const { screen } = await kiosk.give({ kind: 'back' });
    if (screen.kind === 'end') break;
    if ((await kiosk.give({ kind: 'agree' })).screen.kind === 'end') break;
    assert.ok(kiosk.seq <= 302);
  }
  const after = await kiosk.ask({ kind: 'agree' });
  assert.ok(!after.ok && after.failure.code === 'ENDED');
});

test('a session that falls silent ends, and what it kept goes with it', async () => {
  const kiosk = await atCard({ credentials: trustingCredentials(new TestTime()) });
  await kiosk.give(presented);
  const { world } = kiosk;
  assert.ok(world.store.papers.size > 0);
  world.time.at += usualBounds.sessionSilentMs - 1;
  await world.center.tick();
  assert.ok(world.store.papers.size > 0);
  world.time.at += 1;
  await world.center.tick();
  assert.equal(world.store.papers.size, 0);
  const last = (await eventsOf(world.journal)).at(-1)?.body;
  assert.deepEqual(last, { kind: 'SessionClosed', reason: 'silent' });
  const late = await kiosk.ask({ kind: 'proof', signature: 'AAAA' });
  assert.ok(!late.ok && late.failure.code === 'ENDED');
});
