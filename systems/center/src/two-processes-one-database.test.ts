/** Any number of processes on one PostgreSQL: the journal's version decides, whoever asks whom. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openDatabase } from '@dokodemo/database';
import { type TestDatabase, testDatabase } from '@dokodemo/database/testing';
import type { Answer } from '@dokodemo/domain';
import { openPostgresJournal, type PostgresJournal } from '@dokodemo/journal';
import type { Input, Turn } from '@dokodemo/protocol';
import type pg from 'pg';
import { type Center, createCenter } from './center.ts';
import { checkFees, sessionsOf } from './projections/checks.ts';
import { centerDatabase } from './serve.ts';
import { ofJournal } from './session/stream.ts';
import { postgresCenterStore } from './store/postgres-center-store.ts';
import { makeWorld, TestKiosk, type World } from './testing/world.ts';

describe('two processes', () => {
  let database: TestDatabase;
  const journals: PostgresJournal[] = [];
  const pools: pg.Pool[] = [];
  let world: World;
  let centers: Center[];

  before(async () => {
    database = await testDatabase(centerDatabase);
    world = await makeWorld();
    const open = () => {
      const journal = openPostgresJournal({ address: database.address });
      const pool = openDatabase(database.address, { applicationName: 'center-test', connections: 4 });
      journals.push(journal);
      pools.push(pool);
      return { ...world.options, journal, store: postgresCenterStore(pool) };
    };
    const options = [open(), open()];
    const terminals = [...world.keys.terminals.keys()].map((terminalId) => ({
      terminalId,
      operator: '見本商店',
      store: '一号店',
      active: true,
    }));
    await options[0]?.store.putTerminals(terminals);
    await options[0]?.store.changeDirectory('482013', ['a'.repeat(64)], []);
    centers = options.map((it) => createCenter(it));
  });
  after(async () => {
    await Promise.all(journals.map((it) => it.close()));
    await Promise.all(pools.map((it) => it.end()));
    await database.drop();
  });

  async function eventsOfSession(sessionId: string) {
    return ((await journals[0]?.read(sessionId)) ?? []).map(ofJournal);
  }

  /** The same input at both at once: it is done once, and both answer the same. */
  async function atBoth(kiosk: TestKiosk, input: Input): Promise<void> {
    const [one, two] = centers;
    assert.ok(one && two);
    const params = { sessionId: kiosk.sessionId };
    const body = { seq: kiosk.seq, input };
    const answers = await Promise.all(
      [one, two].map((it) => it.handlers.giveInput({ peer: kiosk.peer, params, body })),
    );
    const [first, second] = answers;
    assert.ok(first?.ok && second?.ok, JSON.stringify(answers));
    assert.deepEqual(first.value, second.value);
    kiosk.turn = first.value;
    kiosk.seq = first.value.seq;
  }

  test('a whole conversation given to both at once is one conversation', async () => {
    const kiosk = new TestKiosk(world);
    const opened = await Promise.all(
      centers.map((it) => it.handlers.openSession({ peer: kiosk.peer, params: {}, body: kiosk.opening() })),
    );
    assert.deepEqual(opened[0], opened[1]);
    await atBoth(kiosk, { kind: 'agree' });
    const credential = { kind: 'jpki' as const, certificate: Buffer.from('a certificate').toString('base64') };
    await atBoth(kiosk, { kind: 'credential', credential, triesLeft: 3 });
    await atBoth(kiosk, { kind: 'proof', signature: 'AAAA' });
    await atBoth(kiosk, { kind: 'card-removed' });
    await atBoth(kiosk, { kind: 'chosen', questionId: '@kind', optionIds: ['seal'] });
    await atBoth(kiosk, { kind: 'confirmed', feeYen: 200 });
    assert.ok(kiosk.turn?.screen.kind === 'pay');
    const { applicationId } = kiosk.turn.screen;
    assert.equal(world.issuer.prepared.size, 1);

    const facts = kiosk.reported(...kiosk.wellDelivered(applicationId));
    const reported = await Promise.all(
      centers.map((it) => it.handlers.reportFacts({ peer: kiosk.peer, params: {}, body: { facts } })),
    );
    for (const it of reported) assert.ok(it.ok && it.value.accepted.length === facts.length);
    await atBoth(kiosk, { kind: 'delivered', applicationId, outcome: 'captured' });
    await atBoth(kiosk, { kind: 'finish' });
    await Promise.all(centers.map((it) => it.tick()));
    await Promise.all(centers.map((it) => it.tick()));

    const events = await eventsOfSession(kiosk.sessionId);
    assert.deepEqual(checkFees(events), []);
    const count = (kind: string) => events.filter(({ body }) => body.kind === kind).length;
    for (const kind of [
      'VisitRequested',
      'MenuGiven',
      'ApplicationPrepared',
      'FeeCaptured',
      'OutcomeTold',
      'SessionClosed',
    ]) {
      assert.equal(count(kind), 1, kind);
    }
    assert.deepEqual(
      world.issuer.outcomes.map(({ outcome }) => outcome),
      ['handed-over'],
    );
    const [session] = sessionsOf(events);
    assert.equal(session?.seq, 8);
  });

  test('two different inputs under one seq: one is taken, the other refused, by whichever process', async () => {
    const kiosk = new TestKiosk(world, 'DEMO-0002');
    const [one, two] = centers;
    assert.ok(one && two);
    kiosk.center = one;
    await kiosk.toMenu();
    for (let round = 0; round < 6; round++) {
      const { seq, peer, sessionId } = kiosk;
      const give = (center: Center, kindId: string) =>
        center.handlers.giveInput({
          peer,
          params: { sessionId },
          body: { seq, input: { kind: 'chosen', questionId: '@kind', optionIds: [kindId] } },
        });
      const answers: readonly Answer<Turn>[] = await Promise.all([give(one, 'residence'), give(two, 'tax')]);
      const taken = answers.filter((it) => it.ok);
      const refused = answers.flatMap((it) => (it.ok ? [] : [it.failure.code]));
      assert.equal(taken.length, 1);
      assert.deepEqual(refused, ['SAME_ID_OTHER_BODY']);
      kiosk.seq = seq + 1;
      kiosk.center = round % 2 === 0 ? two : one;
      await kiosk.give({ kind: 'back' });
    }
    await kiosk.give({ kind: 'stop' });
  });

  test('ticks of both at once end a session once', async () => {
    const kiosk = new TestKiosk(world);
    kiosk.center = centers[0] as Center;
    await kiosk.toMenu();
    const applicationId = await kiosk.toPay('seal');
    world.time.at += 86_400_000;
    for (let i = 0; i < 3; i++) await Promise.all(centers.map((it) => it.tick()));
    const events = await eventsOfSession(kiosk.sessionId);
    const kinds = events.map(({ body }) => body.kind);
    for (const kind of ['TrackLost', 'CaseOpened', 'Expired', 'SessionClosed', 'OutcomeTold']) {
      assert.equal(kinds.filter((it) => it === kind).length, 1, kind);
    }
    assert.equal(world.issuer.outcomes.filter((it) => it.applicationId === applicationId).length, 1);
    assert.deepEqual(await centers[0]?.tick().then((it) => it.looked), 0);
  });
});
