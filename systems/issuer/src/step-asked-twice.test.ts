/** S8: a step asked twice is done once and answered the same; the same id with another body is refused. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { answer, isoJapan } from '@dokodemo/domain';
import { town } from './testing/people.ts';
import {
  createWorld,
  enter,
  type Keys,
  makeKeys,
  newSession,
  openAtKiosk,
  openBody,
  openVisit,
  prepare,
  proofBody,
  proveSecondPin,
  proveVisit,
  refusedAs,
  secondProofBody,
  tell,
  value,
  type World,
  wishBody,
} from './testing/world.ts';

let keys: Keys;
before(async () => {
  keys = await makeKeys();
});
const stateOf = async (world: World, applicationId: string) =>
  (await world.issuer.history.application(town, applicationId))?.state;

test('a visit opened twice has one nonce; another body under its id is refused', async () => {
  const world = createWorld(keys);
  const session = newSession(world);
  const body = openBody(world, session);
  assert.deepEqual(await openVisit(world, session, body), await openVisit(world, session, body));
  const other = newSession(world, { visitId: session.visitId });
  refusedAs(await openVisit(world, other), 'SAME_ID_OTHER_BODY');
});

test('a visit proven twice, also at once, has one menu', async () => {
  const world = createWorld(keys);
  const session = newSession(world);
  const proof = proofBody(world, session, value(await openVisit(world, session)).nonce);
  const both = await Promise.all([proveVisit(world, session, proof), proveVisit(world, session, proof)]);
  const again = await proveVisit(world, session, proof);
  assert.ok(again.ok);
  for (const one of both) assert.equal(JSON.stringify(one), JSON.stringify(again));
});

test('a second PIN proven twice, also at once, is proven once; another proof in its place is refused', async () => {
  const world = createWorld(keys);
  const { session, nonce } = await enter(world);
  const proof = secondProofBody(session, nonce);
  const both = await Promise.all([proveSecondPin(world, session, proof), proveSecondPin(world, session, proof)]);
  for (const one of [...both, await proveSecondPin(world, session, proof)]) assert.deepEqual(one, answer({}));
  // As good as the first one, and not the first one: the card signs anew each time.
  refusedAs(await proveSecondPin(world, session, secondProofBody(session, nonce)), 'SAME_ID_OTHER_BODY');
});

test('PREPARE asked again, later or at once, is answered byte for byte, and drawn once', async () => {
  const world = createWorld(keys);
  const { session } = await enter(world);
  const wish = wishBody(world, { copies: 2 });
  const both = await Promise.all([prepare(world, session, wish), prepare(world, session, wish)]);
  world.clock.advance(299_999);
  const later = await prepare(world, session, wish);
  assert.ok(later.ok);
  for (const one of both) assert.equal(JSON.stringify(one), JSON.stringify(later));
  assert.equal(world.form.drawn, 2);
  refusedAs(await prepare(world, session, { ...wish, copies: 1, feeYen: 300 }), 'SAME_ID_OTHER_BODY');
  const { session: elsewhere } = await enter(world);
  refusedAs(await prepare(world, elsewhere, wish), 'SAME_ID_OTHER_BODY');
});

test('two processes with one store: the first record wins, the other’s document never leaves', async () => {
  const a = createWorld(keys);
  const b = createWorld(keys, { store: a.store });
  const { session } = await enter(a);
  const wish = wishBody(a);
  const gates: (() => void)[] = [];
  for (const world of [a, b]) world.register.beforeSnapshot = () => new Promise((resolve) => gates.push(resolve));
  const replies = [a, b].map((world) => prepare(world, session, wish));
  while (gates.length < 2) await new Promise(setImmediate);
  for (const open of gates) open();
  const [first, second] = await Promise.all(replies);
  assert.ok(first?.ok);
  assert.equal(JSON.stringify(second), JSON.stringify(first));
  assert.equal(a.form.drawn + b.form.drawn, 2);
  value(openAtKiosk(a, session, wish, first.value));
});

test('a refusal asked again is the same refusal, also when its reason is gone', async () => {
  const world = createWorld(keys);
  const { session } = await enter(world);
  const wish = wishBody(world, { feeYen: 100 });
  const first = await prepare(world, session, wish);
  world.profile = {
    ...world.profile,
    fees: {
      ...world.profile.fees,
      base: [{ kind: 'residence', channel: 'kiosk', amountYen: 100, from: '2020-01-01' }],
    },
  };
  assert.deepEqual(await prepare(world, session, wish), first);
});

test('a document past its time is not given again', async () => {
  const world = createWorld(keys);
  const { session } = await enter(world);
  const wish = wishBody(world);
  value(await prepare(world, session, wish));
  world.clock.advance(300_000);
  refusedAs(await prepare(world, session, wish), 'DOCUMENT_EXPIRED');
});

test('an application that was given up before it arrived cannot be prepared any more', async () => {
  const world = createWorld(keys);
  const { session } = await enter(world);
  const wish = wishBody(world);
  value(await tell(world, wish.applicationId, 'voided'));
  assert.equal(await stateOf(world, wish.applicationId), 'cancelled');
  refusedAs(await prepare(world, session, wish), 'ENDED');
});

test('given up while it was being made: what comes late is dropped', async () => {
  const world = createWorld(keys);
  const { session } = await enter(world);
  const wish = wishBody(world);
  let open = () => {};
  const reached = new Promise<void>((arrive) => {
    world.register.beforeSnapshot = () =>
      new Promise((resolve) => {
        open = resolve;
        arrive();
      });
  });
  const late = prepare(world, session, wish);
  await reached;
  value(await tell(world, wish.applicationId, 'voided'));
  open();
  refusedAs(await late, 'ENDED');
  assert.equal(await stateOf(world, wish.applicationId), 'cancelled');
});

test('a visit that ends while its document is made gets nothing, and nothing is recorded', async () => {
  const world = createWorld(keys);
  const { session } = await enter(world);
  const wish = wishBody(world);
  world.register.beforeSnapshot = async () => world.clock.advance(600_000);
  refusedAs(await prepare(world, session, wish), 'ENDED');
  assert.equal(await stateOf(world, wish.applicationId), undefined);
});

test('an outcome told again changes nothing; one that contradicts it is dropped or stops', async () => {
  const world = createWorld(keys);
  const { session } = await enter(world);
  const wish = wishBody(world);
  const { binding } = value(openAtKiosk(world, session, wish, value(await prepare(world, session, wish))));
  const at = isoJapan(world.clock.now());
  const handOver = () => tell(world, wish.applicationId, 'handed-over', [...binding.sheetDigests], at);
  value(await handOver());
  const record = await world.issuer.history.application(town, wish.applicationId);
  world.clock.advance(1_000);
  assert.deepEqual(await handOver(), answer({}));
  assert.deepEqual(await world.issuer.history.application(town, wish.applicationId), record);
  // Told late that it was voided: dropped and noted. The paper is out.
  value(await tell(world, wish.applicationId, 'voided'));
  assert.equal(await stateOf(world, wish.applicationId), 'handed-over');
  assert.deepEqual(
    world.notes.map(({ what }) => what),
    ['late-outcome'],
  );
});

test('voided paper cannot be handed over, and its number answers void', async () => {
  const world = createWorld(keys);
  const { session } = await enter(world);
  const wish = wishBody(world);
  const reply = value(await prepare(world, session, wish));
  value(await tell(world, wish.applicationId, 'voided'));
  const { binding } = value(openAtKiosk(world, session, wish, reply));
  refusedAs(await tell(world, wish.applicationId, 'handed-over', [...binding.sheetDigests]), 'OUT_OF_STEP');
  assert.equal(world.notes[0]?.what, 'impossible-outcome');
  assert.deepEqual(await world.issuer.history.documentStatus(town, reply.documentNumbers[0] ?? ''), { status: 'void' });
  refusedAs(await prepare(world, session, wish), 'ENDED');
});

test('sheets that were printed are those that were prepared', async () => {
  const world = createWorld(keys);
  const { session } = await enter(world);
  const wish = wishBody(world);
  value(await prepare(world, session, wish));
  refusedAs(await tell(world, wish.applicationId, 'handed-over', ['00'.repeat(32)]), 'OUT_OF_STEP');
  assert.equal(await stateOf(world, wish.applicationId), 'prepared');
  assert.equal(world.notes[0]?.what, 'other-paper');
});

test('a document nobody has told the end of is marked, its reply forgotten; the truth may still come', async () => {
  const world = createWorld(keys);
  const { session } = await enter(world);
  const wish = wishBody(world);
  const { binding } = value(openAtKiosk(world, session, wish, value(await prepare(world, session, wish))));
  assert.equal((await world.issuer.tick()).unheard, 0);
  world.clock.advance(300_000);
  assert.equal((await world.issuer.tick()).unheard, 1);
  assert.equal((await world.issuer.tick()).unheard, 0);
  const marked = await world.issuer.history.application(town, wish.applicationId);
  assert.deepEqual([marked?.state, marked?.reply], ['prepared', undefined]);
  // The kiosk lost power between two sheets, and came back.
  value(await tell(world, wish.applicationId, 'unresolved'));
  assert.equal(await stateOf(world, wish.applicationId), 'unresolved');
  value(await tell(world, wish.applicationId, 'handed-over', [...binding.sheetDigests]));
  assert.equal(await stateOf(world, wish.applicationId), 'handed-over');
});

test('an end that is told of what never was is not believed', async () => {
  const world = createWorld(keys);
  refusedAs(await tell(world, wishBody(world).applicationId, 'handed-over'), 'UNKNOWN');
});
