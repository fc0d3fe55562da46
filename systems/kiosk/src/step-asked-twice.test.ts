/** S8 at the kiosk: what was said and not answered is said again, in the same words and under the same ids, and has one
 *  effect; something else is said only after an answer. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CenterScript, Fate, Message } from './testing/scripted-center.ts';
import { World } from './testing/world.ts';

/** How often each message was sent, by its words. */
function sent(world: World): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const message of world.center.messages) {
    const words = JSON.stringify(message);
    counts.set(words, (counts.get(words) ?? 0) + 1);
  }
  return counts;
}

/** From the first touch to the paper, and to the next resident. */
async function wholeVisit(world: World): Promise<void> {
  await world.toPay(2);
  await world.pay();
  await world.leave();
  await world.time.pass(120_000);
}

function assertDoneOnce(world: World): void {
  const { center, money, printer } = world;
  assert.deepEqual(center.impossible, []);
  assert.equal(center.sessions.size, 1);
  assert.equal(center.bindings.length, 1);
  assert.equal(center.stateOf(center.bindings[0]?.applicationId ?? ''), 'captured');
  assert.equal(printer.tray().length, 2);
  assert.equal(money.picture().vaultYen, 600);
  const once = ['fee-reserved', 'printing-started', 'handed-over', 'fee-captured', 'session-ended'];
  for (const kind of once) assert.equal(world.facts().filter((it) => it === kind).length, 1, kind);
}

/** Each message meets this fate the first time that it is sent. */
function firstTime(fate: Fate, which: (message: Message) => boolean = () => true): CenterScript['fate'] {
  const seen = new Set<string>();
  return (message) => {
    const words = JSON.stringify(message);
    if (!which(message) || seen.has(words)) return 'arrives';
    seen.add(words);
    return fate;
  };
}

for (const fate of ['answer-lost', 'never-arrives', 'BUSY', 'UPSTREAM_DOWN'] as const) {
  test(`every message of a visit meets "${fate}" once: each is said again in the same words, and done once`, async () => {
    const world = await World.open();
    // The last word of a session is not waited for: its end stands in the facts.
    const isLast = ({ body }: Message) => (body as { input?: { kind: string } } | null)?.input?.kind === 'finish';
    world.center.script.fate = firstTime(fate, (message) => !isLast(message));
    await wholeVisit(world);
    assertDoneOnce(world);
    const talked = [...sent(world)].filter(
      ([words]) => !words.includes('"reportFacts"') && !words.includes('"finish"'),
    );
    assert.ok(talked.length >= 10);
    for (const [words, count] of talked) assert.equal(count, 2, words.slice(0, 120));
  });
}

test('the answer to one input is lost: the same number and the same words, nothing else in between', async () => {
  const world = await World.open();
  await world.toMenu();
  const before = world.center.messages.length;
  world.center.script.fate = firstTime('answer-lost', ({ name }) => name === 'giveInput');
  await world.touch({ kind: 'chosen', questionId: '@kind', optionIds: ['residence'] });
  await world.until('choose');
  const inputs = world.center.messages.slice(before).filter(({ name }) => name === 'giveInput');
  assert.equal(inputs.length, 2);
  assert.deepEqual(inputs[0], inputs[1]);
});

test('reports whose answer is lost go again with the ids they had, also after the kiosk was started anew', async () => {
  const world = await World.open();
  let lost = true;
  world.center.script.fate = ({ name }) => (name === 'reportFacts' && lost ? 'answer-lost' : 'arrives');
  await world.toPay(2);
  await world.pay();
  await world.leave();
  const facts = world.center.facts.length;
  assert.ok(facts > 0);
  world.cut();
  await world.time.pass(5_000);
  await world.powerOn();
  lost = false;
  await world.until('welcome');
  await world.time.pass(120_000);
  assertDoneOnce(world);
  const ids = world.center.facts.map(({ factId }) => factId);
  assert.equal(new Set(ids).size, ids.length);
});

test('two touches of one moment are one touch', async () => {
  const world = await World.open();
  await world.toMenu();
  await world.touch({ kind: 'chosen', questionId: '@kind', optionIds: ['residence'] });
  await world.until('choose');
  await world.touch({ kind: 'chosen', questionId: 'members', optionIds: ['m1'] });
  await world.until('copies');
  await world.touch({ kind: 'copies', copies: 1 });
  await world.until('confirm');
  const { revision } = world.kiosk.state();
  for (let i = 0; i < 3; i++) world.kiosk.touch(revision, { kind: 'confirmed' });
  await world.until('pay');
  assert.equal(world.center.bindings.length, 1);
  assert.deepEqual(world.center.impossible, []);
});

test('a touch that was made on a screen that is gone is dropped, whatever it would mean on the one that is there', async () => {
  const world = await World.open();
  await world.toMenu();
  const { revision } = world.kiosk.state();
  await world.touch({ kind: 'chosen', questionId: '@kind', optionIds: ['residence'] });
  await world.until('choose');
  world.kiosk.touch(revision, { kind: 'stop' });
  await world.time.pass(1_000);
  assert.equal(world.screen.kind, 'choose');
});
