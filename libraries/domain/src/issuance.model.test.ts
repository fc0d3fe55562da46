import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  answersVoid,
  finalIssuanceStates,
  type IssuanceEvent,
  type IssuanceState,
  issuanceEvents,
  issuanceStates,
  issuanceTable,
  stepIssuance,
} from './issuance.ts';

/** Walks the table as a system does: 'late' and 'never' change nothing. */
function walk(
  events: readonly IssuanceEvent[],
): readonly { state: IssuanceState; event: IssuanceEvent; moved: boolean }[] {
  let state: IssuanceState = 'accepted';
  return events.map((event) => {
    const step = stepIssuance(state, event);
    const moved = step !== 'late' && step !== 'never';
    if (moved) state = step;
    return { state, event, moved };
  });
}

const anyEvents = fc.array(fc.constantFrom(...issuanceEvents), { maxLength: 40 });

test('every state says something about every event', () => {
  for (const state of issuanceStates) {
    assert.deepEqual(Object.keys(issuanceTable[state]).sort(), [...issuanceEvents].sort());
  }
});

test('I1: a fee is captured only after a hand-over, and once', () => {
  fc.assert(
    fc.property(anyEvents, (events) => {
      const done = walk(events)
        .filter(({ moved }) => moved)
        .map(({ event }) => event);
      const captures = done.filter((event) => event === 'capture').length;
      assert.ok(captures <= 1);
      if (captures === 1)
        assert.ok(done.indexOf('hand-over') >= 0 && done.indexOf('hand-over') < done.indexOf('capture'));
    }),
    { numRuns: 5_000 },
  );
});

test('I2: a fee is never both captured and given back', () => {
  fc.assert(
    fc.property(anyEvents, (events) => {
      const done = new Set(
        walk(events)
          .filter(({ moved }) => moved)
          .map(({ event }) => event),
      );
      assert.ok(!(done.has('capture') && done.has('return-fee')));
    }),
    { numRuns: 5_000 },
  );
});

test('I3: nothing leaves a final state', () => {
  for (const state of finalIssuanceStates) {
    for (const event of issuanceEvents)
      assert.ok(['late', 'never'].includes(stepIssuance(state, event)), `${state} × ${event}`);
  }
});

test('I4: from every state that is not final an end can be reached', () => {
  for (const start of issuanceStates) {
    const seen = new Set<IssuanceState>([start]);
    for (let grown = true; grown; ) {
      grown = false;
      for (const state of [...seen]) {
        for (const event of issuanceEvents) {
          const next = stepIssuance(state, event);
          if (next !== 'late' && next !== 'never' && !seen.has(next)) {
            seen.add(next);
            grown = true;
          }
        }
      }
    }
    assert.ok(
      [...seen].some((state) => finalIssuanceStates.has(state)),
      start,
    );
  }
});

test('I5: paper moves only between a reserved fee and its end', () => {
  fc.assert(
    fc.property(anyEvents, (events) => {
      let reserved = false;
      let lostTrack = false;
      for (const { event, moved } of walk(events)) {
        if (!moved) continue;
        if (event === 'reserve') reserved = true;
        if (event === 'lose-track') lostTrack = true;
        if (event === 'start-printing' || event === 'print-sheet' || event === 'hand-over')
          assert.ok(reserved || lostTrack);
      }
    }),
    { numRuns: 5_000 },
  );
});

test('I6: a number that was given out and not handed over ends void, or stays an open question', () => {
  fc.assert(
    fc.property(anyEvents, (events) => {
      const steps = walk(events);
      const prepared = steps.some(({ event, moved }) => event === 'prepare' && moved);
      const last = steps.at(-1)?.state ?? 'accepted';
      const handedOver = steps.some(({ event, moved }) => event === 'hand-over' && moved);
      if (prepared && !handedOver && finalIssuanceStates.has(last)) assert.ok(answersVoid(last), last);
    }),
    { numRuns: 5_000 },
  );
});

test('I7: the uncertain is left by evidence only: hand-over, return or void, never by trying again', () => {
  const ways = issuanceEvents.filter(
    (event) => !['late', 'never', 'unresolved'].includes(stepIssuance('unresolved', event)),
  );
  assert.deepEqual(ways.sort(), ['hand-over', 'return-fee', 'void']);
});
