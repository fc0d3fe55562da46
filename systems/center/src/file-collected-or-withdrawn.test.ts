/** A file at the center: somebody was given it, or nobody ever will be; both cannot be, whoever asks when and how often. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, test } from 'node:test';
import type { Answer } from '@dokodemo/domain';
import { createMemoryJournal } from '@dokodemo/journal';
import { createCenter } from './center.ts';
import { usualLimits } from './center-options.ts';
import { eventsOf, makeWorld, TestKiosk, type World } from './testing/world.ts';

const portal = { role: 'portal', id: 'portal' } as const;
const said = <T>(answered: Answer<T>): T | string => (answered.ok ? answered.value : answered.failure.code);

class Waiting {
  readonly world: World;
  readonly kiosk: TestKiosk;
  readonly params: { sessionId: string; applicationId: string };
  readonly depositId = randomBytes(16).toString('base64url');
  readonly sealed = randomBytes(500).toString('base64');

  private constructor(world: World, kiosk: TestKiosk, applicationId: string) {
    this.world = world;
    this.kiosk = kiosk;
    this.params = { sessionId: kiosk.sessionId, applicationId };
  }

  static async at(world: World): Promise<Waiting> {
    const kiosk = new TestKiosk(world);
    await kiosk.toMenu();
    return new Waiting(world, kiosk, await kiosk.toPay('seal'));
  }

  static async deposited(world: World): Promise<Waiting> {
    const waiting = await Waiting.at(world);
    assert.deepEqual(await waiting.deposit(), { state: 'waiting', keptMs: usualLimits.fileKeptMs });
    return waiting;
  }

  async deposit(more: { depositId?: string; sealed?: string } = {}, peer = this.kiosk.peer) {
    const body = { depositId: this.depositId, sealed: this.sealed, ...more };
    return said(await this.world.center.fileHandlers.depositFile({ peer, params: this.params, body }));
  }

  async state(peer = this.kiosk.peer) {
    return said(await this.world.center.fileHandlers.fileState({ peer, params: this.params, body: null }));
  }

  async withdraw(center = this.world.center, peer = this.kiosk.peer) {
    return said(await center.fileHandlers.withdrawFile({ peer, params: this.params, body: {} }));
  }

  async collect(center = this.world.center, depositId = this.depositId) {
    return said(await center.collectingHandlers.collectFile({ peer: portal, params: {}, body: { depositId } }));
  }
}

const kindsOf = async (world: World) =>
  (await eventsOf(world.journal)).map(({ body }) => body.kind).filter((kind) => kind.startsWith('File'));

test('collected: given whole, again until its time, and never taken back', async () => {
  const world = await makeWorld();
  const file = await Waiting.deposited(world);
  assert.deepEqual(await file.state(), { state: 'waiting' });
  assert.deepEqual(await file.collect(), { sealed: file.sealed });
  assert.deepEqual(await file.state(), { state: 'collected' });
  assert.deepEqual(await file.withdraw(), { state: 'collected' });
  await file.kiosk.report(...file.kiosk.wellDelivered(file.params.applicationId));
  world.time.at += usualLimits.fileAgainMs - 1;
  assert.deepEqual(await file.collect(), { sealed: file.sealed });
  world.time.at += 1;
  assert.equal(await file.collect(), 'UNKNOWN');
  // What happened outlives the bytes.
  world.time.at += usualLimits.fileKeptMs;
  await world.center.tick();
  assert.equal(world.store.files.size, 0);
  assert.deepEqual(await file.state(), { state: 'collected' });
  assert.deepEqual(await kindsOf(world), ['FileDeposited', 'FileCollected']);
});

test('withdrawn: the bytes are gone at once, and nobody is given it; asked again, the same answer', async () => {
  const world = await makeWorld();
  const file = await Waiting.deposited(world);
  assert.deepEqual(await file.withdraw(), { state: 'withdrawn' });
  assert.equal([...world.store.files.values()][0]?.bytes, undefined);
  assert.equal(await file.collect(), 'ENDED');
  assert.deepEqual(await file.withdraw(), { state: 'withdrawn' });
  assert.equal(await file.deposit(), 'ENDED');
  assert.deepEqual(await kindsOf(world), ['FileDeposited', 'FileWithdrawn']);
});

test('a withdrawal that overtakes its deposit: the deposit is refused', async () => {
  const file = await Waiting.at(await makeWorld());
  assert.equal(await file.state(), 'UNKNOWN');
  assert.deepEqual(await file.withdraw(), { state: 'withdrawn' });
  assert.equal(await file.deposit(), 'ENDED');
  assert.equal(await file.collect(), 'UNKNOWN');
});

test('at once, through two processes, many times: one of the two, and everybody is told the same', async () => {
  const ends = new Set<string>();
  for (let i = 0; i < 20; i++) {
    const journal = createMemoryJournal();
    const world = await makeWorld({ journal });
    const other = createCenter(world.options);
    const file = await Waiting.deposited(world);
    const asked = [() => file.collect(), () => file.withdraw(other), () => file.collect(other), () => file.withdraw()];
    const first = asked[0]?.();
    // So far the first is on its way when the others come.
    for (let step = 0; step < i; step++) await Promise.resolve();
    const all = await Promise.all([first, ...asked.slice(1).map((ask) => ask())]);
    const end = await file.state();
    const collected = typeof end === 'object' && end.state === 'collected';
    for (const it of all) {
      assert.ok(it !== undefined);
      if (typeof it === 'object' && 'sealed' in it) assert.ok(collected);
      else if (typeof it === 'object') assert.deepEqual(it, end);
      else assert.ok(it === 'ENDED' && !collected, it);
    }
    assert.equal((await kindsOf(world)).length, 2);
    ends.add(collected ? 'collected' : 'withdrawn');
  }
  assert.equal(ends.size, 2, 'both have happened');
});

describe('a deposit', () => {
  test('again is the same; another one of the same application is refused', async () => {
    const file = await Waiting.deposited(await makeWorld());
    file.world.time.at += 1_000;
    assert.deepEqual(await file.deposit(), { state: 'waiting', keptMs: usualLimits.fileKeptMs - 1_000 });
    assert.equal(await file.deposit({ sealed: randomBytes(9).toString('base64') }), 'SAME_ID_OTHER_BODY');
    assert.equal(await file.deposit({ depositId: randomBytes(16).toString('base64url') }), 'SAME_ID_OTHER_BODY');
  });

  test('under the id of another application’s file is not taken', async () => {
    const world = await makeWorld();
    const first = await Waiting.deposited(world);
    const second = await Waiting.at(world);
    assert.equal(await second.deposit({ depositId: first.depositId }), 'BUSY');
    assert.deepEqual(await first.collect(), { sealed: first.sealed });
  });

  test('after the fee, or of a document that has been given up, is refused', async () => {
    const paid = await Waiting.at(await makeWorld());
    const [reserved] = paid.kiosk.wellDelivered(paid.params.applicationId);
    if (reserved !== undefined) await paid.kiosk.report(reserved);
    assert.equal(await paid.deposit(), 'ENDED');
    const stopped = await Waiting.at(await makeWorld());
    await stopped.kiosk.give({ kind: 'stop' });
    assert.equal(await stopped.deposit(), 'OUT_OF_STEP');
  });

  test('has room, or is told so, and there is room again when others are past their time', async () => {
    const world = await makeWorld({ limits: { ...usualLimits, mostFiles: 2, mostFileBytes: 1_200 } });
    await Waiting.deposited(world);
    const big = await Waiting.at(world);
    assert.equal(await big.deposit({ sealed: randomBytes(701).toString('base64') }), 'BUSY');
    await Waiting.deposited(world);
    const third = await Waiting.at(world);
    assert.equal(await third.deposit(), 'BUSY');
    world.time.at += usualLimits.fileKeptMs;
    await world.center.tick();
    assert.deepEqual(await (await Waiting.at(world)).deposit(), { state: 'waiting', keptMs: usualLimits.fileKeptMs });
  });
});

test('a stranger learns nothing: another terminal, another id, a file whose money went back', async () => {
  const world = await makeWorld();
  const file = await Waiting.deposited(world);
  const stranger = { role: 'kiosk', id: 'DEMO-0002' } as const;
  assert.deepEqual(
    [await file.deposit({}, stranger), await file.state(stranger), await file.withdraw(world.center, stranger)],
    ['UNKNOWN', 'UNKNOWN', 'UNKNOWN'],
  );
  assert.equal(await file.collect(world.center, randomBytes(16).toString('base64url')), 'UNKNOWN');
  await file.kiosk.give({ kind: 'stop' });
  assert.equal(await file.collect(), 'ENDED');
  assert.deepEqual(await file.state(), { state: 'waiting' });
});

test('what is not whole any more is not given, and not called collected', async () => {
  const world = await makeWorld();
  const { getFile } = world.store;
  const file = await Waiting.deposited(world);
  world.store.getFile = async (id) => {
    const kept = await getFile(id);
    return kept === undefined ? undefined : { ...kept, bytes: kept.bytes?.map((byte) => byte ^ 1) };
  };
  assert.equal(await file.collect(), 'UNKNOWN');
  assert.deepEqual(await file.state(), { state: 'waiting' });
});
