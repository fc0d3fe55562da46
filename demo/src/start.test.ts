/** `npm start` as a person uses it: a table, Ctrl-C, nothing left behind; and what a town leaves that was killed. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { claimPorts, portsFrom } from './ports.ts';

const entry = fileURLToPath(new URL('./start.ts', import.meta.url));
const root = mkdtempSync(path.join(tmpdir(), 'start-'));
let basePort = 0;
const children: ChildProcess[] = [];

before(async () => {
  for (let tries = 0; tries < 50 && basePort === 0; tries++) {
    const base = 21_000 + ((process.pid * 20 + tries * 40) % 9_000);
    await claimPorts(portsFrom(base)).then(
      () => {
        basePort = base;
      },
      () => undefined,
    );
  }
  assert.ok(basePort > 0, 'no free ports');
});
after(async () => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(root, { recursive: true, force: true });
});

type Started = { readonly child: ChildProcess; said(): string; readonly ended: Promise<number | null> };

function start(...args: string[]): Started {
  const child = spawn(process.execPath, [entry, ...args], {
    env: { ...process.env, DOKODEMO_DEMO_DIR: root },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  let said = '';
  const keep = (chunk: Buffer) => {
    said += chunk.toString();
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  const ended = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  return { child, said: () => said, ended };
}

/** Resolves when the town says so; rejects when it ends before. */
function open(started: Started): Promise<string> {
  return new Promise((resolve, reject) => {
    const look = () => {
      if (started.said().includes('begins anew.')) resolve(started.said());
    };
    started.child.stdout?.on('data', look);
    void started.ended.then(() => reject(new Error(started.said())));
  });
}

/** Processes that have this town's folder in their command line. */
function processesOfTown(): readonly string[] {
  if (process.platform !== 'linux') {
    const { stdout } = spawnSync('ps', ['-axo', 'pid=,args='], { encoding: 'utf8' });
    return stdout.split('\n').filter((line) => line.includes(root));
  }
  return readdirSync('/proc')
    .filter((name) => /^[0-9]+$/.test(name))
    .flatMap((pid) => {
      try {
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
        return command.includes(root) ? [`${pid} ${command}`] : [];
      } catch {
        return []; // gone meanwhile
      }
    });
}

test('opens with a table, answers, and leaves nothing behind at Ctrl-C', async () => {
  const started = start('--port', String(basePort));
  const table = await open(started);
  for (const said of [
    `http://localhost:${basePort}`,
    '見本県どこでも市 (20,',
    'PIN 1234',
    'taro',
    'npx dokodemo issue',
  ])
    assert.ok(table.includes(said), `${said} is missing:\n${table}`);
  assert.ok(table.split('\n').length < 60, 'short enough for a screen and a half');
  const page = await fetch(`http://localhost:${basePort}/bench-config.json`);
  assert.equal(((await page.json()) as { kioskUrl: string }).kioskUrl, `http://localhost:${basePort + 1}`);
  const clerk = await fetch(`http://localhost:${basePort}/clerk/taro`);
  assert.deepEqual(await clerk.json(), { ok: true, value: { own: false, household: false } });
  started.child.kill('SIGINT');
  assert.equal(await started.ended, 0);
  assert.ok(!/\n\s+at /.test(started.said()), started.said());
  assert.deepEqual(processesOfTown(), []);
});

test('a page of another site, or under another name, is not served', async () => {
  const started = start('--port', String(basePort));
  await open(started);
  const ask = (headers: Record<string, string>, method = 'POST') =>
    fetch(`http://localhost:${basePort}/clerk/taro/protect`, { method, headers });
  assert.equal((await ask({ origin: 'http://elsewhere.example' })).status, 403);
  assert.equal((await ask({}, 'GET')).status, 404);
  assert.equal(((await (await ask({})).json()) as { ok: boolean }).ok, true);

  // Killed outright: its systems hear that it is gone and end; the database is found again by the next start.
  started.child.kill('SIGKILL');
  await started.ended;
  const again = start('--port', String(basePort));
  await open(again);
  const clerk = await fetch(`http://localhost:${basePort}/clerk/taro`);
  assert.deepEqual(await clerk.json(), { ok: true, value: { own: true, household: false } });
  again.child.kill('SIGTERM');
  assert.equal(await again.ended, 0);
  assert.deepEqual(processesOfTown(), []);
});

test('stopped while it opens: nothing is left, and the next start goes on', async () => {
  const started = start('--port', String(basePort), '--fresh');
  await new Promise<void>((resolve) => {
    started.child.stdout?.on('data', () => {
      if (started.said().includes('database')) resolve();
    });
  });
  started.child.kill('SIGINT');
  assert.equal(await started.ended, 130);
  assert.match(started.said(), /Stopped/);
  assert.deepEqual(processesOfTown(), []);
});

test('wrong arguments are one line', async () => {
  for (const [args, line] of [
    [['--port', 'abc'], /--port abc/],
    [['--printer', 'lpt1'], /--printer lpt1.*ipp:/],
    [['--nope'], /--nope.*--help/],
  ] as const) {
    const started = start(...args);
    assert.equal(await started.ended, 1);
    assert.match(started.said().trim(), line);
    assert.equal(started.said().trim().split('\n').length, 1);
  }
  const helped = start('--help');
  assert.equal(await helped.ended, 0);
  assert.match(helped.said(), /--fresh.*--port.*--printer.*DATABASE_URL/s);
});
