/** Cases are closed by evidence, and an operator's acts are done once. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { uuidV7 } from '@dokodemo/domain';
import { validatorOf } from '@dokodemo/protocol';
import { operatorEndpoints } from './operator-endpoints.ts';
import { checkEnds, checkFees } from './projections/checks.ts';
import { eventsOf, makeWorld, TestKiosk, type World } from './testing/world.ts';

const peer = { role: 'operator' as const, id: 'staff-7' };

async function lost(): Promise<{ world: World; kiosk: TestKiosk; applicationId: string; caseId: string }> {
  const world = await makeWorld();
  const kiosk = new TestKiosk(world);
  await kiosk.toMenu();
  const applicationId = await kiosk.toPay('seal');
  const [reserved, started] = kiosk.wellDelivered(applicationId);
  assert.ok(reserved && started);
  const reason = 'POWER_CUT';
  await kiosk.report(
    reserved,
    started,
    { kind: 'lost-track', applicationId, feeYen: 200, sheetsConfirmed: 0, sheets: 1, reason },
    { kind: 'session-ended', reason },
  );
  const listed = await world.center.operatorHandlers.listCases({ peer, params: {}, body: null });
  assert.ok(listed.ok && listed.value.cases.length === 1);
  assert.ok(validatorOf(operatorEndpoints.listCases.reply).Check(listed.value));
  return { world, kiosk, applicationId, caseId: listed.value.cases[0]?.caseId ?? '' };
}

function closing(world: World, kiosk: TestKiosk, resolution: 'handed-over' | 'fee-returned' | 'voided' | 'no-change') {
  const actId = uuidV7(world.time, world.entropy);
  const { sessionId } = kiosk;
  return { actId, sessionId, evidence: 'camera' as const, reference: '2026-11-23T10:04', resolution };
}

test('an operator who found the paper says so: handed over, captured, the issuer hears of it', async () => {
  const { world, kiosk, caseId } = await lost();
  const { operatorHandlers } = world.center;
  const body = closing(world, kiosk, 'handed-over');
  const note = {
    actId: uuidV7(world.time, world.entropy),
    sessionId: kiosk.sessionId,
    evidence: 'paper-found',
    reference: '',
  } as const;
  assert.ok((await operatorHandlers.noteCase({ peer, params: { caseId }, body: note })).ok);
  assert.ok((await operatorHandlers.closeCase({ peer, params: { caseId }, body })).ok);
  const events = (await eventsOf(world.journal)).length;
  // The same acts again are done; others under their ids are refused; a closed case takes no more.
  assert.ok((await operatorHandlers.closeCase({ peer, params: { caseId }, body })).ok);
  assert.ok((await operatorHandlers.noteCase({ peer, params: { caseId }, body: note })).ok);
  const other = await operatorHandlers.closeCase({ peer, params: { caseId }, body: { ...body, resolution: 'voided' } });
  assert.ok(!other.ok && other.failure.code === 'SAME_ID_OTHER_BODY');
  const late = await operatorHandlers.closeCase({ peer, params: { caseId }, body: closing(world, kiosk, 'voided') });
  assert.ok(!late.ok && late.failure.code === 'ENDED');
  assert.equal((await eventsOf(world.journal)).length, events);
  await world.center.tick();
  await world.center.tick();
  assert.deepEqual(
    world.issuer.outcomes.map(({ outcome }) => outcome),
    ['unresolved', 'handed-over'],
  );
  assert.deepEqual(checkFees(await eventsOf(world.journal)), []);
  assert.deepEqual(checkEnds(await eventsOf(world.journal)), []);
});

test('"it worked the second time" closes nothing', async () => {
  const { world, kiosk, caseId } = await lost();
  const { closeCase } = world.center.operatorHandlers;
  const body = closing(world, kiosk, 'no-change');
  const refused = await closeCase({ peer, params: { caseId }, body });
  assert.ok(!refused.ok && refused.failure.code === 'OUT_OF_STEP');
  const unknown = await closeCase({ peer, params: { caseId: body.actId }, body });
  assert.ok(!unknown.ok && unknown.failure.code === 'UNKNOWN');
});

test('money given back by hand: refunded and void', async () => {
  const { world, kiosk, caseId } = await lost();
  const body = closing(world, kiosk, 'fee-returned');
  assert.ok((await world.center.operatorHandlers.closeCase({ peer, params: { caseId }, body })).ok);
  const ledger = await world.center.operatorHandlers.readLedger({ peer, params: { day: '2026-11-23' }, body: null });
  assert.ok(ledger.ok);
  assert.deepEqual(
    ledger.value.lines.map((it) => [it.reservedYen, it.capturedYen, it.returnedYen]),
    [[200, 0, 200]],
  );
});

test('operators read lines without anything personal, and go on from where they were', async () => {
  const { world, kiosk } = await lost();
  const { recentEvents, liveSessions, readStatistics } = world.center.operatorHandlers;
  const latest = await recentEvents({ peer, params: { after: 'latest' }, body: null });
  assert.ok(latest.ok && latest.value.lines.length > 10);
  assert.ok(validatorOf(operatorEndpoints.recentEvents.reply).Check(latest.value));
  await new TestKiosk(world).open();
  const next = await recentEvents({ peer, params: { after: String(latest.value.next) }, body: null });
  assert.ok(next.ok);
  assert.deepEqual(
    next.value.lines.map(({ kind, ja }) => [kind, ja]),
    [['SessionOpened', '画面に触れました']],
  );
  const live = await liveSessions({ peer, params: {}, body: null });
  assert.ok(live.ok && live.value.sessions.length === 1);
  assert.ok(validatorOf(operatorEndpoints.liveSessions.reply).Check(live.value));
  const statistics = await readStatistics({ peer, params: { day: '2026-11-23' }, body: null });
  assert.ok(statistics.ok && statistics.value.lines.length === 0);
  assert.ok(kiosk.sessionId.length === 36);
});
