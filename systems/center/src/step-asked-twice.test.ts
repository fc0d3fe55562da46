/** S8: a step asked twice is done once and answered the same; the same id with another body is refused. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createMemoryJournal, type Journal, JournalBusy, JournalUnavailable } from '@dokodemo/journal';
import type { Input } from '@dokodemo/protocol';
import { createCenter } from './center.ts';
import { eventsOf, makeWorld, TestKiosk } from './testing/world.ts';

const credential = { kind: 'jpki' as const, certificate: Buffer.from('a certificate').toString('base64') };
const wayToPay: readonly Input[] = [
  { kind: 'agree' },
  { kind: 'credential', credential, triesLeft: 3 },
  { kind: 'proof', signature: 'AAAA' },
  { kind: 'card-removed' },
  { kind: 'chosen', questionId: '@kind', optionIds: ['tax'] },
  { kind: 'chosen', questionId: 'item', optionIds: ['property'] },
  { kind: 'copies', copies: 2 },
  { kind: 'confirmed', feeYen: 700 },
];

const wayWithSecondPin: readonly Input[] = [
  ...wayToPay.slice(0, 4),
  { kind: 'chosen', questionId: '@kind', optionIds: ['abstract'] },
  { kind: 'credential', credential, triesLeft: 3 },
  { kind: 'second-proof', certificate: 'AAAA', signature: 'AAAA' },
  { kind: 'card-removed' },
  { kind: 'confirmed', feeYen: 300 },
];

for (const way of [wayToPay, wayWithSecondPin])
  test(`each of ${way.length} inputs, asked twice, is answered the same and does nothing the second time`, async () => {
    const world = await makeWorld();
    const kiosk = new TestKiosk(world);
    const opened = await kiosk.open();
    assert.deepEqual(await kiosk.open(), opened);
    for (const input of way) {
      const seq = kiosk.seq;
      const first = await kiosk.give(input);
      const events = (await eventsOf(world.journal)).length;
      const calls = world.issuer.calls.length;
      const again = await kiosk.ask(input, seq);
      assert.deepEqual(again, { ok: true, value: first });
      assert.equal((await eventsOf(world.journal)).length, events);
      assert.equal(world.issuer.calls.length, calls);
    }
    assert.equal(world.issuer.prepared.size, 1);
  });

test('another input under a seq that was used is refused, and changes nothing', async () => {
  const world = await makeWorld();
  const kiosk = new TestKiosk(world);
  await kiosk.open();
  await kiosk.give({ kind: 'agree' });
  const events = (await eventsOf(world.journal)).length;
  const other = await kiosk.ask({ kind: 'back' }, 0);
  assert.ok(!other.ok && other.failure.code === 'SAME_ID_OTHER_BODY');
  for (const seq of [2, 7]) {
    const ahead = await kiosk.ask({ kind: 'back' }, seq);
    assert.ok(!ahead.ok && ahead.failure.code === 'OUT_OF_STEP');
  }
  await kiosk.give({ kind: 'back' });
  const old = await kiosk.ask({ kind: 'agree' }, 0);
  assert.ok(!old.ok && old.failure.code === 'OUT_OF_STEP');
  assert.equal((await eventsOf(world.journal)).length, events + 2);
});

test('a session’s id with another opening is refused', async () => {
  const world = await makeWorld();
  const kiosk = new TestKiosk(world);
  await kiosk.open();
  const body = { ...kiosk.opening(), language: 'en' as const };
  const other = await world.center.handlers.openSession({ peer: kiosk.peer, params: {}, body });
  assert.ok(!other.ok && other.failure.code === 'SAME_ID_OTHER_BODY');
});

describe('a process dies in the middle of a step', () => {
  for (const [name, upTo, way] of [
    ['openVisit', 2, wayToPay],
    ['proveVisit', 3, wayToPay],
    ['prepareDocument', 8, wayToPay],
    ['proveSecondPin', 8, wayWithSecondPin],
  ] as const) {
    test(`${name}: another process asks the issuer again under the same id, and the kiosk gets its screen`, async () => {
      const world = await makeWorld();
      const kiosk = new TestKiosk(world);
      await kiosk.open();
      for (const input of way.slice(0, upTo - 1)) await kiosk.give(input);
      const input = way[upTo - 1];
      assert.ok(input !== undefined);
      // The first process asks, and never hears the answer.
      let reached = (): void => undefined;
      const asked = new Promise<void>((resolve) => {
        reached = resolve;
      });
      let first = true;
      world.issuer.hold = async (called) => {
        if (called !== name || !first) return;
        first = false;
        reached();
        await new Promise(() => undefined);
      };
      void kiosk.ask(input);
      await asked;
      // The kiosk runs out of patience and reaches another process.
      kiosk.center = createCenter(world.options);
      const turn = await kiosk.give(input);
      assert.equal(turn.seq, upTo);
      const bodies = world.issuer.calls.filter((call) => call.name === name).map(({ body }) => JSON.stringify(body));
      assert.equal(bodies.length, 2);
      assert.equal(bodies[0], bodies[1]);
      assert.ok(world.issuer.prepared.size <= 1);
    });
  }
});

test('a reply that was lost on its way from the issuer is asked for again at once, under the same id', async () => {
  const world = await makeWorld();
  const kiosk = new TestKiosk(world);
  await kiosk.toMenu();
  let lost = 0;
  world.issuer.script = (name) => (name === 'prepareDocument' && lost++ === 0 ? 'LOSE_REPLY' : undefined);
  await kiosk.toPay('seal');
  assert.equal(world.issuer.calls.filter(({ name }) => name === 'prepareDocument').length, 2);
  assert.equal(world.issuer.prepared.size, 1);
});

test('when the issuer stays silent nothing is charged, and what it may have prepared is told to be void', async () => {
  const world = await makeWorld();
  const kiosk = new TestKiosk(world);
  await kiosk.toMenu();
  world.issuer.script = (name) => (name === 'prepareDocument' ? 'LOSE_REPLY' : undefined);
  await kiosk.give({ kind: 'chosen', questionId: '@kind', optionIds: ['seal'] });
  const notice = await kiosk.give({ kind: 'confirmed', feeYen: 200 });
  assert.ok(notice.screen.kind === 'notice');
  assert.deepEqual(notice.screen.lines, [{ text: 'refusal.NO_ANSWER' }]);
  const menu = await kiosk.give({ kind: 'agree' });
  assert.ok(menu.screen.kind === 'choose' && menu.screen.questionId === '@kind');
  await world.center.tick();
  assert.deepEqual(
    world.issuer.outcomes.map(({ outcome }) => outcome),
    ['voided'],
  );
  // The late answer finds the application ended; the next one is another application.
  world.issuer.script = () => undefined;
  await kiosk.toPay('seal');
  assert.equal(world.issuer.prepared.size, 2);
});

for (const code of ['UPSTREAM_DOWN', 'BUSY', 'STALE_SOURCE', 'DOCUMENT_EXPIRED', 'ENDED'] as const)
  test(`silence, then ${code}: the first asking may have gone well, so the issuer is told that it is void`, async () => {
    const world = await makeWorld();
    const kiosk = new TestKiosk(world);
    await kiosk.toMenu();
    let asked = 0;
    world.issuer.script = (name) => (name !== 'prepareDocument' ? undefined : asked++ === 0 ? 'LOSE_REPLY' : code);
    await kiosk.give({ kind: 'chosen', questionId: '@kind', optionIds: ['seal'] });
    const notice = await kiosk.give({ kind: 'confirmed', feeYen: 200 });
    assert.ok(notice.screen.kind === 'notice');
    assert.deepEqual(notice.screen.lines, [{ text: `refusal.${code}` }]);
    assert.equal(world.issuer.prepared.size, 1);
    await world.center.tick();
    assert.deepEqual(
      world.issuer.outcomes.map(({ applicationId, outcome }) => [applicationId, outcome]),
      [[[...world.issuer.prepared.keys()][0], 'voided']],
    );
  });

test('a document that the journal is too busy for is told to be asked for again, and then it is there', async () => {
  const sound = createMemoryJournal();
  let trouble: Error | undefined;
  const journal: Journal = {
    ...sound,
    read: (streamId) => (trouble === undefined ? sound.read(streamId) : Promise.reject(trouble)),
  };
  const world = await makeWorld({ journal });
  const kiosk = new TestKiosk(world);
  await kiosk.toMenu();
  const params = { sessionId: kiosk.sessionId, applicationId: await kiosk.toPay('seal') };
  const fetch = () => world.center.handlers.fetchDocument({ peer: kiosk.peer, params, body: null });
  for (const [error, code] of [
    [new JournalBusy(), 'BUSY'],
    [new JournalUnavailable('away'), 'NO_ANSWER'],
  ] as const) {
    trouble = error;
    const refused = await fetch();
    assert.ok(!refused.ok && refused.failure.code === code);
  }
  trouble = undefined;
  const fetched = await fetch();
  assert.ok(fetched.ok && fetched.value.sealed !== '');
});

test('inputs of one session at the same moment are taken one after the other; one of them wins', async () => {
  const world = await makeWorld();
  const kiosk = new TestKiosk(world);
  await kiosk.toMenu();
  const answers = await Promise.all([
    kiosk.ask({ kind: 'chosen', questionId: '@kind', optionIds: ['seal'] }),
    kiosk.ask({ kind: 'chosen', questionId: '@kind', optionIds: ['tax'] }),
    kiosk.ask({ kind: 'chosen', questionId: '@kind', optionIds: ['seal'] }),
  ]);
  const told = answers.map((it) => (it.ok ? it.value.screen.kind : it.failure.code));
  assert.deepEqual(told, ['confirm', 'SAME_ID_OTHER_BODY', 'confirm']);
});
