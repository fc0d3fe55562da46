/** Without power an agent is gone: it reaches nothing, hears nothing, and its successor finds only what was kept. */
import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { type CardConnection, CardError, InProcessReader, type InsertableCard } from '@dokodemo/ic-card';
import type { Kiosk, KioskOptions } from '../agent.ts';
import { appendOnly, type DiskFile } from '../disk/append-only-file.ts';
import type { PanelState } from '../panel-contract.ts';
import { simulatedMoneyUnit, simulatedPrinter } from '../simulated/index.ts';
import { settled, TestTime } from '../testing/test-time.ts';
import { type PoweredKiosk, poweredKiosk } from './powered-kiosk.ts';

const card: InsertableCard = {
  atr: Uint8Array.of(0x3b),
  powerOn: () => undefined,
  powerOff: () => undefined,
  transmit: async () => Uint8Array.of(0x90, 0x00),
};

/** An agent as far as its plug can tell: it holds its ports and says its number. */
type Agent = Kiosk & { readonly ports: KioskOptions; listener: (state: PanelState) => void; stopped: boolean };

/** Time that knows which timers run. */
class CountedTime extends TestTime {
  readonly running = new Set<() => void>();
  override setTimer(delayMs: number, callback: () => void): () => void {
    const takeBack = super.setTimer(delayMs, () => {
      this.running.delete(end);
      callback();
    });
    const end = () => {
      this.running.delete(end);
      takeBack();
    };
    this.running.add(end);
    return end;
  }
}

describe('a kiosk with a plug', () => {
  let time: CountedTime;
  let reader: InProcessReader;
  let agents: Agent[];
  let startUp: Promise<void>;
  let stopping: Promise<void>;
  let kiosk: PoweredKiosk;
  let disk: string;
  let syncs: (() => void)[] | undefined;

  beforeEach(async () => {
    time = new CountedTime();
    reader = new InProcessReader();
    agents = [];
    startUp = Promise.resolve();
    stopping = Promise.resolve();
    disk = '';
    syncs = undefined;
    const file: DiskFile = {
      readAll: async () => Buffer.from(disk),
      async writeAtEnd(bytes) {
        disk += Buffer.from(bytes).toString();
        return bytes.length;
      },
      sync: () => (syncs === undefined ? Promise.resolve() : new Promise((resolve) => syncs?.push(resolve))),
      truncate: async () => undefined,
      close: async () => undefined,
    };
    kiosk = poweredKiosk({
      create(ports: KioskOptions) {
        const number = agents.length + 1;
        const agent: Agent = {
          ports,
          listener: () => undefined,
          stopped: false,
          start: () => startUp,
          state: () => ({ revision: number }) as PanelState,
          subscribe(listener) {
            agent.listener = listener;
            return () => undefined;
          },
          touch: () => undefined,
          staff: () => true,
          journalLines: () => [{ at: '', text: `agent ${number}` }],
          async stop() {
            agent.stopped = true;
            await stopping;
          },
        };
        agents.push(agent);
        return agent;
      },
      reader,
      money: simulatedMoneyUnit(),
      printer: simulatedPrinter({ clock: time }),
      journal: appendOnly(file),
      center: {} as KioskOptions['center'],
      clock: time,
    } as unknown as Parameters<typeof poweredKiosk>[0]);
    await kiosk.on();
  });

  const ports = (): KioskOptions => {
    const agent = agents[0];
    if (agent === undefined) throw new Error('no agent');
    return agent.ports;
  };
  /** What came of it by now. */
  async function fate(asked: Promise<unknown>): Promise<string> {
    let seen = 'nothing';
    asked.then(
      () => {
        seen = 'done';
      },
      () => {
        seen = 'failed';
      },
    );
    await settled();
    await settled();
    return seen;
  }

  test('with power everything reaches everything', async () => {
    assert.equal(kiosk.state()?.revision, 1);
    assert.equal(await fate(ports().journal.append(Buffer.from('a'))), 'done');
    assert.equal(await fate(ports().money.escrow()), 'done');
    assert.equal(disk, 'a');
  });

  test('without power nothing is begun: no line in the journal, no coin, no timer, no card', async () => {
    let rang = 0;
    ports().clock.setTimer(100, () => rang++);
    let heard = 0;
    ports().reader.onChange(() => heard++);
    kiosk.off();
    assert.equal(kiosk.state(), undefined);
    reader.insert(card);
    for (const asked of [
      ports().journal.append(Buffer.from('a')),
      ports().money.escrow(),
      ports().printer.conditions(),
      ports().reader.connect(),
    ]) {
      assert.equal(await fate(asked), 'nothing');
    }
    ports().clock.setTimer(1, () => rang++);
    assert.equal(time.running.size, 0, 'the dead keep nothing up');
    await time.pass(1_000);
    assert.deepEqual([disk, rang, heard], ['', 0, 0]);
  });

  test('what was under way is not heard of any more, and the next agent waits until the disk is at rest', async () => {
    syncs = [];
    const appended = fate(ports().journal.append(Buffer.from('paid')));
    await settled();
    kiosk.off();
    const on = kiosk.on();
    assert.equal(await fate(on), 'nothing');
    assert.equal(agents.length, 1);
    for (const resolve of syncs) resolve();
    await on;
    assert.equal(agents.length, 2);
    assert.equal(await appended, 'nothing');
    assert.equal(Buffer.from((await agents[1]?.ports.journal.read()) ?? []).toString(), 'paid');
  });

  test('a card that was spoken to has lost its power, and the next agent may speak to it', async () => {
    reader.insert(card);
    const lost: CardConnection = await ports().reader.connect();
    kiosk.off();
    await assert.rejects(
      lost.transmit(Uint8Array.of(0)),
      (error) => error instanceof CardError && error.code === 'DISCONNECTED',
    );
    await kiosk.on();
    const connection = await agents[1]?.ports.reader.connect();
    assert.deepEqual(await connection?.transmit(Uint8Array.of(0)), Uint8Array.of(0x90, 0x00));
  });

  test('the panel is told of the dark, and never of a dead agent’s thoughts', () => {
    let changes = 0;
    kiosk.subscribe(() => changes++);
    kiosk.off();
    assert.equal(changes, 1);
    agents[0]?.listener({ revision: 9 } as PanelState);
    assert.equal(changes, 1);
    assert.deepEqual(kiosk.lines(), [{ at: '', text: 'agent 1' }]);
    kiosk.off();
    assert.equal(changes, 1);
  });

  test('power that goes while an agent starts is no hang', async () => {
    kiosk.off();
    startUp = new Promise(() => undefined);
    const on = kiosk.on();
    await settled();
    kiosk.off();
    await on;
    assert.equal(kiosk.kiosk(), undefined);
  });

  test('an agent that cannot start leaves the kiosk dark, and says why', async () => {
    kiosk.off();
    startUp = Promise.reject(new Error('the disk is broken'));
    await assert.rejects(kiosk.on(), /the disk is broken/);
    assert.equal(kiosk.kiosk(), undefined);
  });

  test('stopping is in order, within a bound', async () => {
    stopping = new Promise(() => undefined);
    const stopped = kiosk.stop();
    assert.equal(await fate(stopped), 'nothing');
    assert.ok(agents[0]?.stopped);
    await time.pass(5_000);
    await stopped;
    assert.equal(kiosk.kiosk(), undefined);
  });
});
