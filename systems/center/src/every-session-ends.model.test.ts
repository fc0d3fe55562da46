/** S4 and L1: whatever kiosk, issuer and network do, once they fall silent everything ends, or is an open case. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RefusalCode } from '@dokodemo/domain';
import type { Fact, Input, Screen } from '@dokodemo/protocol';
import fc from 'fast-check';
import { createCenter } from './center.ts';
import { usualLimits } from './center-options.ts';
import { checkEnds, checkFees } from './projections/checks.ts';
import { eventsOf, makeWorld, TestKiosk, type World } from './testing/world.ts';

type Move = { readonly kiosk: number; readonly what: number; readonly pick: number; readonly trouble: number };

function inputFor(screen: Screen, pick: number): Input {
  const credential = { kind: 'jpki' as const, certificate: 'AAAA' };
  switch (screen.kind) {
    case 'notice':
      return { kind: 'agree' };
    case 'present-card':
      return pick === 0 ? { kind: 'card-problem', code: 'CARD_TWO' } : { kind: 'credential', credential, triesLeft: 3 };
    case 'enter-pin':
      if (pick === 0) return { kind: 'pin-wrong', triesLeft: screen.triesLeft - 1 };
      return screen.which === 'second'
        ? { kind: 'second-proof', certificate: 'AAAA', signature: 'AAAA' }
        : { kind: 'proof', signature: 'AAAA' };
    case 'remove-card':
      return { kind: 'card-removed' };
    case 'choose': {
      const open = screen.options.filter((it) => it.closed === undefined);
      const option = open[pick % Math.max(1, open.length)];
      return { kind: 'chosen', questionId: screen.questionId, optionIds: option === undefined ? [] : [option.id] };
    }
    case 'copies':
      return { kind: 'copies', copies: 1 };
    case 'confirm':
      return { kind: 'confirmed', feeYen: screen.feeYen };
    case 'pay':
      return {
        kind: 'delivered',
        applicationId: screen.applicationId,
        outcome: (['captured', 'not-delivered', 'unresolved'] as const)[pick % 3] ?? 'captured',
      };
    case 'another':
      return pick % 2 === 0 ? { kind: 'another' } : { kind: 'finish' };
    default:
      return { kind: 'stop' };
  }
}

/** What a kiosk may have to report of its documents; in an order of its own making, so that much of it cannot be. */
function factFor(kiosk: TestKiosk, applications: readonly { id: string; feeYen: number }[], pick: number): Fact {
  const application = applications[pick % Math.max(1, applications.length)];
  if (application === undefined) return { kind: 'card-put-down' };
  const well = kiosk.wellDelivered(application.id, application.feeYen);
  const others: Fact[] = [
    { kind: 'fee-returned', applicationId: application.id, feeYen: application.feeYen, reason: 'PRINTER_UNAVAILABLE' },
    { kind: 'document-dropped', applicationId: application.id, reason: 'STOPPED' },
    {
      kind: 'lost-track',
      applicationId: application.id,
      feeYen: application.feeYen,
      sheetsConfirmed: 0,
      sheets: 1,
      reason: 'POWER_CUT',
    },
    { kind: 'session-ended', reason: 'STOPPED' },
    { kind: 'power-returned' },
  ];
  const all = [...well, ...others];
  return all[pick % all.length] ?? { kind: 'power-returned' };
}

const troubles: readonly (RefusalCode | 'LOSE_REPLY')[] = [
  'NO_ANSWER',
  'LOSE_REPLY',
  'UPSTREAM_DOWN',
  'BUSY',
  'DEFECT',
  'HOURS',
  'STALE_SOURCE',
  'OUT_OF_STEP',
];

async function play(world: World, moves: readonly Move[]): Promise<void> {
  const kiosks = [new TestKiosk(world), new TestKiosk(world, 'DEMO-0002')];
  const documents = new Map<TestKiosk, { id: string; feeYen: number }[]>();
  for (const kiosk of kiosks) await kiosk.open();
  for (const { kiosk: which, what, pick, trouble } of moves) {
    const kiosk = kiosks[which];
    if (kiosk === undefined) continue;
    const mine = documents.get(kiosk) ?? [];
    documents.set(kiosk, mine);
    world.issuer.script = () => (trouble < troubles.length ? troubles[trouble] : undefined);
    if (what < 10 && kiosk.turn !== undefined && kiosk.turn.screen.kind !== 'end') {
      const answered = await kiosk.ask(inputFor(kiosk.turn.screen, pick));
      if (!answered.ok) continue;
      kiosk.turn = answered.value;
      kiosk.seq = answered.value.seq;
      const { screen } = answered.value;
      if (screen.kind === 'pay') mine.push({ id: screen.applicationId, feeYen: screen.feeYen });
    } else if (what < 14) await kiosk.report(factFor(kiosk, mine, pick));
    else if (what === 14) await kiosk.report(...kiosk.wellDelivered(mine[0]?.id ?? kiosk.sessionId, mine[0]?.feeYen));
    else if (what === 15) kiosk.center = createCenter(world.options);
    else {
      world.time.at += pick * 60_000;
      await world.center.tick();
    }
  }
}

/** Mostly what residents do, since nothing is captured that nobody has asked for; a good report often enough to follow. */
const what = fc.oneof(
  { weight: 12, arbitrary: fc.integer({ min: 0, max: 9 }) },
  { weight: 2, arbitrary: fc.integer({ min: 10, max: 13 }) },
  { weight: 3, arbitrary: fc.constant(14) },
  { weight: 2, arbitrary: fc.integer({ min: 15, max: 16 }) },
);
const move = fc.record({ kiosk: fc.nat(1), what, pick: fc.nat(20), trouble: fc.nat(100) });

test('after any history, silence and an issuer that answers: everything drains', async () => {
  let issued = 0;
  let cases = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(move, { minLength: 40, maxLength: 80, size: 'max' }), async (moves) => {
      const world = await makeWorld({ limits: { ...usualLimits, outcomePauseMs: { first: 1_000, longest: 60_000 } } });
      await play(world, moves);
      world.issuer.script = () => undefined;
      for (let round = 0; round < 40; round++) {
        world.time.at += 900_000;
        await world.center.tick();
      }
      assert.equal((await world.center.tick()).looked, 0);
      assert.equal(world.store.papers.size, 0);
      const events = await eventsOf(world.journal);
      assert.deepEqual(checkEnds(events), []);
      assert.deepEqual(checkFees(events), []);
      issued += events.filter(({ body }) => body.kind === 'FeeCaptured').length;
      cases += events.filter(({ body }) => body.kind === 'CaseOpened').length;
    }),
    { numRuns: 150 },
  );
  // A property about nothing would hold as well.
  assert.ok(issued > 10 && cases > 10, `${issued} captured, ${cases} cases`);
});
