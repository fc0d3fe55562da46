/** The promises hold in whatever luck brings: S1, S2, S3, S7, S8 and L1 over many seeds. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commandFor, findingLines, unseen } from './report.ts';
import { type Outcome, simulate } from './simulation.ts';
import { openStage } from './stage.ts';

const seeds = 50;
const minutes = 30;

test(`${seeds} seeds hold, and between them everything that can go wrong went wrong`, async () => {
  const stage = await openStage();
  const outcomes: Outcome[] = [];
  for (let seed = 1; seed <= seeds; seed++) {
    const outcome = await simulate(stage, { seed, minutes });
    const told = () => [...findingLines(outcome), commandFor(seed, minutes)].join('\n');
    assert.equal(outcome.findings.length, 0, outcome.findings.length === 0 ? '' : told());
    outcomes.push({ ...outcome, lines: [] });
  }
  assert.deepEqual(unseen(outcomes), [], 'a run that saw none of it has shown nothing about it');
});
