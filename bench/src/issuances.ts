/**
 * Complete issuances, from the first touch to the paper and the captured fee: real kiosks, center, issuer and register
 * over mutual TLS, each a process with its own database, on this one machine. Beside it `pgbench`, making as many commits.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startEmbeddedServer } from '@dokodemo/database';
import type { Wishes } from '@dokodemo/demo';
import { type CommandKiosk, furtherTerminals, openCommandKiosk } from '@dokodemo/demo/command-kiosk';
import { openTown, type Town } from '@dokodemo/demo/town';
import { walk, watchKiosk } from '@dokodemo/demo/walk';
import { systemClock } from '@dokodemo/domain';
import { pgbenchIsThere, runPgbench, writesSoFar } from './pgbench.ts';
import { processorMs } from './processor-time.ts';
import { median, printTable, quantile } from './table.ts';

export type IssuanceBenchOptions = {
  readonly kiosks: number;
  readonly warmUpSeconds: number;
  readonly seconds: number;
  /** Papers with a coded back, as the demo prints them; else without. */
  readonly backs: boolean;
};

/** Everybody alone: four people in the household, no optional items. */
const wishes: Wishes = {
  pin: '1234',
  language: 'ja',
  kindId: 'residence',
  answer: (screen) => (screen.questionId === 'scope' ? ['all'] : undefined),
  copies: 1,
  payWith: 'ic-money',
};

const cardKeys = ['taro', 'hanako', 'watanabe', 'nguyen'] as const;

type Fleet = { readonly kiosks: readonly CommandKiosk[]; readonly hands: Awaited<ReturnType<CommandKiosk['hands']>>[] };

async function openFleet(town: Town, count: number): Promise<Fleet> {
  const kiosks: CommandKiosk[] = [];
  const hands: Fleet['hands'] = [];
  for (const [i, terminal] of furtherTerminals(count).entries()) {
    const kiosk = await openCommandKiosk({ root: town.folder.root, terminal });
    kiosks.push(kiosk);
    hands.push(await kiosk.hands(cardKeys[i % cardKeys.length] ?? 'taro', 'ic-money'));
  }
  return { kiosks, hands };
}

type Measured = {
  readonly durationsMs: readonly number[];
  readonly refused: Readonly<Record<string, number>>;
  readonly seconds: number;
};

/** The next resident touches the farewell away. */
async function toWelcome(kiosk: CommandKiosk['kiosk']): Promise<void> {
  if (kiosk.state().screen.kind === 'welcome') return;
  const watch = watchKiosk(kiosk, systemClock);
  try {
    const { revision } = await watch.when(({ screen }) => screen.kind === 'end' || screen.kind === 'out-of-service');
    kiosk.touch(revision, { kind: 'finish' });
    await watch.when(({ screen }) => screen.kind === 'welcome');
  } finally {
    watch.leave();
  }
}

/** Every kiosk serves one resident after another until the time is over; who has begun is served to the end. */
async function serveResidents({ kiosks, hands }: Fleet, seconds: number): Promise<Measured> {
  const durationsMs: number[] = [];
  const refused: Record<string, number> = {};
  const began = performance.now();
  await Promise.all(
    kiosks.map(async (kiosk, i) => {
      const own = hands[i];
      if (own === undefined) return;
      while (performance.now() - began < seconds * 1_000) {
        const from = performance.now();
        const memory = await walk({ kiosk: kiosk.kiosk, hands: own, wishes, clock: systemClock });
        if (memory.delivered && kiosk.takePaper().length > 0) durationsMs.push(performance.now() - from);
        else for (const code of memory.refusals) refused[code] = (refused[code] ?? 0) + 1;
        await toWelcome(kiosk.kiosk);
      }
    }),
  );
  return { durationsMs, refused, seconds: (performance.now() - began) / 1_000 };
}

export async function benchIssuances(options: IssuanceBenchOptions): Promise<void> {
  const root = mkdtempSync(path.join(tmpdir(), 'bench-town-'));
  console.log(`\nComplete issuances, ${options.backs ? 'with a coded back on every sheet' : 'without coded backs'}`);
  const town = await openTown({
    root,
    residents: 2_000,
    basePort: 'free',
    furtherTerminals: options.kiosks,
    adjust: {
      issuer: (config) => ({
        ...config,
        municipalities: config.municipalities.map((municipality) => ({ ...municipality, proof: options.backs })),
      }),
    },
  });
  try {
    const server = await startEmbeddedServer({ dataDirectory: town.folder.file('database') });
    const fleet = await openFleet(town, options.kiosks);
    console.log(`  ${options.kiosks} kiosks, ${options.warmUpSeconds} s to warm up, ${options.seconds} s measured …`);
    await serveResidents(fleet, options.warmUpSeconds);
    const before = await writesSoFar(server.connection('postgres'));
    const pids = { ...town.systems.pids(), 'kiosks (this process)': process.pid };
    const processorBefore = processorMs(pids);
    const measured = await serveResidents(fleet, options.seconds);
    const processorAfter = processorMs(pids);
    const commits = (await writesSoFar(server.connection('postgres'))) - before;
    for (const kiosk of fleet.kiosks) await kiosk.close();
    tellIssuances(options, measured, commits);
    if (processorBefore !== undefined && processorAfter !== undefined)
      tellProcessor(measured, processorBefore, processorAfter);
    if (pgbenchIsThere()) {
      await town.systems.stopAll();
      const peer = await runPgbench(server.connection, commits, options.kiosks);
      tellPeer(measured, commits, peer);
    } else console.log('  pgbench is not installed: no figure beside ours (Debian: postgresql-client)');
  } finally {
    await town.stop();
    rmSync(root, { recursive: true, force: true });
  }
}

function tellIssuances(options: IssuanceBenchOptions, measured: Measured, commits: number): void {
  const { durationsMs, refused, seconds } = measured;
  const done = durationsMs.length;
  printTable([
    ['kiosks at work', `${options.kiosks}`],
    ['issuances', `${done} in ${seconds.toFixed(1)} s`],
    [
      'refused',
      Object.entries(refused)
        .map(([code, times]) => `${code} ${times}`)
        .join(', ') || 'none',
    ],
    ['issuances a second', (done / seconds).toFixed(1)],
    ['touch to paper, p50', `${median(durationsMs).toFixed(0)} ms`],
    ['touch to paper, p99', `${quantile(durationsMs, 0.99).toFixed(0)} ms`],
    ['commits an issuance', (commits / Math.max(1, done)).toFixed(1)],
  ]);
}

type ProcessorMs = Readonly<Record<string, number>>;

function tellProcessor({ durationsMs }: Measured, before: ProcessorMs, after: ProcessorMs): void {
  const each = (name: string) => ((after[name] ?? 0) - (before[name] ?? 0)) / Math.max(1, durationsMs.length);
  printTable(
    Object.keys(after)
      .filter((name) => each(name) >= 0.05)
      .map((name) => [`processor, ${name}`, `${each(name).toFixed(1)} ms an issuance`]),
  );
}

function tellPeer(measured: Measured, commits: number, peer: { commits: number; seconds: number }): void {
  const ours = commits / measured.seconds;
  const theirs = peer.commits / peer.seconds;
  printTable([
    ['our commits a second', ours.toFixed(0)],
    ['pgbench, as many commits', `${peer.commits} in ${peer.seconds.toFixed(1)} s: ${theirs.toFixed(0)} a second`],
    ['ours / pgbench', `${(ours / theirs).toFixed(2)} (the rest is cards, certificates, TLS, forms and seals)`],
  ]);
}
