/** The promises hold in whatever luck brings: S1, S2, S3, S7, S8 and L1 over many seeds. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import path from 'node:path';
import { test } from 'node:test';

const seeds = 50;
const command = path.join(import.meta.dirname, 'simulate.ts');

/** As people run it. In a process of its own it takes two thirds of the time: the test runner looks at every promise. */
function simulated(...args: readonly string[]): Promise<{ readonly status: number | null; readonly said: string }> {
  const child = spawn(process.execPath, [command, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
  return new Promise((resolve) => child.once('close', (status) => resolve({ status, said })));
}

test(`${seeds} seeds hold, and between them everything that can go wrong went wrong`, async () => {
  const { status, said } = await simulated('--seeds', String(seeds), '--minutes', '30');
  assert.equal(status, 0, said);
  assert.match(said, new RegExp(`^${seeds} of ${seeds} seeds hold; `, 'm'));
  assert.doesNotMatch(said, /not seen, so nothing is shown about it/);
});
