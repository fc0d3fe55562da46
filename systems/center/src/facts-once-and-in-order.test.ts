/** What kiosks report is taken once, in order, and believed only as far as it can be true. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isoJapan, uuidV7 } from '@dokodemo/domain';
import { checkEnds, checkFees } from './projections/checks.ts';
import { usualBounds } from './session/expiry.ts';
import { fold } from './session/fold.ts';
import { eventsOf, makeWorld, TestKiosk, type World } from './testing/world.ts';

async function stateOf(world: World, kiosk: TestKiosk) {
  const session = fold((await eventsOf(world.journal)).filter((it) => it.sessionId === kiosk.sessionId));
  assert.ok(session !== undefined);
  return session;
}

async function atPay(): Promise<{ world: World; kiosk: TestKiosk; applicationId: string }> {
  const world = await makeWorld();
  const kiosk = new TestKiosk(world);
  await kiosk.toMenu();
  return { world, kiosk, applicationId: await kiosk.toPay('seal') };
}

async function drain(world: World): Promise<void> {
  for (let i = 0; i < 100; i++) if ((await world.center.tick()).looked === 0) return;
  assert.fail('it does not drain');
}

test('reports sent again, in whole or in part, are accepted again and done once', async () => {
  const { world, kiosk, applicationId } = await atPay();
  const facts = kiosk.reported(...kiosk.wellDelivered(applicationId));
  await kiosk.send(facts.slice(0, 3));
  const events = (await eventsOf(world.journal)).length;
  const again = await kiosk.send(facts.slice(0, 3));
  assert.ok(again.ok && again.value.accepted.length === 3);
  assert.equal((await eventsOf(world.journal)).length, events);
  const rest = await kiosk.send(facts);
  assert.ok(rest.ok && rest.value.accepted.length === 5 && rest.value.refused.length === 0);
  assert.equal((await stateOf(world, kiosk)).applications[applicationId]?.state, 'captured');
  assert.deepEqual(checkFees(await eventsOf(world.journal)), []);
});

test('a report’s id with another content, and a report out of order, are refused', async () => {
  const { kiosk, applicationId } = await atPay();
  const [reserved, started] = kiosk.reported(...kiosk.wellDelivered(applicationId));
  assert.ok(reserved !== undefined && started !== undefined);
  await kiosk.send([started].map((it) => ({ ...it, fact: { kind: 'card-removed' as const } })));
  const late = await kiosk.send([reserved]);
  assert.ok(late.ok);
  assert.deepEqual(late.value.refused, [{ factId: reserved.factId, code: 'OUT_OF_STEP' }]);
  const other = await kiosk.send([started]);
  assert.ok(other.ok);
  assert.deepEqual(other.value.refused, [{ factId: started.factId, code: 'SAME_ID_OTHER_BODY' }]);
  const batch = kiosk.reported({ kind: 'card-removed' }, { kind: 'card-put-down' });
  const backwards = await kiosk.send(batch.reverse());
  assert.ok(!backwards.ok && backwards.failure.code === 'MALFORMED');
});

test('a report that cannot be opens a case and changes nothing', async () => {
  const { world, kiosk, applicationId } = await atPay();
  await kiosk.report({ kind: 'fee-captured', applicationId, feeYen: 200 });
  let session = await stateOf(world, kiosk);
  assert.equal(session.applications[applicationId]?.state, 'prepared');
  assert.deepEqual(
    Object.values(session.cases).map(({ code }) => code),
    ['IMPOSSIBLE_REPORT'],
  );
  // More of the kind is noted in the same case: a mad kiosk does not flood anybody.
  await kiosk.report({ kind: 'handed-over', applicationId }, { kind: 'fee-captured', applicationId, feeYen: 200 });
  session = await stateOf(world, kiosk);
  assert.equal(Object.keys(session.cases).length, 1);
});

test('another amount, another sheet, a hand-over of less than everything: each opens a case', async () => {
  const cases = async (make: (kiosk: TestKiosk, applicationId: string) => Parameters<TestKiosk['report']>) => {
    const { world, kiosk, applicationId } = await atPay();
    await kiosk.report(...make(kiosk, applicationId));
    return Object.values((await stateOf(world, kiosk)).cases).map(({ code }) => code);
  };
  const money = (applicationId: string, feeYen: number) =>
    ({ kind: 'fee-reserved', applicationId, feeYen, method: 'cash' }) as const;
  assert.deepEqual(await cases((_, id) => [money(id, 100)]), ['AMOUNT_DIFFERS']);
  assert.deepEqual(
    await cases((_, id) => [money(id, 200), { kind: 'printing-started', applicationId: id, sheets: 2 }]),
    ['IMPOSSIBLE_REPORT'],
  );
  const begun = (id: string) => [money(id, 200), { kind: 'printing-started', applicationId: id, sheets: 1 }] as const;
  assert.deepEqual(await cases((_, id) => [...begun(id), { kind: 'handed-over', applicationId: id }]), [
    'IMPOSSIBLE_REPORT',
  ]);
  const digest = '0'.repeat(64);
  assert.deepEqual(
    await cases((_, id) => [...begun(id), { kind: 'sheet-printed', applicationId: id, sheet: 1, sheets: 1, digest }]),
    ['MISMATCH_STOP'],
  );
});

test('a document that was dropped before the fee is void, and its issuer hears of it', async () => {
  const { world, kiosk, applicationId } = await atPay();
  await kiosk.report({ kind: 'document-dropped', applicationId, reason: 'RESIDENT_STOPPED' });
  await kiosk.give({ kind: 'delivered', applicationId, outcome: 'not-delivered' });
  await kiosk.give({ kind: 'finish' });
  await drain(world);
  assert.deepEqual(
    world.issuer.outcomes.map(({ outcome }) => outcome),
    ['voided'],
  );
});

test('a spoiled print gives the fee back, and voids the number', async () => {
  const { world, kiosk, applicationId } = await atPay();
  const [reserved, started] = kiosk.wellDelivered(applicationId);
  assert.ok(reserved !== undefined && started !== undefined);
  await kiosk.report(
    reserved,
    started,
    { kind: 'printer-trouble', condition: 'jam' },
    { kind: 'fee-returned', applicationId, feeYen: 200, reason: 'PRINTER_UNAVAILABLE' },
  );
  assert.equal((await stateOf(world, kiosk)).applications[applicationId]?.state, 'refunded');
  await drain(world);
  assert.deepEqual(world.issuer.outcomes.at(-1)?.body, {
    outcome: 'voided',
    reason: 'PRINTER_UNAVAILABLE',
    sheetDigests: [],
    at: isoJapan(world.time.now()),
  });
});

test('a lost track opens a case; what the kiosk remembers later settles it, and closes it', async () => {
  const { world, kiosk, applicationId } = await atPay();
  const [reserved, started, sheet, handed, captured] = kiosk.wellDelivered(applicationId);
  assert.ok(reserved && started && sheet && handed && captured);
  const lost = {
    kind: 'lost-track',
    applicationId,
    feeYen: 200,
    sheetsConfirmed: 0,
    sheets: 1,
    reason: 'POWER_CUT',
  } as const;
  await kiosk.report(reserved, started, lost);
  await drain(world);
  let session = await stateOf(world, kiosk);
  assert.equal(session.applications[applicationId]?.state, 'unresolved');
  assert.deepEqual(
    Object.values(session.cases).map(({ code, closed }) => [code, closed]),
    [['TRACK_LOST', false]],
  );
  await kiosk.report({ kind: 'power-returned' }, sheet, handed, captured);
  session = await stateOf(world, kiosk);
  assert.equal(session.applications[applicationId]?.state, 'captured');
  assert.deepEqual(
    Object.values(session.cases).map(({ closed }) => closed),
    [true],
  );
  await drain(world);
  assert.deepEqual(
    world.issuer.outcomes.map(({ outcome }) => outcome),
    ['unresolved', 'handed-over'],
  );
  assert.deepEqual(checkFees(await eventsOf(world.journal)), []);
});

test('a kiosk that falls silent with a document: unresolved with a case, never void; its late word settles it', async () => {
  const { world, kiosk, applicationId } = await atPay();
  world.time.at += 300_000 + usualBounds.kioskGraceMs - 1;
  await drain(world);
  assert.equal((await stateOf(world, kiosk)).applications[applicationId]?.state, 'prepared');
  world.time.at += 1;
  await drain(world);
  const session = await stateOf(world, kiosk);
  assert.equal(session.applications[applicationId]?.state, 'unresolved');
  assert.equal(session.step.at, 'ended');
  await kiosk.report(...kiosk.wellDelivered(applicationId));
  await drain(world);
  assert.equal((await stateOf(world, kiosk)).applications[applicationId]?.state, 'captured');
  assert.deepEqual(checkEnds(await eventsOf(world.journal)), []);
});

test('a silent kiosk that comes back and says that the session ended without money: void, by that evidence', async () => {
  const { world, kiosk, applicationId } = await atPay();
  world.time.at += 86_400_000;
  await drain(world);
  await kiosk.report({ kind: 'power-returned' }, { kind: 'session-ended', reason: 'POWER_CUT' });
  const session = await stateOf(world, kiosk);
  assert.equal(session.applications[applicationId]?.state, 'voided');
  assert.ok(Object.values(session.cases).every(({ closed }) => closed));
});

test('paper is out and the capture never reported: a case, and the late capture closes it', async () => {
  const { world, kiosk, applicationId } = await atPay();
  await kiosk.report(...kiosk.wellDelivered(applicationId).slice(0, 4));
  world.time.at += usualBounds.kioskSilentMs;
  await drain(world);
  const codes = async () =>
    Object.values((await stateOf(world, kiosk)).cases).map(({ code, closed }) => [code, closed]);
  assert.deepEqual(await codes(), [['CAPTURE_MISSING', false]]);
  await kiosk.report({ kind: 'fee-captured', applicationId, feeYen: 200 });
  assert.deepEqual(await codes(), [['CAPTURE_MISSING', true]]);
});

test('the issuer is told until it answers, with growing pauses, and always the same words', async () => {
  const { world, kiosk, applicationId } = await atPay();
  world.issuer.script = (name) => (name === 'tellOutcome' ? 'UPSTREAM_DOWN' : undefined);
  await kiosk.report(...kiosk.wellDelivered(applicationId));
  await kiosk.give({ kind: 'delivered', applicationId, outcome: 'captured' });
  await kiosk.give({ kind: 'finish' });
  const tries = () => world.issuer.calls.filter(({ name }) => name === 'tellOutcome');
  for (let second = 0; second < 600; second++) {
    await world.center.tick();
    world.time.at += 1_000;
  }
  assert.ok(tries().length >= 8 && tries().length <= 12, `${tries().length} tries in ten minutes`);
  world.issuer.script = () => undefined;
  world.time.at += 300_000;
  await drain(world);
  assert.deepEqual(
    world.issuer.outcomes.map(({ outcome }) => outcome),
    ['handed-over'],
  );
  assert.equal(new Set(tries().map(({ body }) => JSON.stringify(body))).size, 1);
});

test('an outcome that an issuer will never take opens a case and waits for a person', async () => {
  const { world, kiosk, applicationId } = await atPay();
  world.issuer.script = (name) => (name === 'tellOutcome' ? 'OUT_OF_STEP' : undefined);
  await kiosk.report(...kiosk.wellDelivered(applicationId));
  await drain(world);
  const open = Object.values((await stateOf(world, kiosk)).cases).filter((it) => !it.closed);
  assert.deepEqual(
    open.map(({ code }) => code),
    ['OUTCOME_UNTOLD'],
  );
});

test('reports about nobody’s session are refused for good', async () => {
  const { world, kiosk } = await atPay();
  const [fact] = kiosk.reported({ kind: 'card-removed' });
  assert.ok(fact !== undefined);
  const unknown = { ...fact, sessionId: uuidV7(world.time, world.entropy) };
  const answered = await kiosk.send([unknown]);
  assert.ok(answered.ok);
  assert.deepEqual(answered.value.refused, [{ factId: fact.factId, code: 'UNKNOWN' }]);
});

test('reports that are late while the resident walks away: what was delivered is not void', async () => {
  for (const end of ['timeout', 'stop', 'finish'] as const) {
    const { world, kiosk, applicationId } = await atPay();
    const facts = kiosk.reported(...kiosk.wellDelivered(applicationId));
    await kiosk.give({ kind: 'delivered', applicationId, outcome: 'captured' });
    await kiosk.give({ kind: end });
    await drain(world);
    assert.equal((await stateOf(world, kiosk)).applications[applicationId]?.state, 'prepared');
    await kiosk.send(facts);
    await drain(world);
    const session = await stateOf(world, kiosk);
    assert.equal(session.applications[applicationId]?.state, 'captured');
    assert.deepEqual(Object.keys(session.cases), []);
    assert.deepEqual(
      world.issuer.outcomes.map(({ outcome }) => outcome),
      ['handed-over'],
    );
  }
});

test('a resident who stops before paying: void at once, and the kiosk’s own word of it comes too late to matter', async () => {
  for (const end of ['timeout', 'stop'] as const) {
    const { world, kiosk, applicationId } = await atPay();
    await kiosk.give({ kind: end });
    await kiosk.report(
      { kind: 'document-dropped', applicationId, reason: 'STOPPED' },
      { kind: 'session-ended', reason: 'STOPPED' },
    );
    await drain(world);
    const session = await stateOf(world, kiosk);
    assert.equal(session.applications[applicationId]?.state, 'voided');
    assert.deepEqual(Object.keys(session.cases), []);
    assert.equal(world.issuer.outcomes.length, 1);
  }
});

test('a resident who stops with money in escrow: the kiosk’s word decides, not the conversation', async () => {
  const { world, kiosk, applicationId } = await atPay();
  await kiosk.report({ kind: 'fee-reserved', applicationId, feeYen: 200, method: 'cash' });
  await kiosk.give({ kind: 'stop' });
  assert.equal((await stateOf(world, kiosk)).applications[applicationId]?.state, 'reserved');
  await kiosk.report({ kind: 'fee-returned', applicationId, feeYen: 200, reason: 'STOPPED' });
  await drain(world);
  assert.equal((await stateOf(world, kiosk)).applications[applicationId]?.state, 'refunded');
});
