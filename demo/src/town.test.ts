/** A town opens, lives through what befalls its systems, closes without a trace, and opens again as it was. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { systemClock } from '@dokodemo/domain';
import { openCommandKiosk } from './command-kiosk.ts';
import { claimPorts, isPortTaken, portsFrom } from './ports.ts';
import type { Memory, Wishes } from './resident-at-kiosk.ts';
import { openTown, type Town } from './town.ts';
import { TownError } from './town-error.ts';
import { walk } from './walk.ts';

const root = mkdtempSync(path.join(tmpdir(), 'town-'));
const smallTown = () => openTown({ root, residents: 60, basePort: 'free' });
let town: Town = await smallTown();
after(async () => {
  await town.stop();
  rmSync(root, { recursive: true, force: true });
});

const wishes: Wishes = {
  pin: '1234',
  language: 'ja',
  kindId: 'residence',
  copies: 1,
  payWith: 'cash',
  givesUp: true,
  answer: ({ questionId }) => (questionId === '@municipality' ? ['m-482013'] : undefined),
};

/** One visit; the document number that the kiosk showed, if paper came out. */
async function visit(cardKey: string): Promise<Memory & { readonly number: string | undefined }> {
  const kiosk = await openCommandKiosk({ root });
  let number: string | undefined;
  try {
    const memory = await walk({
      kiosk: kiosk.kiosk,
      hands: await kiosk.hands(cardKey, 'cash'),
      wishes,
      clock: systemClock,
      onStep: ({ screen }) => {
        if (screen.kind === 'take') number = screen.documentNumbers[0];
      },
    });
    return { ...memory, number };
  } finally {
    await kiosk.close();
  }
}

const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

test('every system is a process of its own, and a resident gets paper', async () => {
  const pids = Object.values(town.systems.pids());
  assert.equal(new Set(pids).size, 6);
  assert.ok(pids.every(isAlive));
  assert.deepEqual(
    town.municipalities.map(({ population }) => population >= 60),
    [true, true],
  );
  const first = await visit('taro');
  assert.ok(first.delivered, first.refusals.join());
});

test('S7: a clerk’s protection measure counts for everybody at home from the next document on', async () => {
  const set = await town.register.protect('taro');
  assert.deepEqual(set, { ok: true, value: { own: true, household: false } });
  assert.deepEqual(await town.register.look('hanako'), { ok: true, value: { own: false, household: true } });
  for (const card of ['taro', 'hanako']) {
    const refused = await visit(card);
    assert.deepEqual([refused.delivered, refused.refusals.at(-1)], [false, 'SUPPRESSED'], card);
  }
  await town.register.lift('taro');
  assert.ok((await visit('hanako')).delivered);
});

test('a system that was killed is missed and said so; started again, it is back', async () => {
  await town.systems.kill('registry');
  const missed = await visit('taro');
  assert.equal(missed.delivered, false);
  assert.deepEqual(missed.refusals.at(-1), 'UPSTREAM_DOWN');
  await town.systems.start('registry');
  assert.ok((await visit('taro')).delivered);
});

test('two towns in one folder: the second says who has it', async () => {
  // Also when it would take the same ports: they are not another program's.
  for (const basePort of ['free', Number(new URL(town.benchUrl).port)] as const)
    await assert.rejects(
      openTown({ root, basePort }),
      (error) => error instanceof TownError && error.message.includes(town.benchUrl) && !error.message.includes('\n'),
    );
});

test('closed, nothing of it is left; opened again, everything is kept and document numbers go on', async () => {
  const before = await visit('taro');
  const pids = [...Object.values(town.systems.pids()), databasePid()];
  const { kioskUrl } = town;
  await town.stop();
  assert.deepEqual(pids.filter(isAlive), []);
  assert.equal(await isPortTaken(Number(new URL(kioskUrl).port)), false);
  await assert.rejects(visit('taro'), /No town is open/);
  town = await smallTown();
  const later = await visit('taro');
  const running = (number: string | undefined) => Number(number?.split('-').at(-1));
  assert.equal(running(later.number), running(before.number) + 1);
});

function databasePid(): number {
  return Number(readFileSync(path.join(root, 'database', 'postmaster.pid'), 'utf8').split('\n')[0]);
}

test('what cannot be is one line that says what to do', async () => {
  const line = async (work: Promise<unknown>) => {
    const error = await work.then(
      () => assert.fail('it was done'),
      (it: unknown) => it,
    );
    assert.ok(error instanceof TownError, String(error));
    assert.ok(!error.message.includes('\n'), error.message);
    return error.message;
  };
  const file = path.join(root, 'no-folder');
  writeFileSync(file, '');
  assert.match(await line(openTown({ root: path.join(file, 'town'), basePort: 'free' })), /DOKODEMO_DEMO_DIR=/);

  const server = createServer();
  const port = await new Promise<number>((resolve) =>
    server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port)),
  );
  assert.match(await line(claimPorts({ ...portsFrom(1), bench: port })), new RegExp(`${port} \\(bench\\).*--port`));
  server.close();

  const other = mkdtempSync(path.join(tmpdir(), 'other-town-'));
  writeFileSync(path.join(other, 'built-from'), 'another version');
  assert.match(await line(openTown({ root: other, basePort: 'free' })), /--fresh/);
  const url = 'postgres://nobody@127.0.0.1:1/postgres';
  rmSync(path.join(other, 'built-from'));
  assert.match(await line(openTown({ root: other, basePort: 'free', databaseUrl: url })), /DATABASE_URL/);
  rmSync(other, { recursive: true, force: true });
  assert.match(await line(openTown({ root, fresh: true, basePort: 'free' })), /Ctrl-C/);
});
